// Number pairs carried forward, a formula that grows, shares handed back: one function, three accounts, and their bill.
import { fill, h, rich, svg } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { short } from "./small/num";
import { stepBar, STEP_BAR_CSS } from "./small/step_bar";
import { MODES } from "./strings/modes_view";

type Tree = string | [string, ...Tree[]];
interface Op { name: string; text: string; value: number | null; slope: number | null; size: number; plain: number; formula: string | null; tree: Tree | null }
interface Back { op: string; shares: [string, number | null, number | null][] }
interface Payload {
  error?: string; inputs: number; ops: Op[]; back: Back[]; gradient: (number | null)[];
  counts: { operations: number; pairs: number; formula: number; shares: number };
  dual: { value: number | null; slope: number | null; error: string | null } | null;
}

const CSS = `${STEP_BAR_CSS}
.dzl-modes-view{max-width:1180px}
.dzl-modes-view .three{display:grid;grid-template-columns:1fr 1.15fr 1fr;gap:10px;padding:12px 14px 6px}
@container (max-width:760px){.dzl-modes-view .three{grid-template-columns:1fr}}
.dzl-modes-view section{border:1px solid var(--line);border-radius:9px;padding:9px 12px;min-width:0}
.dzl-modes-view h4{font-size:13px;font-weight:600;margin-bottom:6px!important;display:flex;justify-content:space-between;gap:8px}
.dzl-modes-view h4 span{font-weight:400;color:var(--muted);font-size:12px;font-variant-numeric:tabular-nums}
.dzl-modes-view .fixed{height:222px;overflow:auto}
.dzl-modes-view .line{display:grid;grid-template-columns:42px minmax(0,1fr) auto;gap:8px;font-size:12.5px;line-height:18px;padding:3px 6px;border-radius:5px;font-variant-numeric:tabular-nums}
.dzl-modes-view .line b{font-family:var(--mono);font-weight:600}
.dzl-modes-view .line code{color:var(--muted)}
.dzl-modes-view .pair{color:var(--funline);font-weight:600}
.dzl-modes-view .total{color:var(--grad);font-weight:600}
.dzl-modes-view .line.off :is(b,code){color:var(--muted);font-weight:400}
.dzl-modes-view .line.now{background:var(--now)}
.dzl-modes-view .line.now :is(code,.pair,.total){color:inherit}
.dzl-modes-view .tree{display:block;width:100%;height:132px}
.dzl-modes-view .tree path{fill:none;stroke:var(--wire);stroke-width:1.2}
.dzl-modes-view .tree circle{fill:var(--fun);stroke:var(--funline);stroke-width:1.2}
.dzl-modes-view .tree circle.leaf{fill:var(--var);stroke:var(--varline)}
.dzl-modes-view .tree text{font-size:10px}
.dzl-modes-view .formula{font-family:var(--mono);font-size:11.5px;line-height:16px;overflow-wrap:anywhere;color:var(--ink);margin-top:6px!important;max-height:80px;overflow:auto}
.dzl-modes-view .big{height:132px;display:grid;place-items:center;color:var(--muted);font-size:13px}
.dzl-modes-view .bill{padding:10px 14px 12px;display:grid;grid-template-columns:minmax(220px,300px) 1fr;gap:20px;border-top:1px solid var(--line);align-items:center}
@container (max-width:640px){.dzl-modes-view .bill{grid-template-columns:1fr}}
.dzl-modes-view .bill label{display:grid;grid-template-columns:76px 1fr 74px;gap:8px;align-items:center;font-size:12.5px}
.dzl-modes-view .bill input{padding:0;border:0;background:none;accent-color:var(--funline);width:100%}
.dzl-modes-view .bill .cap{font-size:12px;font-weight:600;color:var(--muted);margin-bottom:4px}
.dzl-modes-view .cost{display:grid;grid-template-columns:132px 1fr;gap:5px 10px;font-size:12.5px;align-items:center}
.dzl-modes-view .cost div{height:20px;border-radius:4px;background:var(--fwd);min-width:6px;position:relative;transition:width .2s}
.dzl-modes-view .cost div.rev{background:var(--bwd)}.dzl-modes-view .cost div.num{background:var(--line)}
.dzl-modes-view .cost div span{position:absolute;left:calc(100% + 7px);white-space:nowrap;line-height:20px}
.dzl-modes-view .track{padding-right:110px;background:none!important}
.dzl-modes-view .dzl-say{margin:4px 14px 10px;min-height:40px}
`;

