import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { shortReference } from './short-reference.ts';

it('tells apart two references of the same moment', () => {
  const [one, other] = [uuid({ msecs: 1 }), uuid({ msecs: 1 })];
  expect(shortReference(one)).not.toBe(shortReference(other));
});
