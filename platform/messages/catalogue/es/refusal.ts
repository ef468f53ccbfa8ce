import type { Translated } from '../areas.ts';
import type english from '../en/refusal.ts';

export default {
  unexpected: 'No se puede hacer ahora. Inténtalo otra vez; si vuelve a pasar, contáctanos.',
  'http.not_found': 'No hay nada en esta dirección. Revísala o empieza desde la primera página.',
  'http.request_invalid': 'La solicitud no está completa o no tiene la forma pedida. Corrige los campos indicados y envíala otra vez.',
  'http.body_unreadable': 'Lo enviado no se puede leer. Envía JSON.',
  'http.body_too_large': 'Lo enviado es demasiado grande. Envía menos.',
  'http.media_type_unknown': 'Lo enviado es de un tipo que aquí no se acepta. Envía application/json.',
  'http.unavailable':
    'No se puede responder durante unos segundos. Envía la misma solicitud otra vez, con la misma clave: cuenta una sola vez.',
  // self-care pages and the API
  'api.not_set_up': 'Esta tienda aún no está preparada y todavía no se puede comprar nada. Inténtalo más tarde.',
  'api.sign_in_unknown': 'Esta sesión ya no es válida. Vuelve a iniciar sesión.',
  'api.sign_in_needed': 'Esto es para quien ha iniciado sesión. Inicia sesión primero.',
  'self-care.address_expired': 'Esta página estuvo abierta demasiado tiempo. Escribe el número otra vez.',
  'self-care.email_invalid': 'Esto no es una dirección de correo. Corrígela o deja el campo vacío.',
  'self-care.sign_in_needed': 'Esto es para quien ha iniciado sesión. Inicia sesión, o escribe el número como invitado.',
  'self-care.not_yours': 'Esta línea no está vinculada a ti, o no puedes verla. Mira la lista de tus líneas.',
  'self-care.file_unknown': 'No existe ese archivo. Mira la lista de tus datos.',
  'self-care.share_not_understood':
    '“{text}” no es una cantidad de datos. Escríbela en GB con dos decimales como mucho, por ejemplo 2,5, o en MB, por ejemplo 500 MB.',
  'self-care.step_unknown': 'El reloj avanza por minutos, horas, días o semanas, 62 días como máximo: +90min, +6h, +3d, +2w.',
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
  'lines.not_in_service': '{number, phone} no tiene servicio ahora. Renuévala para reactivarla de inmediato.',
  'lines.number_taken': 'Este número ya pertenece a una línea. Revisa los dígitos o elige otro número.',
  'lines.number_lost': 'Este número se perdió tras mucho tiempo sin pago; ya no se le puede vender nada. Elige un número nuevo.',
  'lines.market_unknown': 'Este mercado o plan no está en oferta. Elige uno de la lista.',
  'lines.plan_has_no_period': 'El pago por uso no tiene periodo que renovar. Recarga saldo.',
  'lines.nothing_to_follow': 'No hay un plan en curso al que este pueda seguir. Renueva ahora.',
  'lines.pack_needs_plan': 'Un paquete necesita un plan en curso. Renueva primero y luego añade el paquete.',
  'people.link_used': 'Este enlace ya se usó o es demasiado antiguo. Pide uno nuevo.',
  'people.email_invalid': 'Esto no es una dirección de correo. Corrígela, por ejemplo nombre@example.com.',
  'people.user_name_invalid':
    'Un nombre de usuario tiene de 3 a 32 letras a-z, cifras, puntos, guiones o guiones bajos, y empieza con una letra. Elige otro.',
  'people.name_taken': 'Alguien ya inicia sesión con esto. Si eres tú, inicia sesión con ello; si no, usa otro.',
  'people.code_wrong':
    'Este no es el código que enviamos. Revísalo y prueba otra vez: {left, plural, one {queda # intento} other {quedan # intentos}}.',
  'people.code_spent': 'Este código ya se usó, es demasiado antiguo o se probó demasiadas veces. Pide uno nuevo.',
  'people.too_many_codes':
    'Se pidieron demasiados códigos. Prueba otra vez en {minutes, plural, one {# minuto} other {# minutos}}, o usa una contraseña o una llave de acceso.',
  'people.too_many_tries':
    'Hubo demasiados intentos. Prueba otra vez en {minutes, plural, one {# minuto} other {# minutos}}, o inicia sesión con un código.',
  'people.nobody_here': 'Nadie inicia sesión con esto todavía. Regístrate con ello o usa el correo o el número con el que te registraste.',
  'people.terms_not_accepted': 'Acepta los términos, versión {version}, para continuar.',
  'people.password_short': 'Esta contraseña es demasiado corta. Usa al menos {min, number} caracteres; varias palabras juntas sirven.',
  'people.password_long': 'Esta contraseña es demasiado larga. Usa como máximo {max, number} caracteres.',
  'people.password_common':
    'Mucha gente usa esta contraseña, así que es la primera que se adivina. Elige otra; varias palabras juntas sirven.',
  'people.password_like_name': 'Esta contraseña es tu propio nombre para iniciar sesión. Elige otra.',
  'people.sign_in_wrong': 'El nombre y la contraseña no coinciden. Revisa ambos, inicia sesión con un código o elige una contraseña nueva.',
  'people.passkey_not_accepted': 'Esta llave de acceso no se aceptó. Prueba otra vez, o usa un código o una contraseña.',
  'people.passkey_known': 'Esta llave de acceso ya está registrada. Inicia sesión con ella o añade otra.',
  'people.passkey_unknown': 'Esta llave de acceso ya no está. Mira la lista otra vez.',
  'people.sign_in_unknown': 'Esta sesión ya terminó. Mira la lista otra vez.',
  'people.proof_needed': 'Antes de cambiar esto, demuestra otra vez que eres tú: con contraseña, código o llave de acceso.',
  'people.contact_unknown': 'Ya no podemos usar este correo o número para ti. Elige otro.',
  'people.last_contact': 'Es la única forma de contactarte. Añade primero otro correo o número y luego quita este.',
  'people.cooling_off':
    'Hace poco cambió cómo te contactamos. Para protegerte, tu saldo y tus métodos guardados esperan {hours, plural, one {# hora} other {# horas}}. Mientras tanto, paga con otro método en la página de pago o contáctanos.',
  'sims.iccid_invalid': '“{iccid}” no es un número de tarjeta SIM. Tiene 19 o 20 dígitos y empieza con 89; está impreso en la tarjeta.',
  'sims.imsi_invalid': '“{imsi}” no es un IMSI. Tiene 14 o 15 dígitos.',
  'sims.known_already': 'Esta SIM ya está en inventario. Usa otra.',
  'sims.in_use': 'Esta SIM sirve a otra línea. Usa otra.',
  // charging
  'charging.peer_name_invalid':
    'Escriba el nombre del nodo como lo anuncia la red: un nombre de dominio, por ejemplo smf.epc.example, o en 5G el nombre o identificador que el SMF se da a sí mismo. {name} no es ni lo uno ni lo otro.',
  'charging.peer_profile_unknown': 'No existe el perfil {profile}. Elija standard, open5gs o free5gc.',
  'charging.peer_from_anywhere':
    'Indique desde qué direcciones puede venir {name}, o que debe usar TLS: si no, cualquiera podría usar su nombre.',
  'charging.peer_unknown': 'Ningún nodo se llama {name}. everline peers los enumera.',
  // rating
  'rating.destination_unknown':
    'Desde tu línea no se puede llamar ni escribir a este número: {destination}. Revísalo, con + y el código de país, o pregunta al servicio de atención.',
  'allowances.key_reused': 'Este informe de uso ya se envió con otras cifras; no se contó nada otra vez.',
  'access.not_allowed':
    'Esto es solo para el titular de la línea. Inicia sesión como titular, o renueva, añade un paquete o recarga como invitado.',
  'access.too_many_look_ups':
    'Se consultaron demasiados números desde aquí. Inténtalo otra vez en {minutes, plural, one {# minuto} other {# minutos}}.',
  'access.too_many_tries':
    'Hubo demasiados intentos. Prueba otra vez en {minutes, plural, one {# minuto} other {# minutos}}, o pide un código a la línea.',
  'access.activation_code_unknown':
    'Este código de activación no enlaza ninguna línea: compáralo con el impreso junto a la SIM. Si ya se usó, pide un código a la línea.',
  'access.account_shared': 'Esta línea comparte su cuenta con otras. Pregunta al titular de la cuenta o contáctanos.',
  'access.member_unknown': 'No se puede cambiar a esta persona aquí. Mira la lista otra vez; un titular se va por sí mismo.',
  'catalog.refund_too_large': 'Solo quedan {left, money} por devolver. Pide eso o menos.',
  'catalog.refund_not_positive': 'Una devolución debe ser mayor que cero. Escribe una cantidad.',
  'catalog.operator_file_wrong':
    'El archivo del operador tiene {count, plural, one {# error} other {# errores}}; no se aplicó nada. Corrígelo y aplícalo otra vez: {problems}',
  'catalog.currency_fixed':
    'El mercado {market} conserva su moneda {currency} para siempre, porque sus cuentas la conservan. Crea un mercado nuevo para otra moneda.',
  'catalog.product_kind_fixed':
    '{product} en el mercado {market} conserva su tipo, porque hay pedidos antiguos con él. Da otro código al producto nuevo.',
  'catalog.product_names_missing': 'Un producto necesita un nombre en cada idioma. En {path}: se espera {expected}.',
  'catalog.product_currency_differs': 'Un producto tiene su precio en la moneda de su mercado. En {path}: se espera {expected}.',
  'catalog.product_price_wrong': 'El precio no corresponde al producto. En {path}: se espera {expected}.',
  'catalog.product_period_wrong': 'El periodo está fuera de los límites. En {path}: se espera {expected}.',
  'catalog.product_parts_wrong': 'Una parte del producto contradice a otra. En {path}: se espera {expected}.',
  'catalog.product_throttle_wrong': 'La velocidad reducida está fuera de los límites. En {path}: se espera {expected}.',
  'catalog.product_rates_wrong': 'Las tarifas del pago por uso no corresponden. En {path}: se espera {expected}.',
  'catalog.product_limits_wrong': 'Los límites de la recarga se contradicen. En {path}: se espera {expected}.',
  'payments.key_reused':
    'Este pago ya se envió con otro contenido; no se cobró nada otra vez. Empieza de nuevo desde la página del pedido.',
  'payments.attempt_open':
    'Un pago de este pedido sigue en curso. Termínalo o elige pagar otra vez: si los dos resultan, se devuelve el primero.',
  'payments.already_paid': 'Este pedido ya está pagado; no se cobró nada otra vez. La página del pedido lo muestra.',
  'payments.saved_method_unknown': 'Esta forma de pago guardada ya no existe. Elige otra.',
  'payments.refund_exceeds_captured': 'De este pago solo quedan {refundable, money} por devolver. Pide eso o menos.',
  'payments.nothing_captured': 'Este pago no cobró nada, así que no hay nada que devolver.',
  'payments.event_forged': 'El mensaje no está firmado con nuestro secreto. Revisa el secreto de firma en el proveedor de pagos.',
  'payments.event_expired': 'La firma del mensaje tiene más de 300 s. Revisa el reloj de esta máquina.',
  'payments.event_unreadable': 'El mensaje del proveedor de pagos no se puede leer. Revisa su versión de API.',
  'orders.nothing_chosen': 'Elige al menos un producto y como máximo {max, number}.',
  'orders.two_plans': 'Un pedido lleva un solo plan. Elige uno y pide el otro después.',
  'orders.no_plan': 'Esta línea todavía no tiene un plan que renovar. Elige un plan.',
  'orders.not_on_sale': '“{product}” ya no está a la venta aquí. Elige otro de la lista.',
  'orders.amount_not_chargeable': 'Este importe no puede cobrarse con exactitud. Elige un múltiplo de {step, money}.',
  'orders.amount_outside_limits': 'Escribe una cantidad de {min, money} a {max, money}.',
  'orders.quote_unknown': 'Este precio ya no está disponible. Escribe el número otra vez para ver el precio de hoy.',
  'orders.quote_expired': 'Este precio es demasiado antiguo. Mira el nuevo y confírmalo; no se cobró nada.',
  'orders.quote_used': 'Esto ya se pidió, de otra forma. Abre el pedido o empieza de nuevo para hacer otro.',
  'orders.key_reused': 'Este pedido ya se envió con otro contenido; no se pidió nada otra vez. Empieza de nuevo desde la línea.',
  'orders.number_moved':
    'Este número cambió de dueño desde que se mostró el precio. No se le vende nada; si ya pagaste, se devuelve. Escribe el número otra vez.',
  'orders.terms_not_accepted': 'Acepta las condiciones de venta, versión {version}, para continuar.',
  'orders.tender_not_offered': 'Esta forma de pago no se ofrece para este pedido. Elige otra.',
  'orders.not_found': 'No hay ningún pedido en este enlace. Comprueba que esté completo; está en el correo o SMS de tu pedido.',
  'orders.not_open': 'Este pedido ya está pagado, cancelado o devuelto. Su página muestra cómo está.',
  'orders.cannot_take_effect': 'Este pedido ya no se puede aplicar; lo pagado se devuelve. Empieza de nuevo desde la línea.',
  'orders.not_refundable': 'Solo se puede devolver un pedido que se aplicó. La página del pedido muestra cómo está este.',
  'orders.value_used': 'Ya se gastaron {spent, money} de la recarga, así que no se pueden devolver. Pide lo que queda.',
  'orders.join_open':
    'El pedido {order} de esta línea sigue abierto. Páguelo o cancélelo primero, o espere a que llegue su reembolso; después la línea puede cambiar de cuenta.',
  'orders.join_debt': 'La cuenta debe {owed, money}. Recárguela primero; después la línea puede cambiar de cuenta.',
  'orders.cap_outside_limits': 'Elige un tamaño de 0 a {max, data}, o quita el límite.',
  'orders.line_moved':
    'Desde entonces esta línea cambió de cuenta y se llevó lo comprado. No se puede devolver por completo; escríbanos si se trata de una parte.',
  'orders.join_lost': 'El número {number, phone} se perdió. No queda nada que pueda cambiar de cuenta.',
  'orders.join_elsewhere':
    '{number, phone} se vende en otro país o moneda que esa cuenta. Una línea solo cambia de cuenta dentro de su mercado.',
  'orders.no_receipt': 'Este pedido no tiene recibo, porque no se pagó.',
  'notices.one_channel_must_stay':
    'Los avisos sobre pagos y sobre la pérdida de tu número deben llegarte al menos por una vía. Deja activo el correo, el SMS o la notificación.',
} as const satisfies Translated<typeof english>;
