export type { Disorder } from './courier.ts';
export type { Exchange } from './gy-link.ts';
export { PacketCore, type PacketCoreOptions, type SubscriberOptions } from './packet-core.ts';
export type { CoreProfile } from './profiles.ts';
export { readAnswer } from './read-answer.ts';
export { PACKET_CORE_USAGE, runPacketCore, WordsTrouble } from './run-packet-core.ts';
export { type PacketCoreSimulator, startPacketCore } from './start-packet-core.ts';
export type { Traffic } from './traffic.ts';
