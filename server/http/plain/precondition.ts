import type { RequestHeaders } from '../http-request.ts';

/** The strong entity tag of a version: the version itself. */
export const etagOf = (version: number) => `"${version}"`;

/**
 * What `If-Match` and `If-None-Match` ask of the version that is there, 0 for none (RFC 9110, section 13.1). A tag that
 * no version of ours has matches nothing, which is what a tag is for.
 */
export function preconditionOf(headers: RequestHeaders): (version: number) => boolean {
  const holds = conditionOf(headers);
  return (version) => holds(version === 0 ? undefined : etagOf(version));
}

/** The same where there are no versions and so no tags: no tag names what is there, only `*` does. */
export function presenceConditionOf(headers: RequestHeaders): (isThere: boolean) => boolean {
  const holds = conditionOf(headers);
  return (isThere) => holds(isThere ? null : undefined);
}

/** The tag of what is there, null for what has none, undefined for nothing. */
type Present = string | null | undefined;

function conditionOf(headers: RequestHeaders): (present: Present) => boolean {
  const wanted = headers.get('if-match');
  const unwanted = headers.get('if-none-match');
  return (present) =>
    (wanted === null || names(wanted, present)) && (unwanted === null || !names(unwanted, present, WEAK));
}

/** `If-None-Match` compares weakly: a proxy that weakened our tag still means this version. */
const WEAK = /^W\//;

function names(header: string, present: Present, ignored?: RegExp): boolean {
  if (present === undefined) return false;
  if (header.trim() === '*') return true;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.some((tag) => (ignored ? tag.replace(ignored, '') : tag) === present);
}
