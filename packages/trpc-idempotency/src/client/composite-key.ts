/** How an attempt gets its key. The default draws a UUID, which needs nothing and means nothing. */
export type KeyStrategy<Input> = (input: Input) => string;

/** As long as a server takes a key to be. */
const KEY_LENGTH_MAX = 255;

/**
 * The other way to a key: it is made of what the attempt is for, such as `customer:cart:version:attemptNo`. Two tabs, two
 * devices and a browser that lost its storage then make the same key without telling each other.
 *
 * The price: something in it must change when the same thing is wanted again after a refusal, and only the server can
 * say what, so the number of the attempt is asked for first; and whoever knows the parts knows the key, so the server
 * has to scope keys by principal. Throws a RangeError for an empty part or a key that is too long.
 */
export function compositeKey<Input>(partsOf: (input: Input) => readonly (string | number)[]): KeyStrategy<Input> {
  return (input) => {
    const parts = partsOf(input).map(String);
    if (parts.length === 0 || parts.includes('')) throw new RangeError('a part of a composite key must not be empty');
    // A colon within a part would let two different lists of parts make one key.
    const key = parts.map(encodeURIComponent).join(':');
    if (key.length > KEY_LENGTH_MAX) throw new RangeError(`a composite key of ${key.length} characters is too long`);
    return key;
  };
}
