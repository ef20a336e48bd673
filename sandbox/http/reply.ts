/** What the sandbox answers. `body` becomes JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** A refusal outside the payment API, in the same outer shape as Stripe's. */
export function refusal(status: number, message: string): Reply {
  return { status, body: { error: { type: 'invalid_request_error', message } } };
}
