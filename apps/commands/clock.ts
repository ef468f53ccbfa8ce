import { DAY_MS, HOUR_MS, MINUTE_MS, moveClock } from '#platform/clock';
import { type Command, EXIT, UsageTrouble, withHouse } from './command.ts';

const STEP = /^\+(\d{1,4})(min|h|d|w)$/;
const UNIT_MS: Readonly<Record<string, number>> = { min: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

/** "+3d" in milliseconds; undefined for what is not a step forward. Also for the demonstration's clock page. */
export function readStep(text: string): number | undefined {
  const [, count, unit] = STEP.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (UNIT_MS[unit] ?? 0);
}

export const clock: Command = {
  usage: '[+3d]',
  summary: 'show the demonstration’s business clock, or move it on through everything that falls due',
  run: ([step], situation) =>
    withHouse(situation, async ({ house, installation }) => {
      const { clock: business, database } = house.tools;
      if (step !== undefined) {
        const stepMs = readStep(step);
        if (stepMs === undefined) throw new UsageTrouble('the clock moves forward by minutes, hours, days or weeks: +90min, +6h, +3d, +2w');
        if (installation?.kind !== 'demonstration') {
          situation.terminal.warn('Only a demonstration’s clock can be moved.');
          return EXIT.refused;
        }
        await moveClock(database, business, new Date(business.business().getTime() + stepMs), house.due);
      }
      situation.terminal.print(`business ${business.business().toISOString()}   real ${business.transport().toISOString()}`);
      return EXIT.done;
    }),
};
