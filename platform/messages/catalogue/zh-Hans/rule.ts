import type { Translated } from '../areas.ts';
import type english from '../en/rule.ts';

export default {
  renew_now:
    '付款后立即可用，全速。现有的流量先用，到期日不变（{presentEnd, until}）；新的一期用至 {usableUntil, until}。已付的天数和流量都不会损失。',
  renew_from_now: '原套餐已于 {presentEnd, until} 到期，新的一期从付款时开始，用至 {usableUntil, until}。',
  first_period: '付款后开始，用至 {usableUntil, until}。',
  queue_at_end: '现有套餐结束时（{usableFrom, instant}）自动开始，用至 {usableUntil, until}。在那之前一切不变。',
  queue_on_exhaustion:
    '流量用完时自动开始，最迟在现有套餐结束时（{usableFrom, instant}）开始。届时开始则用至 {usableUntil, until}；提前开始则从那一刻起满一期。',
  change_now:
    '{plan} 从付款时开始，满一期，用至 {usableUntil, until}。现有套餐剩余的部分先用，到期日不变（{presentEnd, until}），不退款。此后流量用完时按新套餐的规则处理。',
  change_now_without_end: '{plan} 从付款时开始，没有到期日。现有套餐剩余的部分先用，到期日不变（{presentEnd, until}），不退款。',
  pack_now: '立即加到您的号码上，可用至 {usableUntil, until}。若已降速，也会立即恢复全速。',
  top_up_now: '余额立即变为 {balance, money}。套餐和到期日不变。',
  top_up_extends: '{amount, money} 立即存入余额，号码自付款起保留 {days, plural, other {# 天}}。',
  queue_moves: '排在后面的套餐改为 {startsAt, instant} 开始，期限完整不变。',
  recently_paid:
    '这个号码已在 {paidAt, time}（{minutes, plural, =0 {不到 1 分钟} other {# 分钟}}前）付款续费。如果再付一次，两次续费都有效。',
  exhausted_throttle: '流量用完后降速到 {speed, speed}，不另外收费。续费或加流量包后立即恢复全速。',
  exhausted_stop: '流量用完后停止上网，不另外收费。续费或加流量包后立即恢复。',
  exhausted_pay_as_you_go: '流量用完后从余额扣费：每 {quantity, data} {price, money}。余额为零时停止上网。',
  forfeited: '至 {end, until} 未用完的流量作废。',
  lapse: '如不续费，号码将于 {suspendedOn, day} 停机，{lostOn, day} 收回。',
  tax_added: '另加税 {tax, money}。',
  tax_included: '价格已含税 {tax, money}。',
  tax_none: '不收税。',
  tax_at_load: '充值时缴税，之后用这笔余额购买不再缴税。',
  tax_at_use: '充值不缴税，之后用余额购买时再计税。',
  tax_paid_at_load: '从余额支付，充值时已缴税，现在不再计税。',
  balance_short: '余额 {balance, money}，还差 {short, money}。正好充值这一数额即可续费。',
  payment_page_closes: '付款页面保留到 {closesAt, time}。离开不会扣款。',
  paying_again: '第一次付款的结果仍在查询。如果您再付一次而第一次随后成功，我们会退回第一次的款项。',
  refund_if_moved: '如果付款时这个号码已换主人，款项会全额退回。',
} as const satisfies Translated<typeof english>;
