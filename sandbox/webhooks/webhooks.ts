import type { SandboxDatabase } from '../database.ts';
import type { Strikes } from '../faults/faults.ts';
import { delayMsDefault } from '../faults/under-faults.ts';
import { newId } from '../payments/call.ts';
import { firstReplica, type Ledger } from '../payments/ledger.ts';
import type { Event, EventType } from '../payments/objects.ts';
import { type DeliveryKind, signatureOf } from './signature.ts';

export interface WebhookOptions {
  readonly database: SandboxDatabase;
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Where events go; undefined: they are only kept. */
  readonly url: string | undefined;
  /** Those that go there. */
  readonly eventTypes: readonly EventType[];
  readonly secret: string;
  /** Aborted when the sandbox stops. */
  readonly stopped: AbortSignal;
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Signed webhooks as Stripe sends them: again until they are taken, over a restart, for three days at most. */
export function createWebhooks({ database, ledger, now, url, eventTypes, secret, stopped }: WebhookOptions) {
  const insert = database.prepare(
    'INSERT INTO webhook_deliveries (event_id, kind, made_at, due_at) VALUES (@id, @kind, @nowMs, @dueAt)',
  );
  const next = database.prepare('SELECT * FROM webhook_deliveries ORDER BY due_at, seq LIMIT 1');
  const remove = database.prepare('DELETE FROM webhook_deliveries WHERE seq = ?');
  const putOff = database.prepare('UPDATE webhook_deliveries SET due_at = ?, attempts = attempts + 1 WHERE seq = ?');
  let timer: NodeJS.Timeout | undefined;
  let isSending = false;

  /** Called inside the transaction that made the events. */
  function schedule(events: readonly Event[], strikes: Strikes): void {
    if (!url) return;
    const nowMs = now();
    const wanted = events.filter(({ type }) => eventTypes.includes(type));
    wanted.forEach(({ id }, index) => {
      const dueAt = nowMs + latenessMs(strikes, { index, count: wanted.length });
      for (const kind of kindsUnder(strikes)) insert.run({ id, kind, nowMs, dueAt });
    });
  }

  /** Sends what is due, one at a time, and sleeps until the next is. */
  async function wake(): Promise<void> {
    if (!url || isSending) return;
    clearTimeout(timer);
    isSending = true;
    try {
      for (let due = dueNow(); due; due = dueNow()) await send(url, due);
    } finally {
      isSending = false;
    }
    const later = stopped.aborted ? undefined : (next.get() as Due | undefined);
    if (later) timer = setTimeout(wake, Math.max(later.due_at - now(), 0)).unref();
  }

  function dueNow(): Due | undefined {
    if (stopped.aborted) return undefined;
    const due = next.get() as Due | undefined;
    return due && due.due_at <= now() ? due : undefined;
  }

  async function send(to: string, due: Due): Promise<void> {
    const event = ledger.get('event', due.event_id, firstReplica);
    const isTaken = !event || (await post(to, event, due.kind));
    if (stopped.aborted) return;
    const isOver = isTaken || due.kind !== 'genuine' || now() - due.made_at > givenUpAfterMs;
    if (isOver) remove.run(due.seq);
    else putOff.run(now() + Math.min(retryBaseMs * 2 ** due.attempts, retryCapMs), due.seq);
  }

  async function post(to: string, event: Event, kind: DeliveryKind): Promise<boolean> {
    const body = JSON.stringify(kind === 'forged' ? { ...event, id: newId('evt') } : event);
    try {
      const answer = await fetch(to, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Stripe-Signature': signatureOf(kind, body, { secret, nowMs: now() }),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(deliveryTimeoutMs)]),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }

  return { schedule, wake };
}

interface Due {
  readonly seq: number;
  readonly event_id: string;
  readonly kind: DeliveryKind;
  readonly made_at: number;
  readonly due_at: number;
  readonly attempts: number;
}

const deliveryTimeoutMs = 5000;
const retryBaseMs = 500;
const retryCapMs = 60_000;
/** As long as Stripe tries. */
const givenUpAfterMs = 3 * 24 * 60 * 60 * 1000;

/** A shuffled event is the later the earlier it happened. */
function latenessMs(strikes: Strikes, { index, count }: { index: number; count: number }): number {
  const shuffled = strikes.get('webhook_shuffled');
  return shuffled ? ((shuffled.delayMs ?? delayMsDefault) * (count - index)) / count : 0;
}

function kindsUnder(strikes: Strikes): DeliveryKind[] {
  const kinds: DeliveryKind[] = ['genuine'];
  if (strikes.has('webhook_twice')) kinds.push('genuine');
  if (strikes.has('webhook_forged')) kinds.push('forged');
  if (strikes.has('webhook_stale')) kinds.push('stale');
  return kinds;
}
