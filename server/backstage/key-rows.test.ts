import { unixMs } from '@payonce/trpc-idempotency';
import { expect, test } from 'vitest';
import type { LoggedRequest } from '#db/request-log.ts';
import { keyHashOfHeader } from '../key-hash.ts';
import { keyRow } from './key-rows.ts';

const stored: Parameters<typeof keyRow>[0] = {
  key: 'k-1',
  operation: 'checkout.pay',
  processingState: 'pending',
  recoveryPoint: 'reserved',
  leaseExpiresAt: unixMs(40_000),
  resumeAt: null,
  fencingToken: 7,
  takeovers: 1,
  statusCode: null,
  responseBody: null,
  createdAt: unixMs(1_000),
  completedAt: null,
  expiresAt: null,
};

const sent = (header: string | null, verdict: string, receivedAt: number) =>
  ({ keyHash: keyHashOfHeader(header), verdict, receivedAt }) as LoggedRequest;

test('a key counts the requests that named it, quoted or bare, and no others', () => {
  const requests = [
    sent('"k-1"', 'executed', 1_000),
    sent('k-1', 'replayed', 9_000),
    sent('"k-2"', 'replayed', 10_000),
    sent(null, 'executed', 11_000),
  ];
  expect(keyRow(stored, { requests, payments: [] })).toMatchObject({
    requestsSeen: 2,
    replaysServed: 1,
    firstSeenAt: 1_000,
    lastSeenAt: 9_000,
  });
});

test('a key that crashed too often is called quarantined, and no row carries its key', () => {
  const row = keyRow({ ...stored, processingState: 'failed', leaseExpiresAt: null }, { requests: [], payments: [] });
  expect(row).toMatchObject({ state: 'quarantined', takeovers: 1, lastSeenAt: 1_000, answer: null, payment: null });
  expect(Object.values(row)).not.toContain('k-1');
});

test('the end of a key is shown, by which its buyer knows it, and never enough of it to be the key', () => {
  const row = (key: string) => keyRow({ ...stored, key }, { requests: [], payments: [] });
  expect(row('01a212e9-f42f-75b4-a02b-7d55999e4bdb').keyEnd).toBe('999e4bdb');
  expect(row('order-1').keyEnd).toBeNull();
  expect(JSON.stringify(row('01a212e9-f42f-75b4-a02b-7d55999e4bdb'))).not.toContain('f42f');
});
