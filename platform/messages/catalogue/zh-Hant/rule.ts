import type { Translated } from '../areas.ts';
import type english from '../en/rule.ts';

export default {
  renew_now:
    '付款後立即可用，全速。現有的流量先用，到期日不變（{presentEnd, until}）；新的一期用至 {usableUntil, until}。已付的天數和流量都不會損失。',
  renew_from_now: '原方案已於 {presentEnd, until} 到期，新的一期從付款時開始，用至 {usableUntil, until}。',
  first_period: '付款後開始，用至 {usableUntil, until}。',
  queue_at_end: '現有方案結束時（{usableFrom, instant}）自動開始，用至 {usableUntil, until}。在那之前一切不變。',
  queue_on_exhaustion:
    '流量用完時自動開始，最遲在現有方案結束時（{usableFrom, instant}）開始。屆時開始則用至 {usableUntil, until}；提前開始則從那一刻起滿一期。',
  change_now:
    '{plan} 從付款時開始，滿一期，用至 {usableUntil, until}。現有方案剩餘的部分先用，到期日不變（{presentEnd, until}），不退款。此後流量用完時按新方案的規則處理。',
  change_now_without_end: '{plan} 從付款時開始，沒有到期日。現有方案剩餘的部分先用，到期日不變（{presentEnd, until}），不退款。',
  pack_now: '立即加到您的門號上，可用至 {usableUntil, until}。若已降速，也會立即恢復全速。',
  top_up_now: '餘額立即變為 {balance, money}。方案和到期日不變。',
  top_up_extends: '{amount, money} 立即存入餘額，門號自付款起保留 {days, plural, other {# 天}}。',
  queue_moves: '排在後面的方案改為 {startsAt, instant} 開始，期限完整不變。',
  recently_paid:
    '這個門號已在 {paidAt, time}（{minutes, plural, =0 {不到 1 分鐘} other {# 分鐘}}前）付款續約。如果再付一次，兩次續約都有效。',
  exhausted_throttle: '流量用完後降速到 {speed, speed}，不另外收費。續約或加流量包後立即恢復全速。',
  exhausted_stop: '流量用完後停止上網，不另外收費。續約或加流量包後立即恢復。',
  exhausted_pay_as_you_go: '流量用完後從餘額扣費：每 {quantity, data} {price, money}。餘額為零時停止上網。',
  forfeited: '至 {end, until} 未用完的流量作廢。',
  lapse: '如不續約，門號將於 {suspendedOn, day} 停話，{lostOn, day} 收回。',
  tax_added: '另加稅 {tax, money}。',
  tax_included: '價格已含稅 {tax, money}。',
  tax_none: '不收稅。',
  tax_at_load: '儲值時繳稅，之後用這筆餘額購買不再繳稅。',
  tax_at_use: '儲值不繳稅，之後用餘額購買時再計稅。',
  tax_paid_at_load: '從餘額支付，儲值時已繳稅，現在不再計稅。',
  balance_short: '餘額 {balance, money}，還差 {short, money}。正好儲值這一數額即可續約。',
  payment_page_closes: '付款頁面保留到 {closesAt, time}。離開不會扣款。',
  paying_again: '第一次付款的結果仍在查詢。如果您再付一次而第一次隨後成功，我們會退回第一次的款項。',
  refund_if_moved: '如果付款時這個門號已換主人，款項會全額退回。',
} as const satisfies Translated<typeof english>;
