import { Buyer, payInput, type ReadyCart } from './buyer.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { cpuRatioOf, type Figure } from './figures.ts';
import type { OtherServer } from './other-servers.ts';
import { compare, type Measured, median, ratioOf } from './rounds.ts';

/**
 * What a replay costs beside a mutation that does nothing, with the same session, log and input check: one that was
 * given a moment ago, and one that engine and storage are asked for.
 */
export async function replay({ url, pid }: OtherServer): Promise<Figure[]> {
  const buyer = new Buyer(url);
  const paid: ReadyCart[] = [];
  for (let made = 0; made < 20; made += 1) {
    const cart = await buyer.fillCart();
    await buyer.payProtected(cart);
    paid.push(cart);
  }
  let next = 0;
  let asked = 0;
  // The same content in another order than the last time is the same request, and for the engine to tell.
  const reordered = (input: object) => {
    const entries = Object.entries(input);
    const first = 1 + (Math.floor(asked++ / paid.length) % 2);
    return Object.fromEntries([...entries.slice(first), ...entries.slice(0, first)]);
  };
  const common = { prepare: async () => paid[next++ % paid.length] as ReadyCart, cpuMs: () => cpuTimeMs([pid]) };
  const [nothing, replayed, read] = await compare<ReadyCart>(
    [
      {
        ...common,
        name: 'no-op',
        // The header too: both requests are of one length.
        run: ({ cartId, idempotencyKey }) =>
          buyer.mutate('bench.nothing', payInput(cartId), { 'idempotency-key': idempotencyKey }),
      },
      { ...common, name: 'replay', run: (cart) => buyer.payProtected(cart) },
      {
        ...common,
        name: 'from storage',
        run: ({ cartId, idempotencyKey }) =>
          buyer.mutate('checkout.pay', reordered(payInput(cartId)), { 'idempotency-key': idempotencyKey }),
      },
    ],
    // Long enough that each turn has its share of what is written in batches: the request log, four times a second.
    { rounds: 100, runsPerRound: 500, clients: 4 },
  );
  buyer.close();
  if (!nothing || !replayed || !read) throw new Error('a contestant did not come');
  const beside = (measured: Measured) => ({
    ratio: ratioOf(nothing.msPerRun, measured.msPerRun),
    cpuRatio: cpuRatioOf(nothing, measured),
    remark: [nothing, measured].map(({ name, msPerRun }) => `${name} ${median(msPerRun).toFixed(3)} ms`).join(', '),
  });
  return [
    { name: 'rate of replays by that of a no-op mutation', ...beside(replayed), goal: { atLeast: 0.9 } },
    { name: 'the same when a replay is read from storage', ...beside(read) },
  ];
}
