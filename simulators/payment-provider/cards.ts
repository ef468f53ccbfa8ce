/**
 * The test cards: Stripe's own numbers where there is one (docs.stripe.com/testing), and ours, 4000 0099 …, for the ways
 * in which the outside world misbehaves. What a card does is data; a payment keeps the card's name, never its number.
 */
import type { Language } from './languages.ts';

/** How webhooks about a payment are sent. */
export type Manner = 'plain' | 'twice' | 'early' | 'late' | 'out_of_order' | 'forged' | 'expired' | 'never';
/** How whoever made the payment happen is answered. */
export type AnswerManner = 'plain' | 'slow' | 'lost' | 'error_500';

export type Decline = { readonly code: string; readonly declineCode?: string };

export type TestCard = {
  readonly name: string;
  readonly number: string;
  readonly brand: 'visa' | 'mastercard' | 'amex';
  readonly decline?: Decline;
  /** 3-D Secure: on the page; always, also when charged without the customer; or on the page and then declined. */
  readonly challenge?: 'page' | 'always' | 'then_declined';
  /** Accepted on the page, declined when charged without the customer. */
  readonly laterDecline?: Decline;
  readonly captures?: 'less' | 'more';
  readonly webhook?: Manner;
  readonly answer?: AnswerManner;
  readonly dispute?: string;
  readonly refund?: 'pending' | 'fails';
};

const declined = (declineCode: string): Decline => ({ code: 'card_declined', declineCode });

export const TEST_CARDS: readonly TestCard[] = [
  { name: 'good', number: '4242424242424242', brand: 'visa' },
  { name: 'good_mastercard', number: '5555555555554444', brand: 'mastercard' },
  { name: 'good_amex', number: '378282246310005', brand: 'amex' },
  { name: 'declined', number: '4000000000000002', brand: 'visa', decline: declined('generic_decline') },
  { name: 'insufficient_funds', number: '4000000000009995', brand: 'visa', decline: declined('insufficient_funds') },
  { name: 'lost', number: '4000000000009987', brand: 'visa', decline: declined('lost_card') },
  { name: 'stolen', number: '4000000000009979', brand: 'visa', decline: declined('stolen_card') },
  { name: 'expired', number: '4000000000000069', brand: 'visa', decline: { code: 'expired_card' } },
  { name: 'wrong_cvc', number: '4000000000000127', brand: 'visa', decline: { code: 'incorrect_cvc' } },
  { name: 'processing_error', number: '4000000000000119', brand: 'visa', decline: { code: 'processing_error' } },
  { name: 'limit', number: '4000000000006975', brand: 'visa', decline: declined('card_velocity_exceeded') },
  { name: 'fraud', number: '4100000000000019', brand: 'visa', decline: declined('fraudulent') },
  { name: 'challenge', number: '4000002500003155', brand: 'visa', challenge: 'page' },
  { name: 'challenge_required', number: '4000000000003220', brand: 'visa', challenge: 'page' },
  { name: 'challenge_always', number: '4000002760003184', brand: 'visa', challenge: 'always' },
  { name: 'challenge_then_declined', number: '4000008400001629', brand: 'visa', challenge: 'then_declined' },
  { name: 'saved_then_declined', number: '4000000000000341', brand: 'visa', laterDecline: declined('generic_decline') },
  { name: 'dispute', number: '4000000000000259', brand: 'visa', dispute: 'fraudulent' },
  { name: 'dispute_not_received', number: '4000000000002685', brand: 'visa', dispute: 'product_not_received' },
  { name: 'refund_pending', number: '4000000000007726', brand: 'visa', refund: 'pending' },
  { name: 'refund_fails', number: '4000000000005126', brand: 'visa', refund: 'fails' },
  { name: 'slow', number: '4000009900000012', brand: 'visa', answer: 'slow' },
  { name: 'answer_lost', number: '4000009900000020', brand: 'visa', answer: 'lost' },
  { name: 'answer_500', number: '4000009900000038', brand: 'visa', answer: 'error_500' },
  { name: 'webhook_twice', number: '4000009900000046', brand: 'visa', webhook: 'twice' },
  { name: 'webhook_early', number: '4000009900000053', brand: 'visa', webhook: 'early' },
  { name: 'webhook_late', number: '4000009900000061', brand: 'visa', webhook: 'late' },
  { name: 'webhook_out_of_order', number: '4000009900000079', brand: 'visa', webhook: 'out_of_order' },
  { name: 'webhook_forged', number: '4000009900000087', brand: 'visa', webhook: 'forged' },
  { name: 'webhook_expired', number: '4000009900000095', brand: 'visa', webhook: 'expired' },
  { name: 'webhook_never', number: '4000009900000103', brand: 'visa', webhook: 'never' },
  { name: 'captures_less', number: '4000009900000111', brand: 'visa', captures: 'less' },
  { name: 'captures_more', number: '4000009900000129', brand: 'visa', captures: 'more' },
];

