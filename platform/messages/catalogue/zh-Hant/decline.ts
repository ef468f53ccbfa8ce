import type { Translated } from '../areas.ts';
import type english from '../en/decline.ts';

export default {
  declined: '銀行拒絕了這筆付款，沒有扣款。請換一張卡，或聯絡銀行後再試。',
  insufficient_funds: '卡內餘額不足，沒有扣款。請換一張卡，或選小一點的方案或流量包。',
  expired_card: '這張卡已過期，沒有扣款。請換一張卡。',
  incorrect_cvc: '安全碼不符，沒有扣款。請核對卡上的三或四位數字後再試。',
  incorrect_number: '卡號有誤，沒有扣款。請核對後再試。',
  authentication_required: '銀行要求您確認這筆付款，沒有扣款。請在付款頁面重新付款並確認。',
  authentication_failed: '銀行未能確認是您本人，沒有扣款。請再試一次，或換一張卡。',
  limit_exceeded: '超過了這張卡的限額，沒有扣款。請換一張卡，或請銀行提高限額。',
  processing_error: '付款服務出了故障，沒有扣款。請現在再試一次。',
  method_unavailable: '這種付款方式不能用於此訂單，沒有扣款。請選擇另一種。',
  canceled: '您在付款前離開了付款頁面，沒有扣款。訂單已保留，可隨時付款。',
  expired: '付款頁面開啟過久，已關閉，沒有扣款。請重新付款。',
} as const satisfies Translated<typeof english>;
