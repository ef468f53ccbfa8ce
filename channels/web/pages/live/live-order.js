// The order page while something is still happening: asks once a second whether it reads differently by now and, if so, puts
// the new page's middle in place of the old. It adds seconds that count; the page says everything without it.
const SECOND = 1000;
const began = Date.now();
/** When the page that is shown was made. */
let shownAt = began;
let failures = 0;

setInterval(count, 100);
setTimeout(look, SECOND);

/** The running stage counts on from what the server measured. */
function count() {
  for (const shown of document.querySelectorAll('[data-ms]')) {
    const seconds = (Number(shown.getAttribute('data-ms')) + Date.now() - shownAt) / SECOND;
    const figure = seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds));
    shown.textContent = (shown.textContent ?? '').replace(/[\d.,]+/, figure);
  }
}

async function look() {
  const live = document.getElementById('live');
  if (live === null) return;
  try {
    const answer = await fetch(`${location.pathname}/state`);
    const { version, moving } = await answer.json();
    failures = 0;
    if (version !== undefined && version !== live.getAttribute('data-version')) return void (await renew(live, moving));
    if (!moving) return;
  } catch {
    failures += 1;
  }
  setTimeout(look, pause());
}

/** Each second at first; seldom when it drags on or the line is dead. */
function pause() {
  const age = Date.now() - began;
  const patience = age < 60 * SECOND ? 1 : age < 600 * SECOND ? 5 : 30;
  return Math.min(60, patience * (1 + failures)) * SECOND;
}

/** @param {HTMLElement} live @param {boolean} moving */
async function renew(live, moving) {
  // Whoever is choosing another way to pay is not interrupted.
  if (live.contains(document.activeElement) && document.activeElement?.closest('form')) return void setTimeout(look, SECOND);
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), 'text/html');
  const fresh = page.getElementById('live');
  if (fresh === null) return location.reload();
  live.replaceChildren(...fresh.childNodes);
  shownAt = Date.now();
  live.setAttribute('data-version', fresh.getAttribute('data-version') ?? '');
  document.title = page.title;
  const said = document.getElementById('said');
  if (said !== null) said.textContent = live.querySelector('h1')?.textContent ?? '';
  if (moving) setTimeout(look, SECOND);
}
