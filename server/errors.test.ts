import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errors } from './errors.ts';

const ROW = /^\| `(?<reason>\w+)` \| (?<status>\d{3}) \| (?<retryable>yes|no) \|/gm;

describe('docs/errors.md', () => {
  it('has a row for each reason, with the status and the retryability that are answered', () => {
    const document = readFileSync(join(import.meta.dirname, '../docs/errors.md'), 'utf8');
    const documented = [...document.matchAll(ROW)].map(({ groups }) => ({
      reason: groups?.reason,
      httpStatus: Number(groups?.status),
      retryable: groups?.retryable === 'yes',
    }));
    const answered = Object.entries(errors).map(([reason, { httpStatus, retryable }]) => ({
      reason,
      httpStatus,
      retryable,
    }));
    const byReason = (a: { reason: string | undefined }, b: { reason: string | undefined }) =>
      String(a.reason).localeCompare(String(b.reason));
    expect(documented.toSorted(byReason)).toEqual(answered.toSorted(byReason));
  });
});
