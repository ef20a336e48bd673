import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { describe, expect, it } from 'vitest';
import { idempotencyErrors } from '../index.ts';
import { defaultToError } from './index.ts';

describe('the error table', () => {
  it.each(Object.entries(idempotencyErrors))('says %s in tRPC as it says it in HTTP', (reason, row) => {
    const error = defaultToError(reason, { kind: 'engine', extras: {} });
    expect(error.code).toBe(row.trpcCode);
    expect(getHTTPStatusCodeFromError(error)).toBe(row.httpStatus);
  });

  it('leaves a reason of the operation a conflict, or unavailable when it is not the last word', () => {
    const statuses = (['refused', 'rejected', 'unfinished'] as const).map((kind) =>
      getHTTPStatusCodeFromError(defaultToError('tax_unavailable', { kind, extras: {} })),
    );
    expect(statuses).toEqual([409, 409, 503]);
  });
});
