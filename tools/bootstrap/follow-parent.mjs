// Loaded into the program before it starts. Whoever kills the bootstrap with SIGKILL (which cannot be passed on) closes
// the channel between the two: the program then ends as if asked to, and takes its database and simulators with it.
// Only the bootstrap's own child follows: processes that it starts in turn inherit this file with node's arguments.
const isChildOfBootstrap = Number(process.env.EVERLINE_BOOTSTRAP) === process.ppid && process.channel !== undefined;

if (isChildOfBootstrap) {
  delete process.env.EVERLINE_BOOTSTRAP;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // So that the channel alone keeps nothing running.
  process.channel.unref();
}
