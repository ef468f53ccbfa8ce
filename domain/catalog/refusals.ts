/**
 * Refusals of the catalogue. The first group is read by customers, the second by the operator who writes the catalogue:
 * their values `path` (`markets[0].products[2].price`) and `expected` say where and what.
 */
import { declareRefusals } from '#platform/refusals';

export const { catalogue: catalogRefusals, refuse } = declareRefusals({
  'catalog.refund_too_large': { status: 409, operator: 'More was asked back than is left to give back.' },
  'catalog.refund_not_positive': { status: 422, operator: 'A refund must be of an amount above zero.' },

  'catalog.operator_file_wrong': { status: 422, operator: 'The operator file does not fit its schema, or contradicts itself.' },
  'catalog.currency_fixed': { status: 409, operator: 'A market keeps its currency for ever: accounts in it do.' },
  'catalog.product_kind_fixed': { status: 409, operator: 'A product code keeps its kind for ever: old orders name it.' },
  'catalog.product_names_missing': { status: 422, operator: 'A product needs a name in each language.' },
  'catalog.product_currency_differs': { status: 422, operator: 'A product is priced in the currency of its market.' },
  'catalog.product_price_wrong': { status: 422, operator: 'A plan or pack costs more than nothing, pay as you go nothing.' },
  'catalog.product_period_wrong': { status: 422, operator: 'A period is a whole number of days, months or years, within limits.' },
  'catalog.product_parts_wrong': { status: 422, operator: 'A part of the product contradicts itself, another part, or the throttle rule.' },
  'catalog.product_throttle_wrong': { status: 422, operator: 'The throttle speed is outside what a network can be told.' },
  'catalog.product_rates_wrong': {
    status: 422,
    operator: 'Pay as you go needs rates, each service, zone and tariff once, of what the market has.',
  },
  'catalog.product_limits_wrong': { status: 422, operator: 'The limits of a top-up contradict each other or its amount.' },
});
