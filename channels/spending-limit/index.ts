export { type SpendingLimitOptions, spendingLimitRoutes } from './spending-limit-routes.ts';
export { createSpendingLimitTeller } from './tell-consumer.ts';
