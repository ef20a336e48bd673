import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, wherever a script is called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const inRoot = (...path) => join(root, ...path);

/** The entry of an installed command, run with this very Node: `.bin` links differ between platforms. */
export const installed = (...path) => inRoot('node_modules', ...path);
