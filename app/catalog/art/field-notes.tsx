import { Canvas, Shadow } from './canvas.tsx';

/** Two pocket notebooks, the upper one with a paper label and an elastic. */
export function FieldNotes() {
  return (
    <Canvas>
      <Shadow cx={104} cy={172} rx={66} />
      <g transform="rotate(-9 88 104)">
        <rect x={44} y={40} width={92} height={126} rx={7} className="fill-moss" />
        <path d="M128 40h1a7 7 0 0 1 7 7v112a7 7 0 0 1-7 7h-1z" className="fill-moss-deep" />
        <path d="M56 40v126" className="stroke-moss-deep" strokeWidth={3} />
      </g>
      <g transform="rotate(7 112 104)">
        <rect x={68} y={40} width={92} height={126} rx={7} className="fill-bone" />
        <rect x={64} y={38} width={92} height={126} rx={7} className="fill-clay" />
        <path d="M64 45a7 7 0 0 1 7-7h7v126h-7a7 7 0 0 1-7-7z" className="fill-clay-deep" />
        <rect x={90} y={58} width={50} height={34} rx={3} className="fill-bone" />
        <path d="M98 70h34M98 80h22" className="stroke-char" strokeWidth={3.5} strokeLinecap="round" />
        <path d="M147 38v126" className="stroke-char" strokeWidth={5} />
      </g>
    </Canvas>
  );
}
