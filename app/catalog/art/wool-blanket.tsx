import { Canvas, Shadow } from './canvas.tsx';

const FRINGE = [36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156];

/** A folded blanket, its last fold hanging over with the fringe. */
export function WoolBlanket() {
  return (
    <Canvas>
      <Shadow cx={104} cy={172} rx={78} />
      <rect x={28} y={132} width={144} height={38} rx={19} className="fill-sea-deep" />
      <rect x={28} y={100} width={148} height={40} rx={20} className="fill-sea" />
      <path d="M132 100h24a20 20 0 0 1 0 40h-24z" className="fill-sea-deep" />
      <path d="M46 44h112a22 22 0 0 1 22 22v18a22 22 0 0 1-22 22h-8V64H46z" className="fill-clay-deep" />
      <path d="M46 44h100a18 18 0 0 1 18 18v82H28V62a18 18 0 0 1 18-18z" className="fill-clay" />
      <path d="M28 72h136v12H28zM28 116h136v12H28z" className="fill-bone" />
      <path d="M28 92h136v16H28z" className="fill-plum" />
      <path d="M138 44h8a18 18 0 0 1 18 18v82h-16c4-30 4-80-10-100z" className="fill-char opacity-15" />
      {FRINGE.map((x) => (
        <path key={x} d={`M${x} 144v12`} className="stroke-clay" strokeWidth={5} strokeLinecap="round" />
      ))}
    </Canvas>
  );
}
