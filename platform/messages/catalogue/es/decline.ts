import type { Translated } from '../areas.ts';
import type english from '../en/decline.ts';

export default {
  generic: 'Tu banco rechazó el pago; no se cobró nada. Prueba otra tarjeta, o pregunta a tu banco y vuelve a intentarlo.',
  do_not_honour: 'Tu banco rechazó el pago; no se cobró nada. Prueba otra tarjeta, o pregunta a tu banco y vuelve a intentarlo.',
  lost_or_stolen: 'Tu banco rechazó el pago; no se cobró nada. Prueba otra tarjeta, o pregunta a tu banco y vuelve a intentarlo.',
  suspected_fraud: 'Tu banco rechazó el pago; no se cobró nada. Prueba otra tarjeta, o pregunta a tu banco y vuelve a intentarlo.',
  insufficient_funds: 'La tarjeta no tiene fondos suficientes; no se cobró nada. Usa otra tarjeta, o un plan o paquete más pequeño.',
  expired_card: 'La tarjeta está vencida; no se cobró nada. Usa otra tarjeta.',
  incorrect_details:
    'Algún dato de la tarjeta no coincide; no se cobró nada. Revisa número, fecha y código de seguridad, y vuelve a intentarlo.',
  authentication_required: 'Tu banco quiere que confirmes este pago. Paga otra vez en la página de pago y confirma allí; no se cobró nada.',
  authentication_failed: 'Tu banco no pudo confirmar que eras tú; no se cobró nada. Inténtalo otra vez o usa otra tarjeta.',
  limit_exceeded: 'El pago supera un límite de tu tarjeta; no se cobró nada. Usa otra tarjeta o pide a tu banco que suba el límite.',
  method_not_supported: 'Esta forma de pago no sirve para este pedido; no se cobró nada. Elige otra.',
  method_removed: 'Esta forma de pago guardada se eliminó; no se cobró nada. Elige otra.',
  try_again: 'El proveedor de pagos tuvo un fallo; no se cobró nada. Inténtalo otra vez ahora.',
  page_left: 'Saliste de la página de pago antes de pagar; no se cobró nada. Tu pedido sigue guardado: paga cuando quieras.',
  page_expired: 'La página de pago estuvo abierta demasiado tiempo y se cerró; no se cobró nada. Empieza el pago de nuevo.',
} as const satisfies Translated<typeof english>;
