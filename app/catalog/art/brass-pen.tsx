import { Canvas } from './canvas.tsx';

/** A brass fountain pen that has just signed once. */
export function BrassPen() {
  return (
    <Canvas>
      <path
        d="M28 158c16-26 28-26 26-8s14 12 22 0 14-6 12 4 10 8 26 2 34-8 58-4"
        fill="none"
        className="stroke-plum-deep"
        strokeWidth={5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <g transform="rotate(42 100 92)">
        <rect x={96} y={8} width={22} height={140} rx={10} className="fill-char opacity-10" />
        <path d="M92 140h20l-7 28a3 3 0 0 1-6 0z" className="fill-char" />
        <path d="M102 140h10l-7 28a3 3 0 0 1-3 2z" className="fill-char-soft" />
        <path d="M102 148v14" className="stroke-straw" strokeWidth={1.6} />
        <rect x={90} y={70} width={24} height={74} rx={6} className="fill-ochre" />
        <path d="M104 70h4a6 6 0 0 1 6 6v62a6 6 0 0 1-6 6h-4z" className="fill-ochre-deep" />
        <rect x={88} y={4} width={28} height={72} rx={9} className="fill-ochre" />
        <path d="M105 4h2a9 9 0 0 1 9 9v54a9 9 0 0 1-9 9h-2z" className="fill-ochre-deep" />
        <rect x={88} y={64} width={28} height={6} className="fill-plum-deep" />
        <rect x={99} y={10} width={6} height={48} rx={3} className="fill-straw" />
        <path d="M94 84v46" className="stroke-straw" strokeWidth={3} strokeLinecap="round" />
      </g>
    </Canvas>
  );
}
