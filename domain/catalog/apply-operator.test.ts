import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { readHouseEntries } from '#domain/records';
import { DAY_MS } from '#platform/clock';
import { isRefusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { testDatabase } from '#tests/database';
import { applyOperator } from './apply-operator.ts';
import { catalogRevision, loadCatalog } from './load-catalog.ts';
import { SAMPLE_BY, sampleFile } from './sample-file.ts';
import { sampleNames } from './sample-market.ts';

async function apply(tools: Tools, file: unknown) {
  const applied = await applyOperator(tools, file, SAMPLE_BY);
  assert.ok(!isRefusal(applied), isRefusal(applied) ? `${applied.code} ${applied.values['problems'] ?? ''}` : '');
  return applied;
}

async function refusal(tools: Tools, file: unknown) {
  const applied = await applyOperator(tools, file, SAMPLE_BY);
  assert.ok(isRefusal(applied), 'it is refused');
  return applied;
}

const told = ({ changes }: Awaited<ReturnType<typeof apply>>) =>
  changes.map(({ kind, market, product, version }) => `${kind} ${market} ${product ?? '*'} ${version}`);

test('applying a file writes brand, markets and products, and they are read back as they were read from it', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  const applied = await apply(tools, sampleFile());
  assert.deepEqual(told(applied), [
    'added US * 1',
    'added US month-5gb 1',
    'added US pack-1gb 1',
    'added US top-up-10 1',
    'added US top-up 1',
  ]);
  assert.equal(applied.brandChanged, true);
  const catalog = await loadCatalog(database);
  assert.equal(catalog.brand?.name, 'Sample Mobile');
  assert.equal(catalog.revision, applied.revision);
  const market = catalog.market('US', clock.business());
  assert.deepEqual([market?.currency, market?.topUp.min, market?.validFrom], ['USD', { currency: 'USD', minor: 500n }, clock.business()]);
  const plan = catalog.product('US', 'month-5gb', clock.business());
  assert.ok(plan?.kind === 'plan');
  assert.deepEqual(plan.parts[0], {
    service: 'data',
    zone: 'any',
    quantity: 5_000_000_000n,
    fullSpeedCap: null,
    zeroRated: false,
    shared: false,
  });
});

test('the same file again changes nothing, not even the revision', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  const first = await apply(tools, sampleFile());
  clock.advance(40 * DAY_MS);
  const second = await apply(tools, sampleFile());
  assert.deepEqual(second, { revision: first.revision, brandChanged: false, changes: [] });
  assert.equal(await catalogRevision(database), first.revision);
});

test('a changed product is a new version from now on, and the old one stays what it was', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  const before = await apply(tools, sampleFile());
  const soldAt = clock.business();
  clock.advance(DAY_MS);
  const file = sampleFile();
  Object.assign(file.markets[0]?.packs[0] ?? {}, { price: '6.00', firstDay: '2020-01-01' });
  const applied = await apply(tools, file);
  assert.deepEqual(told(applied), ['changed US pack-1gb 2']);
  assert.ok(applied.revision > before.revision);
  const catalog = await loadCatalog(database);
  const priceOf = (product: ReturnType<typeof catalog.product>) => (product?.kind === 'pack' ? product.price.minor : undefined);
  assert.equal(priceOf(catalog.productVersion('US', 'pack-1gb', 1)), 500n);
  assert.equal(priceOf(catalog.product('US', 'pack-1gb', soldAt)), 500n);
  assert.equal(priceOf(catalog.product('US', 'pack-1gb', clock.business())), 600n);
  assert.deepEqual(catalog.productVersion('US', 'pack-1gb', 2)?.validFrom, clock.business());
});

