import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Comparison } from './comparison.ts';
import { PLOT_KINDS, type PlotKind, rowsOf, shownUntilS } from './plot-kinds.ts';
import { PlotTable } from './plot-table.tsx';
import { PlotTooltip } from './plot-tooltip.tsx';
import { RecoveryLine } from './recovery-line.tsx';
import { RUNS } from './run-key.tsx';

/** The plots of both runs over the same time. A cursor in one of them is a cursor in all. */
export default function Plots({ comparison }: { comparison: Comparison }) {
  return PLOT_KINDS.map((kind) => <Plot key={kind.name} kind={kind} comparison={comparison} />);
}

const TICK = { fill: 'var(--ink-soft)', fontSize: 13 };

const number = new Intl.NumberFormat('en-IE');

function Plot({ kind, comparison }: { kind: PlotKind; comparison: Comparison }) {
  const rows = rowsOf(comparison, kind);
  const untilS = shownUntilS(comparison);
  const { course, settings } = comparison;
  const isLoad = kind === PLOT_KINDS[0];
  return (
    <section aria-label={kind.name} className="rounded-3xl bg-surface p-5 phone-up:p-6">
      <h3 className="font-semibold">
        {kind.name} <span className="font-normal text-ink-soft">· {kind.unit}</span>
      </h3>
      <p className="text-sm text-ink-soft">{kind.hint}</p>
      <div aria-hidden="true" className="mt-1 h-56 text-sm">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={rows.filter(({ atS }) => atS <= untilS)}
            syncId="lab"
            margin={{ top: 22, right: 16, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="atS"
              type="number"
              domain={[0, untilS]}
              tickCount={7}
              tick={TICK}
              stroke="var(--line-strong)"
              tickFormatter={(atS: number) => `${number.format(atS)} s`}
            />
            <YAxis
              width={52}
              domain={[0, kind.max ?? 'auto']}
              tick={TICK}
              stroke="var(--line-strong)"
              tickFormatter={number.format}
            />
            {settings.outageS > 0 && (
              <ReferenceArea
                x1={course.outageFromMs / 1_000}
                x2={course.outageToMs / 1_000}
                fill="var(--ink-soft)"
                fillOpacity={0.14}
                label={{ value: 'down', position: 'top', fill: 'var(--ink-soft)', fontSize: 13 }}
              />
            )}
            {isLoad && (
              <ReferenceLine
                y={settings.capacityPerS}
                stroke="var(--ink)"
                ifOverflow="extendDomain"
                label={{ value: 'capacity', position: 'insideBottomRight', fill: 'var(--ink)', fontSize: 13 }}
              />
            )}
            <RecoveryLine comparison={comparison} index={0} untilS={untilS} />
            <RecoveryLine comparison={comparison} index={1} untilS={untilS} />
            <Tooltip
              content={<PlotTooltip kind={kind} />}
              cursor={{ stroke: 'var(--ink-soft)' }}
              isAnimationActive={false}
            />
            {RUNS.map(({ letter, stroke, dash }) => (
              <Line
                key={letter}
                dataKey={letter.toLowerCase()}
                type="linear"
                dot={false}
                stroke={stroke}
                strokeWidth={2}
                {...(dash && { strokeDasharray: dash })}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <PlotTable kind={kind} rows={rows} />
    </section>
  );
}
