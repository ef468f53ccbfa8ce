/** The default privacy notice: what self-care keeps and shows, as the program does it, in four languages. */
import type { DocumentTexts } from './document.ts';

export const PRIVACY: DocumentTexts = {
  en: {
    title: 'Privacy',
    sections: [
      {
        heading: 'What you see, others see too',
        paragraphs: [
          'Whoever knows a number can see its plan and prices, in order to pay for it. The number is shown masked. Nothing else about the line, its owner or who paid is shown.',
        ],
      },
      {
        heading: 'What we keep',
        paragraphs: [
          'For each order: the number, what was ordered, the price, the kind of payment with the last four digits of a card, the language, and an e-mail address if you gave one. Receipts are kept as long as tax law asks.',
          'Your card number is typed on the page of our payment provider and never reaches us.',
          'How many look-ups come from one network is counted for some minutes, under a mark from which its address cannot be read, so that nobody can search through numbers.',
        ],
      },
      {
        heading: 'Links',
        paragraphs: ['The page of an order is opened by its secret link only. Whoever has the link sees the order: keep it to yourself.'],
      },
      { heading: 'Cookies', paragraphs: ['One, for your language, when you choose one. There is no advertising, and nobody is followed.'] },
      {
        heading: 'Your rights',
        paragraphs: ['Ask {brand} what is kept about you, or to have it corrected or deleted where the law allows: {email}, {phone}.'],
      },
    ],
  },
  es: {
    title: 'Privacidad',
    sections: [
      {
        heading: 'Lo que ves lo ven otros',
        paragraphs: [
          'Quien conoce un número puede ver su plan y sus precios para pagarlo. El número aparece enmascarado. No se muestra nada más de la línea, de su titular ni de quién pagó.',
        ],
      },
      {
        heading: 'Qué guardamos',
        paragraphs: [
          'De cada pedido: el número, lo pedido, el precio, la forma de pago con las cuatro últimas cifras de la tarjeta, el idioma y un correo si lo diste. Los recibos se guardan el tiempo que pide la ley fiscal.',
          'El número de tu tarjeta se escribe en la página de nuestro proveedor de pagos y nunca nos llega.',
          'Durante unos minutos contamos cuántas consultas vienen de una red, con una marca de la que no se puede leer su dirección, para que nadie pueda rastrear números.',
        ],
      },
      {
        heading: 'Enlaces',
        paragraphs: ['La página de un pedido solo se abre con su enlace secreto. Quien tiene el enlace ve el pedido: guárdalo para ti.'],
      },
      { heading: 'Cookies', paragraphs: ['Una, para tu idioma, cuando eliges uno. No hay publicidad y no se sigue a nadie.'] },
      {
        heading: 'Tus derechos',
        paragraphs: ['Pregunta a {brand} qué guarda de ti, o pide corregirlo o borrarlo donde la ley lo permite: {email}, {phone}.'],
      },
    ],
  },
  'zh-Hans': {
    title: '隐私',
    sections: [
      {
        heading: '您能看到的，别人也能看到',
        paragraphs: ['知道号码的人可以看到其套餐和价格，以便为其付款。号码以掩码显示。除此之外，不显示该号码、机主或付款人的任何信息。'],
      },
      {
        heading: '我们保存什么',
        paragraphs: [
          '每个订单：号码、所订项目、价格、付款方式及卡号后四位、语言，以及您提供的邮箱。收据按税法要求的期限保存。',
          '卡号在支付服务商的页面上输入，不会到达我们这里。',
          '为防止有人逐号查询，我们在几分钟内统计来自同一网络的查询次数，所用标记无法还原出网络地址。',
        ],
      },
      { heading: '链接', paragraphs: ['订单页只能通过其保密链接打开。有链接的人都能看到订单，请妥善保管。'] },
      { heading: 'Cookie', paragraphs: ['只有一个，在您选择语言时用于记住语言。没有广告，也不追踪任何人。'] },
      {
        heading: '您的权利',
        paragraphs: ['您可以向 {brand} 询问保存了哪些关于您的信息，并在法律允许的范围内要求更正或删除：{email}，{phone}。'],
      },
    ],
  },
  'zh-Hant': {
    title: '隱私',
    sections: [
      {
        heading: '您能看到的，別人也能看到',
        paragraphs: ['知道門號的人可以看到其方案和價格，以便為其付款。門號以遮罩顯示。除此之外，不顯示該門號、持有人或付款人的任何資訊。'],
      },
      {
        heading: '我們保存什麼',
        paragraphs: [
          '每個訂單：門號、所訂項目、價格、付款方式及卡號後四碼、語言，以及您提供的信箱。收據依稅法要求的期限保存。',
          '卡號在支付服務商的頁面上輸入，不會到達我們這裡。',
          '為防止有人逐號查詢，我們在幾分鐘內統計來自同一網路的查詢次數，所用標記無法還原出網路位址。',
        ],
      },
      { heading: '連結', paragraphs: ['訂單頁只能透過其保密連結開啟。有連結的人都能看到訂單，請妥善保管。'] },
      { heading: 'Cookie', paragraphs: ['只有一個，在您選擇語言時用於記住語言。沒有廣告，也不追蹤任何人。'] },
      {
        heading: '您的權利',
        paragraphs: ['您可以向 {brand} 詢問保存了哪些關於您的資訊，並在法律允許的範圍內要求更正或刪除：{email}，{phone}。'],
      },
    ],
  },
};
