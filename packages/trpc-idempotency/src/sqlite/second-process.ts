import { obeyContract } from '../testing/index.ts';
import { openKeyFile } from './key-file.ts';
import { withEffects } from './store-with-effects.ts';

// Another process of the store contract: `node --import tsx second-process.ts keys.db`, with an IPC channel.
obeyContract(withEffects(openKeyFile(process.argv[2] ?? '')));
