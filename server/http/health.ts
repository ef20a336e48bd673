import { takesWrites } from '#db/write-probe.ts';
import type { Shop } from '../shop.ts';

/** Live: the process answers. Ready: the database takes a write, and takes it durably. */
export async function health({ database }: Pick<Shop, 'database'>): Promise<Response> {
  const isReady = await takesWrites(database);
  return Response.json(
    { live: true, ready: isReady, database: database.durability() },
    { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