test('a change with a first day waits for it, and applying the file meanwhile adds nothing', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  await apply(tools, sampleFile());
  const file = sampleFile();
  Object.assign(file.markets[0]?.packs[0] ?? {}, { price: '6.00', firstDay: '2026-12-01' });
  assert.deepEqual(told(await apply(tools, file)), ['changed US pack-1gb 2']);
  for (const days of [1, 40]) {
    clock.advance(days * DAY_MS);
    assert.deepEqual(told(await apply(tools, file)), []);
  }
  const catalog = await loadCatalog(database);
  const versionAt = (at: string) => catalog.product('US', 'pack-1gb', new Date(at))?.version;
  assert.deepEqual([versionAt('2026-12-01T04:59:59.999Z'), versionAt('2026-12-01T05:00:00Z')], [1, 2]);
});

test('network terms are a market’s like any other: a new zone is a next version from its day on, and what was before is readable [BUY-1]', async (t) => {
  const { tools, database } = await testDatabase(t);
  await apply(tools, sampleFile());
  const file = sampleFile();
  const zones = [{ code: 'europe', names: sampleNames('Europe'), networks: ['208'] }];
  Object.assign(file.markets[0] ?? {}, { firstDay: '2026-12-01', network: { homeNetworks: ['310260'], zones } });
  assert.equal(told(await apply(tools, file))[0], 'changed US * 2');
  assert.deepEqual(told(await apply(tools, file)), []);
  const catalog = await loadCatalog(database);
  const zonesAt = (at: string) => catalog.market('US', new Date(at))?.network?.zones.map(({ code }) => code);
  assert.deepEqual([zonesAt('2026-12-01T04:59:59.999Z'), zonesAt('2026-12-01T05:00:00Z')], [undefined, ['europe']]);
  assert.equal(catalog.marketVersion('US', 1)?.network, undefined);
});

test('a change that waits is called off by applying the file without it', async (t) => {
  const { tools, database } = await testDatabase(t);
  await apply(tools, sampleFile());
  const file = sampleFile();
  Object.assign(file.markets[0]?.packs[0] ?? {}, { price: '6.00', firstDay: '2026-12-01' });
  await apply(tools, file);
  assert.deepEqual(told(await apply(tools, sampleFile())), ['changed US pack-1gb 3']);
  const product = (await loadCatalog(database)).product('US', 'pack-1gb', new Date('2027-01-01T00:00:00Z'));
  assert.deepEqual(product?.kind === 'pack' && product.price.minor, 500n);
});

test('a first version may begin in the past, so that a market’s history can be told', async (t) => {
  const { tools, database } = await testDatabase(t);
  const file = sampleFile();
  for (const dated of [file.markets[0], ...(file.markets[0]?.plans ?? [])]) Object.assign(dated ?? {}, { firstDay: '2025-01-01' });
  await apply(tools, file);
  const catalog = await loadCatalog(database);
  assert.equal(catalog.product('US', 'month-5gb', new Date('2025-01-01T05:00:00Z'))?.version, 1);
  assert.equal(catalog.market('US', new Date('2025-01-01T05:00:00Z'))?.version, 1);
});

test('a product the file no longer names is withdrawn, and comes back as a new version', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  await apply(tools, sampleFile());
  const file = sampleFile();
  file.markets[0]?.packs.pop();
  assert.deepEqual(told(await apply(tools, file)), ['withdrawn US pack-1gb 2']);
  assert.deepEqual(told(await apply(tools, file)), []);
  const gone = await loadCatalog(database);
  assert.equal(gone.product('US', 'pack-1gb', clock.business()), undefined);
  assert.ok(gone.productVersion('US', 'pack-1gb', 1));
  assert.deepEqual(told(await apply(tools, sampleFile())), ['added US pack-1gb 3']);
  assert.equal((await loadCatalog(database)).product('US', 'pack-1gb', clock.business())?.version, 3);
});

test('a market the file does not name is left alone', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  await apply(tools, sampleFile());
  const file = sampleFile();
  Object.assign(file.markets[0] ?? {}, { code: 'CA', receiptPrefix: 'CA', currency: 'CAD' });
  const applied = await apply(tools, file);
  assert.ok(applied.changes.every(({ market }) => market === 'CA'));
  const catalog = await loadCatalog(database);
  assert.equal(catalog.onSale('US', clock.business()).length, 4);
  assert.equal(catalog.onSale('CA', clock.business()).length, 4);
});

