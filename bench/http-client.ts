import { Agent, request } from 'node:http';

export interface HttpCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

/**
 * A client on Node's own HTTP over warm connections. It costs a good part of what `fetch` would: client and server share
 * the machine, and what the client uses is missing to the one that is measured.
 */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #origin: string;
  #cookie = '';

  /** @param origin such as `http://127.0.0.1:3000` */
  constructor(origin: string) {
    this.#origin = origin.replace('localhost', '127.0.0.1');
  }

  /** The body of the answer; whatever is answered but 200 or 201 ends the bench. */
  send(path: string, { method = 'POST', headers = {}, json }: HttpCall = {}): Promise<string> {
    const body = json === undefined ? undefined : JSON.stringify(json);
    return new Promise((resolve, reject) => {
      const sending = request(`${this.#origin}${path}`, {
        agent: this.#agent,
        method,
        headers: {
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
          }),
          ...(this.#cookie && { cookie: this.#cookie }),
          ...headers,
        },
      });
      sending.once('error', reject);
      sending.once('response', (answer) => {
        const [cookie] = answer.headers['set-cookie'] ?? [];
        if (cookie) this.#cookie = cookie.split(';')[0] ?? '';
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode === 200 || answer.statusCode === 201) resolve(text);
          else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`));
        });
      });
      sending.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
