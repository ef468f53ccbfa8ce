/**
 * How a packet core behaves towards its charging system: data, one entry a core that is known from its own sources. They
 * are the stranger's habits, not our door's idea of them: the door has profiles of its own (domain/charging), and the two
 * meet only on the socket.
 */

export type CoreProfile = {
  readonly code: 'standard' | 'open5gs' | 'free5gc';
  /** What it can speak; the first unless it is told. */
  readonly doors: readonly ('gy' | 'nchf')[];
  /** Service-Context-Id of its requests (TS 32.299 §7.1.12). */
  readonly serviceContext: string;
  /** Multiple-Services-Indicator. */
  readonly multipleServices: 0 | 1;
  /** Requests name their services; else one service without a name is meant. */
  readonly namesServices: boolean;
  /** A Requested-Action stands in every request, where RFC 8506 §8.41 wants it in events alone. */
  readonly sendsRequestedAction: boolean;
  /** CC-Total-Octets asked for; null: an empty Requested-Service-Unit, the server decides (RFC 8506 §8.18). */
  readonly asksOctets: bigint | null;
  /** Use is reported as input and output with its seconds, or as one total. */
  readonly reportsDirections: boolean;
  /** Says why it reports (TS 32.299 §7.2.175). */
  readonly sendsReportingReason: boolean;
  /** Nothing passes beyond the quota. Else traffic goes on until the next answer, and used > granted. */
  readonly stopsAtQuota: boolean;
  /** Reports when as much as Volume-Quota-Threshold is left; else at the end of the quota. */
  readonly readsThreshold: boolean;
  /** Gives a quota back that nothing used for Quota-Holding-Time (TS 32.299 §7.2.157). */
  readonly readsHoldingTime: boolean;
  /** Final-Unit-Indication is understood: the end, a redirection or a restriction is enforced after the last quota; else the session ends at its next report. */
  readonly readsFinalUnit: boolean;
  /** Reports and asks again after a Re-Auth-Request; else answers 2001 and that is all. */
  readonly obeysReauthorisation: boolean;
  /** Ends the session after an Abort-Session-Request; else does not know the command. */
  readonly obeysAbort: boolean;
  /** Any result but 2001, at either level, ends the session; else the service is blocked and asked for again. */
  readonly endsAtRefusal: boolean;
  /** Its policy function asks how a subscriber stands (Sy, or the spending limit of 5G), and sets the speed; else nobody does, but its page. */
  readonly asksPolicy: boolean;
  /** A speed that a policy function sets is held. */
  readonly enforcesSpeed: boolean;
  /** The first request of a session asks for its first quota; else that comes with the first use. */
  readonly asksAtBeginning: boolean;
  /** A blocked service asks again by itself; else only when it is told to. */
  readonly asksWhenBlocked: boolean;
  /** Requests are numbered (Nchf). */
  readonly numbersRequests: boolean;
  /** Validity-Time is kept. */
  readonly readsValidity: boolean;
  /** A threshold is taken for how much may be used before the report, not for how much is left then. */
  readonly thresholdIsUse: boolean;
  /** A quota counts only where the answer lists its trigger (Nchf). */
  readonly needsTriggers: boolean;
  /** How long a subscriber or a blocked service waits before the next try. */
  readonly askAgainSeconds: number;
};

const ORDINARY = {
  asksAtBeginning: true,
  asksWhenBlocked: true,
  numbersRequests: true,
  readsValidity: true,
  thresholdIsUse: false,
  needsTriggers: false,
} as const;

export const CORE_PROFILES = {
  standard: {
    code: 'standard',
    doors: ['gy', 'nchf'],
    serviceContext: '8.32251@3gpp.org',
    multipleServices: 1,
    namesServices: true,
    sendsRequestedAction: false,
    asksOctets: null,
    reportsDirections: false,
    sendsReportingReason: true,
    stopsAtQuota: true,
    readsThreshold: true,
    readsHoldingTime: true,
    readsFinalUnit: true,
    obeysReauthorisation: true,
    obeysAbort: true,
    endsAtRefusal: false,
    asksPolicy: true,
    enforcesSpeed: true,
    ...ORDINARY,
    askAgainSeconds: 20,
  },
  /** The SMF of Open5GS on the side of 4G, by its src/smf/gy-path.c and gy-handler.c. */
  open5gs: {
    code: 'open5gs',
    doors: ['gy'],
    serviceContext: '32251@3gpp.org',
    multipleServices: 0,
    namesServices: false,
    sendsRequestedAction: true,
    asksOctets: 1_000_000n,
    reportsDirections: true,
    sendsReportingReason: true,
    stopsAtQuota: false,
    readsThreshold: true,
    readsHoldingTime: false,
    readsFinalUnit: false,
    obeysReauthorisation: false,
    obeysAbort: false,
    endsAtRefusal: true,
    // Its PCRF speaks Gx and Rx alone (src/pcrf/pcrf-fd-path.c).
    asksPolicy: false,
    enforcesSpeed: true,
    ...ORDINARY,
    askAgainSeconds: 20,
  },
  /** The SMF of free5GC, by its internal/sbi/processor/charging_trigger.go and internal/sbi/consumer/chf_service.go. */
  free5gc: {
    code: 'free5gc',
    doors: ['nchf'],
    serviceContext: '',
    multipleServices: 1,
    namesServices: true,
    sendsRequestedAction: false,
    asksOctets: 1_000n,
    reportsDirections: true,
    sendsReportingReason: true,
    stopsAtQuota: true,
    readsThreshold: true,
    readsHoldingTime: false,
    readsFinalUnit: false,
    obeysReauthorisation: true,
    obeysAbort: false,
    endsAtRefusal: false,
    // Its PCF asks for no spending limit; that of somebody else may stand beside it (`pcf`).
    asksPolicy: false,
    enforcesSpeed: true,
    asksAtBeginning: false,
    asksWhenBlocked: false,
    numbersRequests: false,
    readsValidity: false,
    thresholdIsUse: true,
    needsTriggers: true,
    askAgainSeconds: 20,
  },
} as const satisfies Record<string, CoreProfile>;
