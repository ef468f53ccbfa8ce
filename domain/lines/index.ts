export { type AddLineRefusal, addLine, type NewLine } from './add-line.ts';
export { type Advanced, advanceLine, type LineNews, nextDue } from './advance-line.ts';
export { afterPurchase, applyPurchase, type PurchaseToApply } from './apply-purchase.ts';
export { decidePurchase, type Purchase, type PurchaseEffect, type PurchaseRefusal, type PurchaseRule } from './decide-purchase.ts';
export { type FollowedUse, followUse, startWaitingPlan, waitsForExhaustion } from './follow-use.ts';
export { isInService, LIFECYCLE, type LineEvent, numberLostAt } from './lifecycle.ts';
export {
  LINE_STATES,
  type Line,
  type LineEventRow,
  type LineKey,
  type LineState,
  type LineWithQueue,
  type QueuedPlan,
  type StartRule,
} from './line.ts';
export { hasMoved, type LineMoved, type LineToMove, moveLine } from './move-line.ts';
export { openPurchase } from './open-purchase.ts';
export { presentPeriodStart } from './present-period.ts';
export {
  findNumber,
  type LineInList,
  linesOfAccount,
  listLines,
  type NumberClaim,
  readHappenings,
  readLine,
  readLineAndClaim,
  readNumber,
} from './read-line.ts';
export { replenishLine } from './replenish-line.ts';
export { type LineUse, presentPlan, type ReportUseRefusal, reportUse, usePolicy } from './report-use.ts';
export { type PeriodBefore, periodOf, revertPurchase } from './revert-purchase.ts';
export { listLinesDue, nextLineDue, readAdvanced, runDueLines, saveAdvanced } from './run-due.ts';
export { keyOf, lineFacts } from './write-line.ts';
