/** Everything the hosted page says, in four languages. */
import type { Language } from './languages.ts';

export type Texts = {
  readonly testOnly: string;
  readonly payTo: string;
  readonly total: string;
  readonly payByCard: string;
  readonly number: string;
  readonly expires: string;
  readonly code: string;
  readonly saves: string;
  readonly pay: string;
  readonly orPayWith: string;
  readonly back: string;
  readonly until: string;
  readonly cards: string;
  readonly cardsHint: string;
  readonly use: string;
  readonly languages: string;
  readonly bankTitle: string;
  readonly bankAsks: string;
  readonly walletTitle: string;
  readonly walletAsks: string;
  readonly approve: string;
  readonly fail: string;
  readonly paid: string;
  readonly expired: string;
  readonly lostTitle: string;
  readonly lost: string;
  readonly notFound: string;
  readonly errors: Readonly<
    Record<'number' | 'expires' | 'code' | 'funds' | 'expired' | 'security' | 'bank' | 'again' | 'declined', string>
  >;
};

/** `{amount}`, `{merchant}`, `{wallet}`, `{minutes}` are filled in. */
export const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    testOnly: 'Simulated payment page: no real money, no real cards.',
    payTo: 'Pay {merchant}',
    total: 'Total',
    payByCard: 'Pay by card',
    number: 'Card number',
    expires: 'Expires (MM/YY)',
    code: 'Security code',
    saves: 'Your card will be saved at the payment provider for later payments to {merchant}.',
    pay: 'Pay {amount}',
    orPayWith: 'Or pay with',
    back: 'Back to {merchant} without paying',
    until: 'This page can be paid for another {minutes} min.',
    cards: 'Test cards',
    cardsHint: 'Type one of these numbers with any future date and any code, or pay with it at once.',
    use: 'Pay with it',
    languages: 'Language',
    bankTitle: 'Your bank asks',
    bankAsks: 'Are you paying {amount} to {merchant}?',
    walletTitle: '{wallet} (simulated)',
    walletAsks: 'Pay {amount} to {merchant}?',
    approve: 'Yes, pay',
    fail: 'No, this is not right',
    paid: 'This has been paid. You can go back to {merchant}.',
    expired: 'This payment page has expired and nothing was taken. Go back to {merchant} to pay again.',
    lostTitle: 'No answer',
    lost: 'The payment was taken, but the answer went missing (as you asked with this card). {merchant} does not know yet.',
    notFound: 'There is no such payment page.',
    errors: {
      number: 'This card number is not complete or mistyped.',
      expires: 'Give the month and year at which the card expires, in the future.',
      code: 'Give the three or four digits of the security code.',
      funds: 'Your card was declined: there is not enough money on it. Try another way to pay.',
      expired: 'Your card was declined: it has expired. Try another way to pay.',
      security: 'Your card was declined: the security code is wrong. Check it and try again.',
      bank: 'Your bank did not confirm this payment. Try again or pay another way.',
      again: 'Something went wrong while processing your card. Try again in a moment.',
      declined: 'Your card was declined. Try another way to pay.',
    },
  },
  es: {
    testOnly: 'Página de pago simulada: ni dinero ni tarjetas reales.',
    payTo: 'Pagar a {merchant}',
    total: 'Total',
    payByCard: 'Pagar con tarjeta',
    number: 'Número de tarjeta',
    expires: 'Vencimiento (MM/AA)',
    code: 'Código de seguridad',
    saves: 'Tu tarjeta se guardará en el proveedor de pagos para próximos pagos a {merchant}.',
    pay: 'Pagar {amount}',
    orPayWith: 'O paga con',
    back: 'Volver a {merchant} sin pagar',
    until: 'Puedes pagar en esta página durante {minutes} min más.',
    cards: 'Tarjetas de prueba',
    cardsHint: 'Escribe uno de estos números con cualquier fecha futura y cualquier código, o paga directamente con él.',
    use: 'Pagar con ella',
    languages: 'Idioma',
    bankTitle: 'Tu banco pregunta',
    bankAsks: '¿Estás pagando {amount} a {merchant}?',
    walletTitle: '{wallet} (simulado)',
    walletAsks: '¿Pagar {amount} a {merchant}?',
    approve: 'Sí, pagar',
    fail: 'No, no es correcto',
    paid: 'Ya está pagado. Puedes volver a {merchant}.',
    expired: 'Esta página de pago ha caducado y no se ha cobrado nada. Vuelve a {merchant} para pagar de nuevo.',
    lostTitle: 'Sin respuesta',
    lost: 'Se cobró el pago, pero la respuesta se perdió (como pediste con esta tarjeta). {merchant} aún no lo sabe.',
    notFound: 'No existe esta página de pago.',
    errors: {
      number: 'El número de tarjeta está incompleto o mal escrito.',
      expires: 'Indica el mes y el año de vencimiento, en el futuro.',
      code: 'Indica los tres o cuatro dígitos del código de seguridad.',
      funds: 'Tu tarjeta fue rechazada: no tiene fondos suficientes. Prueba otra forma de pago.',
      expired: 'Tu tarjeta fue rechazada: está vencida. Prueba otra forma de pago.',
      security: 'Tu tarjeta fue rechazada: el código de seguridad es incorrecto. Compruébalo e inténtalo de nuevo.',
      bank: 'Tu banco no confirmó este pago. Inténtalo de nuevo o paga de otra forma.',
      again: 'Algo falló al procesar tu tarjeta. Inténtalo de nuevo en un momento.',
      declined: 'Tu tarjeta fue rechazada. Prueba otra forma de pago.',
    },
  },
  'zh-Hans': {
    testOnly: '模拟支付页面：不涉及真实资金和真实银行卡。',
    payTo: '付款给 {merchant}',
    total: '合计',
    payByCard: '银行卡支付',
    number: '卡号',
    expires: '有效期（月/年）',
    code: '安全码',
    saves: '您的卡将保存在支付服务商处，用于以后向 {merchant} 付款。',
    pay: '支付 {amount}',
    orPayWith: '或使用',
    back: '不支付，返回 {merchant}',
    until: '本页面还可支付 {minutes} 分钟。',
    cards: '测试卡',
    cardsHint: '输入其中一个卡号，任意未来日期和任意安全码，或直接用它支付。',
    use: '用它支付',
    languages: '语言',
    bankTitle: '银行验证',
    bankAsks: '是您本人向 {merchant} 支付 {amount} 吗？',
    walletTitle: '{wallet}（模拟）',
    walletAsks: '向 {merchant} 支付 {amount}？',
    approve: '是，支付',
    fail: '不，取消',
    paid: '已支付，您可以返回 {merchant}。',
    expired: '此支付页面已过期，未扣款。请返回 {merchant} 重新支付。',
    lostTitle: '没有应答',
    lost: '已扣款，但应答丢失了（这张测试卡的效果）。{merchant} 还不知道。',
    notFound: '没有这个支付页面。',
    errors: {
      number: '卡号不完整或有误。',
      expires: '请填写将来的有效期月份和年份。',
      code: '请填写三位或四位安全码。',
      funds: '您的卡被拒：余额不足。请换一种支付方式。',
      expired: '您的卡被拒：卡已过期。请换一种支付方式。',
      security: '您的卡被拒：安全码错误。请检查后重试。',
      bank: '银行未确认此次支付。请重试或换一种支付方式。',
      again: '处理您的卡时出错。请稍后重试。',
      declined: '您的卡被拒。请换一种支付方式。',
    },
  },
  'zh-Hant': {
    testOnly: '模擬付款頁面：不涉及真實款項與真實卡片。',
    payTo: '付款給 {merchant}',
    total: '合計',
    payByCard: '以卡片付款',
    number: '卡號',
    expires: '有效期限（月/年）',
    code: '安全碼',
    saves: '您的卡片將儲存在付款服務商，供日後付款給 {merchant}。',
    pay: '支付 {amount}',
    orPayWith: '或使用',
    back: '不付款，返回 {merchant}',
    until: '此頁面還可付款 {minutes} 分鐘。',
    cards: '測試卡',
    cardsHint: '輸入其中一個卡號，任意未來日期與任意安全碼，或直接用它付款。',
    use: '用它付款',
    languages: '語言',
    bankTitle: '銀行驗證',
    bankAsks: '是您本人付款 {amount} 給 {merchant} 嗎？',
    walletTitle: '{wallet}（模擬）',
    walletAsks: '付款 {amount} 給 {merchant}？',
    approve: '是，付款',
    fail: '不，取消',
    paid: '已付款，您可以返回 {merchant}。',
    expired: '此付款頁面已過期，並未扣款。請返回 {merchant} 重新付款。',
    lostTitle: '沒有回應',
    lost: '已扣款，但回應遺失了（這張測試卡的效果）。{merchant} 還不知道。',
    notFound: '沒有這個付款頁面。',
    errors: {
      number: '卡號不完整或有誤。',
      expires: '請填寫將來的有效期限月份與年份。',
      code: '請填寫三位或四位安全碼。',
      funds: '您的卡片被拒：餘額不足。請改用其他付款方式。',
      expired: '您的卡片被拒：卡片已過期。請改用其他付款方式。',
      security: '您的卡片被拒：安全碼錯誤。請檢查後重試。',
      bank: '銀行未確認這筆付款。請重試或改用其他付款方式。',
      again: '處理您的卡片時發生錯誤。請稍後重試。',
      declined: '您的卡片被拒。請改用其他付款方式。',
    },
  },
};

export type ErrorName = keyof Texts['errors'];

export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (found, name: string) => values[name] ?? found);
}

/** What the page says about a refusal, by the decline code or the code. */
export function errorNamed(code: string): ErrorName {
  if (code === 'insufficient_funds') return 'funds';
  if (code === 'expired_card') return 'expired';
  if (code === 'incorrect_cvc') return 'security';
  if (code === 'payment_intent_authentication_failure') return 'bank';
  return code === 'processing_error' ? 'again' : 'declined';
}
