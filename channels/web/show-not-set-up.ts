/**
 * What an installation without an operator shows: there is no brand to dress a page in, so this one stands by itself, in the
 * reader's language. For its owner it says what comes next; for a customer who came too early, to come again.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language, negotiateLanguage, say } from '#platform/messages';

/** An owner loads the page again after applying the file. */
const RETRY_AFTER_S = '60';

export function showNotSetUp(request: IncomingMessage, response: ServerResponse): void {
  const language = languageOf(request);
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': RETRY_AFTER_S,
    vary: 'Accept-Language',
  });
  response.end(request.method === 'HEAD' ? undefined : pageIn(language));
}

/** The link at the foot of the page, else what the browser asks for. Nothing is remembered: there is nobody yet to remember it. */
function languageOf({ url = '/', headers }: IncomingMessage): Language {
  const asked = new URLSearchParams(url.split('?')[1]).get('lang') ?? '';
  return isLanguage(asked) ? asked : negotiateLanguage(headers['accept-language']);
}

function pageIn(language: Language): string {
  const others = LANGUAGES.filter((other) => other !== language).map(
    (other) => `<a href="/?lang=${other}" lang="${other}" hreflang="${other}">${LANGUAGE_NAMES[other]}</a>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${say(language, 'web.not_set_up.title')}</title>
</head>
<body>
<main>
<h1>${say(language, 'web.not_set_up.title')}</h1>
<p>${say(language, 'web.not_set_up.text')}</p>
<p>${say(language, 'web.not_set_up.owner')} <code>npx everline operator apply &lt;${say(language, 'web.not_set_up.file')}&gt;</code></p>
</main>
<nav>${others.join(' · ')}</nav>
</body>
</html>
`;
}
