// Loaded into each supervised process before its own code. When the supervisor is gone, even by `kill -9`, the channel
// to it closes, and the process ends as if it had been told to: nothing is left behind to hold a port.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
