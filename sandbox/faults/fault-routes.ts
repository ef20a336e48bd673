import { z } from 'zod';
import type { Route } from '../http/http.ts';
import { ok, refusal } from '../http/reply.ts';
import { faultScript } from './fault-script.ts';
import type { Faults } from './faults.ts';

/** `POST /faults` → `{ faultId }`, `GET /faults` → `{ faults }`, `DELETE /faults` and `DELETE /faults/:id`. */
export function faultRoutes(faults: Faults): Route[] {
  return [
    {
      method: 'POST',
      path: '/faults',
      answer: ({ input }) => {
        const parsed = faultScript.safeParse(input);
        if (!parsed.success) return refusal(400, z.prettifyError(parsed.error));
        return { status: 201, body: { faultId: faults.add(parsed.data) } };
      },
    },
    { method: 'GET', path: '/faults', answer: () => ok({ faults: faults.list() }) },
    {
      method: 'DELETE',
      path: '/faults',
      answer: () => {
        faults.clear();
        return ok({ faults: [] });
      },
    },
    {
      method: 'DELETE',
      path: '/faults/:id',
      // Deleting twice is no error.
      answer: ({ id }) => ok({ faultId: id, removed: faults.remove(id) }),
    },
  ];
}
