import type { PricedLine } from '#db/schema.ts';

export interface TaxRequest {
  /** The cart that is taxed, when it is one: the name under which both sides can find this question again. */
  readonly cartId?: string;
  readonly lines: readonly PricedLine[];
  readonly subtotalMinor: number;
  readonly currency: string;
}

/** `unavailable`: it did not answer in time, or with something that is no tax. Nothing is taken on a guess. */
export type TaxAnswer =
  | { readonly kind: 'taxed'; readonly taxMinor: number }
  | { readonly kind: 'unavailable'; readonly retryAfterMs?: number };

export interface TaxService {
  quote(request: TaxRequest): Promise<TaxAnswer>;
}
