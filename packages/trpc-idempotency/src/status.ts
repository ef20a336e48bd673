import assert from 'node:assert/strict';

/** What a Response can be made with: below 200 are words on the way to an answer. */
export function assertStatus(code: number): void {
  const isStatus = Number.isInteger(code) && code >= 200 && code <= 599;
  assert(isStatus, `${code} is no status of an answer, which are those from 200 to 599`);
}

/** RFC 9110 has no body for these, and a `Response` takes none. */
export function hasBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}
