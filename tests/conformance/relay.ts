/** freeDiameter as a relay between a client and us: a program that others wrote, with a configuration as its operators write it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '#tests/diameter';

export const RELAY = 'relay.epc.example';
const READY_MS_MAX = 30_000;

/** Why there is none, for a test to skip with; false where it is there. */
export function relayAbsent(): string | false {
  // Without arguments that it knows it says how it is used, and ends.
  return spawnSync('freeDiameterd', ['--version']).error === undefined
    ? false
    : 'freeDiameterd is not on this machine (Debian: apt-get install freediameter)';
}

export type Relay = { readonly port: number; stop(): Promise<void> };

/** Connected with us when it settles; lets in whoever comes from its own realm. */
export async function startRelay({ port, originHost }: { readonly port: number; readonly originHost: string }): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), 'everline-relay-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const { key, cert } = makeCertificate(RELAY);
  const certificate = file('cert.pem', cert);
  const ownPort = await freePort();
  const configuration = file(
    'relay.conf',
    `Identity = "${RELAY}";
Realm = "epc.example";
Port = ${ownPort};
SecPort = 0;
No_SCTP;
ListenOn = "127.0.0.1";
TLS_Cred = "${certificate}", "${file('key.pem', key)}";
TLS_CA = "${certificate}";
TLS_DH_File = "${file('dh.pem', DH)}";
LoadExtension = "acl_wl.fdx" : "${file('acl.conf', 'ALLOW_IPSEC *.epc.example\n')}";
ConnectPeer = "${originHost}" { ConnectTo = "127.0.0.1"; Port = ${port}; No_TLS; };
`,
  );
  const child = spawn('freeDiameterd', ['-c', configuration], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    await kill(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilConnected(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: ownPort, stop };
}

function untilConnected(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`the relay is not connected in time: ${said}`)), READY_MS_MAX);
    const hear = (octets: Buffer) => {
      said += `${octets}`;
      if (!/STATE_OPEN/.test(said)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the relay ended (${code}): ${said}`)));
  });
}

function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The group ffdhe2048 of RFC 7919, which anybody may use: making one of its own takes the relay a minute. */
const DH = `-----BEGIN DH PARAMETERS-----
MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
+8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
-----END DH PARAMETERS-----
`;
