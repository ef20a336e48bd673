import { Canvas, Shadow } from './canvas.tsx';

/** White enamel, cobalt rim, a few honest chips. */
export function EnamelMug() {
  return (
    <Canvas>
      <Shadow cx={98} cy={168} rx={62} />
      <path
        d="M136 78h14a20 20 0 0 1 20 20v14a20 20 0 0 1-20 20h-16"
        fill="none"
        className="stroke-cobalt"
        strokeWidth={11}
      />
      <path d="M42 60h102v88a18 18 0 0 1-18 18H60a18 18 0 0 1-18-18z" className="fill-bone" />
      <path d="M112 60h32v88a18 18 0 0 1-18 18h-22c8-20 8-70 8-106z" className="fill-bone-deep" />
      <ellipse cx={93} cy={60} rx={53} ry={14} className="fill-cobalt" />
      <ellipse cx={93} cy={61} rx={45} ry={9.5} className="fill-cobalt-deep" />
      <path d="M52 65c12 6 68 6 82 0-8 7-74 7-82 0z" className="fill-clay-deep" />
      <g className="fill-char">
        <circle cx={60} cy={96} r={2.2} />
        <circle cx={74} cy={128} r={1.8} />
        <circle cx={92} cy={92} r={1.6} />
        <circle cx={100} cy={146} r={2.2} />
        <circle cx={58} cy={146} r={1.5} />
        <circle cx={128} cy={114} r={1.8} />
        <circle cx={84} cy={110} r={1.3} />
      </g>
      <path
        d="M42 148a18 18 0 0 0 18 18h66a18 18 0 0 0 18-18v6a18 18 0 0 1-18 18H60a18 18 0 0 1-18-18z"
        className="fill-cobalt"
      />
    </Canvas>
  );
}
