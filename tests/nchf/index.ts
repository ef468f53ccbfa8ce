export { data, nchfHouse, peerOf, SMF, UPF, usedIn } from './door-house.ts';
export { type Fits, readSchemas, SCHEMAS_ABSENT } from './read-schemas.ts';
export { type Exchange, recordExchanges } from './record-exchanges.ts';
export { assertNchfBooks, type NchfLine, type NchfScene, type NchfWish, nchfScene, play } from './scene.ts';
