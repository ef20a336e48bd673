import assert from 'node:assert/strict';
import { validateHeaderValue } from 'node:http';
import { toJson } from './json.ts';
import type { Refused, Settled } from './operation.ts';
import type { FinalOutcome, Json, JsonObject } from './record.ts';

export interface AnswerLimits {
  /** Of the outcome as JSON in UTF-8, headers included. */
  readonly answerBytesMax: number;
  /** Lower-case names of the headers that an answer may bring along and that are replayed with it. */
  readonly replayedHeaders: readonly string[];
}

/**
 * The outcome as it will be stored and answered: the first answer goes through JSON too, so that a replay equals it.
 * What cannot be stored is a bug of the operation. It is thrown inside the last transaction, so nothing is committed;
 * cut or left out, it would be a wrong answer for as long as it is kept.
 */
export function sealOutcome(ending: Settled<Json> | Refused, limits: AnswerLimits): FinalOutcome {
  const outcome = jsonOutcome(ending, limits);
  const bytes = Buffer.byteLength(JSON.stringify(outcome));
  assert(bytes <= limits.answerBytesMax, `an answer of ${bytes} bytes is over the ${limits.answerBytesMax} that fit`);
  return outcome;
}

function jsonOutcome(ending: Settled<Json> | Refused, { replayedHeaders }: AnswerLimits): FinalOutcome {
  switch (ending.kind) {
    case 'settled': {
      const output = toJson(ending.output, 'output');
      if (ending.headers === undefined) return { kind: 'settled', output };
      const headers = Object.entries(ending.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      for (const [name, value] of headers) {
        assert(replayedHeaders.includes(name), `the header ${name} is not among those that may be replayed`);
        assert(isHeaderValue(name, value), `the header ${name} has a value that no header can have`);
      }
      return { kind: 'settled', output, headers: Object.fromEntries(headers) };
    }
    case 'refused':
      return { kind: 'refused', reason: ending.reason, extras: jsonObject(ending.extras) };
  }
}

/** As Node's own server has it: Latin-1 without control characters. */
function isHeaderValue(name: string, value: string): boolean {
  try {
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function jsonObject(extras: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(extras).map(([name, value]) => [name, toJson(value, `extras.${name}`)]));
}
