// Passkeys (WebAuthn Level 3 §5.1): a form that has one to answer asks us what to ask the device, asks the device, and goes
// on as a form does. Written out instead of parseRequestOptionsFromJSON, which phones of a few years ago have not.
for (const form of document.querySelectorAll('form[data-passkey]'))
  if (form instanceof HTMLFormElement && 'PublicKeyCredential' in window) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      answer(form).catch(() => tell(form));
    });
  }

/** @param {HTMLFormElement} form */
async function answer(form) {
  const what = form.dataset['passkey'] ?? '';
  const asked = await fetch('/passkey', { method: 'POST', body: new URLSearchParams({ what }) });
  const { question, next } = await asked.json();
  if (next !== undefined) return location.assign(next);
  const publicKey = read(question);
  const credential = what === 'add' ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) return tell(form);
  const field = form.elements.namedItem('answer');
  if (field instanceof HTMLInputElement) field.value = JSON.stringify(write(credential));
  form.submit();
}

/** @param {HTMLFormElement} form */
function tell(form) {
  const status = form.querySelector('[role=status]');
  if (status !== null) status.textContent = form.dataset['failed'] ?? '';
}

/** The question, its base64url read into octets. @param {any} question */
function read(question) {
  /** @param {any[] | undefined} list */
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: octets(one.id) }));
  const { user } = question;
  return {
    ...question,
    challenge: octets(question.challenge),
    ...(user === undefined ? {} : { user: { ...user, id: octets(user.id) } }),
    allowCredentials: known(question.allowCredentials),
    excludeCredentials: known(question.excludeCredentials),
  };
}

/** The answer, its octets written as base64url. @param {any} credential */
function write({ id, rawId, type, response }) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const written = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])]));
  const transports = response.getTransports?.();
  return { id, rawId: text(rawId), type, clientExtensionResults: {}, response: { ...written, ...(transports ? { transports } : {}) } };
}

/** @param {string} base64url */
function octets(base64url) {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function text(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
