import type { Translated } from '../areas.ts';
import type english from '../en/decline.ts';

export default {
  generic: '银行拒绝了这笔付款，没有扣款。请换一张卡，或联系银行后再试。',
  do_not_honour: '银行拒绝了这笔付款，没有扣款。请换一张卡，或联系银行后再试。',
  lost_or_stolen: '银行拒绝了这笔付款，没有扣款。请换一张卡，或联系银行后再试。',
  suspected_fraud: '银行拒绝了这笔付款，没有扣款。请换一张卡，或联系银行后再试。',
  insufficient_funds: '卡内余额不足，没有扣款。请换一张卡，或选小一点的套餐或流量包。',
  expired_card: '这张卡已过期，没有扣款。请换一张卡。',
  incorrect_details: '卡片信息不符，没有扣款。请核对卡号、有效期和安全码后再试。',
  authentication_required: '银行要求您确认这笔付款，没有扣款。请在付款页面重新付款并确认。',
  authentication_failed: '银行未能确认是您本人，没有扣款。请再试一次，或换一张卡。',
  limit_exceeded: '超过了这张卡的限额，没有扣款。请换一张卡，或请银行提高限额。',
  method_not_supported: '这种付款方式不能用于此订单，没有扣款。请选择另一种。',
  method_removed: '这个已保存的付款方式已被移除，没有扣款。请选择另一种。',
  try_again: '付款服务出了故障，没有扣款。请现在再试一次。',
  page_left: '您在付款前离开了付款页面，没有扣款。订单已保留，可随时付款。',
  page_expired: '付款页面打开过久，已关闭，没有扣款。请重新付款。',
} as const satisfies Translated<typeof english>;
