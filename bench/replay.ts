import { Buyer, payInput, type ReadyCart } from './buyer.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { cpuRatioOf, type Figure } from './figures.ts';
import type { OtherServer } from './other-servers.ts';
import { compare, median, ratioOf } from './rounds.ts';

/** What a replay costs beside a mutation that does nothing, with the same session, log and input check. */
export async function replay({ url, pid }: OtherServer): Promise<Figure[]> {
  const buyer = new Buyer(url);
  const paid: ReadyCart[] = [];
  for (let made = 0; made < 20; made += 1) {
    const cart = await buyer.fillCart();
    await buyer.payProtected(cart);
    paid.push(cart);
  }
  let next = 0;
  const common = { prepare: async () => paid[next++ % paid.length] as ReadyCart, cpuMs: () => cpuTimeMs([pid]) };
  const [nothing, replayed] = await compare<ReadyCart>(
    [
      {
        ...common,
        name: 'no-op',
        // The header too: both requests are of one length.
        run: ({ cartId, idempotencyKey }) =>
          buyer.mutate('bench.nothing', payInput(cartId), { 'idempotency-key': idempotencyKey }),
      },
      { ...common, name: 'replay', run: (cart) => buyer.payProtected(cart) },
    ],
    // Long enough that each turn has its share of what is written in batches: the request log, four times a second.
    { rounds: 100, runsPerRound: 500, clients: 4 },
  );
  buyer.close();
  if (!nothing || !replayed) throw new Error('a contestant did not come');
  return [
    {
      name: 'rate of replays by that of a no-op mutation',
      ratio: ratioOf(nothing.msPerRun, replayed.msPerRun),
      cpuRatio: cpuRatioOf(nothing, replayed),
      goal: { atLeast: 0.9 },
      remark: [nothing, replayed].map(({ name, msPerRun }) => `${name} ${median(msPerRun).toFixed(3)} ms`).join(', '),
    },
  ];
}
