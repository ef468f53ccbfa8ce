/** Against an SMTP server of the test's own, on a real socket. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { listNotices, type Mail, RETRY_AFTER_MS, sendWaiting } from '#domain/notices';
import { formatId } from '#platform/ids';
import { testDatabase } from '#tests/database';
import { applyOnce, sampleEvent, sampleHouse } from '../../domain/notices/sample-house.ts';
import { createSmtpSender } from './index.ts';

type Received = { readonly from: string; readonly to: string; readonly data: string };
/** What the server answers to a command; undefined: what a content server says. A "close" hangs up instead. */
type Behaviour = (command: string) => string | undefined;

async function smtpServer(t: TestContext, behaviour: Behaviour = () => undefined) {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let buffer = '';
    let envelope = { from: '', to: '' };
    let isData = false;
    const answer = (text: string) => (text === 'close' ? socket.destroy() : socket.write(`${text}\r\n`));
    const take = (line: string) => {
      const command = line.slice(0, 4).toUpperCase();
      const said = behaviour(command);
      if (command === 'MAIL') envelope = { from: line.slice(10), to: '' };
      if (command === 'RCPT') envelope.to = line.slice(8);
      if (command === 'DATA' && said === undefined) isData = true;
      answer(
        said ?? (command === 'DATA' ? '354 go on' : command === 'EHLO' ? '250 test.example' : command === 'QUIT' ? '221 bye' : '250 ok'),
      );
    };
    const takeData = (data: string) => {
      isData = false;
      const said = behaviour('done');
      if (said === undefined || said === 'close') received.push({ ...envelope, data });
      answer(said ?? '250 queued as 1');
    };
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1');
      for (;;) {
        const mark = isData ? '\r\n.\r\n' : '\r\n';
        const end = buffer.indexOf(mark);
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + mark.length);
        if (isData) takeData(text);
        else take(text);
      }
    });
    socket.on('error', () => {});
    answer('220 test.example ESMTP');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const sender = createSmtpSender({
    url: `smtp://127.0.0.1:${address.port}`,
    from: { name: 'Northwind Mobile', address: 'no-reply@northwind.example' },
    sendMsMax: 2_000,
  });
  t.after(() => sender.close());
  return { sender, received };
}

const mail: Mail = {
  noticeId: 123_456_789n,
  to: 'li@example.org',
  subject: '收据 US-417-000123：月租 5 GB $16.31',
  text: '谢谢。已收款 $16.31。\n\n.\n查看订单: https://renew.northwind.example/o/x',
  html: '<!doctype html><p>谢谢。已收款 $16.31。</p>',
  language: 'zh-Hans',
  at: new Date('2026-12-01T17:00:00Z'),
};

