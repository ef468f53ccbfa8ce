export { createSelfCare, type SelfCareOptions } from './create-self-care.ts';
export type { Demonstration } from './demonstrate.ts';
export type { Desk } from './desk.ts';
