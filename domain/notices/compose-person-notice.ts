/** News of a person becomes words: a code, or what changed about how they sign in. Pure; mail and SMS only. */
import { formatNumber, type Language, say, sayLoosely } from '#platform/messages';
import { composeMail } from './compose-mail.ts';
import { type Composed, fitSms, headerSafe, tidy } from './compose-notice.ts';
import type { PersonNoticeEvent } from './notice-events.ts';
import { CODE_PLACE, type NoticeHouse } from './notices.ts';

type Words = Pick<Composed, 'sms' | 'subject' | 'push'> & { readonly paragraph: string };

export function composePersonNotice(event: PersonNoticeEvent, house: NoticeHouse): Composed {
  const { language } = event.payload;
  const brand = house.catalog.brand?.name ?? 'Everline';
  const url = house.publicUrl + house.securityPath;
  const words = event.kind === 'people.code' ? codeWords(event.payload.purpose, language, brand) : changeWords(event.payload, brand, url);
  const subject = headerSafe(words.subject);
  const mail = composeMail({
    language,
    brand,
    accent: house.catalog.brand?.accent,
    subject,
    paragraph: words.paragraph,
    rows: [],
    link: { url, label: say(language, 'notice.link.security') },
    footer: say(language, 'notice.person_footer', { brand }),
  });
  return { sms: words.sms, subject, ...mail, pushTitle: subject, push: words.push, url };
}

type CodePurpose = PersonNoticeEvent<'people.code'>['payload']['purpose'];

function codeWords(purpose: CodePurpose, language: Language, brand: string): Words {
  const values = { code: CODE_PLACE, sender: brand, purpose: say(language, `notice.code.${purpose}`) };
  const paragraph = tidy(say(language, 'notice.people.code.mail', values));
  return {
    sms: fitSms([], () => tidy(say(language, 'notice.people.code.sms', values))),
    subject: say(language, 'notice.people.code.subject', values),
    paragraph,
    push: paragraph,
  };
}

type Change = PersonNoticeEvent<'people.changed'>['payload'];

function changeWords({ what, number, language }: Change, brand: string, url: string): Words {
  const changed = sayLoosely(language, `notice.change.${what}`, { number: number === undefined ? '' : formatNumber(number) });
  const values = { sender: brand, changed, url };
  const paragraph = tidy(say(language, 'notice.people.changed.mail', values));
  return {
    sms: fitSms([], () => tidy(say(language, 'notice.people.changed.sms', values))),
    subject: say(language, 'notice.people.changed.subject', values),
    paragraph,
    push: paragraph,
  };
}
