// Two languages side by side. Each widget's table is `{en: {...}, ko: {...}}` with the same keys (type-checked).

export type Lang = "en" | "ko";
export interface Bilingual { en: string; ko: string }
export type Table<K extends string = string> = Record<Lang, Record<K, string>>;

export function asLang(value: unknown): Lang {
  return value === "ko" ? "ko" : "en";
}

/** The side of a bilingual text that is wanted; plain strings and null pass through. */
export function pick(text: Bilingual | string | null | undefined, lang: Lang): string {
  if (text === null || text === undefined) return "";
  return typeof text === "string" ? text : text[lang];
}

/** translator(strings, "ko")("step_of", {n: 3, total: 9}): looks a key up and fills `{n}`. */
export function translator<K extends string>(table: Table<K>, lang: Lang) {
  return (key: K, values: Record<string, string | number> = {}): string =>
    table[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Marks a table and checks that both languages have exactly the same keys. */
export function strings<K extends string>(table: { en: Record<K, string>; ko: Record<NoInfer<K>, string> }): Table<K> {
  return table;
}
