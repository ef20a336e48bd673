/**
 * An HTTP-date as Unix milliseconds, or undefined. A recipient has to accept the three forms of RFC 9110, 5.6.7.
 * `Date.parse` is no judge of this: V8 reads "try 1" as the first of January 2001.
 */
export function parseHttpDate(value: string): number | undefined {
  const match = IMF_FIXDATE.exec(value) ?? RFC_850.exec(value) ?? ASCTIME.exec(value);
  const parts = match?.groups;
  if (!parts) return undefined;
  const [year, month, day] = [fullYear(parts.year ?? ''), MONTHS.indexOf(parts.month ?? ''), Number(parts.day)];
  const at = Date.UTC(year, month, day, Number(parts.hour), Number(parts.minute), Number(parts.second));
  const read = new Date(at);
  // Date.UTC carries over: the 31st of February would become a day in March.
  const exists = read.getUTCDate() === day && read.getUTCMonth() === month && read.getUTCHours() === Number(parts.hour);
  return exists ? at : undefined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const TIME = '(?<hour>\\d{2}):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';
const MONTH = `(?<month>${MONTHS.join('|')})`;
const IMF_FIXDATE = new RegExp(`^[A-Z][a-z]{2}, (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`);
const RFC_850 = new RegExp(`^[A-Z][a-z]{5,8}, (?<day>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT$`);
const ASCTIME = new RegExp(`^[A-Z][a-z]{2} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`);

// Two digits are all that RFC 850 gives. No server that is alive dates an answer before 2000.
function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}
