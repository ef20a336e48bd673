import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';
import { assertWindowsNest, type Windows, windowsWith } from './windows.ts';

const windows = windowsWith(readEnv({}));

describe('the windows', () => {
  it('nest, with the shortest retention that can be set too', () => {
    expect(() => assertWindowsNest(windows)).not.toThrow();
    expect(() => assertWindowsNest(windowsWith(readEnv({ IDEMPOTENCY_RETENTION_HOURS: '1' })))).not.toThrow();
  });

  it.each<[keyof Windows, keyof Windows]>([
    ['providerCallMs', 'drainMs'],
    ['drainMs', 'clientTotalMs'],
    ['clientTotalMs', 'forwardWindowMs'],
    ['forwardWindowMs', 'providerKeyLifeMs'],
    ['forwardWindowMs', 'retentionMs'],
  ])('stop the start with one sentence when %s is not shorter than %s', (shorter, longer) => {
    const planted = { ...windows, [longer]: windows[shorter] };
    expect(() => assertWindowsNest(planted)).toThrow(
      new RegExp(
        `^The windows do not nest: ${shorter} \\(\\d+\\) must be shorter than ${longer} \\(\\d+\\), or .+\\.$`,
      ),
    );
  });
});
