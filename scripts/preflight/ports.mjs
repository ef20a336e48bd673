import { createServer } from 'node:net';
import { PlainFailure } from '../plain-failure.mjs';

/** Asks for each port before anything is started. `ports` maps the name of its environment variable to the number. */
export async function checkPorts(ports) {
  const names = Object.keys(ports);
  for (const [index, name] of names.entries()) {
    const port = ports[name];
    const twin = names.slice(0, index).find((other) => ports[other] === port);
    if (twin) throw new PlainFailure(`${twin} and ${name} are both ${port}: give one of them another number.`);
    // Where one address of a port is taken, some systems still hand out the other.
    for (const host of ['127.0.0.1', undefined]) {
      const refusal = await refusalOf(port, host);
      if (refusal) throw new PlainFailure(explain(name, port, refusal));
    }
  }
}

function refusalOf(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (failure) => resolve(failure.code));
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}

function explain(name, port, code) {
  return code === 'EADDRINUSE'
    ? `Port ${port} is taken by another program: stop that program, or choose another port with ${name}=${port + 1}.`
    : `Port ${port} cannot be opened by this user (${code}): choose another port with ${name}=${port < 1024 ? port + 8000 : port + 1}.`;
}
