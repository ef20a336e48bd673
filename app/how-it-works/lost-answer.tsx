import { type Message, STEPS, type Step } from './steps.ts';

/**
 * The one diagram: who said what to whom when an answer got lost. A list, so that it reads aloud as it looks; three
 * columns of a grid draw it, with an arrow over the columns between which a message travels.
 */
export function LostAnswer() {
  return (
    <figure className="mt-10 rounded-3xl bg-surface px-3 py-6 phone-up:px-8 phone-up:py-8">
      <figcaption className="sr-only">One payment whose answer is lost once: two requests, one charge.</figcaption>
      <div aria-hidden="true" className="grid grid-cols-3 text-center font-bold phone-up:text-lg">
        <span>Phone</span>
        <span>Shop</span>
        <span>Provider</span>
      </div>
      <div className="relative mt-3">
        <div aria-hidden="true" className="absolute inset-0 grid grid-cols-3">
          {['phone', 'shop', 'provider'].map((who) => (
            <span key={who} className="mx-auto w-px bg-line" />
          ))}
        </div>
        <ol className="relative flex flex-col gap-4">
          {STEPS.map((step) => (
            <li key={step.words} className="grid grid-cols-6">
              {step.kind === 'message' ? <Arrow message={step} /> : <Note step={step} />}
            </li>
          ))}
        </ol>
      </div>
    </figure>
  );
}

/** What somebody does alone, on their own line. */
function Note({ step: { at, words, isKept } }: { step: Extract<Step, { kind: 'note' }> }) {
  const column = { phone: 'col-span-4 col-start-1 mr-auto', shop: 'col-span-4 col-start-2 mx-auto' }[at];
  return (
    <p
      className={`${column} rounded-2xl px-3.5 py-2 text-sm leading-snug phone-up:text-base ${isKept ? 'bg-accent-soft font-semibold' : 'bg-sunken'}`}
    >
      {words}
    </p>
  );
}

function Arrow({ message: { from, to, words, isLost, spoken } }: { message: Message }) {
  const isToTheRight = to === 'provider' || (from === 'phone' && to === 'shop');
  const isWithProvider = from === 'provider' || to === 'provider';
  return (
    <div className={`${isWithProvider ? 'col-start-4' : 'col-start-2'} col-span-2 text-center`}>
      <p className={`text-sm leading-tight phone-up:text-base ${isLost ? 'font-semibold text-danger' : ''}`}>
        <span className="sr-only">{spoken}: </span>
        {words}
      </p>
      <div
        aria-hidden="true"
        className={`mt-1 flex items-center ${isToTheRight ? '' : 'rotate-180'} ${isLost ? 'text-danger' : 'text-accent'}`}
      >
        {isLost ? (
          <>
            <span className="h-0 flex-1 border-t-2 border-dashed border-current" />
            <span className="px-1 text-lg leading-none font-bold">×</span>
            <span className="flex-1" />
          </>
        ) : (
          <>
            <span className="h-0.5 flex-1 bg-current" />
            <span className="-ml-2 size-2.5 rotate-45 border-t-2 border-r-2 border-current" />
          </>
        )}
      </div>
    </div>
  );
}
