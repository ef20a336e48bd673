import { type Counter, findCounter } from '#db/counters.ts';
import type { Database } from '#db/open.ts';
import { shopError } from '../errors.ts';
import { presenceConditionOf } from '../http/plain/precondition.ts';
import type { Reply, Resource } from '../http/plain/resource.ts';
import { readInput } from '../read-input.ts';
import { changeCounter } from './change-counter.ts';
import { counterChange, counterRef } from './schema.ts';

export function counterResource({ database }: { readonly database: Database }): Resource {
  return {
    async GET({ principal, id }) {
      const counter = await findCounter(database.reader, { principal, ...readInput(counterRef, { counterId: id }) });
      if (!counter) throw shopError('not_found');
      return shown(counter);
    },

    async PATCH({ principal, id, body, request: { headers } }) {
      const { counterId } = readInput(counterRef, { counterId: id });
      const change = readInput(counterChange, body);
      const patch = { counterId, change, isExpected: presenceConditionOf(headers) };
      return shown(await changeCounter(principal, patch, database));
    },
  };
}

const shown = ({ counterId, value }: Counter): Reply => ({ status: 200, json: { counterId, value } });
