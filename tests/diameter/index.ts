export { agreed, ccr, cer, GY_AND_SY, resultOf, sender, watchdog } from './agreed-peer.ts';
export { makeCertificate } from './make-certificate.ts';
export { mutate } from './mutate.ts';
export { GY, grantSome, openServer, quietLog, SY, samplePeer } from './open-server.ts';
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
  SESSION_ID,
  SMF,
  sampleAnswer,
  sampleRequest,
  spendingLimitAnswer,
  spendingLimitInitial,
} from './sample-messages.ts';
export { writeCapture } from './write-capture.ts';
