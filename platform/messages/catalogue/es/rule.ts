import type { Translated } from '../areas.ts';
import type english from '../en/rule.ts';

export default {
  renew_now:
    'Se puede usar de inmediato, a toda velocidad. Lo que ya tienes se usa primero y conserva su final, {presentEnd, until}; después este periodo dura hasta {usableUntil, until}. No se pierde ningún día ni datos pagados.',
  renew_from_now: 'Tu plan terminó el {presentEnd, until}, así que un periodo nuevo empieza al pagar y dura hasta {usableUntil, until}.',
  first_period: 'Empieza al pagar y dura hasta {usableUntil, until}.',
  queue_at_end:
    'Empieza sola el {usableFrom, instant}, cuando termina tu plan actual, y dura hasta {usableUntil, until}. Hasta entonces nada cambia.',
  queue_on_exhaustion:
    'Empieza sola cuando se agoten tus datos y, como muy tarde, el {usableFrom, instant}, cuando termina tu plan actual. Si empieza entonces, dura hasta {usableUntil, until}; si empieza antes, dura un periodo completo desde ese momento.',
  change_now:
    '{plan} empieza al pagar, con un periodo completo hasta {usableUntil, until}. Lo que quede de tu plan actual se usa primero y conserva su final, {presentEnd, until}. No se devuelve nada por él. Desde ahora el plan nuevo decide qué pasa cuando se agotan los datos.',
  change_now_without_end:
    '{plan} empieza al pagar y no tiene final. Lo que quede de tu plan actual se usa primero y conserva su final, {presentEnd, until}. No se devuelve nada por él.',
  pack_now: 'Se añade a tu línea de inmediato; se puede usar hasta {usableUntil, until}. También quita la velocidad reducida.',
  top_up_now: 'Tu saldo pasa a ser {balance, money} de inmediato. Tu plan y su final no cambian.',
  top_up_extends:
    '{amount, money} se suman al saldo al instante y mantienen activa la línea {days, plural, one {# día} other {# días}} desde el pago.',
  queue_moves: 'El plan que espera detrás empezará ahora el {startsAt, instant}, completo.',
  recently_paid:
    'Esta línea ya se renovó y pagó a las {paidAt, time}, hace {minutes, plural, =0 {menos de un minuto} one {# minuto} other {# minutos}}. Si pagas otra vez, cuentan las dos renovaciones.',
  exhausted_throttle:
    'Cuando se agoten los datos, la velocidad baja a {speed, speed} y no se cobra nada más. Una renovación o un paquete devuelve la velocidad completa de inmediato.',
  exhausted_stop:
    'Cuando se agoten los datos, se detienen y no se cobra nada más. Una renovación o un paquete los activa de nuevo de inmediato.',
  exhausted_pay_as_you_go:
    'Cuando se agoten los datos, los siguientes se pagan de tu saldo: {price, money} por {quantity, data}. Con saldo cero, los datos se detienen.',
  forfeited: 'Los datos que no se usen hasta {end, until} se pierden.',
  lapse: 'Si no se paga nada, la línea se suspende el {suspendedOn, day} y el número se pierde el {lostOn, day}.',
  tax_added: 'Al precio se le suman {tax, money} de impuestos.',
  tax_included: 'El precio incluye {tax, money} de impuestos.',
  tax_none: 'No se cobran impuestos.',
  tax_at_load: 'El impuesto se paga ahora, sobre el dinero que recargas. Lo que compres después con él no paga impuesto otra vez.',
  tax_at_use: 'El dinero que recargas no paga impuesto. Lo que compres después con él lo paga entonces.',
  tax_paid_at_load: 'Se paga con tu saldo, que ya pagó impuesto al recargarlo: ahora no hay impuesto.',
  balance_short: 'Tu saldo es {balance, money}. Faltan {short, money}: recarga justo eso y la renovación sigue.',
  payment_page_closes: 'La página de pago está abierta hasta las {closesAt, time}. Si sales, no se cobra nada.',
  paying_again: 'Todavía estamos consultando tu primer pago. Si pagas otra vez y el primero resulta bien, te devolvemos el primero.',
  refund_if_moved: 'Si este número cambió de dueño antes de tu pago, se devuelve el pago completo.',
} as const satisfies Translated<typeof english>;
