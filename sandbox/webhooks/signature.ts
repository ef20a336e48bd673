import { createHmac } from 'node:crypto';

/** How a delivery is signed: as it should be, by somebody else, or rightly but too long ago to be believed. */
export type DeliveryKind = 'genuine' | 'forged' | 'stale';

/** The `Stripe-Signature` header of a body. `nowMs` is Unix milliseconds. */
export function signatureOf(kind: DeliveryKind, body: string, { secret, nowMs }: { secret: string; nowMs: number }) {
  const signedWith = kind === 'forged' ? 'whsec_of_somebody_else' : secret;
  const seconds = Math.floor(nowMs / 1000) - (kind === 'stale' ? staleSeconds : 0);
  return `t=${seconds},v1=${createHmac('sha256', signedWith).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Stripe's client believes a signature for 300 seconds; a minute more is beyond any doubt about clocks. */
const staleSeconds = 360;
