import { randomUUID } from 'node:crypto';
import { cpuTimeMs } from './cpu-time.ts';
import { cpuRatioOf, type Figure } from './figures.ts';
import { HttpClient } from './http-client.ts';
import type { OtherServer } from './other-servers.ts';
import { compare, median, ratioOf } from './rounds.ts';

const CLIENTS = 8;

const CONTENT = { customer: 'Bench Ltd', amountMinor: 2490, currency: 'eur' };

/** The same invoice row, once under a number that the client gives with PUT and once by POST under a key. */
export async function putOrPost({ url, pid }: OtherServer): Promise<Figure[]> {
  // A customer has at most a thousand invoices, and having many makes each a little dearer: so everybody has few.
  const customers: HttpClient[] = [];
  async function prepare() {
    const client = new HttpClient(url);
    customers.push(client);
    await client.send(`/api/carts/${randomUUID()}`, { method: 'PUT', json: { lines: [] } });
    return client;
  }
  const cpuMs = () => cpuTimeMs([pid]);
  const [put, post] = await compare<HttpClient>(
    [
      {
        name: 'PUT',
        prepare,
        cpuMs,
        run: (client) => client.send(`/api/invoices/${randomUUID()}`, { method: 'PUT', json: CONTENT }),
      },
      {
        name: 'POST + key',
        prepare,
        cpuMs,
        run: (client) => client.send('/api/records', { headers: { 'idempotency-key': randomUUID() }, json: CONTENT }),
      },
    ],
    { rounds: 24, runsPerRound: 64, clients: CLIENTS },
  );
  for (const client of customers) client.close();
  if (!put || !post) throw new Error('a contestant did not come');
  return [
    {
      name: `POST + key by PUT with a client's id, ${CLIENTS} clients`,
      ratio: ratioOf(post.msPerRun, put.msPerRun),
      cpuRatio: cpuRatioOf(post, put),
      remark: [post, put].map(({ name, msPerRun }) => `${name} ${median(msPerRun).toFixed(3)} ms`).join(', '),
    },
  ];
}
