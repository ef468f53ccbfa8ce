/** `peers` and `sessions`: who of the network asks us, and what it is asking for. */
import { parseArgs } from 'node:util';
import { actorOf } from '#domain/access';
import { listPeers, openSessionsOfLine, type PeerProfile, PROFILES, removePeer, savePeer } from '#domain/charging';
import { findNumber, readNumber } from '#domain/lines';
import { formatData } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { COMMAND_LINE, type Command, EXIT, readCount, tellRefusal, terminalLanguage, toJson, UsageTrouble, withHouse } from './command.ts';

const PROFILE_NAMES = Object.keys(PROFILES).join('|');

export const peers: Command = {
  usage: `[--json] | add <name> --from <address,network> [--door gy|nchf] [--profile ${PROFILE_NAMES}] [--nf-instance <uuid>] [--tls] [--relay] [--requests 1000] [--reason <why>] | remove <name> [--reason <why>]`,
  summary: 'the packet cores that may ask: list, let in, put out',
  run: (words, situation) =>
    withHouse(situation, async ({ house }) => {
      const options = {
        from: { type: 'string', default: '' },
        door: { type: 'string', default: 'gy' },
        profile: { type: 'string', default: 'standard' },
        'nf-instance': { type: 'string' },
        tls: { type: 'boolean', default: false },
        relay: { type: 'boolean', default: false },
        requests: { type: 'string', default: '1000' },
        reason: { type: 'string', default: 'by command line' },
        json: { type: 'boolean', default: false },
      } as const;
      const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
      const [what, originHost] = positionals;
      const { terminal } = situation;
      const by = { actor: actorOf(COMMAND_LINE), reason: values.reason };
      if (what === undefined) {
        const all = await listPeers(house.tools.database);
        if (values.json) terminal.print(toJson(all));
        else if (all.length === 0) terminal.print('No packet core may ask yet: everline peers add <name> --from <address>');
        else
          for (const one of all)
            terminal.print(
              [one.originHost, one.door, one.profile, one.addresses.join(','), one.needsTls ? 'TLS' : ''].join('  ').trimEnd(),
            );
        return EXIT.done;
      }
      if (originHost === undefined || (what !== 'add' && what !== 'remove'))
        throw new UsageTrouble('say add or remove, and its name: the Origin-Host, or what a 5G consumer calls itself');
      const { door } = values;
      if (door !== 'gy' && door !== 'nchf') throw new UsageTrouble('--door is gy or nchf');
      const addresses = values.from.split(',').filter((one) => one !== '');
      const refused =
        what === 'remove'
          ? await removePeer(house.tools, originHost, by)
          : await savePeer(
              house.tools,
              {
                originHost,
                door,
                nfInstanceId: values['nf-instance'] ?? null,
                // savePeer refuses what is none.
                profile: values.profile as PeerProfile['code'],
                addresses,
                needsTls: values.tls,
                carriesOthers: values.relay,
                requestsMax: readCount('--requests', values.requests),
              },
              by,
            );
      if (refused !== undefined) return tellRefusal(terminal, refused, values.json);
      terminal.print(what === 'add' ? `${originHost} may ask from now on.` : `${originHost} may ask no more.`);
      return EXIT.done;
    }),
};

export const sessions: Command = {
  usage: '<number> [--json]',
  summary: 'the charging sessions a line has open, and what they hold',
  run: (words, situation) =>
    withHouse(situation, async ({ house }) => {
      const { values, positionals } = parseArgs({
        args: [...words],
        options: { json: { type: 'boolean', default: false } },
        allowPositionals: true,
      });
      const { terminal } = situation;
      const number = readNumber(positionals[0] ?? '', 'US');
      if (isRefusal(number)) return tellRefusal(terminal, number, values.json);
      const line = await findNumber(house.tools.database, number);
      if (isRefusal(line)) return tellRefusal(terminal, line, values.json);
      const open = await openSessionsOfLine(house.tools.database, line);
      if (values.json) terminal.print(toJson(open));
      else if (open.length === 0) terminal.print(`${number} has no session open.`);
      else
        for (const { peer, reference, kind, beganAt, groups } of open) {
          terminal.print(`${kind} at ${peer} since ${beganAt.toISOString()} (${reference})`);
          for (const { service, zone, granted } of groups)
            terminal.print(`  ${service} ${zone}: ${kind === 'data' ? formatData(terminalLanguage(), granted) : granted} granted`);
        }
      return EXIT.done;
    }),
};
