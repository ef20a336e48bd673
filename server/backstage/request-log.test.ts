import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#db/open.ts';
import type { LoggedRequest } from '#db/request-log.ts';
import { RequestLog } from './request-log.ts';

let folder: string;
let database: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payonce-log-'));
  database = openDatabase({ file: join(folder, 'payonce.db') });
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const request = (requestId: string): LoggedRequest => ({
  requestId,
  principal: 'ada',
  operation: 'checkout.pay',
  cartId: null,
  keyHash: null,
  attempt: null,
  verdict: 'executed',
  httpStatus: 200,
  reason: null,
  receivedAt: 1,
  durationMs: 1,
});

describe('the request log', () => {
  it('shows a request that has ended also while another flush is writing it', async () => {
    const log = new RequestLog(database);
    log.end(request('first'));
    const flushing = log.flush();
    expect((await log.of('ada')).map(({ requestId }) => requestId)).toEqual(['first']);
    await flushing;
  });

  it('says of a run that went on where another had stopped that it was resumed', async () => {
    const log = new RequestLog(database);
    log.begin({ ...request('second'), verdict: 'running' });
    log.resumes('second');
    log.resumes('a run without a request');
    log.end(request('second'));
    log.end(request('third'));
    expect((await log.of('ada')).map(({ requestId, verdict }) => [requestId, verdict])).toEqual(
      expect.arrayContaining([
        ['second', 'resumed'],
        ['third', 'executed'],
      ]),
    );
  });

  it('shows a request that is being worked on, once, and to its own customer alone', async () => {
    const log = new RequestLog(database);
    log.begin(request('running'));
    expect((await log.of('ada')).map(({ requestId }) => requestId)).toEqual(['running']);
    expect(await log.of('bob')).toEqual([]);
    log.end(request('running'));
    expect((await log.of('ada')).map(({ requestId }) => requestId)).toEqual(['running']);
  });
});
