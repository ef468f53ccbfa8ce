import type { Translated } from '../areas.ts';
import type english from '../en/decline.ts';

export default {
  generic: '銀行拒絕了這筆付款，沒有扣款。請換一張卡，或聯絡銀行後再試。',
  do_not_honour: '銀行拒絕了這筆付款，沒有扣款。請換一張卡，或聯絡銀行後再試。',
  lost_or_stolen: '銀行拒絕了這筆付款，沒有扣款。請換一張卡，或聯絡銀行後再試。',
  suspected_fraud: '銀行拒絕了這筆付款，沒有扣款。請換一張卡，或聯絡銀行後再試。',
  insufficient_funds: '卡內餘額不足，沒有扣款。請換一張卡，或選小一點的方案或流量包。',
  expired_card: '這張卡已過期，沒有扣款。請換一張卡。',
  incorrect_details: '卡片資訊不符，沒有扣款。請核對卡號、有效期和安全碼後再試。',
  authentication_required: '銀行要求您確認這筆付款，沒有扣款。請在付款頁面重新付款並確認。',
  authentication_failed: '銀行未能確認是您本人，沒有扣款。請再試一次，或換一張卡。',
  limit_exceeded: '超過了這張卡的限額，沒有扣款。請換一張卡，或請銀行提高限額。',
  method_not_supported: '這種付款方式不能用於此訂單，沒有扣款。請選擇另一種。',
  method_removed: '這個已儲存的付款方式已被移除，沒有扣款。請選擇另一種。',
  try_again: '付款服務出了故障，沒有扣款。請現在再試一次。',
  page_left: '您在付款前離開了付款頁面，沒有扣款。訂單已保留，可隨時付款。',
  page_expired: '付款頁面開啟過久，已關閉，沒有扣款。請重新付款。',
} as const satisfies Translated<typeof english>;
