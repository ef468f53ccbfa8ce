/** AVPs of Sy (TS 29.219 §5.3), and Supported-Features that it borrows from TS 29.229 §6.3.29. */
import type { AvpTable } from '../avp-types.ts';

export const SPENDING_LIMIT_AVPS = {
  'Supported-Features': [628, 'Grouped', 'M', '{ Vendor-Id } { Feature-List-ID } { Feature-List } * [ AVP ]'],
  'Feature-List-ID': [629, 'Unsigned32', 'M'],
  'Feature-List': [630, 'Unsigned32', 'M'],
  'Policy-Counter-Identifier': [2901, 'UTF8String', 'M'],
  'Policy-Counter-Status': [2902, 'UTF8String', 'M'],
  'Policy-Counter-Status-Report': [
    2903,
    'Grouped',
    'M',
    '{ Policy-Counter-Identifier } { Policy-Counter-Status } * [ Pending-Policy-Counter-Information ] * [ AVP ]',
  ],
  'SL-Request-Type': [2904, 'Enumerated', 'M', { INITIAL_REQUEST: 0, INTERMEDIATE_REQUEST: 1 }, 'closed'],
  'Pending-Policy-Counter-Information': [
    2905,
    'Grouped',
    'M',
    '{ Policy-Counter-Status } { Pending-Policy-Counter-Change-Time } * [ AVP ]',
  ],
  'Pending-Policy-Counter-Change-Time': [2906, 'Time', 'M'],
  'SN-Request-Type': [2907, 'Unsigned32', '-'],
} as const satisfies AvpTable;
