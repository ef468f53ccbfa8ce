import { declareRefusals } from '#platform/refusals';

export const { catalogue: simsRefusals, refuse } = declareRefusals({
  'sims.iccid_invalid': { status: 422, operator: 'An ICCID has 19 or 20 digits, starts with 89 and ends with a Luhn digit (ITU-T E.118).' },
  'sims.imsi_invalid': { status: 422, operator: 'An IMSI has 14 or 15 digits (3GPP TS 23.003 §2.2).' },
  'sims.known_already': { status: 409, operator: 'A SIM with this ICCID, IMSI or activation code is in stock already.' },
  'sims.in_use': { status: 409, operator: 'This SIM serves another line.' },
});
