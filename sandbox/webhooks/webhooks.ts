import { createHmac } from 'node:crypto';
import type { SandboxDatabase } from '../database.ts';
import type { Strikes } from '../faults/faults.ts';
import { newId } from './call.ts';
import { firstReplica, type Ledger } from './ledger.ts';
import type { Event } from './objects.ts';

export interface WebhookOptions {
  readonly database: SandboxDatabase;
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Where events go; undefined: they are only kept. */
  readonly url: string | undefined;
  readonly secret: string;
  /** Aborted when the sandbox stops. */
  readonly stopped: AbortSignal;
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Signed webhooks as Stripe sends them: in order, again until they are taken, and over a restart. */
export function createWebhooks({ database, ledger, now, url, secret, stopped }: WebhookOptions) {
  const insert = database.prepare('INSERT INTO webhook_deliveries (event_id, due_at, is_forged) VALUES (?, ?, ?)');
  const next = database.prepare('SELECT * FROM webhook_deliveries ORDER BY due_at, seq LIMIT 1');
  const remove = database.prepare('DELETE FROM webhook_deliveries WHERE seq = ?');
  const putOff = database.prepare('UPDATE webhook_deliveries SET due_at = ?, attempts = attempts + 1 WHERE seq = ?');
  let timer: NodeJS.Timeout | undefined;
  let isSending = false;

  /** Called inside the transaction that made the events. */
  function schedule(events: readonly Event[], strikes: Strikes): void {
    if (!url) return;
    events.forEach((event, index) => {
      const lateMs = strikes.has('webhook_shuffled') ? shuffledLateMs - index * shuffledStepMs : 0;
      insert.run(event.id, now() + lateMs, 0);
      if (strikes.has('webhook_twice')) insert.run(event.id, now() + lateMs, 0);
      if (strikes.has('webhook_forged')) insert.run(event.id, now() + lateMs, 1);
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
    const isForged = due.is_forged === 1;
    const taken = !event || (await post(to, isForged ? { ...event, id: newId('evt') } : event, isForged));
    if (stopped.aborted) return;
    if (taken || isForged) remove.run(due.seq);
    else putOff.run(now() + Math.min(retryBaseMs * 2 ** due.attempts, retryCapMs), due.seq);
  }

  async function post(to: string, event: Event, isForged: boolean): Promise<boolean> {
    const body = JSON.stringify(event);
    const signature = sign(body, isForged ? 'whsec_of_somebody_else' : secret, Math.floor(now() / 1000));
    try {
      const answer = await fetch(to, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature },
        body,
        signal: AbortSignal.any([stopped, AbortSignal.timeout(deliveryTimeoutMs)]),
      });
      await answer.arrayBuffer();
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
  readonly due_at: number;
  readonly attempts: number;
  readonly is_forged: number;
}

const deliveryTimeoutMs = 5000;
const retryBaseMs = 500;
const retryCapMs = 60_000;
/** Late enough to come after the webhooks of the next requests. */
const shuffledLateMs = 1000;
const shuffledStepMs = 100;

function sign(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
