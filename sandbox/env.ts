import { EVENT_TYPES, type EventType } from './payments/objects.ts';
import type { SandboxOptions } from './sandbox.ts';

/** The settings of the process. Throws one sentence about the first that cannot be used. */
export function readEnv(environment: NodeJS.ProcessEnv = process.env): SandboxOptions {
  return {
    port: portFrom(environment, 'SANDBOX_PORT', 12111),
    smtpPort: portFrom(environment, 'SANDBOX_SMTP_PORT', 12125),
    file: environment.SANDBOX_FILE || './data/sandbox.db',
    webhookUrl: environment.WEBHOOK_URL || undefined,
    webhookEvents: eventTypesFrom(environment, 'WEBHOOK_EVENTS'),
    webhookSecret: environment.STRIPE_WEBHOOK_SECRET || undefined,
  };
}

function eventTypesFrom(environment: NodeJS.ProcessEnv, name: string): readonly EventType[] | undefined {
  return (environment[name] || undefined)?.split(',').map((given) => {
    const type = EVENT_TYPES.find((known) => known === given);
    if (type) return type;
    throw new Error(`${name} has "${given}", which is no event: use ${EVENT_TYPES.join(', ')}, with commas between.`);
  });
}

function portFrom(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const value = environment[name];
  if (!value) return fallback;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new Error(`${name} is "${value}", which is no port: use a number from 1 to 65535.`);
}
