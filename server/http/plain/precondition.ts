import type { RequestHeaders } from '../http-request.ts';

/** The strong entity tag of a version: the version itself. */
export const etagOf = (version: number) => `"${version}"`;

/**
 * What `If-Match` and `If-None-Match` ask of the version that is there, 0 for none (RFC 9110, section 13.1). A tag that
 * no version of ours has matches nothing, which is what a tag is for.
 */
export function preconditionOf(headers: RequestHeaders): (version: number) => boolean {
  const wanted = headers.get('if-match');
  const unwanted = headers.get('if-none-match');
  return (version) =>
    (wanted === null || names(wanted, version)) && (unwanted === null || !names(unwanted, version, WEAK));
}

/** `If-None-Match` compares weakly: a proxy that weakened our tag still means this version. */
const WEAK = /^W\//;

function names(header: string, version: number, ignored?: RegExp): boolean {
  if (version === 0) return false;
  if (header.trim() === '*') return true;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.some((tag) => (ignored ? tag.replace(ignored, '') : tag) === etagOf(version));
}
