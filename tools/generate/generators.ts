/** What is written from the code. To add one: a file here that makes its text, and a line below. */
import { drawLifecycles } from './draw-lifecycles.ts';
import { listMissions } from './list-missions.ts';
import { listRefusals } from './list-refusals.ts';
import { listStatements } from './list-statements.ts';

export type Generator = {
  /** The file it writes whole, relative to the project. */
  readonly path: string;
  /** Its text; the same for the same code, on any machine. */
  make(): Promise<string>;
};

export const GENERATORS: readonly Generator[] = [
  { path: 'docs/generated/lifecycles.md', make: drawLifecycles },
  { path: 'docs/generated/refusals.md', make: listRefusals },
  { path: 'docs/generated/statements.md', make: listStatements },
  { path: 'docs/generated/missions.md', make: listMissions },
];
