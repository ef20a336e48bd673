import { manualClock } from '@payonce/trpc-idempotency/testing';
import { describe, expect, it } from 'vitest';
import { NewKeyLimit } from './new-key-limit.ts';

const ada = { principal: 'ada', address: '192.0.2.1' };
const bob = { principal: 'bob', address: '192.0.2.1' };
const eve = { principal: 'eve', address: '192.0.2.2' };

describe('the limit on new keys', () => {
  it('holds back one customer and nobody else, for as long as it says', () => {
    const clock = manualClock();
    const limit = new NewKeyLimit({ perCustomer: 2, perAddress: 10 }, clock);
    expect(limit.admit(ada)).toEqual({ admitted: true });
    clock.advance(20_000);
    expect(limit.admit(ada)).toEqual({ admitted: true });
    expect(limit.admit(ada)).toEqual({ admitted: false, retryAfterMs: 40_000 });
    expect(limit.admit(bob)).toEqual({ admitted: true });
    clock.advance(40_000);
    expect(limit.admit(ada)).toEqual({ admitted: true });
  });

  it('holds back an address that makes a new customer for each key, and no other address', () => {
    const limit = new NewKeyLimit({ perCustomer: 2, perAddress: 2 }, manualClock());
    expect(limit.admit(ada).admitted).toBe(true);
    expect(limit.admit(bob).admitted).toBe(true);
    expect(limit.admit({ ...ada, principal: 'another' }).admitted).toBe(false);
    expect(limit.admit(eve).admitted).toBe(true);
  });

  it('says when there will be room with both, where both are full', () => {
    const clock = manualClock();
    const limit = new NewKeyLimit({ perCustomer: 1, perAddress: 2 }, clock);
    limit.admit(bob);
    clock.advance(20_000);
    limit.admit(ada);
    expect(limit.admit(ada)).toEqual({ admitted: false, retryAfterMs: 60_000 });
    clock.advance(60_000);
    expect(limit.admit(ada)).toEqual({ admitted: true });
  });

  it('does not count what it turned away', () => {
    const clock = manualClock();
    const limit = new NewKeyLimit({ perCustomer: 1, perAddress: 10 }, clock);
    limit.admit(ada);
    for (let second = 1; second < 60; second += 1) {
      clock.advance(1_000);
      expect(limit.admit(ada).admitted).toBe(false);
    }
    clock.advance(1_000);
    expect(limit.admit(ada).admitted).toBe(true);
  });

  it('does not lock anyone out when the clock is set back', () => {
    const clock = manualClock();
    const limit = new NewKeyLimit({ perCustomer: 1, perAddress: 10 }, clock);
    limit.admit(ada);
    clock.advance(-60 * 60 * 1000);
    expect(limit.admit(ada).admitted).toBe(true);
  });
});
