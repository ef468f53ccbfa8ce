export { taxInGross, taxOnNet } from './compute-tax.ts';
export { currencies, exponentOf, isCurrency } from './currency.ts';
export { add, compare, decimalText, equal, isPositive, isZero, lesser, type Money, money, negate, subtract, sum, zero } from './money.ts';
export { type AmountRefusal, parseAmount } from './parse-amount.ts';
export {
  addRatios,
  multiplyRatios,
  parseDecimal,
  parsePercent,
  percentText,
  priceOf,
  type Ratio,
  type Rounding,
  ratio,
  roundRatio,
  type UnitPrice,
  unitPrice,
} from './ratio.ts';
export { share } from './share-money.ts';
