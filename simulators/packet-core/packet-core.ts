/**
 * The packet core: its subscribers' sessions, their time, and the link to the charging system. Time is its own: a test
 * moves it (`advance`), a program lets it run, as fast as it is told.
 */
import { hash } from 'node:crypto';
import { present } from '#platform/assert';
import type { Clock } from '#platform/clock';
import type { Log } from '#platform/log';
import { type Random, seededRandom } from '#platform/random';
import { SpendingLimitDoor } from './ask-by-spending-limit.ts';
import { hearBySy, syDoor } from './ask-by-sy.ts';
import { Courier, type Disorder, ORDER } from './courier.ts';
import { type Exchange, GyLink } from './gy-link.ts';
import type { CoreLink, CoreOutcome } from './link.ts';
import { NchfLink } from './nchf-link.ts';
import { type PolicyDoor, PolicyFunction } from './policy-function.ts';
import { CORE_PROFILES, type CoreProfile } from './profiles.ts';
import { Session, type SessionTools } from './session.ts';
import { type App, Subscriber, type Traffic } from './traffic.ts';
import type { CoreRequest } from './write-request.ts';

export type SubscriberOptions = {
  readonly imsi: string;
  /** "+12065550142" */
  readonly e164?: string | undefined;
  /** MCC and MNC of the network it is in; undefined: the request does not say. */
  readonly visitedNetwork?: string | undefined;
  readonly traffic?: Traffic | undefined;
};

type Node = { readonly host: string; readonly port: number };

export type PacketCoreOptions = {
  readonly host: string;
  readonly port: number;
  /** Further nodes of the same charging system: each request goes to any that is connected, and so does its repeat. */
  readonly others?: readonly Node[] | undefined;
  /** Over Gy: told of each request that was sent to which of the nodes, by its place among them, with what came of it. */
  readonly onExchange?: ((exchange: Exchange & { readonly node: number }) => void) | undefined;
  /** What the core calls itself: Origin-Host, or a consumer's name. */
  readonly originHost: string;
  /** What it speaks; the first that its profile can unless told. */
  readonly door?: 'gy' | 'nchf' | undefined;
  /** Over Nchf: an NRF that says where the charging system is, and gives tokens for it. */
  readonly nrfUrl?: string | undefined;
  readonly profile?: CoreProfile['code'] | undefined;
  /** Over Nchf: a PCF asks for spending limits, also where that of the profile's own make does not. */
  readonly pcf?: boolean | undefined;
  readonly subscribers: readonly SubscriberOptions[];
  readonly seed?: number | undefined;
  /** Where its own time begins; the present unless told. */
  readonly startAt?: Date | undefined;
  readonly zoneHours?: number | undefined;
  /** Rating group by app, for cores that name services; the first group serves what has none of its own. */
  readonly ratingGroups?: RatingGroups | undefined;
  readonly disorder?: Partial<Disorder> | undefined;
  /** Real milliseconds between two tries of a request that was not answered. */
  readonly txMs?: number | undefined;
  readonly triesMax?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
};

/** `portal`: of the pages that a line whose quota is used is led to. */
export type RatingGroups = { readonly first: number; readonly portal?: number } & Partial<Readonly<Record<App, number>>>;

const USUAL: Traffic = { kind: 'usual', appetite: 1 };
const SLICE_MS = 1_000;
/** What a program that was held up for long makes up for at once. */
const CATCH_UP_MS_MAX = 60_000;
const TURN_MS = 250;

export class PacketCore {
  readonly profile: CoreProfile;
  /** To the charging nodes; the first is asked for policy. */
  readonly links: readonly CoreLink[];
  readonly door: 'gy' | 'nchf';
  readonly courier: Courier;
  /** Where its profile has one, or it was given one. */
  readonly policy: PolicyFunction | undefined;
  /** By which that asks in 5G. */
  readonly #limits: SpendingLimitDoor | undefined;
  readonly sessions: readonly Session[];
  nowMs: number;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #originHost: string;
  /** Session-Ids are not to come again after a restart (RFC 6733 §8.8). */
  readonly #startedSeconds: number;
  #sessionCount = 0;
  #turning: NodeJS.Timeout | undefined;
  readonly #chance: Random;

