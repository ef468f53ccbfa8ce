export type { Disorder } from './courier.ts';
export type { PacketCoreOptions, SubscriberOptions } from './packet-core.ts';
export type { CoreProfile } from './profiles.ts';
export { PACKET_CORE_USAGE, runPacketCore, WordsTrouble } from './run-packet-core.ts';
export { type PacketCoreSimulator, startPacketCore } from './start-packet-core.ts';
export type { Traffic } from './traffic.ts';
