import { type Payonce, startPayonce } from '../test/payonce.ts';
import { Aftermath } from './aftermath.ts';
import { Buyer, type ReadyCart } from './buyer.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { cpuRatioOf, type Figure } from './figures.ts';
import { HttpClient } from './http-client.ts';
import { compare, type Measured, median, ratioOf } from './rounds.ts';
import { onSlowDisk } from './slow-disk.ts';

/** A call to a payment provider is seldom faster: it is far away, and asks a bank. */
const FAR_MS = 100;

/**
 * What a key costs a payment: the same cart, tax, stock, order, mail and calls to the provider, with a key and without.
 * One client waits for each answer; several keep the shop busy. The sandbox answers at once, so that the shop's own work
 * is nearly all there is; once more one client meets a provider as far away as a real one, and once a slow disk.
 */
export async function protection(payonce: Payonce): Promise<Figure[]> {
  using aftermath = new Aftermath(payonce.databaseFile);
  aftermath.restock();
  const one = await payments(payonce, aftermath, { rounds: 64, runsPerRound: 40, clients: 1 });
  const several = await payments(payonce, aftermath, { rounds: 20, runsPerRound: 100, clients: 8 });
  const far = await withFarProvider(payonce, () =>
    payments(payonce, aftermath, { rounds: 8, runsPerRound: 10, clients: 1 }),
  );
  const slow = await onSlowDisk(paymentsOn);
  return [
    figureOf('one client', one),
    withAnswers(figureOf('8 clients', several), several),
    figureOf(`one client, ${FAR_MS} ms to the provider`, far),
    ...(slow ? [withoutGoal(figureOf('one client, when an fsync takes 1 ms more', slow))] : []),
  ];
}

/** The provider is on the same disk, as all of Payonce is that one machine runs. */
async function paymentsOn(settings: Record<string, string>): Promise<Measured[]> {
  const payonce = await startPayonce(settings);
  try {
    using aftermath = new Aftermath(payonce.databaseFile);
    aftermath.restock();
    return await payments(payonce, aftermath, { rounds: 16, runsPerRound: 20, clients: 1 });
  } finally {
    await payonce.stop();
  }
}

async function withFarProvider<T>({ sandboxUrl }: Payonce, work: () => Promise<T>): Promise<T> {
  const sandbox = new HttpClient(sandboxUrl);
  for (const operation of ['payment_intents.create', 'payment_intents.confirm']) {
    await sandbox.send('/faults', { json: { operation, fault: 'delay_answer', delayMs: FAR_MS, times: 0 } });
  }
  try {
    return await work();
  } finally {
    await sandbox.send('/faults', { method: 'DELETE' });
    sandbox.close();
  }
}

function figureOf(clients: string, [unprotected, protectedOne]: readonly Measured[]): Figure {
  if (!unprotected || !protectedOne) throw new Error('a contestant did not come');
  return {
    name: `protected payment by unprotected, ${clients}`,
    ratio: ratioOf(protectedOne.msPerRun, unprotected.msPerRun),
    cpuRatio: cpuRatioOf(protectedOne, unprotected),
    goal: { atMost: 1.1 },
    remark: [protectedOne, unprotected].map(({ msPerRun }) => `${median(msPerRun).toFixed(2)} ms`).join(' by '),
  };
}

/** The goal is for this disk. */
function withoutGoal({ goal: _, ...figure }: Figure): Figure {
  return figure;
}

/** What is left behind is work too, and the same for both; who waits for an answer sees this. */
function withAnswers(figure: Figure, [unprotected, protectedOne]: readonly Measured[]): Figure {
  const ratio = ratioOf(protectedOne?.msPerAnswer ?? [], unprotected?.msPerAnswer ?? []);
  return { ...figure, remark: `${figure.remark}; ${ratio.median.toFixed(2)} times as long until the last answer` };
}

async function payments(
  payonce: Payonce,
  aftermath: Aftermath,
  rounds: { readonly rounds: number; readonly runsPerRound: number; readonly clients: number },
): Promise<Measured[]> {
  const buyers = Array.from({ length: rounds.clients }, () => new Buyer(payonce.shopUrl));
  const pids = [payonce.pidOf('server'), payonce.pidOf('sandbox')];
  let next = 0;
  const prepare = () => (buyers[next++ % buyers.length] as Buyer).fillCart();
  const common = { prepare, settle: () => aftermath.isOver(), cpuMs: () => cpuTimeMs(pids) };
  const measured = await compare<ReadyCart>(
    [
      { ...common, name: 'unprotected', run: (cart) => cart.buyer.payUnprotected(cart) },
      { ...common, name: 'protected', run: (cart) => cart.buyer.payProtected(cart) },
    ],
    rounds,
  );
  for (const buyer of buyers) buyer.close();
  return measured;
}
