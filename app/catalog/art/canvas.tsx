import type { ReactNode } from 'react';

/**
 * The sheet every product is drawn on: 200 by 200, light from the left, so a deeper tone lies on the right of each
 * thing and one shadow below it. The wall behind is the tile's own background, which lets a tile be wider than square.
 */
export function Canvas({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 200 200" aria-hidden="true" focusable="false" className="size-full">
      {children}
    </svg>
  );
}

/** The one shadow of the shared language. */
export function Shadow({ cx, cy, rx, ry = 7 }: { cx: number; cy: number; rx: number; ry?: number }) {
  return <ellipse cx={cx} cy={cy} rx={rx} ry={ry} className="fill-char opacity-15" />;
}
