/** What a line may use of the data that its account shares; for the owner of the account each of its lines, and sizes to choose from (SIM-4). */
import type { Asker, LineShareView, RefusalView, SharedPackageView, ShareView } from '#channels/web';
import { type AllowanceSummary, readLineCap } from '#domain/allowances';
import { presentPlan } from '#domain/lines';
import { formatNumber, type Language } from '#platform/messages';
import type { Desk } from '../desk.ts';
import { isNone, lineIdOf, type OwnLine, ofLine, openOwnLine, readOwnLine } from './own-line.ts';
import { readSummary } from './show-line.ts';

const GB = 1_000_000_000n;
const SIZES: readonly bigint[] = [GB / 2n, ...[1n, 2n, 5n, 10n, 20n, 50n, 100n].map((size) => size * GB)];
const SIZES_SHOWN = 4;
/** Where nothing is shared just now. */
const SIZES_BELOW = 20n * GB;
const OTHERS_MAX = 30;

export async function showShare(desk: Desk, asker: Asker, { id }: { readonly id: string }): Promise<ShareView | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_line');
  if (isNone(line)) return line;
  const { language } = asker;
  const sets = line.may('cap_line') && line.state.line.state !== 'lost';
  const [{ share, summary }, others] = await Promise.all([readShare(desk, language, line), sets ? readOthers(desk, language, line) : []]);
  return {
    ...share,
    ...ofLine(id, line),
    warnings: summary.data.capReached ? [{ key: sets ? 'line.share_used_up_owner' : 'line.share_used_up', values: {} }] : [],
    ...(sets ? { choices: sizesBelow(share.packages) } : {}),
    others,
  };
}

type Read = { readonly share: LineShareView; readonly summary: AllowanceSummary };

async function readShare(desk: Desk, language: Language, line: OwnLine): Promise<Read> {
  const { house } = desk;
  const plan = presentPlan(house.catalog(), line.state);
  const [cap, summary] = await Promise.all([readLineCap(house.database, line.key), readSummary(desk, line)]);
  const share = {
    ...{ id: lineIdOf(line.key), number: formatNumber(line.state.line.number), cap },
    ...(plan === undefined ? {} : { planName: plan.names[language] }),
    packages: sharedIn(desk, language, line, summary),
  };
  return { share, summary };
}

async function readOthers(desk: Desk, language: Language, { personId, key, ofAccount }: OwnLine): Promise<readonly LineShareView[]> {
  const keys = ofAccount.filter(({ lineId }) => lineId !== key.lineId).slice(0, OTHERS_MAX);
  const lines = await Promise.all(keys.map((one) => readOwnLine(desk, personId, one, ofAccount)));
  const alive = lines.filter(({ state }) => state.line.state !== 'lost');
  return (await Promise.all(alive.map((line) => readShare(desk, language, line)))).map(({ share }) => share);
}

/** Slow data behind a cap, and what is never counted, is nobody's share. */
function sharedIn({ house }: Desk, language: Language, { market }: OwnLine, { packages }: AllowanceSummary): SharedPackageView[] {
  return packages
    .filter(({ state }) => state === 'usable')
    .flatMap(({ productCode, productVersion, validUntil, parts }) =>
      parts
        .filter((part) => part.shared && part.service.startsWith('data') && !part.zeroRated && part.fullSpeedCap !== 0n)
        .map(({ left, granted, share }) => ({
          name: house.catalog().productVersion(market.code, productCode, productVersion)?.names[language] ?? productCode,
          ...{ validUntil, left, granted },
          ...(share === undefined ? {} : { share }),
        })),
    );
}

/** Round sizes that are less than the largest package that is shared. */
function sizesBelow(packages: readonly SharedPackageView[]): readonly bigint[] {
  const isBelow = (size: bigint) => packages.some(({ granted }) => granted === null || size < granted);
  return SIZES.filter((size) => (packages.length === 0 ? size < SIZES_BELOW : isBelow(size))).slice(-SIZES_SHOWN);
}