/** Leaves side by side, parents above their children. */
function drawTree(tree: Tree): SVGSVGElement {
  const nodes: { x: number; y: number; text: string; leaf: boolean }[] = [];
  const lines: string[] = [];
  let next = 0, deepest = 0;
  const put = (part: Tree, depth: number): { x: number; y: number } => {
    deepest = Math.max(deepest, depth);
    if (typeof part === "string") {
      const at = { x: next, y: depth };
      next += 1;
      nodes.push({ ...at, text: part, leaf: true });
      return at;
    }
    const [sign, ...parts] = part;
    const below = parts.map((p) => put(p, depth + 1));
    const at = { x: below.reduce((sum, b) => sum + b.x, 0) / below.length, y: depth };
    for (const b of below) lines.push(`${at.x},${at.y},${b.x},${b.y}`);
    nodes.push({ ...at, text: sign, leaf: false });
    return at;
  };
  put(tree, 0);
  const W = 400, H = 132, fx = (x: number): number => 12 + ((x + 0.5) / next) * (W - 24), fy = (y: number): number => 12 + (y / Math.max(1, deepest)) * (H - 26);
  const r = Math.max(2.2, Math.min(9, (W / next) * 0.42));
  return svg("svg", { class: "tree", viewBox: `0 0 ${W} ${H}`, "aria-hidden": "true" },
    ...lines.map((l) => { const [a, b, c, d] = l.split(",").map(Number) as [number, number, number, number]; return svg("path", { d: `M${fx(a)} ${fy(b)}L${fx(c)} ${fy(d)}` }); }),
    ...nodes.map((n) => svg("circle", { cx: fx(n.x), cy: fy(n.y), r, class: n.leaf ? "leaf" : "" })),
    ...(r > 6 ? nodes.map((n) => svg("text", { x: fx(n.x), y: fy(n.y) + 3.5, "text-anchor": "middle" }, n.text)) : []));
}

