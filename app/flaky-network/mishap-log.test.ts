import { expect, test } from 'vitest';
import { createMishapLog } from './mishap-log.ts';

test('a mishap belongs to the try that it happened in', () => {
  let now = 100;
  const log = createMishapLog(() => now);
  log.note({ kind: 'duplicate' });
  now = 200;
  log.note({ kind: 'delay', delayMs: 900 });
  expect([log.between(90, 150), log.between(151, 199), log.between(160, Number.POSITIVE_INFINITY)]).toEqual([
    'duplicate',
    null,
    'delay',
  ]);
});
