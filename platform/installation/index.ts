/**
 * What an installation is, chosen once: one's own operator, or the demonstration. Simulators, the outbox page and the
 * movable clock exist in a demonstration only.
 */
import { type Queries, statement } from '#platform/database';

export type InstallationKind = 'own' | 'demonstration';
export type Installation = { readonly kind: InstallationKind; readonly seededAt: Date | null };

const readKind = statement<object, Installation>(import.meta.dirname, 'read-kind');
const chooseKind = statement<{ kind: InstallationKind }>(import.meta.dirname, 'choose-kind');
const markSeededRow = statement<{ at: Date }>(import.meta.dirname, 'mark-seeded');

/** Undefined before anything was chosen. */
export function readInstallation(queries: Queries): Promise<Installation | undefined> {
  return queries.maybe(readKind, {});
}

/** Chooses what it is, if nothing was chosen before; gives what it is then. */
export async function chooseInstallation(queries: Queries, kind: InstallationKind): Promise<Installation> {
  await queries.query(chooseKind, { kind });
  return queries.one(readKind, {});
}

export async function markSeeded(queries: Queries, at: Date): Promise<void> {
  await queries.query(markSeededRow, { at });
}
