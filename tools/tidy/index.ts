export { openCheckout } from './checkout.ts';
export { RULES } from './rules.ts';
export { tellFindings, tidy } from './tidy.ts';