const byNumber = new Map(TEST_CARDS.map((card) => [card.number, card]));
const byName = new Map(TEST_CARDS.map((card) => [card.name, card]));

/** Any other number is declined, as in Stripe's test mode: nobody's real card works here. */
const UNKNOWN: TestCard = {
  name: 'unknown',
  number: '',
  brand: 'visa',
  decline: { code: 'card_declined', declineCode: 'test_mode_live_card' },
};

export function cardByNumber(number: string): TestCard {
  return byNumber.get(number.replace(/[\s-]/g, '')) ?? UNKNOWN;
}

/** What a kept method does; wallets and the like do as a good card. */
export function cardByName(name: string): TestCard {
  return byName.get(name) ?? UNKNOWN;
}

/** Luhn: what every card number ends with, and people mistype. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** In the words of who tries them. */
export const CARD_NOTES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  good: { en: 'Pays', es: 'Paga', 'zh-Hans': '支付成功', 'zh-Hant': '付款成功' },
  good_mastercard: {
    en: 'Pays (Mastercard)',
    es: 'Paga (Mastercard)',
    'zh-Hans': '支付成功（万事达卡）',
    'zh-Hant': '付款成功（萬事達卡）',
  },
  good_amex: {
    en: 'Pays (American Express)',
    es: 'Paga (American Express)',
    'zh-Hans': '支付成功（美国运通）',
    'zh-Hant': '付款成功（美國運通）',
  },
  declined: { en: 'Declined, no reason given', es: 'Rechazada, sin motivo', 'zh-Hans': '被拒，无原因', 'zh-Hant': '被拒，無原因' },
  insufficient_funds: {
    en: 'Declined: not enough money',
    es: 'Rechazada: fondos insuficientes',
    'zh-Hans': '被拒：余额不足',
    'zh-Hant': '被拒：餘額不足',
  },
  lost: { en: 'Declined: reported lost', es: 'Rechazada: tarjeta perdida', 'zh-Hans': '被拒：已挂失', 'zh-Hant': '被拒：已掛失' },
  stolen: { en: 'Declined: reported stolen', es: 'Rechazada: tarjeta robada', 'zh-Hans': '被拒：已报被盗', 'zh-Hant': '被拒：已報失竊' },
  expired: { en: 'Declined: expired', es: 'Rechazada: vencida', 'zh-Hans': '被拒：卡已过期', 'zh-Hant': '被拒：卡片已過期' },
  wrong_cvc: {
    en: 'Declined: wrong security code',
    es: 'Rechazada: código de seguridad incorrecto',
    'zh-Hans': '被拒：安全码错误',
    'zh-Hant': '被拒：安全碼錯誤',
  },
  processing_error: {
    en: 'Declined: processing error',
    es: 'Rechazada: error de procesamiento',
    'zh-Hans': '被拒：处理出错',
    'zh-Hant': '被拒：處理錯誤',
  },
  limit: { en: 'Declined: over the limit', es: 'Rechazada: límite superado', 'zh-Hans': '被拒：超出限额', 'zh-Hant': '被拒：超出限額' },
  fraud: { en: 'Declined: taken for fraud', es: 'Rechazada: posible fraude', 'zh-Hans': '被拒：疑似欺诈', 'zh-Hant': '被拒：疑似詐騙' },
  challenge: {
    en: 'Bank asks (3-D Secure)',
    es: 'El banco pregunta (3-D Secure)',
    'zh-Hans': '银行验证（3-D Secure）',
    'zh-Hant': '銀行驗證（3-D Secure）',
  },
  challenge_required: {
    en: 'Bank asks (3-D Secure 2)',
    es: 'El banco pregunta (3-D Secure 2)',
    'zh-Hans': '银行验证（3-D Secure 2）',
    'zh-Hant': '銀行驗證（3-D Secure 2）',
  },
  challenge_always: {
    en: 'Bank asks each time, also when saved',
    es: 'El banco pregunta siempre, también guardada',
    'zh-Hans': '每次都要银行验证，保存后也是',
    'zh-Hant': '每次都要銀行驗證，儲存後也是',
  },
  challenge_then_declined: {
    en: 'Bank asks, then declines',
    es: 'El banco pregunta y luego rechaza',
    'zh-Hans': '银行验证后被拒',
    'zh-Hant': '銀行驗證後被拒',
  },
  saved_then_declined: {
    en: 'Pays now, declined when charged later',
    es: 'Paga ahora, rechazada al cobrar después',
    'zh-Hans': '这次成功，之后自动扣款被拒',
    'zh-Hant': '這次成功，之後自動扣款被拒',
  },
  dispute: {
    en: 'Pays, then disputed as fraud',
    es: 'Paga y luego se disputa como fraude',
    'zh-Hans': '支付后以欺诈为由发起争议',
    'zh-Hant': '付款後以詐騙為由提出爭議',
  },
  dispute_not_received: {
    en: 'Pays, then disputed as not received',
    es: 'Paga y luego se disputa por no recibido',
    'zh-Hans': '支付后以未收到为由发起争议',
    'zh-Hant': '付款後以未收到為由提出爭議',
  },
  refund_pending: {
    en: 'Pays; a refund takes a while',
    es: 'Paga; el reembolso tarda',
    'zh-Hans': '支付成功；退款较慢',
    'zh-Hant': '付款成功；退款較慢',
  },
  refund_fails: {
    en: 'Pays; a refund fails afterwards',
    es: 'Paga; el reembolso falla después',
    'zh-Hans': '支付成功；退款随后失败',
    'zh-Hant': '付款成功；退款隨後失敗',
  },
  slow: { en: 'Pays slowly', es: 'Paga despacio', 'zh-Hans': '支付很慢', 'zh-Hant': '付款很慢' },
  answer_lost: {
    en: 'Pays, but the answer is lost',
    es: 'Paga, pero la respuesta se pierde',
    'zh-Hans': '支付成功，但应答丢失',
    'zh-Hant': '付款成功，但回應遺失',
  },
  answer_500: {
    en: 'Pays, but answers "error 500"',
    es: 'Paga, pero responde «error 500»',
    'zh-Hans': '支付成功，但返回“错误 500”',
    'zh-Hant': '付款成功，但回傳「錯誤 500」',
  },
  webhook_twice: {
    en: 'Pays; tells the shop twice',
    es: 'Paga; avisa dos veces a la tienda',
    'zh-Hans': '支付成功；通知商户两次',
    'zh-Hant': '付款成功；通知商家兩次',
  },
  webhook_early: {
    en: 'Pays; tells the shop before you return',
    es: 'Paga; avisa antes de que vuelvas',
    'zh-Hans': '支付成功；在您返回前通知商户',
    'zh-Hant': '付款成功；在您返回前通知商家',
  },
  webhook_late: {
    en: 'Pays; tells the shop late',
    es: 'Paga; avisa tarde a la tienda',
    'zh-Hans': '支付成功；很晚才通知商户',
    'zh-Hant': '付款成功；很晚才通知商家',
  },
  webhook_out_of_order: {
    en: 'Pays; tells the shop in the wrong order',
    es: 'Paga; avisa en orden equivocado',
    'zh-Hans': '支付成功；通知顺序颠倒',
    'zh-Hant': '付款成功；通知順序顛倒',
  },
  webhook_forged: {
    en: 'Pays; the notice is forged',
    es: 'Paga; el aviso está falsificado',
    'zh-Hans': '支付成功；通知签名是伪造的',
    'zh-Hant': '付款成功；通知簽章是偽造的',
  },
  webhook_expired: {
    en: 'Pays; the notice is signed too long ago',
    es: 'Paga; el aviso tiene firma caducada',
    'zh-Hans': '支付成功；通知签名已过期',
    'zh-Hant': '付款成功；通知簽章已過期',
  },
  webhook_never: {
    en: 'Pays; the shop is never told',
    es: 'Paga; nunca se avisa a la tienda',
    'zh-Hans': '支付成功；从不通知商户',
    'zh-Hant': '付款成功；從不通知商家',
  },
  captures_less: { en: 'Takes less than the total', es: 'Cobra menos del total', 'zh-Hans': '扣款少于总额', 'zh-Hant': '扣款少於總額' },
  captures_more: { en: 'Takes more than the total', es: 'Cobra más del total', 'zh-Hans': '扣款多于总额', 'zh-Hant': '扣款多於總額' },
};
