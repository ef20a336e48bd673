/** The outside world's own books, read over its own API: what it says holds, whatever the shop says of itself. */
export interface Charge {
  readonly id: string;
  readonly amount: number;
  readonly captured: boolean;
  readonly status: 'succeeded' | 'failed' | 'pending';
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Mail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly deliveries: number;
}

export interface Fault {
  readonly operation: string;
  readonly fault: string;
  readonly times?: number;
  readonly delayMs?: number;
  readonly status?: number;
  readonly match?: Readonly<Record<string, unknown>>;
}

export class Provider {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Money that was taken for a cart, by the provider's ledger. */
  async charges(cartId: string): Promise<Charge[]> {
    const all = await this.#list<Charge>('/v1/charges');
    return all.filter(
      (charge) => charge.metadata.cart_id === cartId && charge.captured && charge.status === 'succeeded',
    );
  }

  async mails(email: string): Promise<Mail[]> {
    const { messages } = await this.#read<{ messages: Mail[] }>('/mailbox');
    return messages.filter(({ to }) => to.includes(email));
  }

  /** Something goes wrong in the outside world, as often as `times` says; the fault ends with the test that made it. */
  async fault(fault: Fault): Promise<() => Promise<void>> {
    const { faultId } = await this.#read<{ faultId: string }>('/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    return async () => {
      await fetch(`${this.#url}/faults/${faultId}`, { method: 'DELETE' });
    };
  }

  /** How often the faults that stand have struck so far. */
  async faultHits(): Promise<number> {
    const { faults } = await this.#read<{ faults: { hits: number }[] }>('/faults');
    return faults.reduce((sum, { hits }) => sum + hits, 0);
  }

  async #list<Row extends { id: string }>(path: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const after = rows.length > 0 ? `&starting_after=${rows.at(-1)?.id}` : '';
      const { data, has_more } = await this.#read<{ data: Row[]; has_more: boolean }>(`${path}?limit=100${after}`);
      rows.push(...data);
      if (!has_more) return rows;
    }
  }

  async #read<Body>(path: string, init: RequestInit = {}): Promise<Body> {
    const answer = await fetch(`${this.#url}${path}`, {
      ...init,
      headers: { authorization: 'Bearer sk_test_sandbox', ...init.headers },
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} for ${path}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }
}
