import { Buyer } from './buyer.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { cpuRatioOf, type Figure } from './figures.ts';
import type { OtherServer } from './other-servers.ts';
import { type Contestant, compare, median, ratioOf } from './rounds.ts';

/**
 * The same call of the same code, once behind our server and once behind a route handler of `next start`. Both have just
 * been started, so that neither carries what an earlier part has left in its memory and its file.
 */
export async function nextRoute(server: OtherServer, next: OtherServer): Promise<Figure[]> {
  const [ours, theirs] = await compare([await contestant('our server', server), await contestant('Next route', next)], {
    rounds: 64,
    runsPerRound: 200,
    clients: 4,
  });
  if (!ours || !theirs) throw new Error('a contestant did not come');
  return [
    {
      name: 'rate of a tRPC query through our server by that through a Next route handler',
      ratio: ratioOf(theirs.msPerRun, ours.msPerRun),
      cpuRatio: cpuRatioOf(theirs, ours),
      goal: { atLeast: 3 },
      remark: [ours, theirs].map(({ name, msPerRun }) => `${name} ${median(msPerRun).toFixed(3)} ms`).join(', '),
    },
  ];
}

/** A cart is read: a session, a checked input, one small row. */
async function contestant(name: string, { url, pid }: OtherServer): Promise<Contestant<object>> {
  const buyer = new Buyer(url);
  const { cartId } = await buyer.fillCart();
  return {
    name,
    cpuMs: () => cpuTimeMs([pid]),
    prepare: async () => ({}),
    run: () => buyer.query('cart.get', { cartId }),
  };
}
