import { obeyContract } from '@payonce/trpc-idempotency/testing';
import { openDatabase } from '../open.ts';
import { storeOn } from './store-with-effects.ts';

// Another shop on the same file, for the store contract: told what to do over its IPC channel.
const database = openDatabase({ file: process.argv[2] ?? '' });
obeyContract({ ...storeOn(database), close: () => database.close() });
