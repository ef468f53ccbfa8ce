export { type ForeignClient, findForeignClient, startForeignClient, type Told } from './foreign-client.ts';
export { readSchemas, type Schemas } from './read-schemas.ts';
export { RELAY, relayAbsent, startRelay } from './relay.ts';
export { openTap, type Tap } from './tap.ts';
