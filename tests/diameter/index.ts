export { makeCertificate } from './make-certificate.ts';
export { mutate } from './mutate.ts';
export { GY, grantSome, openServer, quietLog, samplePeer, SY } from './open-server.ts';
export { connectRaw, RawPeer } from './raw-peer.ts';
export {
  callInitial,
  capabilities,
  gatewayUpdate,
  messageEvent,
  OCS,
  open5gsInitial,
  PCRF,
  quotaAnswer,
  REALM,
  sampleAnswer,
  sampleRequest,
  SESSION_ID,
  SMF,
  spendingLimitAnswer,
  spendingLimitInitial,
} from './sample-messages.ts';
export { writeCapture } from './write-capture.ts';
