/** A line moves to another account, for a family on one balance: by hand, with a reason, recorded on both accounts. */
import { parseArgs } from 'node:util';
import { findNumber, readNumber } from '#domain/lines';
import { joinLine } from '#domain/orders';
import { formatMoney, formatNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { COMMAND_LINE, type Command, EXIT, tellRefusal, terminalLanguage, toJson, UsageTrouble, withHouse } from './command.ts';

export const join: Command = {
  usage: '<number> --to <number on the account it joins> [--reason R] [--json]',
  summary: 'move a line, with what it owns, to the account of another',
  run([typed, ...words], situation) {
    const text = { type: 'string' } as const;
    const options = { to: text, reason: { ...text, default: 'asked' }, json: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...words], options });
    const { to: typedTo, reason, json } = values;
    if (typed === undefined || typedTo === undefined) throw new UsageTrouble('say which number, and --to which one');
    const { terminal } = situation;
    return withHouse(situation, async ({ house }) => {
      const { database } = house.tools;
      const country = house.catalog.latest().brand?.defaultMarket ?? 'US';
      const [number, toNumber] = [readNumber(typed, country), readNumber(typedTo, country)];
      if (isRefusal(number)) return tellRefusal(terminal, number, json);
      const to = isRefusal(toNumber) ? toNumber : await findNumber(database, toNumber);
      if (isRefusal(to)) return tellRefusal(terminal, to, json);
      const joined = await joinLine(house.orders, COMMAND_LINE, { number, to: { slot: to.slot, accountId: to.accountId }, reason });
      if (isRefusal(joined)) return tellRefusal(terminal, joined, json);
      const { allowances, balance, ended, repeated } = joined;
      if (json) terminal.print(toJson({ number, allowances, balance, sessionsEnded: ended.length, repeated }));
      else if (repeated) terminal.print(`${formatNumber(number)} is on that account already.`);
      else
        terminal.print(
          `${formatNumber(number)} is on the account of ${formatNumber(typeof toNumber === 'string' ? toNumber : typedTo)} now. With it moved: ` +
            `${allowances} allowances and ${formatMoney(terminalLanguage(), balance)}; ${ended.length} sessions of the network were ended.`,
        );
      return EXIT.done;
    });
  },
};
