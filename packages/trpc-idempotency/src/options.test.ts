import { describe, expect, it } from 'vitest';
import { createEngine } from './index.ts';
import { createMemoryStore, type MemoryTransaction } from './memory-store.ts';
import { type EngineOptions, engineSettings } from './options.ts';
import { manualClock } from './testing/index.ts';
import { HASH_KEY } from './testing/workbench.ts';

describe('an engine that could not work does not start', () => {
  const options = { store: createMemoryStore(), hashKeys: [HASH_KEY], clock: manualClock() };

  it.each<[string, Partial<EngineOptions<MemoryTransaction>>]>([
    ['no lease', { leaseMs: 0 }],
    ['half a millisecond of lease', { leaseMs: 1000.5 }],
    ['a retention as short as the lease', { leaseMs: 1000, retentionMs: 1000 }],
    ['no room for an answer', { answerBytesMax: 0 }],
    ['no hash key', { hashKeys: [] }],
    ['two hash keys of one name', { hashKeys: [HASH_KEY, HASH_KEY] }],
    ['a secret that can be guessed', { hashKeys: [{ kid: 'k1', secret: 'short' }] }],
    ['a replayed header with a name that none can have', { replayedHeaders: ['content language'] }],
    ['replayed cookies', { replayedHeaders: ['Set-Cookie'] }],
  ])('%s', (_what, over) => {
    expect(() => createEngine({ ...options, ...over })).toThrow();
  });

  it('takes what is undefined for what was not said', () => {
    const unsaid: object = {
      leaseMs: undefined,
      retentionMs: undefined,
      answerBytesMax: undefined,
      statusOf: undefined,
    };
    const settings = engineSettings({ ...options, ...unsaid });
    expect(settings).toMatchObject({ leaseMs: 30_000, retentionMs: 86_400_000, answerBytesMax: 65_536 });
    expect(settings.statusOf({ kind: 'settled', output: null })).toBe(200);
  });
});
