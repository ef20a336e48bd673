import type { ZodError, z } from 'zod';
import { shopError } from './errors.ts';

/** What was sent, as its schema reads it; throws `invalid_input` with what is wrong with it. */
export function readInput<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.output<Schema> {
  const parsed = schema.safeParse(sent);
  if (!parsed.success) throw shopError('invalid_input', { extras: { issues: issuesOf(parsed.error) } });
  return parsed.data;
}

/** Enough to mend the input by; more would only echo it. */
const ISSUES_MAX = 10;

export function issuesOf(error: ZodError) {
  return error.issues.slice(0, ISSUES_MAX).map(({ path, message }) => ({ path: path.join('.'), message }));
}