test('changed terms of a market are a new version of it, and of nothing else', async (t) => {
  const { tools, database } = await testDatabase(t);
  await apply(tools, sampleFile());
  const file = sampleFile();
  Object.assign(file.markets[0] ?? {}, { termsVersion: '2027-01' });
  assert.deepEqual(told(await apply(tools, file)), ['changed US * 2']);
  const catalog = await loadCatalog(database);
  assert.equal(catalog.marketVersion('US', 1)?.termsVersion, '2026-01');
  assert.equal(catalog.marketVersion('US', 2)?.termsVersion, '2027-01');
});

test('a market keeps its currency, and a product code its kind, for ever', async (t) => {
  const { tools, database } = await testDatabase(t);
  const { revision } = await apply(tools, sampleFile());
  const inYen = sampleFile();
  const market = inYen.markets[0];
  assert.ok(market);
  Object.assign(market, { currency: 'JPY', plans: [], packs: [] });
  const fixed = await refusal(tools, inYen);
  assert.deepEqual([fixed.code, fixed.values], ['catalog.currency_fixed', { market: 'US', currency: 'USD' }]);
  const swapped = sampleFile();
  Object.assign(swapped.markets[0]?.plans[0] ?? {}, { code: 'pack-1gb' });
  Object.assign(swapped.markets[0]?.packs[0] ?? {}, { code: 'month-5gb' });
  const kind = await refusal(tools, swapped);
  assert.deepEqual([kind.code, kind.values], ['catalog.product_kind_fixed', { market: 'US', product: 'pack-1gb' }]);
  assert.equal(await catalogRevision(database), revision);
});

test('a receipt prefix that another market of the house has is refused, and so is a default market that is nowhere', async (t) => {
  const { tools } = await testDatabase(t);
  await apply(tools, sampleFile());
  const file = sampleFile();
  Object.assign(file.markets[0] ?? {}, { code: 'CA', currency: 'CAD' });
  assert.equal((await refusal(tools, file)).values['path'], 'markets[0].receiptPrefix');
  Object.assign(file.markets[0] ?? {}, { receiptPrefix: 'CA' });
  Object.assign(file.brand, { defaultMarket: 'FR' });
  assert.equal((await refusal(tools, file)).values['path'], 'brand.defaultMarket');
});

test('every change of brand, markets and what is sold has its entry: who, why, when, from what to what (S4)', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  await apply(tools, sampleFile());
  await apply(tools, sampleFile());
  const refused = sampleFile();
  Object.assign(refused.markets[0] ?? {}, { currency: 'JPY', plans: [], packs: [] });
  await refusal(tools, refused);
  assert.equal((await readHouseEntries(database, { limitRows: 10 })).length, 1, 'what changed nothing is no change');
  clock.advance(DAY_MS);
  const file = sampleFile();
  Object.assign(file.brand, { name: 'Renamed Mobile' });
  file.markets[0]?.packs.pop();
  const { changes } = await apply(tools, file);
  const [entry] = await readHouseEntries(database, { limitRows: 10 });
  assert.deepEqual([entry?.actor, entry?.reason, entry?.at], [SAMPLE_BY.actor, SAMPLE_BY.reason, clock.business()]);
  assert.deepEqual(entry?.before, { revision: 1n, brand: sampleFile().brand });
  assert.deepEqual(entry?.after, { revision: 2n, brand: file.brand, changes });
});

test('a change whose entry cannot be written is no change (S4)', async (t) => {
  const { tools, database } = await testDatabase(t);
  const [entryId] = [tools.mintId(0)];
  await apply({ ...tools, mintId: () => entryId }, sampleFile());
  const file = sampleFile();
  file.markets[0]?.packs.pop();
  await assert.rejects(applyOperator({ ...tools, mintId: () => entryId }, file, SAMPLE_BY), /duplicate key/);
  assert.equal(await catalogRevision(database), 1n);
});

