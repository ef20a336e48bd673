import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

test('a setting that cannot be used is one sentence that names it and what can be', () => {
  expect(() => readEnv({ NODE_ENV: 'test', SANDBOX_PORT: '99999' })).toThrow('SANDBOX_PORT is "99999"');
  const misspelt = { NODE_ENV: 'test', WEBHOOK_EVENTS: 'charge.succeeded,charge.suceeded' } as const;
  expect(() => readEnv(misspelt)).toThrow(/^WEBHOOK_EVENTS has "charge.suceeded".*use payment_intent.created,/);
});

test('an empty list of events is none, and all are sent', () => {
  expect(readEnv({ NODE_ENV: 'test', WEBHOOK_EVENTS: '' }).webhookEvents).toBeUndefined();
});
