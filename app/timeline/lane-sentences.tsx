import { laneSentence, timesWords, waitWords } from './lane-words.ts';
import type { Lane } from './lanes.ts';

interface LaneSentencesProps {
  readonly lane: Lane;
  readonly whole: Lane;
  readonly timesId: string;
  readonly pinned: boolean;
}

/** What became of the try, and in its place the times when the lane is pointed at or pinned. */
export function LaneSentences({ lane, whole, timesId, pinned }: LaneSentencesProps) {
  return (
    <div className="mt-2 grid text-sm leading-snug text-ink-soft desk:mt-1">
      <p className={`${PLACE} group-focus-within:invisible group-hover:invisible ${pinned ? 'invisible' : ''}`}>
        {storyWords(lane)}
      </p>
      <p
        id={timesId}
        className={`${PLACE} group-focus-within:visible group-hover:visible ${pinned ? '' : 'invisible'}`}
      >
        {timesWords(lane)}
      </p>
      {/* What will be said takes its room before it is. */}
      {lane !== whole &&
        [storyWords(whole), timesWords(whole)].map((words) => (
          <p key={words} aria-hidden="true" className={`${PLACE} invisible`}>
            {words}
          </p>
        ))}
    </div>
  );
}

const PLACE = 'col-start-1 row-start-1';

const storyWords = (lane: Lane) => [laneSentence(lane), lane.wait && waitWords(lane.wait)].filter(Boolean).join(' ');
