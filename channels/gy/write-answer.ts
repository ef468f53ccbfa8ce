/** What charging decided, as a Credit-Control-Answer (RFC 8506 §3.2, 3GPP TS 32.299 §6.4.3). */
import { type Answer, APPLICATION, type Avp, type Avps, avp, type Message, valuesOf } from '#channels/diameter';
import { type AnsweredItem, type ChargingAnswer, RESULTS, type ServiceKind } from '#domain/charging';

const REDIRECT = valuesOf('Redirect-Address-Type');
const FINAL = valuesOf('Final-Unit-Action');
const FAILURE = valuesOf('Credit-Control-Failure-Handling');
const FAILOVER = valuesOf('CC-Session-Failover');

export type GyTerms = {
  /** Where a line whose last quota is used, or that has none to begin with, may go on to, for peers that enforce it; undefined: its service ends. */
  readonly redirectUrl?: string;
};

export function writeChargingAnswer(message: Message, kind: ServiceKind, answer: ChargingAnswer, terms: GyTerms): Answer {
  const multiple = message.has('Multiple-Services-Credit-Control');
  const items = answer.items.map((item) => serviceOf(item, kind, terms));
  return {
    resultCode: RESULTS[answer.result].diameter,
    avps: [
      ...requestEcho(message),
      avp('CC-Session-Failover', FAILOVER.FAILOVER_SUPPORTED),
      // An outage means no data, not free data: what is granted goes on, and no more is given.
      avp('Credit-Control-Failure-Handling', FAILURE.RETRY_AND_TERMINATE),
      answer.refundInformation === undefined ? undefined : avp('Refund-Information', Buffer.from(answer.refundInformation, 'latin1')),
      ...(multiple ? items.map((item) => avp('Multiple-Services-Credit-Control', item)) : alone(answer, kind, terms)),
    ],
    ...(answer.result === 'success' ? {} : { errorMessage: RESULTS[answer.result].operator }),
  };
}

/** What every answer repeats, also one to a request that could not be understood. */
export function requestEcho(message: Message): Avps {
  return [
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('CC-Request-Type', message.get('CC-Request-Type') ?? 0),
    avp('CC-Request-Number', message.get('CC-Request-Number') ?? 0),
  ];
}

/** One service without multiple services: its units stand at the command's level. */
function alone({ items: [item] }: ChargingAnswer, kind: ServiceKind, terms: GyTerms): Avps {
  return item === undefined ? [] : unitsAndTerms(item, kind, terms);
}

function serviceOf(item: AnsweredItem, kind: ServiceKind, terms: GyTerms): Avps {
  const { ratingGroup, serviceIdentifier, threshold } = item;
  const thresholdName = ({ data: 'Volume-Quota-Threshold', voice: 'Time-Quota-Threshold', message: 'Unit-Quota-Threshold' } as const)[kind];
  return [
    ...unitsAndTerms(item, kind, terms),
    serviceIdentifier === null ? undefined : avp('Service-Identifier', serviceIdentifier),
    ratingGroup === null ? undefined : avp('Rating-Group', ratingGroup),
    avp('Result-Code', RESULTS[item.result].diameter),
    threshold === null ? undefined : avp(thresholdName, Number(threshold)),
  ];
}

function unitsAndTerms(item: AnsweredItem, kind: ServiceKind, terms: GyTerms): Avps {
  const { granted, validitySeconds, final, result, tariffChangeAt } = item;
  return [
    granted === null
      ? undefined
      : avp('Granted-Service-Unit', [
          tariffChangeAt === null ? undefined : avp('Tariff-Time-Change', tariffChangeAt),
          units(granted, kind),
        ]),
    validitySeconds === null ? undefined : avp('Validity-Time', validitySeconds),
    // A page is no end of a call, and a refusal is no quota.
    final && result === 'success' ? avp('Final-Unit-Indication', finalUnit(kind === 'data' ? terms : {})) : undefined,
  ];
}

function units(granted: bigint, kind: ServiceKind): Avp {
  if (kind === 'voice') return avp('CC-Time', Number(granted));
  return kind === 'message' ? avp('CC-Service-Specific-Units', granted) : avp('CC-Total-Octets', granted);
}

function finalUnit({ redirectUrl }: GyTerms): Avps {
  if (redirectUrl === undefined) return [avp('Final-Unit-Action', FINAL.TERMINATE)];
  return [
    avp('Final-Unit-Action', FINAL.REDIRECT),
    avp('Redirect-Server', [avp('Redirect-Address-Type', REDIRECT.URL), avp('Redirect-Server-Address', redirectUrl)]),
  ];
}
