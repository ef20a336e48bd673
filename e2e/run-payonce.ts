import { type PayonceAddress, startPayonce } from '../test/payonce.ts';

/** Starts the one Payonce that all tests share; each test is a customer of its own in it. Never an existing server. */
export default async function runPayonce() {
  const { stop, shopUrl, sandboxUrl, databaseFile } = await startPayonce();
  const address: PayonceAddress = { shopUrl, sandboxUrl, databaseFile };
  // Workers are processes of their own and inherit the environment.
  process.env.E2E_PAYONCE = JSON.stringify(address);
  return async () => {
    await stop();
  };
}

export function sharedPayonce(): PayonceAddress {
  return JSON.parse(process.env.E2E_PAYONCE ?? '') as PayonceAddress;
}
