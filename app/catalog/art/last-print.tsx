import { Canvas } from './canvas.tsx';

/** A numbered print in its frame: a low sun over water. There is one. */
export function LastPrint() {
  return (
    <Canvas>
      <path d="M46 30h116v146H46z" className="fill-char opacity-15" transform="translate(7 7)" />
      <rect x={42} y={22} width={116} height={150} rx={2} className="fill-char" />
      <path d="M150 22h6a2 2 0 0 1 2 2v146a2 2 0 0 1-2 2h-6z" className="fill-char-soft" />
      <rect x={50} y={30} width={100} height={134} className="fill-bone" />
      <rect x={60} y={42} width={80} height={94} className="fill-sky" />
      <circle cx={100} cy={86} r={24} className="fill-clay" />
      <path d="M60 92c14-12 24-14 36-4s26 6 44-8v28H60z" className="fill-plum" />
      <path d="M60 104h80v32H60z" className="fill-sea" />
      <path d="M90 110h20M84 118h32M92 126h16" className="stroke-clay" strokeWidth={3.5} strokeLinecap="round" />
      <path d="M60 104c10-6 18-4 26 0z" className="fill-plum-deep" />
      <path
        d="M62 150h10M124 148c4-4 6 4 10-1"
        fill="none"
        className="stroke-char"
        strokeWidth={2}
        strokeLinecap="round"
      />
    </Canvas>
  );
}
