// Runs a program as if it were this process: its exit code becomes ours, and a signal sent to us reaches it once.
// Ctrl-C in a terminal is sent to every process of the foreground group, and npm passes it on besides; a child in that
// group would be told two or three times, and a second Ctrl-C often means "at once, never mind what is lost". So the
// child has a group of its own and hears each signal from here, repeats within half a second taken for one.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Trouble } from './trouble.mjs';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const SAME_SIGNAL_MS = 500;
const ORPHAN_POLL_MS = 500;

/** Resolves to the child's exit code (128 + n when signal n ended it). `onOutput` gets what it prints when `stdio` pipes it. */
export function runChild(file, words, options = {}) {
  const { onOutput, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { detached: true, ...spawnOptions });
    const last = {};
    const pass = (signal) => {
      const now = Date.now();
      if (now - (last[signal] ?? 0) < SAME_SIGNAL_MS) return;
      last[signal] = now;
      child.kill(signal);
    };
    for (const signal of PASSED_ON) process.on(signal, pass);
    const stopWatching = whenOrphaned(() => pass('SIGTERM'));
    const forget = () => {
      stopWatching();
      for (const signal of PASSED_ON) process.off(signal, pass);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => onOutput?.(data));
    child.on('error', (error) => {
      forget();
      reject(new Trouble(`could not run ${file}: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      forget();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/**
 * npm runs a script through `sh`, and a SIGTERM sent to npm ends that shell alone: nobody tells us. What npm started
 * goes when its parent goes; what a person put in the background by hand stays.
 */
function whenOrphaned(act) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, ORPHAN_POLL_MS);
  return () => clearInterval(timer);
}
