// The program runs TypeScript as it is written (type stripping), which takes the Node that package-lock.json pins; npm
// brings it as a package where there is one. Elsewhere the machine's own will do when it is new enough.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from './trouble.mjs';

const NEWEST_NEEDED = 24;

/** The path of the Node to run on. */
export function findNode(root) {
  const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= NEWEST_NEEDED) return process.execPath;
  throw new Trouble(
    `npm has no Node for ${process.platform} on ${process.arch} to bring along, and this one is ${process.versions.node}. ` +
      `Install Node ${NEWEST_NEEDED} or later from https://nodejs.org and run the same command again.`,
  );
}
