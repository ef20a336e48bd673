import { takesWrites } from '#db/write-probe.ts';
import type { Shop } from '../shop.ts';
import { type HttpAnswer, jsonAnswer } from './http-answer.ts';

/** Live: the process answers. Ready: the database takes a write, and takes it durably. */
export async function health({ database }: Pick<Shop, 'database'>): Promise<HttpAnswer> {
  const isReady = await takesWrites(database);
  return jsonAnswer(
    { live: true, ready: isReady, database: database.durability() },
    { status: isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
