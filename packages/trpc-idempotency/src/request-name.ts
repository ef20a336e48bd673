import type { ClaimRequest } from './store.ts';

/** One key with one content: a key that was given up and claimed anew has another name when it says something else. */
export function requestName(request: ClaimRequest): string {
  const { tenant, principal, operation, key, requestHash, hashKid, schemaVersion } = request;
  return JSON.stringify([tenant, principal, operation, key, requestHash(hashKid, schemaVersion)]);
}
