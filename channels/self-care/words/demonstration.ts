/** What the demonstration says about its lines: for those who try it, not for customers. */

import type { Names } from '#domain/catalog';
import type { LineState } from '#domain/lines';

/** A line worth trying, by its state; pay as you go is told instead of being active. */
export const TRIES: Readonly<Record<Exclude<LineState, 'lost'> | 'pay_as_you_go', Names>> = {
  active: { en: 'In service', es: 'En servicio', 'zh-Hans': '使用中', 'zh-Hant': '使用中' },
  throttled: {
    en: 'Data used up, slowed down',
    es: 'Datos agotados, más lenta',
    'zh-Hans': '流量用完，已降速',
    'zh-Hant': '流量用完，已降速',
  },
  stopped: { en: 'Data used up, stopped', es: 'Datos agotados, detenidos', 'zh-Hans': '流量用完，已停止', 'zh-Hant': '流量用完，已停止' },
  expired: { en: 'Its plan has ended', es: 'Su plan ha terminado', 'zh-Hans': '套餐已到期', 'zh-Hant': '方案已到期' },
  suspended: { en: 'Suspended', es: 'Suspendida', 'zh-Hans': '已停机', 'zh-Hant': '已停話' },
  parked: {
    en: 'Parked, its number is soon lost',
    es: 'Guardada, pronto pierde el número',
    'zh-Hans': '保留中，号码即将收回',
    'zh-Hant': '保留中，門號即將收回',
  },
  pending: { en: 'New, not yet activated', es: 'Nueva, sin activar', 'zh-Hans': '新号码，尚未激活', 'zh-Hant': '新門號，尚未啟用' },
  pay_as_you_go: { en: 'Pay as you go', es: 'Pago por uso', 'zh-Hans': '按量付费', 'zh-Hant': '依量計費' },
};

/** What the clock will pass, after the line's number. */
export const DUE: Readonly<Record<'start_queued' | 'remind' | 'expire' | 'suspend' | 'park' | 'lose', Names>> = {
  start_queued: {
    en: 'its waiting plan starts',
    es: 'empieza el plan que espera',
    'zh-Hans': '排队的套餐开始',
    'zh-Hant': '排隊的方案開始',
  },
  remind: {
    en: 'is reminded of the end of its plan',
    es: 'recibe un aviso del final de su plan',
    'zh-Hans': '收到套餐到期提醒',
    'zh-Hant': '收到方案到期提醒',
  },
  expire: { en: 'its plan ends', es: 'termina su plan', 'zh-Hans': '套餐到期', 'zh-Hant': '方案到期' },
  suspend: { en: 'is suspended', es: 'se suspende', 'zh-Hans': '停机', 'zh-Hant': '停話' },
  park: { en: 'is parked', es: 'se guarda', 'zh-Hans': '进入保留期', 'zh-Hant': '進入保留期' },
  lose: { en: 'loses its number', es: 'pierde su número', 'zh-Hans': '号码收回', 'zh-Hant': '門號收回' },
};
