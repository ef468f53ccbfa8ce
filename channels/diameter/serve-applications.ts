/** Several applications on one set of connections: Gy and Sy share ports, peers and the machine, and know nothing of each other. */
import { present } from '#platform/assert';
import type { OnRequest } from './connection-tools.ts';
import type { DiameterOptions } from './listen.ts';
import type { Application } from './peer.ts';

export type ServedApplication = Application & { readonly onRequest: OnRequest };

/** Each request goes to the door of its application; one of another is refused before it comes here (3007). */
export function serveApplications(applications: readonly ServedApplication[]): Pick<DiameterOptions, 'applications' | 'onRequest'> {
  return {
    applications,
    onRequest: (request, connection) =>
      present(
        applications.find(({ id }) => id === request.application),
        'a request is of an application that was agreed on',
      ).onRequest(request, connection),
  };
}