/** Headers by lower-case name, unfolded and with their encoded words decoded (RFC 2047), and the parts' decoded bodies by type. */
function readMessage(data: string) {
  const [head = '', ...rest] = data.split('\r\n\r\n');
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), decodeWords(line.slice(line.indexOf(':') + 2))]),
  );
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1];
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`).slice(1, -1).map(readPart);
  return { headers, parts: new Map(parts) };
}

function readPart(part: string): [string, string] {
  const [head = '', ...rest] = part.trimStart().split('\r\n\r\n');
  const body = rest.join('\r\n\r\n').replace(/^\.\./gm, '.');
  const bytes = /encoding: base64/i.test(head) ? Buffer.from(body, 'base64') : Buffer.from(unquote(body), 'latin1');
  return [/content-type: ([^;\r]+)/i.exec(head)?.[1] ?? '', bytes.toString('utf8')];
}

function unquote(text: string): string {
  return text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      (encoding.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : Buffer.from(unquote(word.replaceAll('_', ' ')), 'latin1')).toString(
        'latin1',
      ),
    )
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}

test('a mail leaves by SMTP with its Chinese subject and body, as text and as HTML [FX-3]', async (t) => {
  const { sender, received } = await smtpServer(t);
  assert.deepEqual(await sender.send(mail), { kind: 'sent', answer: '250 queued as 1' });
  assert.deepEqual(
    received.map(({ from, to }) => [from, to]),
    [['<no-reply@northwind.example>', '<li@example.org>']],
  );
  const { headers, parts } = readMessage(received[0]?.data ?? '');
  assert.equal(headers.get('subject'), mail.subject);
  assert.equal(headers.get('from'), 'Northwind Mobile <no-reply@northwind.example>');
  assert.equal(headers.get('message-id'), `<${formatId('ntc', mail.noticeId)}@northwind.example>`);
  assert.equal(headers.get('auto-submitted'), 'auto-generated');
  assert.equal(headers.get('content-language'), 'zh-Hans');
  assert.equal(parts.get('text/plain')?.replaceAll('\r\n', '\n').trim(), mail.text);
  assert.equal(parts.get('text/html')?.trim(), mail.html);
});

test('every try of a notice carries the same Message-ID, another notice another', async (t) => {
  const { sender, received } = await smtpServer(t);
  for (const noticeId of [1n, 1n, 2n]) await sender.send({ ...mail, noticeId });
  const [first, again, other] = received.map(({ data }) => readMessage(data).headers.get('message-id'));
  assert.equal(first, again);
  assert.notEqual(first, other);
});

test('a server that is busy is asked again later', async (t) => {
  const { sender } = await smtpServer(t, (command) => (command === 'RCPT' ? '451 greylisted' : undefined));
  assert.deepEqual(await sender.send(mail), { kind: 'not_now', answer: '451 greylisted' });
});

test('a mailbox that does not exist, or content refused for good, is not tried again', async (t) => {
  const unknown = await smtpServer(t, (command) => (command === 'RCPT' ? '550 no such mailbox' : undefined));
  assert.deepEqual(await unknown.sender.send(mail), { kind: 'never', answer: '550 no such mailbox' });
  const refused = await smtpServer(t, (command) => (command === 'done' ? '554 not wanted' : undefined));
  assert.deepEqual(await refused.sender.send(mail), { kind: 'never', answer: '554 not wanted' });
});

test('that our own sender or password is refused says nothing about the recipient: tried again', async (t) => {
  const { sender } = await smtpServer(t, (command) => (command === 'MAIL' ? '553 sender not allowed' : undefined));
  assert.equal((await sender.send(mail)).kind, 'not_now');
});

test('a connection lost after the mail was handed over is not sent again by the adapter itself', async (t) => {
  const { sender, received } = await smtpServer(t, (command) => (command === 'done' ? 'close' : undefined));
  assert.equal((await sender.send(mail)).kind, 'not_now');
  assert.equal(received.length, 1);
});

test('a server that is away, or never answers, is "not now" in bounded time', async (t) => {
  const away = createSmtpSender({ url: 'smtp://127.0.0.1:1', from: { name: 'N', address: 'n@example.org' } });
  t.after(() => away.close());
  assert.equal((await away.send(mail)).kind, 'not_now');
  const silent = await smtpServer(t, (command) => (command === 'done' ? '' : undefined));
  assert.equal((await silent.sender.send(mail)).kind, 'not_now');
});

test('a notice whose first try met a busy server leaves at the second, once, under its own id [FX-3]', async (t) => {
  const { database, tools, clock } = await testDatabase(t, { startAt: '2026-12-01T17:00:00Z' });
  await applyOnce(tools, sampleEvent('orders.applied', { contacts: { email: 'li@example.org' } }), sampleHouse);
  let isBusy = true;
  const { sender, received } = await smtpServer(t, (command) => (isBusy && command === 'RCPT' ? '451 greylisted' : undefined));
  assert.equal((await sendWaiting(tools, { mail: sender })).notNow, 1);
  isBusy = false;
  assert.equal((await sendWaiting(tools, { mail: sender })).sent, 0);
  clock.advance(RETRY_AFTER_MS[0] ?? 0);
  assert.equal((await sendWaiting(tools, { mail: sender })).sent, 1);
  clock.advance(RETRY_AFTER_MS[1] ?? 0);
  await sendWaiting(tools, { mail: sender });
  const [notice] = await listNotices(database, {});
  assert.deepEqual([notice?.state, notice?.attempts, received.length], ['sent', 2, 1]);
  const { headers } = readMessage(received[0]?.data ?? '');
  assert.equal(headers.get('message-id'), `<${formatId('ntc', notice?.noticeId ?? 0n)}@northwind.example>`);
});

test('one address is one address: nobody is added to a mail', async (t) => {
  const { sender, received } = await smtpServer(t);
  for (const to of ['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', 'Li <a@example.org>', '"a b"@example.org', '']) {
    assert.equal((await sender.send({ ...mail, to })).kind, 'never', to);
  }
  await sender.send({ ...mail, subject: 'Hello\r\nBcc: b@example.org' });
  assert.equal(received.length, 1);
  assert.equal(readMessage(received[0]?.data ?? '').headers.has('bcc'), false);
});

test('a dot alone on a line does not end the mail early', async (t) => {
  const { sender, received } = await smtpServer(t);
  await sender.send({ ...mail, text: 'one\n.\ntwo', html: '<p>x</p>' });
  assert.match(readMessage(received[0]?.data ?? '').parts.get('text/plain') ?? '', /^one\r?\n\.\r?\ntwo/);
});

test('a wrong setting is told at once, in plain words, without the password', () => {
  const from = { name: 'N', address: 'n@example.org' };
  for (const url of ['mail.example.org', 'http://user:secret@mail.example.org', ''])
    assert.throws(
      () => createSmtpSender({ url, from }),
      (error: Error) => /^SMTP_URL is not an address/.test(error.message) && !error.message.includes('secret'),
    );
  assert.throws(() => createSmtpSender({ url: 'smtp://localhost', from: { name: 'N', address: 'nobody' } }), /not an e-mail address/);
});
