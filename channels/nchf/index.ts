export type { NchfPeer } from './identify-peer.ts';
export type { ToNotify } from './notify-consumers.ts';
export { type NchfDoor, type NchfOptions, openNchf } from './open-nchf.ts';
