import type { Translated } from '../areas.ts';
import type english from '../en/cli.ts';

export default {
  'stage.quoted': 'Precio: {total, money}, de ello impuestos {tax, money}',
  'stage.placed': 'Pedido {order} hecho',
  'stage.paying': 'Esperando el pago',
  'stage.paid': 'Pagado en {seconds, number} s',
  'stage.applied': 'Aplicado en {seconds, number} s',
  'stage.notified': 'Aviso enviado en {seconds, number} s',
  open_page: 'Paga aquí: {url}',
  receipt: 'Recibo {number}: {total, money}',
  lasts_until: 'Dura hasta {end, until}',
  line: '{number, phone}: {plan}, datos restantes {left, data}, hasta {end, until}',
} as const satisfies Translated<typeof english>;
