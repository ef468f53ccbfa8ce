/** The tariff periods of one market in an operator file: "21:00" to "06:00" becomes minutes, and no minute has two tariffs. */
import { type TariffPeriod, WEEKDAYS, type WeeklyTime } from './network.ts';
import type { TariffPeriodInFile } from './network-in-file.ts';
import type { Problems } from './problems.ts';

const MINUTES_OF_DAY = 1440;
const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;

export function readTariffPeriods(problems: Problems, periods: readonly TariffPeriodInFile[], path: string): TariffPeriod[] {
  const taken = new Uint8Array(MINUTES_OF_WEEK);
  return periods.map(({ code, names, times }, period) => ({
    code,
    names,
    times: times.map(({ days, from, until }, index) => {
      const time = { days, ...minutesBetween(from, until) };
      const place = `${path}[${period}].times[${index}]`;
      if (from === '24:00') problems.add(`${place}.from`, 'a time before 24:00');
      else if (!take(taken, time)) problems.add(place, 'times that no other has');
      return time;
    }),
  }));
}

/** An end that is not after its beginning is on the next day. */
function minutesBetween(from: string, until: string): Pick<WeeklyTime, 'fromMinute' | 'untilMinute'> {
  const fromMinute = minuteOf(from);
  const end = minuteOf(until);
  return { fromMinute, untilMinute: end > fromMinute ? end : end + MINUTES_OF_DAY };
}

function minuteOf(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** False when some minute of the week was taken before. */
function take(taken: Uint8Array, { days, fromMinute, untilMinute }: WeeklyTime): boolean {
  let isFree = true;
  for (const day of days) {
    const midnight = WEEKDAYS.indexOf(day) * MINUTES_OF_DAY;
    for (let minute = fromMinute; minute < untilMinute; minute += 1) {
      const place = (midnight + minute) % MINUTES_OF_WEEK;
      if (taken[place] === 1) isFree = false;
      taken[place] = 1;
    }
  }
  return isFree;
}
