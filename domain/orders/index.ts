export { cancelOrder } from './cancel-order.ts';
export { type CappedLine, type CapRefusal, type CapRequest, capLine } from './cap-line.ts';
export { deliverOrder } from './deliver-order.ts';
export { handleEvent } from './handle-event.ts';
export type { OrdersHouse } from './house.ts';
export { type CreditNoteContent, type OrderDocument, type ReceiptContent, readDocuments } from './issue-document.ts';
export { type JoinedLine, type JoinRefusal, type JoinRequest, joinLine } from './join-line.ts';
export { listOffers, type Offer, type Offers } from './list-offers.ts';
export { type LookedAfter, lookAfterOrders } from './look-after-orders.ts';
export {
  type ItemRequest,
  ORDER_LIFECYCLE,
  type Order,
  type OrderKey,
  type OrderReason,
  type OrderState,
  type Quote,
  type QuoteContent,
  type QuotedItem,
  sumOf,
  type Tender,
  totalOf,
} from './order.ts';
export { completeEvent, type OperatorNews } from './order-events.ts';
export { type OrderStage, stagesOf, type ToldNotice } from './order-stages.ts';
export { declineOf, ORDER_STANDINGS, type OrderStanding, pageOf, presentAttempt, standingOf } from './order-standing.ts';
export { type PayAgainRefusal, type PayResult, payAgain, payOrder } from './pay-order.ts';
export type { AnyWay, PayWay } from './pay-way.ts';
export { linkOf, type Placed, type PlaceRefusal, type PlaceRequest, placeOrder } from './place-order.ts';
export { type QuoteRefusal, type QuoteRequest, quoteOrder } from './quote-order.ts';
export { readNetwork } from './read-network.ts';
export { findOrder, type OrderInList, openOrder, openQuote, ordersOfLine, readOrder } from './read-order.ts';
export { type OrderOutcome, readOutcome } from './read-outcome.ts';
export { type Papers, readReceipt } from './read-receipt.ts';
export type { CreditNote, Receipt, ReceiptReading, RenderReceipt } from './receipt-port.ts';
export { type RefundAgainRefusal, refundAgain } from './refund-again.ts';
export { type Refunded, type RefundOrderRefusal, refundOrder } from './refund-order.ts';
export { askAttempt } from './settle-order.ts';
export { tellEffects } from './tell-effects.ts';
export { type KnownLine, type Sentence, type SentenceValue, type Telling, type ToldRules, tellRules, tellTerms } from './tell-rules.ts';
export { createOrderWatch, type OrderWatch, type OrderWatchOptions, type WatchedOrder } from './watch-order.ts';
