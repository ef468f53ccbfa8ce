// A reporter for node:test that writes what the runner needs, one JSON text a line, to file descriptor 3: standard
// output belongs to the tests. Errors are written out here, where they are still whole.
import { writeSync } from 'node:fs';
import { inspect } from 'node:util';

const CHANNEL = 3;

/** @param {AsyncIterable<import('node:test/reporters').TestEvent>} events */
// biome-ignore lint/correctness/useYield: a reporter is a generator; this one has nothing for standard output.
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === 'test:pass') tell({ kind: 'pass', name: data.name, isSuite: data.details.type === 'suite', skip: data.skip });
    else if (type === 'test:fail') tell(failure(data));
    // What happens after a test ended is told at level "info", in words that begin so.
    else if (type === 'test:diagnostic' && /^(Error|Warning):/.test(data.message)) tell({ kind: 'note', text: data.message });
    else if (type === 'test:summary') tell({ kind: 'end' });
  }
}

function failure({ name, line, details: { error } }) {
  // A suite, or a test with tests in it, fails because of what is in it, which is told by itself.
  if (error.failureType === 'subtestsFailed') return { kind: 'inner' };
  const reason = error.cause instanceof Error ? error.cause : error;
  return { kind: 'fail', name, line, reason: inspect(reason, { depth: 8, colors: false }) };
}

function tell(event) {
  writeSync(CHANNEL, `${JSON.stringify(event)}\n`);
}
