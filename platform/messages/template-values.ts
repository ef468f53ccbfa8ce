/**
 * What a template asks for, read from its text by the compiler: `'{count, plural, one {# line} other {# lines}}'`
 * wants `{ count: number | bigint }`. So a forgotten or misspelt value does not compile.
 *
 * A template is ICU MessageFormat. Besides ICU's own `number`, `plural`, `selectordinal` and `select`, a placeholder may
 * name one of our kinds: `{total, money}`, `{end, day}`; `date` and `time` are ours too, written as people here write them.
 */

/** As in domain/money: minor units of an ISO 4217 currency. Repeated here because platform knows no domain. */
export type MoneyValue = { readonly currency: string; readonly minor: bigint };

export type KindValues = {
  plain: string | number;
  number: number | bigint;
  plural: number | bigint;
  selectordinal: number | bigint;
  select: string;
  /** "$15.00" */
  money: MoneyValue;
  /** octets: "2.1 GB" */
  data: bigint;
  /** seconds, as minutes: "182 min" */
  minutes: bigint;
  /** kbit/s: "128 kbit/s" */
  speed: number;
  /** E.164: "+1 206 555 0100" */
  phone: string;
  /** E.164, most digits hidden */
  maskedPhone: string;
  /** "Fri 28 Nov" */
  day: Date;
  /** An exclusive end, as people say it: midnight that opens Sat 29 is "Fri 28 Nov", another hour is said */
  until: Date;
  /** "28 Nov 2026" */
  date: Date;
  /** "14:05" */
  time: Date;
  /** "Fri 28 Nov 2026, 14:05" */
  instant: Date;
};
export type Kind = keyof KindValues;
export type ZonedKind = 'day' | 'until' | 'date' | 'time' | 'instant';

type Placeholder<Name extends string, K extends string> = { name: Trim<Name>; kind: Trim<K> };

type Trim<S extends string> = S extends ` ${infer R}` ? Trim<R> : S extends `${infer R} ` ? Trim<R> : S;

/** In running text: a `{` opens a placeholder; a `}` closes the branch of a plural or select we are in. */
type InText<S extends string, Found> = S extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? S extends `${string}}${infer Rest}`
      ? InBranches<Rest, Found>
      : never
    : InPlaceholder<After, Found>
  : S extends `${string}}${infer Rest}`
    ? InBranches<Rest, Found>
    : Found;

type InPlaceholder<S extends string, Found> = S extends `${infer Head}}${infer Rest}`
  ? Head extends `${infer Name},${infer Type},${string}`
    ? S extends `${string},${string},${infer Branches}`
      ? InBranches<Branches, Found | Placeholder<Name, Type>>
      : never
    : Head extends `${infer Name},${infer Type}`
      ? InText<Rest, Found | Placeholder<Name, Type>>
      : InText<Rest, Found | Placeholder<Head, 'plain'>>
  : never;

/** Between the branches of a plural or select: a `{` opens a branch, a `}` closes the placeholder. */
type InBranches<S extends string, Found> = S extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? S extends `${string}}${infer Rest}`
      ? InText<Rest, Found>
      : never
    : InText<After, Found>
  : S extends `${string}}${infer Rest}`
    ? InText<Rest, Found>
    : Found;

export type PlaceholdersOf<Template extends string> = InText<Template, never>;

type Named<P> = P extends { name: infer Name extends string; kind: infer K }
  ? { name: Name; value: K extends Kind ? KindValues[K] : never }
  : never;

/** Days and hours are told in the market's zone; `now` lets a day far from it say its year. */
type ZoneFor<P> = Extract<P, { kind: ZonedKind }> extends never ? unknown : { readonly zone: string; readonly now?: Date };

export type ValuesOf<Template extends string> = {
  readonly [N in Named<PlaceholdersOf<Template>> as N['name']]: N['value'];
} & ZoneFor<PlaceholdersOf<Template>>;
