// Numbers as a reader of English or Korean expects them: true minus sign, powers as superscripts, NaN by name.

const RAISED: Record<string, string> = {
  "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
};

/** short(0.30000000000000004) is "0.3", short(1e-9) is "1·10⁻⁹" */
export function short(value: number | null | undefined, digits = 6): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return power(value, Math.min(digits, 3));
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

/** power(5.04e-11) is "5·10⁻¹¹" */
export function power(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const [mantissa = "1", exponent = "0"] = value.toExponential(digits - 1).split("e");
  const raised = [...String(Number(exponent))].map((c) => RAISED[c] ?? "").join("");
  const front = mantissa.replace(/\.0+$/, "").replace("-", "−");
  return front === "1" ? `10${raised}` : `${front}·10${raised}`;
}
