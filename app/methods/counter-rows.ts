import { v4 as uuid } from 'uuid';
import { ask } from './ask.ts';
import type { MethodRow } from './method-row.ts';

async function lookAtCounter(path: string): Promise<string> {
  const { status, text } = await ask({ method: 'GET', path });
  return status === 404 ? 'no counter' : `value ${(JSON.parse(text) as { value: number }).value}`;
}

/** The counters of one customer are bounded, so all presses of a row share one. */
function counterPath(name: string): string {
  counters[name] ??= `/api/counters/${name}-${uuid().slice(0, 8)}`;
  return counters[name];
}

const counters: Record<string, string> = {};

/** Wanted values count up, so that the first of two requests always has something to change. */
let wanted = 4;

/** One method, two meanings: only the body of a PATCH says whether it may be sent again. */
export const counterRows: readonly MethodRow[] = [
  {
    id: 'patch-increment',
    name: 'Add one',
    method: 'PATCH',
    path: '/api/counters/:id',
    isSafe: false,
    isIdempotent: false,
    why: 'The body names a step, { "op": "increment" }, and nothing in it says that it is a repeat.',
    looksAt: 'The counter',
    prepare: async () => {
      const path = counterPath('steps');
      return { request: { method: 'PATCH', path, body: { op: 'increment' } }, look: () => lookAtCounter(path) };
    },
  },
  {
    id: 'patch-value',
    name: 'Set a value',
    method: 'PATCH',
    path: '/api/counters/:id',
    isSafe: false,
    isIdempotent: false,
    why: 'PATCH promises nothing, but this body names the state that is wanted, and the repeat finds it there.',
    looksAt: 'The counter',
    prepare: async () => {
      const path = counterPath('values');
      wanted += 1;
      return { request: { method: 'PATCH', path, body: { value: wanted } }, look: () => lookAtCounter(path) };
    },
  },
];
