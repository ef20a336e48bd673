import { Canvas, Shadow } from './canvas.tsx';

/** A steel bottle with a loop to hang it by and a contour line printed around it. */
export function TrailBottle() {
  return (
    <Canvas>
      <Shadow cx={102} cy={180} rx={46} />
      <path d="M84 22c0-14 32-14 32 0v12" fill="none" className="stroke-char" strokeWidth={6} />
      <rect x={78} y={28} width={44} height={22} rx={5} className="fill-char" />
      <path d="M106 28h11a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5h-11z" className="fill-char-soft" />
      <rect x={84} y={48} width={32} height={12} className="fill-bone-deep" />
      <path
        d="M84 58h32c14 6 22 14 22 30v78a14 14 0 0 1-14 14H76a14 14 0 0 1-14-14V88c0-16 8-24 22-30z"
        className="fill-moss"
      />
      <path d="M108 58h8c14 6 22 14 22 30v78a14 14 0 0 1-14 14h-18c10-30 10-90 2-122z" className="fill-moss-deep" />
      <path d="M62 128c14-14 24 6 38-8s24-18 38-6v22c-14-10-26-4-38 6s-24-6-38 8z" className="fill-straw" />
      <path d="M62 156c14-12 26 4 38-6s26-12 38-4" fill="none" className="stroke-straw" strokeWidth={4} />
      <path d="M74 90c0-9 4-14 11-18" fill="none" className="stroke-sage" strokeWidth={5} strokeLinecap="round" />
    </Canvas>
  );
}
