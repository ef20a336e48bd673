import type { Answer, PlainRequest } from './ask.ts';

/** One row of the method table, with all that is needed to press it. */
export interface MethodRow {
  readonly id: string;
  /** What tells rows of one method apart, as `with a key`. */
  readonly name: string;
  readonly method: PlainRequest['method'];
  /** The path as documentation writes it. */
  readonly path: string;
  /** RFC 9110, sections 9.2.1 and 9.2.2; RFC 5789 for PATCH. */
  readonly isSafe: boolean;
  readonly isIdempotent: boolean;
  /** Why a repeat does what it does, in one sentence. */
  readonly why: string;
  /** Where there is a word for what is looked at: `cart`, `charges`. */
  readonly looksAt: string;
  /** Makes what the request needs, under names that nobody used before. */
  readonly prepare: () => Promise<Prepared>;
}

export interface Prepared {
  readonly request: PlainRequest;
  /** What the server has of it now, in words that change when and only when it does. */
  readonly look: () => Promise<string>;
}

/** Two requests, and what the server had before, between and after them. */
export interface Pressed {
  readonly request: PlainRequest;
  readonly answers: readonly [Answer, Answer];
  readonly states: readonly [string, string, string];
}

/** Sends the same request twice, the second after the answer to the first, and looks before, between and after. */
export async function pressTwice(
  { prepare }: Pick<MethodRow, 'prepare'>,
  send: (request: PlainRequest) => Promise<Answer>,
): Promise<Pressed> {
  const { request, look } = await prepare();
  const before = await look();
  const first = await send(request);
  const between = await look();
  const second = await send(request);
  return { request, answers: [first, second], states: [before, between, await look()] };
}
