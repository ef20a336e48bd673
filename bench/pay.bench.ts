import Sqlite from 'better-sqlite3';
import { startPayonce } from '../test/payonce.ts';
import { Buyer, type ReadyCart } from './buyer.ts';
import { type Contestant, compare } from './rounds.ts';

/** Enough for medians that hold still to a few percent on a quiet machine, and over in about a minute. */
const rounds = 9;
const runsPerRound = 40;

const payonce = await startPayonce();
try {
  restock(payonce.databaseFile);
  const buyer = new Buyer(payonce.shopUrl);
  const contestants: Contestant<ReadyCart>[] = [
    { name: 'unprotected payment', prepare: () => buyer.fillCart(), run: buyer.payUnprotected },
    { name: 'protected payment', prepare: () => buyer.fillCart(), run: buyer.payProtected },
    {
      name: 'replay of a protected payment',
      async prepare() {
        const cart = await buyer.fillCart();
        await buyer.payProtected(cart);
        return cart;
      },
      run: buyer.payProtected,
    },
  ];
  const results = await compare(contestants, { rounds, runsPerRound });
  console.log(`\ncheckout over HTTP, one client, ${rounds} interleaved rounds of ${runsPerRound}\n`);
  console.log(`${''.padEnd(32)}${'median'.padStart(10)}${'ratio'.padStart(8)}`);
  for (const { name, medianMs, ratio } of results) {
    console.log(`${name.padEnd(32)}${`${medianMs.toFixed(2)} ms`.padStart(10)}${ratio.toFixed(2).padStart(8)}`);
  }
} finally {
  await payonce.stop();
}

/** The shelf holds 200; a bench buys more than that. */
function restock(databaseFile: string): void {
  const database = new Sqlite(databaseFile);
  database.exec("update products set stock = 1000000 where sku = 'field-notes'");
  database.close();
}
