/**
 * ChargingDataRequest (TS 32.291 §6.1.6.2.1.1), as far as it is read here: what is there has to be right, what else is
 * there is let stand. A sequence number may be missing: deployed consumers have none to tell.
 */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { type InvalidParam, invalidBody, type SbiAnswer } from '#platform/sbi';

const UINT32_MAX = 2 ** 32 - 1;
const UINT64_MAX = 2 ** 64;
const ITEMS_MAX = 100;

const Uint32 = Type.Integer({ minimum: 0, maximum: UINT32_MAX });
/** Digits beyond 2^53 are lost, and count for nothing: no link carries so much between two reports. */
const Uint64 = Type.Number({ minimum: 0, maximum: UINT64_MAX, multipleOf: 1 });
const Text = Type.String({ maxLength: 2_000 });
const DateTime = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,12})?([Zz]|[+-]\\d\\d:\\d\\d)$' });
const optional = Type.Optional;

const PlmnId = Type.Object({ mcc: Type.String({ pattern: '^\\d{3}$' }), mnc: Type.String({ pattern: '^\\d{2,3}$' }) });
const Located = Type.Object({ tai: optional(Type.Object({ plmnId: optional(PlmnId) })) });
const Trigger = Type.Object({ triggerType: optional(Text), triggerCategory: Text });
const Units = {
  time: optional(Uint32),
  totalVolume: optional(Uint64),
  uplinkVolume: optional(Uint64),
  downlinkVolume: optional(Uint64),
  serviceSpecificUnits: optional(Uint64),
};
const UsedUnitContainer = Type.Object({
  ...Units,
  quotaManagementIndicator: optional(Text),
  triggers: optional(Type.Array(Trigger, { maxItems: ITEMS_MAX })),
  triggerTimestamp: optional(DateTime),
  localSequenceNumber: optional(Type.Integer()),
});
const MultipleUnitUsage = Type.Object({
  ratingGroup: Uint32,
  requestedUnit: optional(Type.Object(Units)),
  usedUnitContainer: optional(Type.Array(UsedUnitContainer, { maxItems: ITEMS_MAX })),
  uPFID: optional(Text),
});

const ChargingDataRequest = Type.Object({
  subscriberIdentifier: optional(Text),
  chargingId: optional(Uint32),
  nfConsumerIdentification: Type.Object({ nodeFunctionality: Text, nFName: optional(Text), nFFqdn: optional(Text) }),
  invocationTimeStamp: DateTime,
  invocationSequenceNumber: optional(Uint32),
  oneTimeEvent: optional(Type.Boolean()),
  oneTimeEventType: optional(Text),
  notifyUri: optional(Type.String({ maxLength: 2_000, pattern: '^https?://[\\x21-\\x7e]+$' })),
  multipleUnitUsage: optional(Type.Array(MultipleUnitUsage, { maxItems: ITEMS_MAX })),
  pDUSessionChargingInformation: optional(
    Type.Object({
      chargingId: optional(Uint32),
      sMFchargingId: optional(Text),
      userInformation: optional(Type.Object({ servedGPSI: optional(Text) })),
      userLocationinfo: optional(Type.Object({ nrLocation: optional(Located), eutraLocation: optional(Located) })),
      pduSessionInformation: optional(
        Type.Object({ pduSessionID: Type.Integer({ minimum: 0, maximum: 255 }), servingCNPlmnId: optional(PlmnId) }),
      ),
    }),
  ),
});

export type ChargingData = Static<typeof ChargingDataRequest>;
export type UnitUsage = Static<typeof MultipleUnitUsage>;
export type UsedUnits = Static<typeof UsedUnitContainer>;

const reader = Compile(ChargingDataRequest);
const PARAMS_TOLD_MAX = 10;

/** What was sent, or the 400 that names each part that does not fit. */
export function readChargingData(body: unknown): ChargingData | SbiAnswer {
  if (reader.Check(body)) return body;
  const errors = reader.Errors(body).slice(0, PARAMS_TOLD_MAX);
  const missing = errors.every(({ keyword }) => keyword === 'required');
  const params = errors.flatMap(({ keyword, instancePath, message, params }): InvalidParam[] =>
    keyword === 'required'
      ? params.requiredProperties.map((name) => ({ param: `${instancePath}/${name}`, reason: 'is missing' }))
      : [{ param: instancePath, reason: message }],
  );
  return invalidBody(params, missing);
}
