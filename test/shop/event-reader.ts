import type { Snapshot } from '#server/backstage/snapshot.ts';

interface ServerEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Reads a stream of server-sent events as an EventSource does, one event at a time. */
export class EventReader implements AsyncDisposable {
  readonly response: Response;
  readonly #abort: AbortController;
  readonly #events: AsyncGenerator<ServerEvent, void>;

  private constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    this.#events = eventsOf(response);
  }

  static async open(url: string, cookie?: string): Promise<EventReader> {
    const abort = new AbortController();
    const headers = { Accept: 'text/event-stream', ...(cookie && { Cookie: cookie }) };
    return new EventReader(await fetch(url, { headers, signal: abort.signal }), abort);
  }

  /** Undefined when the stream has ended. */
  async next(): Promise<ServerEvent | undefined> {
    const { value } = await this.#events.next();
    return value ?? undefined;
  }

  /** The first state of which it is true; throws when the stream ends before. */
  async until(isIt: (state: Snapshot) => boolean): Promise<Snapshot> {
    for (;;) {
      const event = await this.next();
      if (!event) throw new Error('the stream ended before it came to be so');
      if (event.name === 'message' && isIt(event.data as Snapshot)) return event.data as Snapshot;
    }
  }

  hangUp(): void {
    this.#abort.abort();
  }

  async [Symbol.asyncDispose]() {
    this.hangUp();
  }
}

async function* eventsOf(response: Response): AsyncGenerator<ServerEvent, void> {
  if (!response.body) return;
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
      const data = fields.get('data');
      if (data !== undefined)
        yield { name: fields.get('event') ?? 'message', data: data === '' ? '' : JSON.parse(data) };
    }
  }
}