test('a refused file leaves nothing behind', async (t) => {
  const { tools, database } = await testDatabase(t);
  const file = sampleFile();
  Object.assign(file.markets[0]?.packs[0] ?? {}, { price: '0' });
  assert.equal((await refusal(tools, file)).code, 'catalog.operator_file_wrong');
  const catalog = await loadCatalog(database);
  assert.deepEqual([catalog.brand, catalog.revision], [null, 0n]);
});

test('two who apply the same file at once make one version of each', async (t) => {
  const { tools, database } = await testDatabase(t);
  const [one, other] = await Promise.all([apply(tools, sampleFile()), apply(tools, sampleFile())]);
  assert.deepEqual([one.changes.length, other.changes.length].sort(), [0, 5]);
  assert.equal(one.revision, other.revision);
  assert.equal((await loadCatalog(database)).productVersion('US', 'month-5gb', 2), undefined);
});

test('two who apply different files at once are one after the other: the loser’s change is compared with the winner’s', async (t) => {
  const { tools, database } = await testDatabase(t);
  await apply(tools, sampleFile());
  const files = ['6.00', '7.00'].map((price) => {
    const file = sampleFile();
    Object.assign(file.markets[0]?.packs[0] ?? {}, { price });
    return file;
  });
  const applied = await Promise.all(files.map((file) => apply(tools, file)));
  assert.deepEqual(applied.flatMap(told).sort(), ['changed US pack-1gb 2', 'changed US pack-1gb 3']);
  assert.ok((await loadCatalog(database)).productVersion('US', 'pack-1gb', 3));
});

test('the program may add versions but never change or remove one', async (t) => {
  const { tools, connection } = await testDatabase(t);
  await apply(tools, sampleFile());
  const client = new pg.Client(connection);
  await client.connect();
  t.after(() => client.end());
  for (const table of ['market', 'product']) {
    await assert.rejects(client.query(`update catalog.${table} set valid_from = valid_from`), /permission denied/);
    await assert.rejects(client.query(`delete from catalog.${table}`), /permission denied/);
  }
});

test('the demonstration operator sells plans by day, month and year, packs, pay as you go and top-ups in three markets [BUY-1] [BUY-2]', async (t) => {
  const { tools, database, clock } = await testDatabase(t);
  const path = join(import.meta.dirname, '../../apps/demonstration/northwind.json');
  const file: unknown = JSON.parse(readFileSync(path, 'utf8'));
  await apply(tools, file);
  assert.deepEqual(told(await apply(tools, file)), []);
  const catalog = await loadCatalog(database);
  assert.equal(catalog.brand?.name, 'Northwind Mobile');
  const rules = catalog
    .markets(clock.business())
    .map(({ code, currency, taxPoint, pricesIncludeTax, taxRounding }) => [code, currency, taxPoint, pricesIncludeTax, taxRounding]);
  assert.deepEqual(rules, [
    ['JP', 'JPY', 'use', true, 'document'],
    ['KW', 'KWD', 'use', false, 'line'],
    ['US', 'USD', 'load', false, 'line'],
  ]);
  for (const { code } of catalog.markets(clock.business())) {
    const sold = catalog.onSale(code, clock.business());
    const codes = sold.filter(({ kind }) => kind !== 'top_up').map((product) => product.code);
    const everywhere = ['day-1gb', 'month-5gb', 'month-unlimited', 'year-60gb', 'payg', 'pack-1gb', 'pack-5gb', 'pack-unlimited-7d'];
    const only = { US: ['month-20gb-hotspot', 'pack-family-20gb', 'roam-mexico-canada-7d', 'roam-europe-10d'] }[code] ?? [];
    assert.deepEqual(new Set(codes), new Set([...everywhere, ...only]));
    const exhaustions = sold.flatMap((product) => (product.kind === 'plan' ? [product.exhaustion.kind] : []));
    assert.deepEqual(new Set(exhaustions), new Set(['stop', 'throttle', 'pay_as_you_go']));
    assert.equal(sold.filter(({ kind }) => kind === 'top_up').length, 4);
  }
});
