import type { PaymentInput } from '../checkout/payment-state.ts';
import type { Step } from './scenario.ts';

/** Where the second page of a scenario is; behind the `#` stands the name under which both keep the attempt. */
export const TAB_PATH = '/scenarios/tab';

/** What the page of scenarios tells its second page to do. */
export type Order = { readonly kind: 'pay'; readonly input: PaymentInput; readonly withKey: boolean };

/** What the second page tells. `opened` comes anew after each reload. */
export type News =
  | { readonly kind: 'opened'; readonly found: boolean }
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'sent' }
  | { readonly kind: 'done' };

const MARK = 'payonce-scenario';

/** Only pages of this shop take part, and only in what is meant for them. */
export function tell(target: Window, message: Order | News): void {
  target.postMessage({ [MARK]: message }, window.location.origin);
}

/** Returns how to stop listening. */
export function hear<Message extends Order | News>(from: Window, listener: (message: Message) => void): () => void {
  const listen = ({ origin, source, data }: MessageEvent) => {
    if (origin !== window.location.origin || source !== from) return;
    if (typeof data === 'object' && data !== null && MARK in data) listener(data[MARK] as Message);
  };
  window.addEventListener('message', listen);
  return () => window.removeEventListener('message', listen);
}
