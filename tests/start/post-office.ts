/** An SMTP server that takes everything and keeps it: what really left, as it left. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export type PostOffice = {
  /** For SMTP_URL. */
  readonly url: string;
  /** Whole messages, their lines unfolded and their quoted-printable and base64 parts readable, with who they are to. */
  readonly received: { readonly to: string; readonly text: string }[];
};

export async function postOffice(t: { after(end: () => void): void }): Promise<PostOffice> {
  const received: { to: string; text: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let waiting = '';
    let to = '';
    let inData = false;
    const answer = (line: string) => void socket.write(`${line}\r\n`);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      waiting += chunk.toString('latin1');
      for (;;) {
        const mark = inData ? '\r\n.\r\n' : '\r\n';
        const end = waiting.indexOf(mark);
        if (end < 0) return;
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + mark.length);
        const word = line.slice(0, 4).toUpperCase();
        if (inData) received.push({ to, text: readable(line) });
        else if (word === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        inData = !inData && word === 'DATA';
        answer(inData ? '354 go on' : word === 'QUIT' ? '221 bye' : '250 ok');
      }
    });
    answer('220 post.example ESMTP');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { url: `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, received };
}

function readable(message: string): string {
  return message
    .split(/\r\n--[^\r\n]+/)
    .map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      const body = rest.join('\r\n\r\n');
      if (/encoding: base64/i.test(head)) return `${head}\n\n${Buffer.from(body, 'base64').toString('utf8')}`;
      const bytes = body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return `${head}\n\n${Buffer.from(bytes, 'latin1').toString('utf8')}`;
    })
    .join('\n');
}
