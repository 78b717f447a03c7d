// Numbers the way Python prints them, short enough for a node.
import type { Scalar, Snapshot } from "../shared/types";

const isFloat = (snap: Snapshot): boolean => /^(np\.)?(float|complex)/.test(snap.d ?? snap.py ?? "");

/** 4 -> "4.0" for floats; four significant digits; "nan" and "inf" as they are. */
export function num(value: Scalar, float = true): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  if (!float) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  const text = String(Number(value.toPrecision(4)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

export function shapeText(shape: number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

export function sizeOf(snap: Snapshot): number {
  return (snap.s ?? []).reduce((a, b) => a * b, 1);
}

export function flat(snap: Snapshot): Scalar[] | null {
  if (Array.isArray(snap.v)) return snap.v;
  if (snap.v !== undefined && snap.v !== null) return [snap.v];
  return null;
}

/** One number or one short row as text, else the shape. */
export function short(snap: Snapshot | null | undefined, room = 18): string {
  if (!snap) return "None";
  const values = flat(snap);
  if (!snap.s) {
    if (values?.length === 1 && values[0] !== undefined) return clip(num(values[0], isFloat(snap)), room);
    return clip(snap.repr ?? snap.py ?? "?", room);
  }
  if (values && values.length === 1 && values[0] !== undefined) {
    const text = num(values[0], isFloat(snap));
    const boxed = snap.s.length > 0 ? "[".repeat(snap.s.length) + text + "]".repeat(snap.s.length) : text;
    return boxed.length <= room ? boxed : text;
  }
  if (values && values.length > 1 && snap.s.length === 1 && values.length <= 4) {
    const text = `[${values.map((v) => num(v, isFloat(snap))).join(" ")}]`;
    if (text.length <= room) return text;
  }
  return shapeText(snap.s);
}

export function clip(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}

/** Rows of a matrix of at most two axes; leading axes are flattened. */
export function grid(snap: Snapshot): Scalar[][] | null {
  if (snap.th) return snap.th;
  const values = flat(snap);
  if (!values || !snap.s || values.length === 0) return null;
  const columns = snap.s.length === 0 ? 1 : (snap.s[snap.s.length - 1] ?? 1);
  const rows: Scalar[][] = [];
  for (let i = 0; i < values.length; i += columns) rows.push(values.slice(i, i + columns));
  return rows;
}

/** The whole value as text, for titles and screen readers. */
export function long(snap: Snapshot | null | undefined): string {
  if (!snap) return "None";
  const values = flat(snap);
  if (values && snap.s && values.length > 1) {
    const rows = grid(snap) ?? [];
    return `${shapeText(snap.s)} [${rows.map((row) => row.map((v) => num(v, isFloat(snap))).join(" ")).join("; ")}]`;
  }
  if (snap.st && snap.s) {
    const { min, max, mean } = snap.st;
    return `${shapeText(snap.s)} ${num(min)} … ${num(max)}, ø ${num(mean)}`;
  }
  return short(snap, 60);
}

export { isFloat };
