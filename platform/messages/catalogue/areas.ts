/** A folder of areas becomes one flat catalogue: `{ refusal: { 'orders.gone': … } }` → `{ 'refusal.orders.gone': … }`. */
type Areas = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Flat<A extends Areas> = {
  readonly [Key in { [Area in keyof A & string]: `${Area}.${keyof A[Area] & string}` }[keyof A & string]]: TextOf<A, Key>;
};
type TextOf<A extends Areas, Key extends string> = Key extends `${infer Area}.${infer Name}`
  ? Area extends keyof A
    ? Name extends keyof A[Area]
      ? A[Area][Name]
      : never
    : never
  : never;

export function joinAreas<const A extends Areas>(areas: A): Flat<A> {
  const flat: Record<string, string> = {};
  for (const [area, texts] of Object.entries(areas)) for (const [name, text] of Object.entries(texts)) flat[`${area}.${name}`] = text;
  return flat as Flat<A>;
}

/** What a translation of an English area must be: the same keys, every one. */
export type Translated<English extends Readonly<Record<string, string>>> = { readonly [Key in keyof English]: string };
