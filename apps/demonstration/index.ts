export { listPhones, type Phone } from './list-phones.ts';
export { seedDemonstration } from './seed-demonstration.ts';
export { FEATURED_NUMBERS } from './stories.ts';
