/** From the file an operator writes to the terms we keep: amounts become money, quantities octets, days instants. */
import { compare, isCurrency } from '#domain/money';
import { present } from '#platform/assert';
import type { MarketTerms } from './catalog.ts';
import { checkFile } from './check-file.ts';
import type { Market } from './market.ts';
import type { MarketToApply, Operator } from './operator.ts';
import type { MarketInFile, OperatorFile } from './operator-file.ts';
import { type FileRefusal, Problems } from './problems.ts';
import { amountField, firstDayField, type Place } from './read-field.ts';
import { readNetwork } from './read-network.ts';
import { readProducts } from './read-products.ts';
import { readTaxRegions } from './read-tax-regions.ts';

/** `file` is what its JSON says. Refuses `catalog.operator_file_wrong` {path, expected, count, problems}. */
export function readOperatorFile(file: unknown): Operator | FileRefusal {
  const problems = new Problems();
  if (!checkFile(file, problems)) return present(problems.refusal(), 'a file of the wrong shape has a problem');
  const operator = readOperator(file, problems);
  return problems.refusal() ?? operator;
}

function readOperator({ brand, markets }: OperatorFile, problems: Problems): Operator {
  for (const key of ['code', 'receiptPrefix'] as const) {
    const values = markets.map((market) => market[key]);
    const again = values.findIndex((value, index) => values.indexOf(value) !== index);
    if (again >= 0) problems.add(`markets[${again}].${key}`, `a ${key} that no other market has`);
  }
  return { brand, markets: markets.map((market, index) => readMarket(market, { problems, path: `markets[${index}]`, brand })) };
}

type MarketPlace = { readonly problems: Problems; readonly path: string; readonly brand: OperatorFile['brand'] };

function readMarket(file: MarketInFile, { problems, path, brand }: MarketPlace): MarketToApply {
  if (!isCurrency(file.currency)) problems.add(`${path}.currency`, 'an ISO 4217 currency like "USD"');
  if (!isZone(file.zone)) problems.add(`${path}.zone`, 'an IANA time zone like "America/New_York"');
  const foreign = file.languages.findIndex((language) => !brand.languages.includes(language));
  if (foreign >= 0) problems.add(`${path}.languages[${foreign}]`, `one of the brand's languages (${brand.languages.join(', ')})`);
  // What is read in a stand-in currency or zone is not kept: the file is refused.
  const place: Place = {
    problems,
    currency: isCurrency(file.currency) ? file.currency : 'USD',
    zone: isZone(file.zone) ? file.zone : 'UTC',
  };
  const topUp = readTopUp(place, file.topUp, `${path}.topUp`);
  const network = file.network === undefined ? {} : { network: readNetwork(problems, file.network, `${path}.network`) };
  const market = { currency: place.currency, taxPoint: file.tax.point, topUp, ...network };
  return {
    code: file.code,
    from: firstDayField(place, file.firstDay, `${path}.firstDay`),
    terms: { ...termsOf(place, file, path), topUp, ...network },
    products: readProducts({ ...place, market }, file, path),
  };
}

function termsOf(place: Place, file: MarketInFile, path: string): Omit<MarketTerms, 'topUp' | 'network'> {
  const { names, languages, lifecycle, receiptPrefix, seller, paymentChoices, termsVersion, tax } = file;
  return {
    names,
    languages,
    lifecycle,
    receiptPrefix,
    seller,
    paymentChoices,
    termsVersion,
    currency: place.currency,
    zone: place.zone,
    taxPoint: tax.point,
    pricesIncludeTax: tax.pricesIncludeTax,
    taxRounding: tax.rounding,
    taxRegions: readTaxRegions(place, tax, `${path}.tax`),
    taxRegionDefault: tax.defaultRegion,
  };
}

function readTopUp(place: Place, { presets, min, max, remindBelow }: MarketInFile['topUp'], path: string): Market['topUp'] {
  return {
    presets: presets.map((preset, index) => amountField(place, preset, `${path}.presets[${index}]`)).sort(compare),
    min: amountField(place, min, `${path}.min`),
    max: amountField(place, max, `${path}.max`),
    // Absent where it was not said: a field of nothing would be a change of every market's terms.
    ...(remindBelow === undefined ? {} : { remindBelow: amountField(place, remindBelow, `${path}.remindBelow`) }),
  };
}

/** A zone of the tz database by its name: an offset like "+09:00" would not know daylight saving. */
function isZone(zone: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+\-/]*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
