import { Canvas, Shadow } from './canvas.tsx';

/** An arm lamp, switched on; the only tile that is evening. */
export function DeskLamp() {
  return (
    <Canvas>
      <path d="M92 76 34 172h122l-26-74z" className="fill-straw opacity-90" />
      <ellipse cx={95} cy={172} rx={61} ry={9} className="fill-ochre" />
      <Shadow cx={148} cy={176} rx={34} />
      <rect x={122} y={164} width={56} height={12} rx={6} className="fill-bone" />
      <path d="M152 164h20a6 6 0 0 1 0 12h-20z" className="fill-bone-deep" />
      <path
        d="M150 166 168 98 126 44"
        fill="none"
        className="stroke-bone"
        strokeWidth={6}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx={168} cy={98} r={7} className="fill-clay" />
      <g transform="rotate(28 114 66)">
        <path d="M76 88c0-26 14-42 36-42s36 16 36 42z" className="fill-clay" />
        <path d="M118 46c18 3 30 18 30 42h-22c2-16-1-32-8-42z" className="fill-clay-deep" />
        <rect x={104} y={34} width={16} height={14} rx={5} className="fill-clay-deep" />
        <ellipse cx={112} cy={88} rx={36} ry={6} className="fill-bone" />
      </g>
    </Canvas>
  );
}
