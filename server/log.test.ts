import { describe, expect, it } from 'vitest';
import { shownError } from './log.ts';

/** As a query builder and an HTTP client throw them, with all that they were given. */
function failure(): Error {
  const cause = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY', body: 'email=ada@example.com' });
  const error = new Error('Failed query: insert into "t" values (?)\nparams: pm_card_visa,ada@example.com', { cause });
  return Object.assign(error, { params: ['pm_card_visa'], raw: { headers: { cookie: 'payonce_session=1' } } });
}

describe('an error in the log', () => {
  it('says what a programmer wrote, and none of the values that hang on it', () => {
    const shown = shownError(failure());
    expect(shown).toMatchObject({
      name: 'Error',
      message: 'Failed query: insert into "t" values (?)',
      cause: { message: 'database is locked', code: 'SQLITE_BUSY' },
    });
    expect(shown.stack).toContain('failure');
    expect(JSON.stringify(shown)).not.toMatch(/ada@|pm_card|cookie/);
  });

  it('shows what several runs threw side by side, and none of their values either', () => {
    const errors = [failure(), new Error('a bug'), 'pm_card_visa', new Error('the fourth')];
    const shown = shownError(new AggregateError(errors, '4 of 4 abandoned runs threw'));
    expect(shown.message).toBe('4 of 4 abandoned runs threw');
    expect(shown.errors?.map(({ message }) => message)).toEqual([
      'Failed query: insert into "t" values (?)',
      'a bug',
      'something that is no error was thrown',
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/ada@|pm_card|cookie/);
  });

  it('is told as one when something else was thrown', () => {
    expect(shownError('pm_card_visa')).toEqual({ name: 'string', message: 'something that is no error was thrown' });
  });
});
