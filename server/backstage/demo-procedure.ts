import { shopError } from '../errors.ts';
import { customerProcedure } from '../trpc.ts';

/** What exists for the demonstration alone. With the demo off it is not there, whatever is sent. */
export function demoProcedure(isDemo: boolean) {
  return customerProcedure.use(({ next }) => {
    if (!isDemo) throw shopError('not_found');
    return next();
  });
}
