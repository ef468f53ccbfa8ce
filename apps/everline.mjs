#!/usr/bin/env node
// The command line, and what `npm start`, `npm test` and `npm run check` call. It needs nothing but npm and a Node from
// 20 on: what is missing is fetched from the npm registry, the pages are built, and the work itself runs on the Node
// that package-lock.json pins. This file stays plain enough for an old Node to read, so that it can say what to install.

const OLDEST_NODE = 20;
const major = Number(process.versions.node.split('.')[0]);

if (major < OLDEST_NODE) {
  console.error(
    `everline: this is Node ${process.versions.node}; it takes Node ${OLDEST_NODE} or later. Install one from https://nodejs.org and try again.`,
  );
  process.exitCode = 1;
} else {
  const { enter } = await import('../tools/bootstrap/enter.mjs');
  await enter(process.argv.slice(2));
}
