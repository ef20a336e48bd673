import { type Counter, countCounters, findCounter, putCounter } from '#db/counters.ts';
import type { Database } from '#db/open.ts';
import { shopError } from '../errors.ts';
import { type CounterChange, VALUE_MAX } from './schema.ts';

/** More than anybody shows on a screen; without a bound one customer could fill the disk. */
const COUNTERS_MAX = 100;

interface CounterPatch {
  readonly counterId: string;
  readonly change: CounterChange;
  /** Whether the change was made for a counter that is there, or for one that is not. */
  readonly isExpected: (isThere: boolean) => boolean;
}

/**
 * Two changes with one method, and only the body says which of them may be sent again. `{ value }` names the state that
 * is wanted, so a repeat finds it there. `{ op: 'increment' }` names a step, so a repeat is one step more.
 */
export function changeCounter(
  principal: string,
  { counterId, change, isExpected }: CounterPatch,
  database: Database,
): Promise<Counter> {
  return database.write(async (tx) => {
    const now = await findCounter(tx, { principal, counterId });
    // A repeat finds its own value where its first arrival may have found nothing; of a step nobody can tell.
    if (now && 'value' in change && change.value === now.value && isExpected(false)) return now;
    if (!isExpected(now !== undefined)) throw shopError('version_mismatch');
    if (!now && (await countCounters(tx, principal)) >= COUNTERS_MAX) throw shopError('limit_reached');
    const value = 'value' in change ? change.value : (now?.value ?? 0) + 1;
    if (value > VALUE_MAX) throw shopError('limit_reached');
    await putCounter(tx, { principal, counterId, value });
    return { counterId, value };
  });
}
