/**
 * The policy function of the core (PCRF, PCF): it asks how each subscriber stands, is told when that changes, and sets the speed by
 * its operator's rules. By which protocol it asks is its door's: Sy (3GPP TS 29.219) or the spending limit of 5G (TS 29.594).
 */
import type { Session, SessionFacts } from './session.ts';

/** `name`: what both call this watch; ours, and never used again. */
export type PolicyDoor = {
  readonly isConnected: boolean;
  /** The status of the counter as it stands; undefined: the watch did not begin. */
  open(name: string, facts: SessionFacts): Promise<PolicyStatus | undefined>;
  end(name: string): Promise<void>;
};

/** `pending`: the statuses that it will have, and from when on, soonest first. */
export type PolicyStatus = {
  readonly status: string | undefined;
  readonly pending: readonly { readonly status: string | undefined; readonly atMs: number }[];
};
export const NO_STATUS: PolicyStatus = { status: undefined, pending: [] };

export type PolicyTools = {
  readonly door: PolicyDoor;
  readonly now: () => number;
  readonly newName: () => string;
  readonly inBackground: (work: Promise<unknown>) => void;
  readonly askAgainSeconds: number;
};

/** The counter that its operator's rules are made of. */
export const COUNTER = 'data';

/** What its operator would write down: the speed is the number at the end of the status; any other status sets none. */
export function speedOf(status: string | undefined): number | undefined {
  const [, kbps] = /^throttled-(\d+)$/.exec(status ?? '') ?? [];
  return kbps === undefined ? undefined : Number(kbps);
}

type Asked = { readonly name: string; isOpen: boolean; isBusy: boolean; tryAgainMs: number; told: PolicyStatus };

export class PolicyFunction {
  readonly #tools: PolicyTools;
  readonly #asked = new Map<Session, Asked>();

  constructor(tools: PolicyTools) {
    this.#tools = tools;
  }

  /** The status that the counter has by what it was told last. */
  statusOf(session: Session): string | undefined {
    return this.#asked.get(session)?.told.status;
  }

  /** Time has passed: whoever is attached is asked about, whoever is not is let go of. */
  look(session: Session): void {
    const asked = this.#asked.get(session);
    const { door, now, inBackground } = this.#tools;
    if (asked !== undefined) pass(session, asked, now());
    if (asked?.isBusy || !door.isConnected) return;
    if (session.isAttached) {
      if (asked === undefined || (!asked.isOpen && now() >= asked.tryAgainMs)) inBackground(this.#begin(session));
    } else if (asked?.isOpen) inBackground(this.#end(session, asked));
  }

  /** A change was told; undefined: of another counter. False: nobody asked under this name. */
  hear(name: string, told: PolicyStatus | undefined): boolean {
    const found = this.#find(name);
    if (found !== undefined && told !== undefined) apply(...found, told);
    return found !== undefined;
  }

  /** The charging system says that there is nothing more to watch: asked again in a while, as long as the subscriber is there. */
  hearEnd(name: string): boolean {
    const found = this.#find(name);
    if (found === undefined) return false;
    const [session, asked] = found;
    asked.isOpen = false;
    asked.tryAgainMs = this.#tools.now() + this.#tools.askAgainSeconds * 1000;
    apply(session, asked, NO_STATUS);
    return true;
  }

  #find(name: string): [Session, Asked] | undefined {
    return [...this.#asked].find(([, asked]) => asked.name === name);
  }

  async #begin(session: Session): Promise<void> {
    const { newName, door, now, askAgainSeconds } = this.#tools;
    const asked: Asked = { name: newName(), isOpen: false, isBusy: true, tryAgainMs: 0, told: NO_STATUS };
    this.#asked.set(session, asked);
    const answer = await door.open(asked.name, session.facts);
    asked.isBusy = false;
    asked.tryAgainMs = now() + askAgainSeconds * 1000;
    if (answer === undefined) return;
    asked.isOpen = true;
    // What was told meanwhile is younger than the answer.
    if (asked.told === NO_STATUS) apply(session, asked, answer);
  }

  async #end(session: Session, asked: Asked): Promise<void> {
    asked.isBusy = true;
    await this.#tools.door.end(asked.name);
    this.#asked.delete(session);
    session.speedKbps = undefined;
  }
}

/** What was to come before is let go of. */
function apply(session: Session, asked: Asked, told: PolicyStatus): void {
  asked.told = told;
  session.speedKbps = speedOf(told.status);
}

/** What was told ahead comes by itself. */
function pass(session: Session, asked: Asked, nowMs: number): void {
  const { pending } = asked.told;
  const come = pending.filter(({ atMs }) => atMs <= nowMs);
  if (come.length > 0) apply(session, asked, { status: come.at(-1)?.status, pending: pending.slice(come.length) });
}
