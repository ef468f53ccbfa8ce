/**
 * How soon a line that ran out of data is served again: from "pay" to the answer that brings its session the first quota of what
 * was bought, as its packet core sees it. Cores behave as each profile says, over real sockets, in real time.
 */
import { confirmByNetwork, savePeer } from '#domain/charging';
import { reportUse } from '#domain/lines';
import { linkSim, stockSim } from '#domain/sims';
import { assert, present } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { PacketCore } from '#simulators/packet-core';
import { type Network, openNetwork } from '../start/index.ts';
import { addCustomer, type Customer, payQuote, reviewRenewal } from './customers.ts';
import { type BenchHouse, withBenchHouse } from './open-bench-house.ts';

export type RestoreBench = {
  readonly profiles: {
    readonly standard: Restored;
    readonly free5gc: Restored;
    /** The review page is opened ten seconds before. */
    readonly open5gs: Restored;
    /** The same without: the page is opened and paid at once. */
    readonly open5gs_unannounced: Restored;
  };
  readonly lines: number;
};
type Restored = { readonly p50_s: number; readonly p99_s: number; readonly max_s: number };
type Way = { readonly profile: 'standard' | 'free5gc' | 'open5gs'; readonly reviewMs: number };

const REVIEW_MS = 10_000;
const WAIT_MS_MAX = 60_000;
/** Between one line's beginning and the next one's. */
const STAGGER_MS = 150;
const LOOK_EVERY_MS = 2;

export async function benchRestore({
  home,
  lines,
  print,
}: {
  home: string;
  lines: number;
  print: (line: string) => void;
}): Promise<RestoreBench> {
  return withBenchHouse({ home, connectionsMax: 16, print }, async (opened) => {
    const { house, connection } = opened;
    const network = await openNetwork({
      ...{ house, connection, host: '127.0.0.1', port: 0, originHost: 'ocs.bench.example', originRealm: 'bench.example' },
      ...{ nchf: { port: 0, host: '127.0.0.1', tls: undefined }, nrf: undefined },
    });
    try {
      const restore = (no: number, way: Way) => restoreLines(opened, network, { ...way, no, lines, print });
      return {
        profiles: {
          standard: await restore(1, { profile: 'standard', reviewMs: 0 }),
          free5gc: await restore(2, { profile: 'free5gc', reviewMs: 0 }),
          open5gs: await restore(3, { profile: 'open5gs', reviewMs: REVIEW_MS }),
          open5gs_unannounced: await restore(4, { profile: 'open5gs', reviewMs: 0 }),
        },
        lines,
      };
    } finally {
      await network.close();
    }
  });
}

type Round = Way & { readonly no: number; readonly lines: number; readonly print: (line: string) => void };
type Served = Customer & { readonly imsi: string };

async function restoreLines(opened: BenchHouse, network: Network, { profile, reviewMs, no, lines, print }: Round): Promise<Restored> {
  const { house, log } = opened;
  print(`${lines} lines run out of data at a core that behaves as ${profile}${reviewMs > 0 ? ', review pages opened before' : ''}.`);
  const served: Served[] = [];
  for (let line = 0; line < lines; line += 1) served.push(await addRunDry(opened, no * 1000 + line));
  const originHost = `core${no}.bench.example`;
  const door = profile === 'free5gc' ? 'nchf' : 'gy';
  const peer = { originHost, door, profile, addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false, requestsMax: 1000 } as const;
  assert(!isRefusal(await savePeer(house.tools, peer, { actor: 'job:bench', reason: 'bench' })), 'the bench lets its packet core in');
  // The list of peers is read once a second.
  await pause(1500);
  const port = door === 'nchf' ? network.nchf.port : present(network.gy.ports[0], 'the door listens');
  const core = new PacketCore({
    ...{ host: '127.0.0.1', port, originHost, profile, door, clock: house.tools.clock, log },
    subscribers: served.map(({ imsi }) => ({ imsi, traffic: { kind: 'steady', kbps: 400 } as const })),
  });
  try {
    core.run();
    for (const session of core.sessions) session.start();
    await until(() => core.sessions.every(({ phase }) => phase === 'open'));
    // Paces that are known, and asks that do not all fall together.
    await pause(12_000);
    const seconds = await Promise.all(
      served.map(async (customer, index) => {
        await pause(index * STAGGER_MS);
        return restoreOne(opened, core, customer, reviewMs);
      }),
    );
    return summary(seconds);
  } finally {
    await core.close();
  }
}

async function restoreOne({ house }: BenchHouse, core: PacketCore, customer: Served, reviewMs: number): Promise<number> {
  const quote = await reviewRenewal(house, customer);
  await pause(reviewMs);
  const session = present(core.find(customer.imsi), 'the line has a session');
  const seen: { readonly granted: bigint; readonly at: Date }[] = [];
  const look = () => {
    const { granted } = session.totals;
    if (granted !== (seen.at(-1)?.granted ?? granted)) seen.push({ granted, at: house.tools.clock.transport() });
    if (seen.length === 0) seen.push({ granted, at: house.tools.clock.transport() });
  };
  look();
  const looking = setInterval(look, LOOK_EVERY_MS);
  try {
    const pressedAt = house.tools.clock.transport();
    const order = await payQuote(house, customer, quote, { kind: 'saved', savedMethodId: customer.savedMethodId });
    const appliedAt = present(order.appliedAt, 'an applied order says when');
    const until = new Date(pressedAt.getTime() + WAIT_MS_MAX);
    for (;;) {
      const { grantedAt } = await confirmByNetwork(house.tools.database, {
        ...customer.line,
        effectiveAt: appliedAt,
        since: pressedAt,
        until,
      });
      const arrived = grantedAt === null ? undefined : seen.slice(1).find(({ at }) => at >= grantedAt);
      if (arrived !== undefined) return (arrived.at.getTime() - pressedAt.getTime()) / 1000;
      assert(house.tools.clock.transport() < until, `data comes back to ${customer.imsi}`);
      await pause(20);
    }
  } finally {
    clearInterval(looking);
  }
}

/** A customer whose data is used up, with a SIM the core can name. */
async function addRunDry({ house }: BenchHouse, no: number): Promise<Served> {
  const customer = await addCustomer(house, `+1206${5_000_000 + no}`);
  const imsi = `310260${`${no}`.padStart(9, '0')}`;
  const iccid = withCheckDigit(`890126${`${no}`.padStart(12, '0')}`);
  await house.tools.database.transaction(async (tx) => {
    assert(!isRefusal(await stockSim(tx, { iccid, imsi })), 'the bench stocks a SIM');
    assert(
      (await linkSim(tx, { ...customer.line, iccid, at: house.tools.clock.business() })) === undefined,
      'the SIM is put into its line',
    );
  });
  const use = { ...customer.line, key: `dry/${no}`, service: 'data', zone: 'home', quantity: 5_000_000_000n } as const;
  assert(!isRefusal(await reportUse(house.tools, house.catalog.latest(), use)), 'the bench uses the data up');
  return { ...customer, imsi };
}

/** By Luhn (ITU-T E.118). */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

async function until(isSo: () => boolean): Promise<void> {
  const untilMs = performance.now() + WAIT_MS_MAX;
  while (!isSo()) {
    assert(performance.now() < untilMs, 'sessions begin within a minute');
    await pause(100);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function summary(seconds: readonly number[]): Restored {
  const sorted = seconds.toSorted((one, other) => one - other);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 1000) / 1000;
  return { p50_s: at(0.5), p99_s: at(0.99), max_s: at(1) };
}
