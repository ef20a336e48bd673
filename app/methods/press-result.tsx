import type { Answer } from './ask.ts';
import type { MethodRow, Pressed } from './method-row.ts';
import { linesBeside, VERDICT_WORDS, verdictOf } from './verdict.ts';

/** What the server itself has to say, and both answers side by side. */
export function PressResult({ row, pressed }: { row: MethodRow; pressed: Pressed }) {
  const { answers, states } = pressed;
  const [first, second] = answers;
  return (
    <div data-verdict={verdictOf(pressed)} className="mt-3 space-y-4">
      <dl className="grid gap-x-4 gap-y-1 rounded-2xl bg-paper p-4 text-sm phone-up:grid-cols-[auto_1fr]">
        {['before', 'after the first', 'after the second'].map((when, index) => (
          <div key={when} className="contents">
            <dt className="text-ink-soft">
              {row.looksAt} {when}
            </dt>
            <dd className="pb-2 font-semibold phone-up:pb-0">{states[index]}</dd>
          </div>
        ))}
      </dl>
      <div className="grid gap-4 phone-up:grid-cols-2">
        <AnswerBox row={row} name="First answer" answer={first} other={first} />
        <AnswerBox row={row} name="Second answer" answer={second} other={first} />
      </div>
    </div>
  );
}

/** The one sentence that is read out. Red is for money that was taken twice. */
export function VerdictWords({ row, pressed }: { row: MethodRow; pressed: Pressed }) {
  const verdict = verdictOf(pressed);
  const isHarm = row.id === 'post' && verdict === 'twice';
  return (
    <span className={`text-lg font-bold tracking-[-0.02em] ${isHarm ? 'text-danger' : ''}`}>
      {VERDICT_WORDS[verdict]}
    </span>
  );
}

interface AnswerBoxProps {
  readonly row: MethodRow;
  readonly name: string;
  readonly answer: Answer;
  readonly other: Answer;
}

function AnswerBox({ row, name, answer, other }: AnswerBoxProps) {
  const { status, text, isReplayed } = answer;
  const isSecond = answer !== other;
  return (
    <section aria-label={`${name}: ${row.name}`} className="min-w-0 text-sm">
      <h3 className="flex flex-wrap gap-x-2 font-semibold">
        {name} <span className="font-normal text-ink-soft">{status}</span>
        {isReplayed && <span className="font-normal text-accent">Idempotent-Replayed: true</span>}
      </h3>
      {text === '' ? (
        <p className="mt-2 text-ink-soft">No body.</p>
      ) : (
        <>
          <Body text={text} other={other.text} />
          {isSecond && text === other.text && <p className="mt-2 text-ink-soft">The same body, byte for byte.</p>}
        </>
      )}
    </section>
  );
}

function Body({ text, other }: { text: string; other: string }) {
  const lines = linesBeside(text, other);
  return (
    <pre className="mt-2 rounded-2xl bg-paper p-3 text-[0.8125rem] leading-relaxed [overflow-wrap:anywhere] whitespace-pre-wrap">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <span key={index} className={line.isOther ? 'block bg-accent-soft font-semibold' : 'block'}>
          {line.isOther ? <mark className="bg-transparent text-ink">{line.text}</mark> : line.text}
        </span>
      ))}
    </pre>
  );
}
