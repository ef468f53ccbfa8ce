export { openCheckout } from './checkout.ts';
export { tellFindings, tidy } from './tidy.ts';
