// Small arrays as cells: numbers one can read, wrong entries outlined. Used by the exercise panel and the gradient table.
import { add, h } from "../shared/dom";
import type { Scalar, Snapshot } from "../shared/types";

export type Shown = Snapshot | string | null | undefined;

export const MATRIX_CSS = `
.dzl .mx{display:grid;gap:5px;justify-content:start}
.dzl .mx table{border-collapse:separate;border-spacing:3px;margin:-3px;font-family:var(--mono);font-size:12px}
.dzl .mx td{min-width:54px;padding:5px 7px;text-align:center;border-radius:4px;background:var(--soft);color:var(--ink);border:0;white-space:nowrap}
.dzl .mx td[data-heat]{background:color-mix(in srgb,var(--funline) calc(var(--heat)*34%),var(--soft))}
.dzl .mx td[data-heat="-"]{background:color-mix(in srgb,var(--varline) calc(var(--heat)*34%),var(--soft))}
.dzl .mx td.wrong{background:var(--badcell);color:var(--badink);font-weight:600;outline:2px solid var(--bad);outline-offset:-1px}
.dzl .mx .slice{font-size:11px;color:var(--muted);font-family:var(--mono);margin:2px 0 1px}
`;

export function isSnapshot(x: Shown): x is Snapshot {
  return typeof x === "object" && x !== null;
}

/** The flat values, when all of them travelled along. */
export function valuesOf(x: Shown): Scalar[] | null {
  if (!isSnapshot(x) || x.v === undefined) return null;
  return Array.isArray(x.v) ? x.v : [x.v];
}

/** (2, 3), (3,), () as Python writes them. */
export function shapeText(shape: number[] | undefined): string {
  if (!shape) return "";
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

export function toNumber(x: Scalar | undefined): number {
  if (typeof x === "number") return x;
  if (x === "inf" || x === "Infinity") return Infinity;
  if (x === "-inf" || x === "-Infinity") return -Infinity;
  return typeof x === "boolean" ? Number(x) : NaN;
}

export function isWhole(x: Shown): boolean {
  return isSnapshot(x) && /^u?int/.test(x.d ?? "");
}

/** One number, short: 0.41, -1.2, 3e-11, 12400.0. */
export function short(x: Scalar | undefined, digits = 4): string {
  if (typeof x === "string" || typeof x === "boolean") return String(x);
  if (x === null || x === undefined) return "–";
  if (!Number.isFinite(x)) return String(x);
  if (x === 0) return "0.0";
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-4) return x.toExponential(Math.max(0, Math.min(digits - 1, 3))).replace(/\.?0+e/, "e").replace("e+", "e");
  const text = String(Number(x.toPrecision(digits)));
  return text.includes(".") || text.includes("e") ? text : `${text}.0`;
}

/** A difference or error: one digit and the power of ten, 3e-11. */
export function power(x: number): string {
  if (x === 0) return "0";
  return x >= 0.01 && x < 1000 ? short(x, 2) : x.toExponential(0).replace("e+", "e");
}

/** The same number of decimals for a whole array and the one beside it: as many as show where they differ, at most nine. */
export function texts(x: Shown, like: Shown = null, least = 3): string[] {
  const values = valuesOf(x) ?? [], other = valuesOf(like);
  if (isWhole(x)) return values.map(String);
  const compared = other?.length === values.length ? other : [];
  for (let digits = least; digits <= 9; digits += 1) {
    const both = columnTexts([...values, ...compared], digits); // one number of decimals for both sides
    const mine = both.slice(0, values.length), theirs = both.slice(values.length);
    if (digits === 9 || !theirs.some((text, k) => text === mine[k] && !close(values[k], compared[k], 1e-6))) return mine;
  }
  return [];
}

function columnTexts(values: Scalar[], digits: number): string[] {
  const sizes = values.map(toNumber).filter((x) => Number.isFinite(x) && x !== 0).map(Math.abs);
  const top = Math.max(...sizes, 0);
  const decimals = Math.max(1, digits - Math.max(1, Math.ceil(Math.log10(top + 1e-12))));
  const apart = Math.min(...sizes) < 0.5 * 10 ** -decimals && Math.min(...sizes) > 1e-14; // fixed decimals would show zeros
  if (!sizes.length || top >= 1e5 || top < 1e-3 || apart) return values.map((x) => short(x, digits));
  const fixed = values.map((x) => (typeof x === "number" ? x.toFixed(decimals) : short(x)));
  const spare = Math.min(...fixed.map((text) => (/\.\d*$/.test(text) ? (/0*$/.exec(text)?.[0].length ?? 0) : 99)), decimals - 1);
  return fixed.map((text) => (/\.\d*$/.test(text) && spare > 0 ? text.slice(0, -spare) : text));
}

