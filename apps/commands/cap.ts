/** `line cap`: how much of what its account shares a line may use. By hand, with a reason, recorded on the account. */
import { parseArgs } from 'node:util';
import { readQuantity } from '#domain/catalog';
import { readNumber } from '#domain/lines';
import { capLine } from '#domain/orders';
import { formatData, formatNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { COMMAND_LINE, EXIT, type Situation, tellRefusal, terminalLanguage, toJson, UsageTrouble, withHouse } from './command.ts';

export function capOne(typed: string, words: readonly string[], situation: Situation): Promise<number> {
  const options = { reason: { type: 'string', default: 'asked' }, json: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  const octets = readCap(positionals.join(' '));
  const { terminal } = situation;
  return withHouse(situation, async ({ house }) => {
    const number = readNumber(typed, house.catalog.latest().brand?.defaultMarket ?? 'US');
    if (isRefusal(number)) return tellRefusal(terminal, number, values.json);
    const capped = await capLine(house.orders, COMMAND_LINE, { number, octets, reason: values.reason });
    if (isRefusal(capped)) return tellRefusal(terminal, capped, values.json);
    if (values.json) terminal.print(toJson({ number, octets, octetsBefore: capped.octetsBefore }));
    else if (octets === null) terminal.print(`${formatNumber(number)} may use all that its account shares.`);
    else
      terminal.print(
        `${formatNumber(number)} may use ${formatData(terminalLanguage(), octets)} of each data package that its account shares.`,
      );
    return EXIT.done;
  });
}

/** "5GB", "5 GB"; "none" is null. */
function readCap(text: string): bigint | null {
  if (text === 'none') return null;
  const octets = readQuantity(text.replace(/^([\d.]+)\s*/, '$1 '), 'data');
  if (octets === undefined) throw new UsageTrouble('say how much, as 5GB, or none');
  return octets;
}
