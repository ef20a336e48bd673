/** Uniform in [0, 1), 32 bits fine. `getRandomValues` is there on insecure origins and in workers too. */
export const cryptoRandom = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
