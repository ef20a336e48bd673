import type { Json } from './record.ts';

/**
 * A copy that JSON can say, or an error that names the place. Properties that are undefined are left out, as JSON
 * does. Everything else that `JSON.stringify` would change in silence (dates, NaN, class instances, holes) is refused:
 * two different inputs must never be remembered as the same one.
 */
export function toJson(value: unknown, place = 'value'): Json {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      if (!WELL_FORMED.test(value)) throw new NotJsonError(place, 'a string with half of a surrogate pair');
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new NotJsonError(place, String(value));
      // JSON has one zero.
      return value === 0 ? 0 : value;
    case 'object':
      return value === null ? null : objectToJson(value, place);
    default:
      throw new NotJsonError(place, typeof value);
  }
}

export class NotJsonError extends Error {
  override readonly name = 'NotJsonError';

  readonly place: string;
  readonly found: string;

  constructor(place: string, found: string) {
    super(`${place} is ${found}, which JSON cannot say`);
    this.place = place;
    this.found = found;
  }
}

/** No lone surrogate: `u` makes a pair one character, so a lone half is all that this class can still match. */
const WELL_FORMED = /^[^\ud800-\udfff]*$/u;

function objectToJson(value: object, place: string): Json {
  if (Array.isArray(value)) return Array.from(value, (item, index) => toJson(item, `${place}[${index}]`));

  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotJsonError(place, `an instance of ${value.constructor?.name ?? 'a class'}`);
  }
  // fromEntries defines properties where assignment would call the setter of `__proto__`.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, toJson(item, `${place}.${name}`)]),
  );
}
