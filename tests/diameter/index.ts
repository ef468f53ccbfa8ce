export { makeCertificate } from './make-certificate.ts';
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
