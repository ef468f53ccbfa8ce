import type { Translated } from '../areas.ts';
import type english from '../en/refusal.ts';

export default {
  unexpected: 'No se puede hacer ahora. Inténtalo otra vez; si vuelve a pasar, contáctanos.',
  'money.amount_not_understood': '“{text}” no es una cantidad de dinero. Escríbela así: {sample}.',
  'money.amount_ambiguous': '“{text}” se puede leer como dos cantidades. Escríbela así: {sample}.',
  'money.amount_too_precise': '“{text}” tiene demasiados decimales: {currency} tiene {decimals, number}. Escríbela así: {sample}.',
  'money.amount_negative': '“{text}” es menor que cero. Escribe una cantidad mayor que cero, como {sample}.',
  'money.amount_too_large': '“{text}” es mayor que cualquier cantidad que aceptamos. Escribe una menor, como {sample}.',
  'money.amount_other_currency': '“{text}” está en otra moneda. Escribe la cantidad en {currency}, como {sample}.',
  'ledger.balance_short': 'Faltan {short, money} de saldo. Recarga esa cantidad o paga de otra forma.',
  'lines.number_invalid':
    '“{text}” no es un número de móvil que podamos leer. Escríbelo con su código de área, por ejemplo +1 206 555 0142.',
  'lines.not_found': 'No tenemos ninguna línea con este número. Revisa los dígitos e inténtalo otra vez.',
  'lines.number_taken': 'Este número ya pertenece a una línea. Revisa los dígitos o elige otro número.',
  'lines.number_lost': 'Este número se perdió tras mucho tiempo sin pago; ya no se le puede vender nada. Elige un número nuevo.',
  'lines.number_moved':
    'Este número cambió de dueño desde que se mostró el precio. No se le vende nada; si ya pagaste, se devuelve. Escribe el número otra vez.',
  'lines.market_unknown': 'Este mercado o plan no está en oferta. Elige uno de la lista.',
  'lines.no_plan': 'Esta línea todavía no tiene un plan que renovar. Elige un plan.',
  'lines.plan_has_no_period': 'El pago por uso no tiene periodo que renovar. Recarga saldo.',
  'lines.nothing_to_follow': 'No hay un plan en curso al que este pueda seguir. Renueva ahora.',
  'lines.pack_needs_plan': 'Un paquete necesita un plan en curso. Renueva primero y luego añade el paquete.',
  'people.link_used': 'Este enlace ya se usó o es demasiado antiguo. Pide uno nuevo.',
  'sims.iccid_invalid': '“{iccid}” no es un número de tarjeta SIM. Tiene 19 o 20 dígitos y empieza con 89; está impreso en la tarjeta.',
  'sims.imsi_invalid': '“{imsi}” no es un IMSI. Tiene 14 o 15 dígitos.',
  'sims.known_already': 'Esta SIM ya está en inventario. Usa otra.',
  'sims.in_use': 'Esta SIM sirve a otra línea. Usa otra.',
  'allowances.key_reused': 'Este informe de uso ya se envió con otras cifras; no se contó nada otra vez.',
  'access.not_allowed':
    'Esto es solo para el titular de la línea. Inicia sesión como titular, o renueva, añade un paquete o recarga como invitado.',
  'access.too_many_look_ups':
    'Se consultaron demasiados números desde aquí. Inténtalo otra vez en {minutes, plural, one {# minuto} other {# minutos}}.',
  'notices.one_channel_must_stay':
    'Los avisos sobre pagos y sobre la pérdida de tu número deben llegarte al menos por una vía. Deja activo el correo, el SMS o la notificación.',
} as const satisfies Translated<typeof english>;
