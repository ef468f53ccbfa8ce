/** For tests: the text format of Prometheus, read as strictly as promtool reads it. */
import assert from 'node:assert/strict';

const SAMPLE =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*",?)*\})? ([+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)$/;

/** Values by series ("name{labels}"); throws what is in no order. */
export function readMetrics(text: string): ReadonlyMap<string, number> {
  assert.ok(text === '' || text.endsWith('\n'), 'the last line ends too');
  const series = new Map<string, number>();
  const kinds = new Map<string, string>();
  let family = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const [, what, name = '', rest = ''] = /^# (HELP|TYPE) ([a-z][a-z0-9_]*) (.+)$/.exec(line) ?? [];
    if (what === 'HELP') {
      assert.ok(!kinds.has(name), `${name} is told of once`);
      family = name;
    } else if (what === 'TYPE') {
      assert.equal(name, family, 'HELP comes before TYPE');
      assert.match(rest, /^(counter|gauge|histogram)$/);
      kinds.set(name, rest);
    } else {
      const [, sample = '', labels = '', value] = SAMPLE.exec(line) ?? assert.fail(`no line of the format: ${line}`);
      const kind = kinds.get(family);
      const own = kind === 'histogram' ? [`${family}_bucket`, `${family}_sum`, `${family}_count`] : [family];
      assert.ok(own.includes(sample), `${line} stands with its family ${family}`);
      if (kind === 'counter') assert.match(sample, /_total$/);
      assert.ok(!series.has(sample + labels), `${sample}${labels} stands once`);
      series.set(sample + labels, Number(value));
    }
  }
  for (const [name, kind] of kinds) if (kind === 'histogram') assertBuckets(name, series);
  return series;
}

/** Cumulative, and the last one is the count. */
function assertBuckets(name: string, series: ReadonlyMap<string, number>): void {
  const last = new Map<string, number>();
  for (const [key, value] of series) {
    if (!key.startsWith(`${name}_bucket{`)) continue;
    const labels = key.slice(`${name}_bucket`.length).replace(/,?le="([^"]*)"/, '');
    assert.ok(value >= (last.get(labels) ?? 0), `${key} holds those below it too`);
    last.set(labels, value);
  }
  for (const [labels, value] of last) assert.equal(series.get(`${name}_count${labels === '{}' ? '' : labels}`), value);
}
