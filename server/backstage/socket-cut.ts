import type { Handler } from '../http/interfaces.ts';

/** `Payonce-Demo-Cut: after-commit; run=<id>`: the one moment that can be asked for, and what the cuts are counted by. */
const CUT_HEADER = 'payonce-demo-cut';
const AFTER_COMMIT = /^after-commit; run=([\w-]{1,64})$/;

/**
 * A browser repeats the request on every connection that it has kept warm, up to six of them. Two cuts make the point,
 * and the third delivery is answered: sent once, received three times.
 */
const CUTS_MAX = 2;

/** A run is over within a minute; the oldest are forgotten first. */
const RUNS_KEPT_MAX = 1_000;
const cutsOf = new Map<string, number>();

export interface Cutting {
  readonly isDemo: boolean;
  /** Destroys the connection that the answer would leave by; undefined where nobody has it in hand. */
  readonly cutSocket: (() => void) | undefined;
}

/**
 * The one fault that is real: the request is carried out, and its connection dies before the first byte of the answer.
 * A browser that had kept the connection warm then sends the request again by itself, and tells nobody. Without the
 * demo the header means nothing.
 */
export function cuttable(answer: Handler, { isDemo, cutSocket }: Cutting): Handler {
  if (!isDemo || !cutSocket) return answer;
  return async (request) => {
    const response = await answer(request);
    const run = AFTER_COMMIT.exec(request.headers.get(CUT_HEADER) ?? '')?.[1];
    if (run !== undefined && mayCut(run)) cutSocket();
    return response;
  };
}

function mayCut(run: string): boolean {
  const cuts = cutsOf.get(run) ?? 0;
  if (cuts >= CUTS_MAX) return false;
  cutsOf.set(run, cuts + 1);
  const [oldest] = cutsOf.keys();
  if (oldest !== undefined && cutsOf.size > RUNS_KEPT_MAX) cutsOf.delete(oldest);
  return true;
}
