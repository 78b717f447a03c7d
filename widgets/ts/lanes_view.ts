// The upper lane fills left to right with values, the lower lane right to left with derivatives. A lower cell lights what it needs.
import { fill, h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { choice, CHOICE_CSS } from "./small/choice";
import { short } from "./small/num";
import { stepBar, STEP_BAR_CSS } from "./small/step_bar";
import { LANES } from "./strings/lanes_view";

interface Fn { label: string; rule: string; local: number | null; wrong: number | null }
interface Wire { name: string; value: number | null; slope: number | null; wrong: number | null; check: number | null }
interface Payload { x: number; functions: Fn[]; wires: Wire[] }

const CSS = `${STEP_BAR_CSS}${CHOICE_CSS}
.dzl-lanes-view{max-width:1080px}
.dzl-lanes-view .scroll{overflow-x:auto;padding:14px 14px 4px}
.dzl-lanes-view .lanes{display:grid;grid-template-columns:86px repeat(var(--n),minmax(76px,1fr));column-gap:0;row-gap:6px;align-items:center;min-width:calc(86px + var(--n)*76px)}
.dzl-lanes-view .lane{font-size:12px;color:var(--muted);font-weight:600}
.dzl-lanes-view .cell{appearance:none;font:inherit;color:var(--ink);border:1.6px solid var(--varline);background:var(--var);border-radius:22px;min-height:50px;padding:4px 6px;margin:0;text-align:center;width:100%;line-height:17px}
.dzl-lanes-view .cell b{display:block;font-size:12.5px}
.dzl-lanes-view .cell span{font-size:13.5px;font-variant-numeric:tabular-nums}
.dzl-lanes-view .cell.empty{background:none;border-style:dashed;border-color:var(--line)}
.dzl-lanes-view .cell.empty span{visibility:hidden}
.dzl-lanes-view .d{border-color:var(--grad);background:var(--gradsoft);border-radius:8px;cursor:pointer}
.dzl-lanes-view .d.bad{border-color:var(--bad);background:var(--badsoft);border-style:double;border-width:4px}
.dzl-lanes-view .d.bad span{color:var(--bad);font-weight:700}
.dzl-lanes-view .now{box-shadow:0 0 0 3px var(--now)}
.dzl-lanes-view .lit{box-shadow:0 0 0 3px var(--grad)}
.dzl-lanes-view .fn{text-align:center;position:relative}
.dzl-lanes-view .fn::before{content:"";position:absolute;left:0;right:0;top:50%;border-top:2px solid var(--wire)}
.dzl-lanes-view .fn i{position:relative;font-style:normal;display:inline-block;border:1.6px solid var(--funline);background:var(--fun);border-radius:6px;padding:5px 8px;font-size:13px}
.dzl-lanes-view .factor{text-align:center;font-size:12px;line-height:16px;color:var(--grad);font-variant-numeric:tabular-nums}
.dzl-lanes-view .factor.bad{color:var(--bad);font-weight:700}
.dzl-lanes-view .factor span{display:block;color:var(--muted)}
.dzl-lanes-view .check{text-align:center;font-size:12.5px;color:var(--muted);font-variant-numeric:tabular-nums;padding-bottom:4px}
.dzl-lanes-view .dzl-say{margin:8px 14px 12px;min-height:62px;display:flex;align-items:center}
`;

export default widget<Payload>("lanes-view", CSS, (root, data, ctx) => {
  const t = translator(LANES, ctx.lang);
  const n = data.wires.length;
  let wrong = false;
  const upper = data.wires.map((w) => h("div", { class: "cell" }, h("b", null, w.name), h("span", null, short(w.value, 5))));
  const values = data.wires.map(() => h("span"));
  const lower = data.wires.map((w, i) => h("button", {
    type: "button", class: "cell d", onFocus: () => light(i), onBlur: () => light(null), onPointerenter: () => light(i),
    onPointerleave: () => light(null), onClick: () => bar.go(n + (n - 1 - i)),
  }, h("b", null, `dy/d${w.name}`), values[i] as HTMLElement));
  const factors = data.functions.map(() => h("div", { class: "factor" }));
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const grid = h("div", { class: "lanes", style: { "--n": 2 * n - 1 } });
  const put = (row: number, lane: string, cells: (HTMLElement | null)[]): void => {
    grid.append(h("div", { class: "lane", style: { "grid-row": row, "grid-column": 1 } }, lane));
    cells.forEach((cell, i) => {
      if (!cell) return;
      cell.style.setProperty("grid-row", String(row));
      cell.style.setProperty("grid-column", String(i + 2));
      grid.append(cell);
    });
  };
  const mix = <A, B>(a: A[], b: B[]): (A | B | null)[] => a.flatMap((x, i) => [x, b[i] ?? null]).slice(0, 2 * n - 1);
  put(1, t("values"), mix(upper, data.functions.map((f) => h("div", { class: "fn" }, h("i", null, f.label)))));
  put(2, t("slopes"), mix(lower, factors));
  put(3, t("check"), mix(data.wires.map((w) => h("div", { class: "check" }, short(w.check, 6))), []));

  function light(i: number | null): void {
    upper.forEach((cell, k) => cell.classList.toggle("lit", i !== null && k === i && i < n - 1));
  }
  const bad = (i: number): boolean => {
    const w = data.wires[i];
    return wrong && w !== undefined && w.slope !== null && (w.wrong === null || Math.abs(w.wrong - w.slope) > 1e-9 * Math.max(1, Math.abs(w.slope)));
  };
  const badFactor = (i: number): boolean => {
    const f = data.functions[i];
    return wrong && f !== undefined && f.local !== f.wrong;
  };

  function sentence(step: number): string {
    if (step < n) {
      const w = data.wires[step] as Wire;
      if (step === 0) return t("start", { v: short(w.value) });
      return t("value", { name: w.name, f: data.functions[step - 1]?.label ?? "", before: data.wires[step - 1]?.name ?? "", v: short(w.value) });
    }
    const i = n - 1 - (step - n);
    if (i === n - 1) return t("seed");
    const w = data.wires[i] as Wire, f = data.functions[i] as Fn, after = data.wires[i + 1] as Wire;
    const common = { name: w.name, after: after.name, value: short(w.value), truth: short(w.slope), x: short(data.x), f: f.label, good: short(f.local) };
    if (badFactor(i)) return t("wrong_slope", { ...common, b: short(f.wrong), v: short(w.wrong) });
    if (bad(i)) return t("inherits", { ...common, b: short(f.wrong), v: short(w.wrong) });
    const text = t("slope", { ...common, rule: f.rule.replaceAll("{v}", w.name), a: short(wrong ? after.wrong : after.slope), b: short(f.local), v: short(wrong ? w.wrong : w.slope) });
    return i === 0 && !wrong ? `${text} ${t("all")}` : text;
  }

  function draw(step: number): void {
    upper.forEach((cell, i) => { cell.classList.toggle("empty", i > step); cell.classList.toggle("now", i === step); });
    lower.forEach((cell, i) => {
      const at = n + (n - 1 - i);
      const shown = step >= at;
      cell.classList.toggle("empty", !shown);
      cell.classList.toggle("bad", shown && bad(i));
      cell.classList.toggle("now", step === at);
      const w = data.wires[i] as Wire;
      fill(values[i] as HTMLElement, short(wrong ? w.wrong : w.slope, 5), shown && bad(i) ? " ✗" : "");
      if (i < n - 1) cell.title = t("needs", { name: w.name, v: short(w.value) });
    });
    factors.forEach((el, i) => {
      const shown = step >= n + (n - 1 - i);
      const f = data.functions[i] as Fn, w = data.wires[i] as Wire;
      el.style.setProperty("visibility", shown ? "visible" : "hidden");
      el.classList.toggle("bad", badFactor(i));
      fill(el, `· ${short(wrong ? f.wrong : f.local, 4)}`, h("span", null, f.rule.replaceAll("{v}", wrong ? "x" : w.name)));
    });
    const i = n - 1 - (step - n);
    light(step > n ? i : null);
    fill(say, h("span", null, ...rich(sentence(step))));
    ctx.el.dataset.step = String(step);
  }

  const point = choice(t("where"), [t("right"), t("wrong")], (k) => { wrong = k === 1; draw(bar.at()); });
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, ["x", ...data.functions.map((f) => f.label), "y"].join(" → ")),
      h("span", { class: "dzl-grow" }), point.el),
    h("div", { class: "scroll" }, grid), say);
  const bar = stepBar({
    count: 2 * n, lang: ctx.lang, label: t("step"), valueText: (i) => sentence(i).replaceAll("`", ""), onStep: draw, interval: 1400,
  });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => { bar.stop(); unbind(); };
});
