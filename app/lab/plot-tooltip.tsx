import type { PlotKind, PlotRow } from './plot-kinds.ts';

interface PlotTooltipProps {
  readonly kind: PlotKind;
  /** Given by the plot. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: PlotRow }[];
}

const number = new Intl.NumberFormat('en-IE');

/** What both runs say at the cursor. The table below the plot says the same to who has no cursor. */
export function PlotTooltip({ kind, active, payload }: PlotTooltipProps) {
  const row = payload?.[0]?.payload;
  if (!active || !row) return null;
  return (
    <div className="rounded-2xl bg-surface px-3 py-2 text-ink shadow-lift">
      <p className="text-ink-soft">at {number.format(row.atS)} s</p>
      <p>
        <b>A</b> {valueWords(row.a)} · <b>B</b> {valueWords(row.b)} {kind.unit}
      </p>
    </div>
  );
}

export const valueWords = (value: number | null) => (value === null ? 'none ended' : number.format(value));
