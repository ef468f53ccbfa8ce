/** A SIM card or eSIM profile: what the network knows a subscriber by (IMSI) and what is printed on the card (ICCID). */
export type Sim = { readonly iccid: string; readonly imsi: string };
