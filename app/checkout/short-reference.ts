/** Eight hexadecimal digits: two payments of one buyer never look alike. */
const SHOWN = 8;

/** The end of a reference, where its randomness is: the beginning of a UUID v7 is the time of day. */
export function shortReference(reference: string): string {
  return reference.slice(-SHOWN);
}
