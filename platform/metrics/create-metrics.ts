/**
 * What a process tells whoever watches it, in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4).
 * Counters and histograms are counted as things happen; gauges are read when somebody asks.
 */
import { assert } from '#platform/assert';

export type Labels = Readonly<Record<string, string>>;
export type Sample = { readonly labels?: Labels; readonly value: number | bigint };
export type Counter = { add(labels: Labels, by?: number | bigint): void };
export type Histogram = { observe(labels: Labels, value: number): void };

export type Metrics = {
  /** `name` ends with _total. */
  counter(name: string, help: string): Counter;
  /** `bounds` ascend; whatever is above the last is counted too. */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram;
  /** What `read` throws leaves it out this time. `kind` is counter for what only grows and is counted elsewhere. */
  gauge(name: string, help: string, read: () => readonly Sample[] | Promise<readonly Sample[]>, kind?: 'gauge' | 'counter'): void;
  text(): Promise<string>;
};

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Family = {
  readonly name: string;
  readonly help: string;
  readonly kind: string;
  readonly lines: () => readonly string[] | Promise<readonly string[]>;
};

const NAME = /^[a-z][a-z0-9_]*$/;
/** Labels come from a few peers, doors and results; more is a mistake that would fill the memory of whoever watches. */
const SERIES_MAX = 10_000;

export function createMetrics(): Metrics {
  const families: Family[] = [];
  const declare = (family: Family) => {
    assert(NAME.test(family.name) && families.every(({ name }) => name !== family.name), 'a metric has a name of its own');
    families.push(family);
  };
  return {
    counter(name, help) {
      assert(name.endsWith('_total'), 'what only grows is called so');
      const series = new Map<string, Counted>();
      const lines = () => [...series.values()].map(({ labels, value }) => `${name}${written(labels)} ${value}`);
      declare({ name, help, kind: 'counter', lines });
      return {
        add(labels, by = 1) {
          const key = keyOf(labels);
          let one = series.get(key);
          if (one === undefined) {
            if (series.size >= SERIES_MAX) return;
            one = { labels, value: 0 };
            series.set(key, one);
          }
          one.value = typeof by === 'bigint' ? BigInt(one.value) + by : Number(one.value) + by;
        },
      };
    },
    histogram(name, help, bounds) {
      const series = new Map<string, Observed>();
      declare({ name, help, kind: 'histogram', lines: () => [...series.values()].flatMap((one) => linesOf(name, bounds, one)) });
      return {
        observe(labels, value) {
          const key = keyOf(labels);
          let one = series.get(key);
          if (one === undefined) {
            if (series.size >= SERIES_MAX) return;
            one = { labels, counts: bounds.map(() => 0), count: 0, sum: 0 };
            series.set(key, one);
          }
          const place = bounds.findIndex((bound) => value <= bound);
          if (place >= 0) one.counts[place] = (one.counts[place] ?? 0) + 1;
          one.count += 1;
          one.sum += value;
        },
      };
    },
    gauge(name, help, read, kind = 'gauge') {
      declare({
        name,
        help,
        kind,
        lines: async () => (await read()).map(({ labels = {}, value }) => `${name}${written(labels)} ${value}`),
      });
    },
    async text() {
      const told = await Promise.all(
        families.map(async ({ name, help, kind, lines }) => {
          const own = await Promise.resolve()
            .then(lines)
            .catch(() => []);
          return own.length === 0 ? [] : [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${kind}`, ...own];
        }),
      );
      return told
        .flat()
        .map((line) => `${line}\n`)
        .join('');
    },
  };
}

type Counted = { readonly labels: Labels; value: bigint | number };
type Observed = { readonly labels: Labels; readonly counts: number[]; count: number; sum: number };

/** Buckets hold all that is at most their bound. */
function linesOf(name: string, bounds: readonly number[], { labels, counts, count, sum }: Observed): string[] {
  let below = 0;
  const buckets = bounds.map((bound, place) => {
    below += counts[place] ?? 0;
    return `${name}_bucket${written({ ...labels, le: `${bound}` })} ${below}`;
  });
  return [
    ...buckets,
    `${name}_bucket${written({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${written(labels)} ${sum}`,
    `${name}_count${written(labels)} ${count}`,
  ];
}

/** Two series are the same by it; made for every request, where `written` is made when somebody asks. */
function keyOf(labels: Labels): string {
  let key = '';
  for (const name in labels) key += `${name}\n${labels[name]}\n`;
  return key;
}

function written(labels: Labels): string {
  const entries = Object.entries(labels);
  return entries.length === 0 ? '' : `{${entries.map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`).join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