export default widget<Payload>("modes-view", CSS, (root, data, ctx) => {
  const t = translator(MODES, ctx.lang);
  const head = h("div", { class: "dzl-head" }, h("b", null, t("title")));
  if (data.error) {
    root.append(head, h("div", { class: "dzl-body" }, h("div", { class: "dzl-say dzl-bad", role: "alert" }, t("error", { e: data.error }))));
    ctx.el.dataset.step = "0";
    return;
  }
  const ops = data.ops, back = data.back;
  const last = ops[ops.length - 1] as Op;
  const row = (op: Op, cls: string): { el: HTMLElement; cell: HTMLElement } => {
    const cell = h("span", { class: cls });
    return { el: h("div", { class: "line off" }, h("b", null, op.name), h("code", null, op.text === op.name ? "" : op.text), cell), cell };
  };
  const pairs = ops.map((op) => row(op, "pair")), totals = ops.map((op) => row(op, "total"));
  const backRows = totals.map((r) => r.el).reverse();
  const tree = h("div"), formula = h("p", { class: "formula" }), size = h("span");
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const pairPane = h("div", { class: "fixed", tabindex: "0", "aria-label": t("forward") }, ...pairs.map((p) => p.el));
  const backPane = h("div", { class: "fixed", tabindex: "0", "aria-label": t("reverse") }, ...backRows);
  const show = (pane: HTMLElement, el: HTMLElement | undefined): void => {
    if (el) pane.scrollTop = Math.max(0, el.offsetTop - pane.offsetTop - pane.clientHeight + 60);
  };

  function draw(step: number): void {
    const k = Math.min(step, ops.length - 1), b = step - ops.length; // b: -1 none yet, 0 seed, 1.. shares
    pairs.forEach((p, i) => {
      p.el.classList.toggle("off", i > k);
      p.el.classList.toggle("now", i === step);
      p.cell.textContent = i <= k ? `(${short(ops[i]?.value, 5)}, ${short(ops[i]?.slope, 5)})` : "";
    });
    show(pairPane, pairs[k]?.el);
    const op = ops[k] as Op;
    size.textContent = t("nodes", { n: op.size.toLocaleString() });
    fill(tree, op.tree ? drawTree(op.tree) : h("div", { class: "big" }, t("larger", { n: op.size.toLocaleString() })));
    formula.textContent = op.formula ?? "…";
    const sums = new Map<string, number | null>();
    if (b >= 0) sums.set(last.name, 1);
    for (const one of back.slice(0, Math.max(0, b))) for (const [name, , total] of one.shares) sums.set(name, total);
    const giving = b >= 1 ? back[b - 1] : undefined;
    ops.forEach((one, i) => {
      const r = totals[i];
      if (!r) return;
      r.el.classList.toggle("off", !sums.has(one.name));
      r.el.classList.toggle("now", giving ? giving.shares.some(([name]) => name === one.name) : b === 0 && one === last);
      r.cell.textContent = sums.has(one.name) ? short(sums.get(one.name), 6) : "";
    });
    show(backPane, giving ? totals[ops.findIndex((o) => o.name === giving.op)]?.el : undefined);
    let text: string;
    if (step === 0) text = t("start");
    else if (b < 0) text = t("f_do", { name: op.name, text: op.text, n: op.size.toLocaleString() });
    else if (b === 0) text = t("back_start");
    else text = t("back", { name: giving?.op ?? "", shares: (giving?.shares ?? []).map(([name, share]) => `\`${name}\` ${short(share, 5)}`).join(", ") });
    if (b === back.length) {
      const [f, r] = [last.slope, data.gradient[0] ?? null];
      const same = f !== null && r !== null && Math.abs(f - r) <= 1e-9 * Math.max(1, Math.abs(f));
      text += ` ${same ? t("end", { v: short(f, 8) }) : t("differ", { a: short(f), b: short(r) })}`;
    }
    fill(say, ...rich(text));
    ctx.el.dataset.step = String(step);
  }

  const dual = data.dual;
  const right = dual !== null && dual.slope !== null && last.slope !== null && Math.abs(dual.slope - last.slope) <= 1e-6 * Math.max(1, Math.abs(last.slope));
  const own = dual === null ? null : h("div", { class: `dzl-say ${right ? "dzl-ok" : "dzl-bad"}` }, ...rich(dual.error ? t("dual_error", { e: dual.error })
    : t(right ? "dual_ok" : "dual_bad", { v: short(dual.value), s: short(dual.slope), r: short(last.slope) })));

  // the bill
  const bars = [["numeric", "num"], ["fwd", "fwd"], ["rev", "rev"]] as const;
  const marks = bars.map(([, cls]) => h("div", { class: cls }, h("span")));
  const slider = (label: string, start: number): { el: HTMLElement; input: HTMLInputElement; out: HTMLElement } => {
    const out = h("span");
    const input = h("input", { type: "range", min: 0, max: 12, step: 1, value: start, "aria-label": label, onInput: () => bill() });
    return { el: h("label", null, label, input, out), input, out };
  };
  const n = slider(t("n"), 12), m = slider(t("m"), 0);
  function bill(): void {
    const size = (s: HTMLInputElement): number => Math.round(10 ** (Number(s.value) / 2));
    const [ni, mi] = [size(n.input), size(m.input)];
    [[n, ni], [m, mi]].forEach(([s, v]) => {
      (s as typeof n).out.textContent = (v as number).toLocaleString();
      (s as typeof n).input.setAttribute("aria-valuetext", (v as number).toLocaleString());
    });
    [2 * ni, ni, mi].forEach((count, i) => {
      const mark = marks[i] as HTMLElement;
      mark.style.setProperty("width", `${2 + (Math.log10(count) / 6.31) * 98}%`);
      (mark.firstChild as HTMLElement).textContent = count === 1 ? t("sweeps1") : t("sweeps", { n: count.toLocaleString() });
    });
  }

  root.append(head,
    h("div", { class: "three" },
      h("section", null, h("h4", null, t("forward"), h("span", null, t("pair"))), pairPane),
      h("section", null, h("h4", null, t("symbolic"), size), h("div", { class: "fixed" }, tree, formula)),
      h("section", null, h("h4", null, t("reverse"), h("span", null, t("total"))), backPane)),
    say);
  if (own) root.append(own);
  const bar = stepBar({
    count: ops.length + back.length + 1, lang: ctx.lang, label: t("step"), valueText: (i) => String(i + 1), onStep: draw, interval: 1100,
  });
  root.append(bar.el, h("div", { class: "bill" },
    h("div", null, h("div", { class: "cap" }, t("cost")), n.el, m.el),
    h("div", { class: "cost" }, ...bars.flatMap(([key], i) => [h("span", null, t(key)), h("div", { class: "track" }, marks[i] as HTMLElement)]))));
  bill();
  const unbind = bindKeys(root, bar.keys);
  return () => { bar.stop(); unbind(); };
});
