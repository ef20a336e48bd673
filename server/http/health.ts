import type { Shop } from '../shop.ts';

/** Live: the process answers. Ready: the database takes a write, and takes it durably. */
export async function health({ database }: Pick<Shop, 'database'>): Promise<Response> {
  const isWritable = await database.write(async () => true).catch(() => false);
  return Response.json(
    { live: true, ready: isWritable, database: database.durability() },
    { status: isWritable ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
