/** Starts the demonstration of the journeys, small enough to be made in some seconds. */
import { newHome, startEverline } from './run-everline.ts';

/** As many stories as hold a line for each journey (apps/demonstration, stories.ts). */
const LINES = '42';
/** The variable of the environment that names a house that runs already. */
export const NAMED_BY = 'EVERLINE_JOURNEYS_HOUSE';

export type NamedHouse = {
  readonly home: string;
  readonly url: string;
  readonly simulatorUrl: string;
  /** Of the owners of lines worth trying: the secret of a sign-in, by number. */
  readonly signIns: Readonly<Record<string, string>>;
};
type StartedHouse = {
  readonly named: NamedHouse;
  /** Where the demonstration's packet core is told what to do; undefined where none runs. */
  readonly coreUrl: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

/** `environment` is for those who use it. With `traffic`, a packet core uses its lines, and figures move. */
export async function startJourneyHouse({ lines = LINES, traffic = false } = {}): Promise<StartedHouse> {
  const home = newHome();
  try {
    const started = await startEverline({ EVERLINE_HOME: home.path, PORT: '0' }, ['--lines', lines, '--traffic', traffic ? 'on' : 'off']);
    const url = new URL(started.addresses['self-care'] ?? '').origin;
    const simulatorUrl = new URL(started.addresses['payment simulator'] ?? '').origin;
    const named = { home: home.path, url, simulatorUrl, signIns: await signInOwners(url, started.printed) };
    const stop = async (): Promise<void> => {
      await started.stop();
      home.remove();
    };
    const core = started.addresses['packet core'];
    return { named, coreUrl: core && new URL(core).origin, environment: { [NAMED_BY]: JSON.stringify(named) }, stop };
  } catch (error) {
    home.remove();
    throw error;
  }
}

/** The table that `everline start` prints names a link for each; its code it is traded here, once, because journeys share the owners. */
async function signInOwners(url: string, printed: string): Promise<Record<string, string>> {
  const signIns: Record<string, string> = {};
  for (const [, number = '', code = ''] of printed.matchAll(/^ +(\+[\d ]+\d) {2,}.*?\?code=([\w-]{22})$/gm)) {
    const answer = await fetch(`${url}/api/v1/sign-ins`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    signIns[number.replaceAll(' ', '')] = ((await answer.json()) as { secret: string }).secret;
  }
  return signIns;
}
