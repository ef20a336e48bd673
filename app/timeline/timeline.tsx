'use client';

import { LaneRow } from './lane-row.tsx';
import { surplusWords } from './lane-words.ts';
import { asOf } from './playback.ts';
import { ReplayButtons } from './replay-buttons.tsx';
import { scaleOf } from './scale.ts';
import { TimesTable } from './times-table.tsx';
import { usePlayback } from './use-playback.ts';
import { useTimeline } from './use-timeline.ts';

/**
 * The last payment, try by try, here and in the shop. Needs nothing, and shows nothing before there is a try. Part of
 * the backstage (app/backstage/backstage.tsx), and loaded with it.
 */
export function Timeline() {
  const { isOpen, reference, ...layout } = useTimeline();
  const playback = usePlayback(layout, isOpen);
  if (layout.lanes.length === 0) return null;

  // The scale stays that of the whole story, so that a replay draws into the picture it will end as.
  const scale = scaleOf(layout);
  const shown = playback.atMs === null ? layout : asOf(layout, playback.atMs);
  const surplus = surplusWords(shown.lanes);
  const surplusInTheEnd = surplusWords(layout.lanes);
  return (
    <div className="@container" data-testid="timeline" data-sent={shown.sent} data-received={shown.received}>
      <p className="font-semibold">
        Sent {shown.sent} · Received {shown.received}
      </p>
      {surplusInTheEnd && (
        <p className={`mt-1 text-sm leading-snug text-ink-soft ${surplus ? '' : 'invisible'}`}>
          {surplus ?? surplusInTheEnd}
        </p>
      )}
      <ol className="mt-1 divide-y divide-line-strong/25">
        {layout.lanes.map((whole, index) => (
          <LaneRow key={whole.number} lane={shown.lanes[index]} whole={whole} reference={reference} scale={scale} />
        ))}
      </ol>
      {!isOpen && <ReplayButtons playback={playback} />}
      <TimesTable lanes={layout.lanes} />
    </div>
  );
}
