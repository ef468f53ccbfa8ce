import { error } from '@sveltejs/kit';
import type { DemonstrationUseCases } from '../../use-cases.ts';

/** What only the demonstration has, for a visitor on this machine; for anybody else such a page does not exist. */
export function demonstrationOf(locals: App.Locals): DemonstrationUseCases {
  const { demonstration } = locals.useCases;
  if (!locals.demonstration || demonstration === undefined) error(404, 'Not found');
  return demonstration;
}