export function close(a: Scalar | undefined, b: Scalar | undefined, relative = 1e-4): boolean {
  const x = toNumber(a), y = toNumber(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y);
  return x === y || Math.abs(x - y) <= 1e-6 + relative * Math.abs(y);
}

/** Which entries of a wrong `yours` are wrong: those out of tolerance, or the worst. null: other shape, or values missing. */
export function wrongEntries(yours: Shown, expected: Shown): boolean[] | null {
  const a = valuesOf(yours), b = valuesOf(expected);
  if (!a || !b || !sameShape(yours, expected)) return null;
  const wrong = a.map((x, k) => !close(x, b[k]));
  if (wrong.some(Boolean)) return wrong;
  const apart = a.map((x, k) => Math.abs(toNumber(x) - toNumber(b[k])));
  const worst = Math.max(...apart);
  return apart.map((d) => d > 0 && d === worst);
}

export function sameShape(a: Shown, b: Shown): boolean {
  return isSnapshot(a) && isSnapshot(b) && JSON.stringify(a.s ?? []) === JSON.stringify(b.s ?? []);
}

interface Options { wrong?: boolean[] | null; like?: Shown; heat?: boolean; label: string; says?: (k: number) => string | null }

/** An array as one table per last-two-axes slice. Above 64 elements: the thumbnail and the range. */
export function matrix(x: Snapshot, { wrong = null, like = null, heat = false, label, says }: Options): HTMLElement {
  const box = h("div", { class: "mx" });
  const shape = x.s ?? [];
  const flat = valuesOf(x);
  if (!flat) {
    if (x.th) box.append(tableOf(x.th.map((row) => row.map((v) => short(v, 3))), x.th.flat(), x.th[0]?.length ?? 0, null, true, label));
    if (x.st) box.append(h("div", { class: "slice" }, `${shapeText(shape)}  ${short(x.st.min)} … ${short(x.st.max)}`));
    return box;
  }
  const shown = texts(x, like);
  const columns = shape.length === 0 ? 1 : (shape[shape.length - 1] ?? 1);
  const rows = shape.length < 2 ? 1 : (shape[shape.length - 2] ?? 1);
  const area = rows * columns;
  if (area === 0) return add1(box, h("div", { class: "slice" }, shapeText(shape)));
  for (let start = 0; start < flat.length; start += area) {
    if (flat.length > area) box.append(h("div", { class: "slice" }, indexOf(start / area, shape.slice(0, -2))));
    const grid: string[][] = [];
    for (let r = 0; r < rows; r += 1) grid.push(shown.slice(start + r * columns, start + (r + 1) * columns));
    const bad = wrong ? wrong.slice(start, start + area) : null;
    box.append(tableOf(grid, flat.slice(start, start + area), columns, bad, heat, label, (k) => says?.(start + k) ?? null));
  }
  return box;
}

function tableOf(
  grid: string[][], values: Scalar[], columns: number, wrong: boolean[] | null, heat: boolean, label: string,
  says: (k: number) => string | null = () => null,
): HTMLElement {
  const top = Math.max(...values.map(toNumber).filter(Number.isFinite).map(Math.abs), 1e-300);
  return h("table", { "aria-label": label }, h("tbody", null, ...grid.map((row, r) => h("tr", null, ...row.map((text, c) => {
    const k = r * columns + c;
    const bad = wrong?.[k] ?? false;
    const number = toNumber(values[k]);
    const tint = heat && !bad && Number.isFinite(number);
    return h("td", {
      class: bad ? "wrong" : null,
      "data-heat": tint ? (number < 0 ? "-" : "+") : null,
      "aria-label": bad ? says(k) : null,
      style: tint ? { "--heat": Math.abs(number) / top } : {},
    }, text);
  })))));
}

function indexOf(k: number, shape: number[]): string {
  const index: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const n = shape[axis] ?? 1;
    index.unshift(k % n);
    k = Math.floor(k / n);
  }
  return `[${index.join(", ")}]`;
}

function add1<T extends HTMLElement>(el: T, child: HTMLElement): T {
  add(el, [child]);
  return el;
}
