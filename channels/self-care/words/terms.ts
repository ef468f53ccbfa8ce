/**
 * The default terms of sale: what the house does, said plainly, in four languages. Every sentence states a rule that the
 * program keeps; an operator's lawyer adds what their law wants.
 */
import type { DocumentTexts } from './document.ts';

export const TERMS: DocumentTexts = {
  en: {
    title: 'Terms of sale',
    sections: [
      {
        heading: 'Who sells',
        paragraphs: [
          '{brand} sells plans, packs and top-ups for prepaid lines. The seller named on your receipt is your contract partner: {seller}.',
        ],
      },
      {
        heading: 'Price and payment',
        paragraphs: [
          'The review shows every item, the tax and the total before you pay. That price holds for 30 minutes.',
          'You pay on the page of our payment provider. If a payment does not succeed, nothing is charged. If it succeeds and what you ordered cannot be applied, the whole amount goes back to where it came from.',
          'If two payments for one order succeed, one of them is refunded.',
        ],
      },
      {
        heading: 'What you get, and when',
        paragraphs: [
          'A renewal is usable at once. While a plan is running, the new period is added after its end, so that no day is lost; otherwise it starts when you pay. What you have already is used first and keeps its own end.',
          'A pack is usable at once until its own end. A top-up is on the money balance at once.',
          'Data, minutes and texts that are not used by their end are forfeited. When data is used up, the plan says what happens: less speed, a stop, or use paid from the balance.',
        ],
      },
      {
        heading: 'If nothing is paid',
        paragraphs: [
          'After a plan ends, the line expires, is then suspended, then parked, and at last its number is lost. You are told each date beforehand. Until then a renewal brings the line back at once.',
        ],
      },
      {
        heading: 'Paying for somebody else',
        paragraphs: [
          'You may renew or top up any line by its number. You and its owner are not told about each other. If the number has changed hands since the price was shown, your payment is refunded.',
        ],
      },
      {
        heading: 'Cancelling and refunds',
        paragraphs: [
          'An order that is not paid can be cancelled on its page. For a refund of one that is paid, write to us with its number; you get a numbered credit note.',
        ],
      },
      { heading: 'Questions', paragraphs: ['{email}, {phone}. Your rights under the law of where you live remain untouched.'] },
    ],
  },
  es: {
    title: 'Condiciones de venta',
    sections: [
      {
        heading: 'Quién vende',
        paragraphs: [
          '{brand} vende planes, paquetes y recargas para líneas de prepago. Tu contrato es con el vendedor que aparece en tu recibo: {seller}.',
        ],
      },
      {
        heading: 'Precio y pago',
        paragraphs: [
          'Antes de pagar ves cada artículo, los impuestos y el total. Ese precio vale 30 minutos.',
          'Pagas en la página de nuestro proveedor de pagos. Si el pago no se completa, no se cobra nada. Si se completa y el pedido no se puede aplicar, se devuelve el importe entero al medio con que pagaste.',
          'Si se completan dos pagos del mismo pedido, uno de ellos se devuelve.',
        ],
      },
      {
        heading: 'Qué recibes y cuándo',
        paragraphs: [
          'Una renovación se puede usar al instante. Si hay un plan en curso, el nuevo período se suma después de su final y no se pierde ningún día; si no, empieza cuando pagas. Lo que ya tienes se usa primero y conserva su propio final.',
          'Un paquete se puede usar al instante hasta su propio final. Una recarga está en el saldo al instante.',
          'Los datos, minutos y mensajes que no se usan hasta su final se pierden. Cuando se acaban los datos, el plan dice qué pasa: menos velocidad, se detienen, o se pagan del saldo.',
        ],
      },
      {
        heading: 'Si no se paga',
        paragraphs: [
          'Cuando termina un plan, la línea vence, luego se suspende, luego se guarda y al final se pierde el número. Te avisamos antes de cada fecha. Hasta entonces, una renovación la recupera al instante.',
        ],
      },
      {
        heading: 'Pagar por otra persona',
        paragraphs: [
          'Puedes renovar o recargar cualquier línea con su número. Ni tú ni su titular sabéis el uno del otro. Si el número cambió de manos desde que viste el precio, se devuelve tu pago.',
        ],
      },
      {
        heading: 'Cancelación y reembolsos',
        paragraphs: [
          'Un pedido sin pagar se puede cancelar en su página. Para el reembolso de uno pagado, escríbenos con su número; recibirás una nota de crédito numerada.',
        ],
      },
      { heading: 'Preguntas', paragraphs: ['{email}, {phone}. Los derechos que te da la ley de donde vives no cambian.'] },
    ],
  },
  'zh-Hans': {
    title: '销售条款',
    sections: [
      { heading: '销售方', paragraphs: ['{brand} 为预付费号码销售套餐、流量包和充值。收据上所列的销售方是您的合同相对方：{seller}。'] },
      {
        heading: '价格与付款',
        paragraphs: [
          '付款前的确认页列出每个项目、税费和总额。该价格 30 分钟内有效。',
          '您在支付服务商的页面上付款。付款未成功，则不收取任何费用。付款成功但订单无法生效的，全额原路退回。',
          '同一订单若有两笔付款成功，其中一笔会退回。',
        ],
      },
      {
        heading: '您得到什么，何时生效',
        paragraphs: [
          '续费立即可用。套餐仍在有效期内时，新的一期接在到期日之后，一天也不损失；否则从付款时开始。已有的部分先用，各自的到期日不变。',
          '流量包立即可用，到其自己的到期日为止。充值立即进入余额。',
          '到期未用完的流量、通话分钟和短信作废。流量用完后如何处理由套餐决定：降速、停止，或从余额付费使用。',
        ],
      },
      {
        heading: '如不付款',
        paragraphs: ['套餐到期后，号码先过期，再停机，再保留，最后收回。每个日期我们都会事先通知。在此之前续费即可立即恢复。'],
      },
      { heading: '为他人付款', paragraphs: ['知道号码即可为其续费或充值。您与机主互不知晓。若报价后该号码已换人，您的付款会退回。'] },
      {
        heading: '取消与退款',
        paragraphs: ['未付款的订单可在订单页取消。已付款订单如需退款，请附订单号与我们联系；您会收到有编号的贷记单。'],
      },
      { heading: '疑问', paragraphs: ['{email}，{phone}。您所在地法律赋予您的权利不受影响。'] },
    ],
  },
  'zh-Hant': {
    title: '銷售條款',
    sections: [
      { heading: '銷售方', paragraphs: ['{brand} 為預付門號銷售方案、數據包和儲值。收據上所列的銷售方是您的契約相對人：{seller}。'] },
      {
        heading: '價格與付款',
        paragraphs: [
          '付款前的確認頁列出每個項目、稅費和總額。該價格 30 分鐘內有效。',
          '您在支付服務商的頁面上付款。付款未成功，則不收取任何費用。付款成功但訂單無法生效的，全額退回原付款方式。',
          '同一訂單若有兩筆付款成功，其中一筆會退回。',
        ],
      },
      {
        heading: '您得到什麼，何時生效',
        paragraphs: [
          '續約立即可用。方案仍在有效期內時，新的一期接在到期日之後，一天也不損失；否則從付款時開始。已有的部分先用，各自的到期日不變。',
          '數據包立即可用，到其自己的到期日為止。儲值立即進入餘額。',
          '到期未用完的數據、通話分鐘和簡訊作廢。數據用完後如何處理由方案決定：降速、停止，或從餘額付費使用。',
        ],
      },
      {
        heading: '如不付款',
        paragraphs: ['方案到期後，門號先過期，再停話，再保留，最後收回。每個日期我們都會事先通知。在此之前續約即可立即恢復。'],
      },
      { heading: '為他人付款', paragraphs: ['知道門號即可為其續約或儲值。您與持有人互不知曉。若報價後該門號已換人，您的付款會退回。'] },
      {
        heading: '取消與退款',
        paragraphs: ['未付款的訂單可在訂單頁取消。已付款訂單如需退款，請附訂單號碼與我們聯絡；您會收到有編號的折讓單。'],
      },
      { heading: '疑問', paragraphs: ['{email}，{phone}。您所在地法律賦予您的權利不受影響。'] },
    ],
  },
};
