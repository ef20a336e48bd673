/** A request as it goes over the wire, told apart from how it is sent so that it can be shown. */
export interface PlainRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

export interface Answer {
  readonly status: number;
  /** Empty when there is none. */
  readonly text: string;
  readonly isReplayed: boolean;
}

/** Sends it once, past the flaky network and without a retry: the point is to see each answer by itself. */
export async function ask({ method, path, body, idempotencyKey }: PlainRequest): Promise<Answer> {
  const response = await window.fetch(path, {
    method,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': `"${idempotencyKey}"` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    cache: 'no-store',
  });
  return {
    status: response.status,
    text: await response.text(),
    isReplayed: response.headers.get('Idempotent-Replayed') === 'true',
  };
}

/** For what must have gone well before anything can be shown. */
export async function askForJson<T>(request: PlainRequest): Promise<T> {
  const { status, text } = await ask(request);
  if (status >= 300) throw new Error(`${request.method} ${request.path} answered ${status}: ${text}`);
  return JSON.parse(text) as T;
}
