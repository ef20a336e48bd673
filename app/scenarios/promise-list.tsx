import { PROMISE } from './promise.ts';

/** What the cards point at. */
export function PromiseList() {
  return (
    <section aria-labelledby="promise" className="mt-16 max-w-[44rem]">
      <h2 id="promise" className="text-2xl font-bold tracking-[-0.02em]">
        The promise
      </h2>
      <p className="mt-3 text-ink-soft">
        For 24 hours after a Pay click, for the same customer, however often the request is sent, cut, doubled, delayed
        or replayed, and even if the server is killed at any step:
      </p>
      <ol className="mt-4 flex flex-col">
        {PROMISE.map((words, index) => (
          <li
            key={words}
            id={`promise-${index + 1}`}
            className="flex scroll-mt-6 gap-3 rounded-2xl px-3 py-2 leading-snug target:bg-surface target:font-semibold"
          >
            <span className="grid size-6 shrink-0 place-items-center rounded-full bg-surface text-sm font-semibold">
              {index + 1}
            </span>
            {words}
          </li>
        ))}
      </ol>
    </section>
  );
}
