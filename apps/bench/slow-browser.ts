/** A Chromium on an emulated slow line, driven over its own protocol: a bench may not need what only tests install. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--remote-debugging-port=0',
];
const STEP_MS_MAX = 60_000;

export type SlowBrowser = {
  call(method: string, parameters?: object): Promise<Readonly<Record<string, unknown>>>;
  /** The value of an expression on the page. */
  value(expression: string): Promise<unknown>;
  /** Does something that leads to another page, and waits until that one is loaded. */
  follow(step: () => Promise<unknown>): Promise<void>;
  close(): void;
};

/** `CHROMIUM`, else the machine's own; undefined where there is none. */
export function findBrowser(environment: NodeJS.ProcessEnv): string | undefined {
  const names = environment['CHROMIUM'] === undefined ? NAMES : [environment['CHROMIUM']];
  return names.find((name) => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

export async function openSlowBrowser(program: string, folder: string, line: { kbps: number; latencyMs: number }): Promise<SlowBrowser> {
  const child = spawn(program, [...FLAGS, `--user-data-dir=${join(folder, 'chromium')}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    return await connect(child, line);
  } catch (error) {
    child.kill();
    throw error;
  }
}

async function connect(child: ChildProcess, { kbps, latencyMs }: { kbps: number; latencyMs: number }): Promise<SlowBrowser> {
  const socket = new WebSocket(await addressOf(child));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('the browser does not take our connection')));
  });
  type Told = { id?: number; method?: string; result?: Record<string, unknown>; error?: { message: string } };
  const waiting = new Map<number, (told: Told) => void>();
  let loaded = () => {};
  socket.addEventListener('message', ({ data }) => {
    const told = JSON.parse(String(data)) as Told;
    if (told.id !== undefined) waiting.get(told.id)?.(told);
    if (told.method === 'Page.loadEventFired') loaded();
  });
  let asked = 0;
  const send = (method: string, params: object, sessionId?: unknown) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      asked += 1;
      waiting.set(asked, ({ result = {}, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
      socket.send(JSON.stringify({ id: asked, method, params, sessionId }));
    });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const call = (method: string, parameters: object = {}) => send(method, parameters, sessionId);
  await Promise.all([call('Page.enable'), call('Network.enable')]);
  const bytesPerSecond = (kbps * 1000) / 8;
  const speed = { latency: latencyMs, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
  await call('Network.emulateNetworkConditions', { offline: false, ...speed });
  return {
    call,
    async value(expression) {
      const { result } = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      return (result as { value?: unknown } | undefined)?.value;
    },
    async follow(step) {
      let late: NodeJS.Timeout | undefined;
      const there = new Promise<void>((resolve, reject) => {
        loaded = resolve;
        late = setTimeout(() => reject(new Error('the page did not load')), STEP_MS_MAX);
      });
      await step();
      await there.finally(() => clearTimeout(late));
    },
    close() {
      socket.close();
      child.kill();
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.on('error', reject).on('exit', () => reject(new Error(`the browser ended: ${said.slice(-300)}`)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}