  constructor(options: PacketCoreOptions) {
    const { originHost, clock, log, seed = 1, zoneHours = 0 } = options;
    this.profile = CORE_PROFILES[options.profile ?? 'standard'];
    this.#originHost = originHost;
    this.#startedSeconds = Math.floor(clock.transport().getTime() / 1000);
    this.nowMs = (options.startAt ?? clock.transport()).getTime();
    this.door = options.door ?? this.profile.doors[0] ?? 'gy';
    const { profile } = this;
    const common = { originHost, profile, log, onAsked: this.#asked.bind(this) };
    const originRealm = originHost.slice(originHost.indexOf('.') + 1);
    const gyTo = ({ host, port }: Node, node: number) =>
      new GyLink({
        ...{ ...common, host, port, clock, originRealm },
        onStatus: (told) => hearBySy(this.policy, told),
        onExchange: (exchange) => options.onExchange?.({ ...exchange, node }),
      });
    const nodes = [options, ...(options.others ?? [])];
    const gys = this.door === 'gy' ? nodes.map(gyTo) : [];
    this.links = gys.length > 0 ? gys : nodes.map(({ host, port }) => new NchfLink({ ...common, host, port, nrfUrl: options.nrfUrl }));
    const [gy] = gys;
    // Another chance than the courier's: which node is asked changes nothing of what is lost.
    this.#chance = seededRandom(seed + 1);
    const inBackground = (work: Promise<unknown>) => this.#follow(work);
    this.courier = new Courier({
      ...{ random: seededRandom(seed), txMs: options.txMs ?? 10_000, triesMax: options.triesMax ?? 3, inBackground },
      send: (request, isRetransmitted) => this.#send(request, isRetransmitted),
    });
    this.setDisorder(options.disorder ?? {});
    const { ratingGroups = { first: 10 } } = options;
    const tools: SessionTools = {
      ...{ profile: this.profile, courier: this.courier, inBackground },
      now: () => this.nowMs,
      newSessionId: () => this.#newSessionId(`app_${this.door}`),
      portalGroup: this.profile.namesServices ? ratingGroups.portal : undefined,
      ratingGroupOf: (app) => (this.profile.namesServices ? (ratingGroups[app] ?? ratingGroups.first) : undefined),
    };
    const asksLimits = this.door === 'nchf' && (profile.asksPolicy || options.pcf === true);
    this.#limits = asksLimits ? new SpendingLimitDoor({ ...options, policy: () => this.policy }) : undefined;
    const door = this.#limits ?? (gy && profile.asksPolicy ? syDoor(gy) : undefined);
    this.policy = door && this.#policyOver(door);
    this.sessions = options.subscribers.map(({ imsi, e164, visitedNetwork, traffic = USUAL }) => {
      // Each by its own chance: one more subscriber changes nothing for the others.
      const random = seededRandom(hash('md5', `${seed}/${imsi}`, 'buffer').readUInt32BE(0));
      return new Session(tools, { imsi, e164, visitedNetwork }, new Subscriber(random, zoneHours, traffic));
    });
  }

  #policyOver(door: PolicyDoor): PolicyFunction {
    return new PolicyFunction({
      ...{ door, askAgainSeconds: this.profile.askAgainSeconds },
      now: () => this.nowMs,
      newName: () => this.#newSessionId(this.door === 'gy' ? 'app_sy' : 'limit'),
      inBackground: (work) => this.#follow(work),
    });
  }

  find(imsi: string): Session | undefined {
    return this.sessions.find(({ facts }) => facts.imsi === imsi || facts.e164 === imsi);
  }

  setDisorder(disorder: Partial<Disorder>): void {
    this.courier.disorder = { ...ORDER, ...disorder };
  }

  /** Moves its time on, and waits after each second of it until everything that was asked is answered. */
  async advance(ms: number): Promise<void> {
    await this.connect();
    for (let left = ms; left > 0; left -= SLICE_MS) {
      this.pass(Math.min(left, SLICE_MS));
      await this.settle();
    }
  }

  /** Whether any node answers, after the attempts under way. */
  async connect(): Promise<boolean> {
    return (await Promise.all(this.links.map((link) => link.connect()))).includes(true);
  }

  /** Time goes by, and nothing is waited for: for whoever turns it by hand. */
  pass(ms: number): void {
    this.nowMs += ms;
    for (const session of this.sessions) {
      session.pass(ms);
      this.policy?.look(session);
    }
  }

  /** Until nothing is under way; what is held back stays so. */
  async settle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Lets time run, `speed` times as fast as real time. */
  run(speed = 1): void {
    let beforeMs = performance.now();
    void this.connect();
    this.#turning = setInterval(() => {
      const nowMs = performance.now();
      let left = Math.min((nowMs - beforeMs) * speed, CATCH_UP_MS_MAX);
      beforeMs = nowMs;
      for (; left > 0 && this.links.some(({ isReady }) => isReady); left -= SLICE_MS) this.pass(Math.min(left, SLICE_MS));
    }, TURN_MS);
  }

  /** Ends every session in order, and lets arrive what was overtaken. */
  async stopAll(): Promise<void> {
    for (const session of this.sessions) session.stop();
    await this.settle();
    // One that was asking when it was told to stop ends only now.
    for (const session of this.sessions) {
      session.pass(0);
      this.policy?.look(session);
    }
    await this.settle();
    this.courier.releaseAll();
    await this.settle();
  }

  async close(): Promise<void> {
    clearInterval(this.#turning);
    if (this.links.some(({ isConnected }) => isConnected)) await this.stopAll();
    await Promise.all([...this.links, ...(this.#limits ? [this.#limits] : [])].map((one) => one.close()));
  }

  /** Loses power: its sessions are told to nobody. Another life of it begins with another PacketCore. */
  async crash(): Promise<void> {
    clearInterval(this.#turning);
    await Promise.all([...this.links.map((link) => link.drop()), this.#limits?.close()]);
  }

  /** To any node that is connected, else to any: it may come meanwhile. */
  #send(request: CoreRequest, isRetransmitted: boolean): Promise<CoreOutcome> {
    const connected = this.links.filter(({ isConnected }) => isConnected);
    const among = connected.length > 0 ? connected : this.links;
    const link = present(among[this.links.length === 1 ? 0 : this.#chance.below(among.length)], 'a core has a charging node');
    return link.request(request, isRetransmitted);
  }

  #asked(what: 'reauthorise' | 'abort', sessionId: string): boolean {
    const session = this.sessions.find((one) => one.sessionId !== undefined && one.sessionId === sessionId);
    if (session === undefined) return false;
    // After the answer, as the standard has it (RFC 8506 §5.5).
    if (what === 'abort') {
      if (this.profile.obeysAbort) setImmediate(() => session.abort());
    } else if (this.profile.obeysReauthorisation) setImmediate(() => session.reauthorise());
    return true;
  }

  #follow(work: Promise<unknown>): void {
    const followed = work.finally(() => this.#underWay.delete(followed));
    this.#underWay.add(followed);
  }

  #newSessionId(application: string): string {
    this.#sessionCount += 1;
    return `${this.#originHost};${this.#startedSeconds};${this.#sessionCount};${application}`;
  }
}
