import { and, eq, type SQL } from 'drizzle-orm';
import type { KeyRef } from '../record.ts';
import type { Placeholders } from './statement.ts';
import { idempotencyKeys as keys } from './tables.ts';

export function sameKey(p: Placeholders<KeyRef>): SQL | undefined {
  return and(
    eq(keys.tenant, p.tenant),
    eq(keys.principal, p.principal),
    eq(keys.operation, p.operation),
    eq(keys.key, p.key),
  );
}
