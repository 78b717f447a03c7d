// The work list step by step: what is put in, taken out, run, and refused because it is already known.
import { fill, h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { stepBar, STEP_BAR_CSS } from "./small/step_bar";
import { QUEUE } from "./strings/queue_view";

interface Step { kind: "push" | "pop" | "run" | "refuse"; f: string; items: [string, number | null][]; line: number | null; code: string; visit?: number; end?: number }
interface Payload { name: string; heap: boolean; labels: Record<string, string>; steps: Step[]; error: string | null }

const CSS = `${STEP_BAR_CSS}
.dzl-queue-view{max-width:980px}
.dzl-queue-view .bench{display:grid;grid-template-columns:minmax(0,1fr) 210px;gap:16px;padding:14px 14px 6px}
@container (max-width:560px){.dzl-queue-view .bench{grid-template-columns:1fr}}
.dzl-queue-view .cap{font-size:12px;color:var(--muted);font-weight:600;margin-bottom:6px}
.dzl-queue-view .tray{display:flex;gap:7px;align-items:center;min-height:62px;border:1.6px solid var(--line);border-radius:9px;background:var(--gen);padding:10px;overflow-x:auto}
.dzl-queue-view .tray.end1{border-right:4px solid var(--grad)}.dzl-queue-view .tray.end0{border-left:4px solid var(--grad)}
.dzl-queue-view .dzl-chip{flex:none;font-size:13px;padding:6px 10px}
.dzl-queue-view .dzl-chip.in{border-color:var(--ok);background:var(--oksoft);animation:dzl-in .25s ease-out}
.dzl-queue-view .run{border:1.6px solid var(--grad);border-radius:9px;background:var(--gradsoft);min-height:62px;display:grid;place-items:center;font-weight:600;padding:8px}
.dzl-queue-view .run.idle{border-style:dashed;border-color:var(--line);background:none;color:var(--muted);font-weight:400}
.dzl-queue-view .run .twice{color:var(--bad)}
.dzl-queue-view .out{display:flex;gap:6px;flex-wrap:wrap;align-items:center;padding:4px 14px 6px;min-height:44px}
.dzl-queue-view .out .dzl-chip{font-size:12px;padding:3px 8px;background:var(--soft);border-color:var(--line)}
.dzl-queue-view .out .dzl-chip.twice{border-color:var(--bad);background:var(--badsoft)}
.dzl-queue-view .no{border-style:dashed;border-color:var(--bad);background:var(--badsoft);text-decoration:line-through}
.dzl-queue-view .dzl-say{margin:2px 14px 12px;min-height:60px}
.dzl-queue-view .code{color:var(--muted);font-size:12.5px;margin-top:3px}
@keyframes dzl-in{from{opacity:0;transform:translateX(14px)}to{opacity:1;transform:none}}
`;

export default widget<Payload>("queue-view", CSS, (root, data, ctx) => {
  const t = translator(QUEUE, ctx.lang);
  const label = (f: string): string => data.labels[f] ?? f;
  const head = h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, ...rich(data.name ? t("tag", { name: data.name }) : t("no_name"))));
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const seen = data.steps.some((s) => s.kind !== "run");
  if (data.steps.length === 0 || !seen) {
    fill(say, ...rich(data.error ? t("stopped", { error: data.error }) : t("none")));
    if (data.error) say.classList.add("dzl-bad");
    root.append(head, h("div", { class: "dzl-body" }, say));
    ctx.el.dataset.step = "0";
    if (data.steps.length === 0) return;
  }
  const front = data.steps.some((s) => s.kind === "pop" && s.end === 0 && s.items.length > 0) && !data.heap;
  const tray = h("div", { class: `tray ${data.heap ? "" : front ? "end0" : "end1"}` }), now = h("div", { class: "run idle" }), out = h("div", { class: "out" });

  function chip([f, gen]: [string, number | null], fresh: boolean): HTMLElement {
    return h("span", { class: `dzl-chip ${fresh ? "in" : ""}` }, label(f), gen === null ? null : h("i", null, t("gen", { n: gen })));
  }
  function draw(i: number): void {
    const step = data.steps[i];
    if (!step) return;
    const done = data.steps.slice(0, i + 1).filter((s) => s.kind === "run");
    const fresh = step.kind === "push" ? step.items.map(([f]) => f).lastIndexOf(step.f) : -1;
    fill(tray, step.items.length === 0 ? h("span", { class: "dzl-tag" }, t("empty")) : null, ...step.items.map((item, k) => chip(item, k === fresh)),
      step.kind === "refuse" ? h("span", { class: "dzl-chip no" }, `${label(step.f)} ×`) : null);
    const last = done[done.length - 1];
    const busy = step.kind === "run" || (step.kind !== "pop" && last !== undefined);
    const twice = last !== undefined && (last.visit ?? 1) > 1;
    now.className = `run ${busy || step.kind === "pop" ? "" : "idle"}`;
    fill(now, step.kind === "pop" ? label(step.f) : last ? h("span", { class: twice ? "twice" : "" }, `${label(last.f)}${twice ? ` · ${last.visit}×` : ""}`) : "–");
    fill(out, h("span", { class: "dzl-tag" }, t("history")), ...done.map((s) => h("span", { class: `dzl-chip ${(s.visit ?? 1) > 1 ? "twice" : ""}` }, label(s.f))));
    const again = step.kind === "run" && (step.visit ?? 1) > 1;
    const text = again ? t("again", { f: label(step.f), n: step.visit ?? 2 }) : t(step.kind, { f: label(step.f) });
    const end = i === data.steps.length - 1 ? ` ${data.error ? t("stopped", { error: data.error }) : t("finished")}` : "";
    say.className = `dzl-say${again || (end && data.error) ? " dzl-bad" : ""}`;
    fill(say, h("div", null, ...rich(text + end)), step.code ? h("div", { class: "code" }, `${t("line", { n: step.line ?? 0 })}  `, h("code", null, step.code)) : null);
    ctx.el.dataset.step = String(i);
  }
  if (seen) root.append(head);
  root.append(
    h("div", { class: "bench" },
      h("div", null, h("div", { class: "cap" }, t(data.heap ? "waits_heap" : front ? "waits_front" : "waits")), tray),
      h("div", null, h("div", { class: "cap" }, t("runs")), now)),
    out, seen ? say : "");
  const bar = stepBar({
    count: data.steps.length, lang: ctx.lang, label: t("step"), onStep: draw, interval: 900,
    valueText: (i) => { const s = data.steps[i]; return s ? t(s.kind, { f: label(s.f) }).replaceAll("`", "") : ""; },
  });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => { bar.stop(); unbind(); };
});
