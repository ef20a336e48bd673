/** Which try of its attempt a request is, as its client says. What is no small number is none: anybody may write it. */
export function attemptOf(header: string | null): number | null {
  return header !== null && /^[1-9]\d{0,2}$/.test(header) ? Number(header) : null;
}
