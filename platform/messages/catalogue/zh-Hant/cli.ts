import type { Translated } from '../areas.ts';
import type english from '../en/cli.ts';

export default {
  'stage.quoted': '價格：{total, money}，其中稅 {tax, money}',
  'stage.placed': '已下單 {order}',
  'stage.paying': '等待付款',
  'stage.paid': '{seconds, number} 秒完成付款',
  'stage.applied': '{seconds, number} 秒後生效',
  'stage.notified': '{seconds, number} 秒後發出通知',
  open_page: '請在此付款：{url}',
  receipt: '收據 {number}：{total, money}',
  lasts_until: '用至 {end, until}',
  line: '{number, phone}：{plan}，剩餘 {left, data}，用至 {end, until}',
} as const satisfies Translated<typeof english>;
