export interface PlainAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** As it came, for comparing byte by byte. */
  readonly text: string;
  /** The parsed body, empty when there is none. */
  readonly body: Record<string, unknown>;
}

/** Somebody with a cookie of their own and no tRPC: a method, a path, a body. */
export class PlainCustomer {
  readonly #url: string;
  #cookie: string | undefined;

  constructor(shop: { readonly url: string }) {
    this.#url = shop.url;
  }

  get = (path: string, headers: Record<string, string> = {}) => this.send('GET', path, { headers });
  delete = (path: string, headers: Record<string, string> = {}) => this.send('DELETE', path, { headers });
  put = (path: string, body: unknown, headers = {}) => this.send('PUT', path, jsonOf(body, headers));
  patch = (path: string, body: unknown, headers = {}) => this.send('PATCH', path, jsonOf(body, headers));
  post = (path: string, body: unknown, headers = {}) => this.send('POST', path, jsonOf(body, headers));

  async send(method: string, path: string, init: RequestInit): Promise<PlainAnswer> {
    const headers = new Headers(init.headers);
    if (this.#cookie) headers.set('Cookie', this.#cookie);
    const response = await fetch(`${this.#url}${path}`, { ...init, method, headers });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie) this.#cookie = cookie;
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }
}

function jsonOf(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
