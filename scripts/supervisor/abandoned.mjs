const askEveryMs = 250;

/**
 * Calls back when npm is gone. npm hands a signal to the shell that it runs scripts in, and that shell ends without
 * passing it on; a supervisor that stayed would keep the ports. Only under npm: a start by hand may outlive its terminal.
 */
export function onceAbandoned(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const asking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(asking);
    callback();
  }, askEveryMs);
}
