export { seedDemonstration } from './seed-demonstration.ts';
export { FEATURED_NUMBERS } from './stories.ts';
