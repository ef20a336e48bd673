import { readEnv } from './env.ts';
import { startSandbox } from './sandbox.ts';

/** The outside world as a process of its own, which lives on when the shop is killed. */
try {
  const sandbox = await startSandbox(readEnv());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      sandbox.close().then(() => process.exit(0), fail);
    });
  }
  console.log('sandbox ready');
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  console.error(
    code === 'EADDRINUSE'
      ? `Port ${port} is taken: stop what uses it, or set SANDBOX_PORT or SANDBOX_SMTP_PORT to a free one.`
      : `The sandbox cannot run: ${message}`,
  );
  process.exit(1);
}
