/** What the NRF is asked: registration (Nnrf_NFManagement), discovery (Nnrf_NFDiscovery), access tokens, and its own page. */
import { problem, type RouteSet, type SbiRequest } from '#platform/sbi';
import type { NfProfile, Nrf } from './nrf.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ITEM = '/nf-instances/{id}';

export function nrfRoutes(nrf: Nrf): RouteSet[] {
  return [management(nrf), discovery(nrf), tokens(nrf), page(nrf)];
}

function management(nrf: Nrf): RouteSet {
  const unknown = problem(404, 'RESOURCE_NOT_FOUND', 'nobody is registered under this id');
  const idOf = ({ params: { id = '' } }: SbiRequest) => id.toLowerCase();
  return {
    ...{ name: 'nnrf-nfm', version: 'v1', fullVersion: '1.2.0' },
    routes: [
      {
        ...{ method: 'PUT', path: ITEM },
        answer: (request) => {
          const profile = readProfile(request.body, idOf(request));
          if (profile === undefined) return problem(400, 'MANDATORY_IE_MISSING', 'nfInstanceId, nfType and nfStatus are required');
          const isNew = nrf.register(profile);
          const location = `${request.origin}/nnrf-nfm/v1/nf-instances/${profile.nfInstanceId}`;
          const body = { ...profile, heartBeatTimer: nrf.options.heartbeatSeconds };
          return isNew ? { status: 201, headers: { location }, body } : { status: 200, body };
        },
      },
      { method: 'PATCH', path: ITEM, answer: (request) => (nrf.beat(idOf(request)) ? { status: 204 } : unknown) },
      { method: 'DELETE', path: ITEM, answer: (request) => (nrf.deregister(idOf(request)) ? { status: 204 } : unknown) },
      {
        ...{ method: 'GET', path: ITEM },
        answer: (request) => {
          const profile = nrf.find(idOf(request));
          return profile === undefined ? unknown : { status: 200, body: profile };
        },
      },
    ],
  };
}

function readProfile(body: unknown, id: string): NfProfile | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { nfInstanceId, nfType, nfStatus } = body as Record<string, unknown>;
  if (typeof nfType !== 'string' || typeof nfStatus !== 'string' || !UUID.test(id)) return undefined;
  return String(nfInstanceId).toLowerCase() === id ? { ...body, nfInstanceId: id, nfType } : undefined;
}

function discovery(nrf: Nrf): RouteSet {
  const answer: RouteSet['routes'][number]['answer'] = ({ query }) => {
    const target = query.get('target-nf-type');
    if (target === null || query.get('requester-nf-type') === null)
      return problem(400, 'MANDATORY_QUERY_PARAM_MISSING', 'target-nf-type and requester-nf-type are required');
    return { status: 200, body: { validityPeriod: nrf.options.heartbeatSeconds, nfInstances: nrf.discover(target) } };
  };
  return { name: 'nnrf-disc', version: 'v1', fullVersion: '1.2.0', routes: [{ method: 'GET', path: '/nf-instances', answer }] };
}

function tokens(nrf: Nrf): RouteSet {
  const answer: RouteSet['routes'][number]['answer'] = ({ body }) => {
    const form = (body ?? {}) as Readonly<Record<string, string>>;
    const { nfInstanceId = '', nfType = '', targetNfType = '', targetNfInstanceId = '', scope = '' } = form;
    if (form['grant_type'] !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } };
    if (!UUID.test(nfInstanceId) || scope === '') return { status: 400, body: { error: 'invalid_request' } };
    const access_token = nrf.token({ nfInstanceId, nfType, targetNfType, targetNfInstanceId, scope });
    return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: nrf.options.tokenSeconds, scope } };
  };
  return { name: 'oauth2', version: 'token', fullVersion: '1.2.0', routes: [{ method: 'POST', path: '', takesForm: true, answer }] };
}

function page(nrf: Nrf): RouteSet {
  return {
    ...{ name: '_simulator', version: 'state', fullVersion: '1.0.0' },
    routes: [
      {
        method: 'GET',
        path: '',
        answer: () => ({ status: 200, body: { counts: nrf.counts, registered: nrf.all(), publicKey: nrf.publicKey } }),
      },
    ],
  };
}
