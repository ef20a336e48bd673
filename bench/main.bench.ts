import { type Payonce, startPayonce } from '../test/payonce.ts';
import { claims } from './claims.ts';
import { type Figure, tableOf } from './figures.ts';
import { groupCommit } from './group-commit.ts';
import { nextRoute } from './next-route.ts';
import { startNext, startOurs, startShopWithNoOp } from './other-servers.ts';
import { protection } from './protection.ts';
import { putOrPost } from './put-or-post.ts';
import { replay } from './replay.ts';

type Part = () => Promise<Figure[]>;

// Prints one table of ratios. A goal that is missed is a figure like any other; only what could not be measured fails.
const parts: Record<string, Part> = {
  protection: besidePayonce(protection),
  replay: besidePayonce(async (payonce) => {
    await using shop = await startShopWithNoOp(payonce);
    return await replay(shop);
  }),
  nextRoute: besidePayonce(async (payonce) => {
    await using server = await startOurs(payonce);
    await using next = await startNext(payonce);
    return await nextRoute(server, next);
  }),
  claims,
  groupCommit,
  putOrPost: besidePayonce(async (payonce) => {
    await using shop = await startShopWithNoOp(payonce);
    return await putOrPost(shop);
  }),
};

const figures: Figure[] = [];
for (const [name, part] of chosen(process.argv[2])) figures.push(...(await measured(name, part)));
console.log(`\n${tableOf(figures)}\n`);

/** Each part has an outside world of its own: one that has seen thousands of payments goes on looking after them. */
function besidePayonce(part: (payonce: Payonce) => Promise<Figure[]>): Part {
  return async () => {
    const payonce = await startPayonce();
    try {
      return await part(payonce);
    } finally {
      await payonce.stop();
    }
  };
}

/** All parts, or the one that is asked for by name. */
function chosen(name: string | undefined): [string, Part][] {
  const all = Object.entries(parts);
  const some = all.filter(([part]) => name === undefined || part === name);
  if (some.length === 0) throw new Error(`there is no part ${name}, only ${all.map(([part]) => part).join(', ')}`);
  return some;
}

/** One part that fails does not take the figures of the others with it. */
async function measured(name: string, part: Part): Promise<Figure[]> {
  const startedAt = performance.now();
  try {
    const figures = await part();
    console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    return figures;
  } catch (error) {
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
    return [];
  }
}
