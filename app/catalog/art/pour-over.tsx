import { Canvas, Shadow } from './canvas.tsx';

/** A dripper on a glass carafe, half brewed. */
export function PourOver() {
  return (
    <Canvas>
      <g transform="translate(6 12) scale(0.93)">
        <Shadow cx={100} cy={174} rx={56} />
        <path d="M80 92h40l24 62a14 14 0 0 1-13 19H69a14 14 0 0 1-13-19z" className="fill-surface opacity-70" />
        <path d="M69.5 119h61L144 154a14 14 0 0 1-13 19H69a14 14 0 0 1-13-19z" className="fill-plum-deep" />
        <path d="M110 119h20.500L144 154a14 14 0 0 1-13 19h-9c8-10 4-30-12-54z" className="fill-char" />
        <ellipse cx={100} cy={119} rx={30.5} ry={5} className="fill-plum" />
        <path d="M77 88h46v10a4 4 0 0 1-4 4H81a4 4 0 0 1-4-4z" className="fill-clay-deep" />
        <path d="M52 36h96l-24 48a8 8 0 0 1-7 4H83a8 8 0 0 1-7-4z" className="fill-bone" />
        <path d="M118 36h30l-24 48a8 8 0 0 1-7 4h-13z" className="fill-bone-deep" />
        <path
          d="M143 46h18a9 9 0 0 1 9 9v3a9 9 0 0 1-9 9h-28"
          fill="none"
          className="stroke-clay-deep"
          strokeWidth={8}
        />
        <ellipse cx={100} cy={36} rx={48} ry={9} className="fill-clay" />
        <ellipse cx={100} cy={37} rx={39} ry={6} className="fill-plum-deep" />
        <path d="M100 104v10" className="stroke-plum-deep" strokeWidth={4} strokeLinecap="round" />
        <path
          d="M82 12c-6 6 6 9 0 15M100 8c-6 6 6 9 0 15M118 12c-6 6 6 9 0 15"
          fill="none"
          className="stroke-bone"
          strokeWidth={4}
          strokeLinecap="round"
        />
      </g>
    </Canvas>
  );
}
