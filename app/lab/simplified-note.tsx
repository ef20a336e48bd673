/** What the model leaves out, so that nobody takes it for a measurement. */
export function SimplifiedNote() {
  return (
    <section className="mt-10 max-w-[65ch] text-ink-soft">
      <h2 className="pb-2 text-xl font-bold tracking-[-0.02em] text-ink">This is simplified</h2>
      <p>
        The clients are real: each call runs the <code>retry()</code>, backoffs, budget and breaker that this shop pays
        with, on a clock that jumps. The server is a model. It works on one request after the other, each as long as the
        last, keeps 8 s of work waiting, and does not know who has left. Each request takes 20 ms to be answered and may
        take 5 s, a call 60 s.
      </p>
      <p className="pt-3">
        Left out: slow networks, servers that start up cold, caches, several servers behind a balancer, and people who
        press a button once more. A budget that gives up early looks the same as one that loses calls, because nobody
        here comes back later with the same key. In the shop they do.
      </p>
    </section>
  );
}
