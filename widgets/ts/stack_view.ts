// Frames pile up on the left of each engine, the work list fills on its right. Same chain, same moment, one slider.
import { fill, h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { widget } from "./shared/widget";
import { choice, CHOICE_CSS } from "./small/choice";
import { stepBar, STEP_BAR_CSS, type StepBar } from "./small/step_bar";
import { STACK } from "./strings/stack_view";

interface Moment { stack: number[]; work: string[] | null; name: string; running: string | null }
interface Long { n: number; depth: number; list: number; error: string | null; reached: number }
interface Engine { title: string; moments: Record<string, Moment[]>; long: Long[]; error: string | null }
interface Payload { limit: number; lengths: number[]; long: number[]; engines: Engine[] }

const CSS = `${STEP_BAR_CSS}${CHOICE_CSS}
.dzl-stack-view{max-width:1080px}
.dzl-stack-view .engines{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:12px;padding:12px 14px 4px}
.dzl-stack-view .engine{border:1px solid var(--line);border-radius:9px;padding:9px 12px 10px;min-width:0}
.dzl-stack-view .engine h4{font-weight:600;font-size:13px;display:flex;gap:10px;align-items:baseline;margin:0 0 8px}
.dzl-stack-view .engine h4 span{color:var(--muted);font-weight:400;font-size:12px}
.dzl-stack-view .two{display:grid;grid-template-columns:1.25fr 1fr;gap:14px}
.dzl-stack-view .cap{font-size:12px;color:var(--muted);font-weight:600;margin-bottom:5px}
.dzl-stack-view .tower{display:flex;flex-direction:column-reverse;justify-content:flex-start;gap:3px;height:252px;border-bottom:3px solid var(--muted);padding:0 4px 3px;overflow:hidden}
.dzl-stack-view .frame{border:1.5px solid var(--muted);background:var(--soft);border-radius:5px;font-size:12px;line-height:17px;padding:2px 8px;display:flex;justify-content:space-between;gap:8px;flex:none;height:24px;animation:dzl-drop .2s ease-out}
.dzl-stack-view .frame.top{border-color:var(--grad);background:var(--gradsoft);font-weight:600}
.dzl-stack-view .frame i{font-style:normal;color:var(--muted);font-weight:400}
.dzl-stack-view .list{display:flex;flex-direction:column;gap:5px;height:252px}
.dzl-stack-view .dzl-chip{align-self:flex-start}
.dzl-stack-view .dzl-chip.run{border-style:dashed;border-color:var(--grad);background:var(--gradsoft)}
.dzl-stack-view .slot{border:1.5px dashed var(--line);border-radius:6px;padding:3px 10px;color:var(--muted);font-size:12.5px;align-self:flex-start}
.dzl-stack-view .pile{align-self:stretch;border:1.5px solid var(--muted);border-radius:5px;background:repeating-linear-gradient(0deg,var(--soft) 0 4px,var(--line) 4px 5px);display:grid;place-items:center;font-weight:600;font-size:13px;min-height:20px;position:relative;flex:none}
.dzl-stack-view .pile b{background:var(--panel);border-radius:5px;padding:1px 8px;border:1px solid var(--line)}
.dzl-stack-view .pile.over{border:2px solid var(--bad);background:repeating-linear-gradient(0deg,var(--badsoft) 0 4px,var(--badcell) 4px 5px)}
.dzl-stack-view .pile.over b{color:var(--bad);border-color:var(--bad)}
.dzl-stack-view .dzl-say{margin:8px 14px 12px;min-height:58px}
.dzl-stack-view div.dzl-steps.dzl-tag{min-height:45px}
@keyframes dzl-drop{from{opacity:0;transform:translateY(-8px)}to{opacity:1;transform:none}}
`;

export default widget<Payload>("stack-view", CSS, (root, data, ctx) => {
  const t = translator(STACK, ctx.lang);
  const lengths = [...data.lengths, ...data.long];
  let length = 2; // index into lengths
  let bar: StepBar | undefined;
  const slot = h("div");
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const parts = data.engines.map((engine) => ({
    engine, peak: h("span"), tower: h("div", { class: "tower" }), list: h("div", { class: "list" }), name: h("div", { class: "cap" }),
  }));
  const isLong = (): boolean => length >= data.lengths.length;
  const moments = (engine: Engine): Moment[] => engine.moments[String(lengths[length])] ?? [];

  function short(step: number): void {
    const sentences: string[] = [];
    for (const { engine, tower, list, name, peak } of parts) {
      const all = moments(engine);
      const total = Math.max(...parts.map((p) => moments(p.engine).length));
      // the last step of all is the empty stack
      const now = step >= total ? null : all[Math.min(step, all.length - 1)] ?? null;
      const over = step >= all.length;
      const depth = now && !over ? now.stack.length : 0;
      const items = (now && !over ? now.work : null) ?? (all.some((m) => m.work) ? [] : null);
      fill(tower, ...(now && !over ? now.stack : []).map((line, i) => h("div", { class: `frame ${i === depth - 1 ? "top" : ""}` },
        h("span", null, t("frame")), h("i", null, t("line", { n: line })))));
      const listName = all.find((m) => m.name)?.name;
      name.textContent = listName ? `${t("list")}: ${listName}` : t("list");
      const running = now && !over && now.running ? h("span", { class: "dzl-chip run" }, t("running", { f: now.running })) : null;
      fill(list, items === null ? h("div", { class: "slot" }, t("none"))
        : items.length === 0 ? h("div", { class: "slot" }, t("empty")) : null,
      ...(items ?? []).map((f) => h("span", { class: "dzl-chip" }, f)), running);
      peak.textContent = t("peak", { d: Math.max(0, ...all.map((m) => m.stack.length)), l: Math.max(0, ...all.map((m) => m.work?.length ?? 0)) });
      if (!all.some((m) => m.running)) { sentences.push(t("still", { title: engine.title })); continue; }
      sentences.push(over ? `${engine.title}: ${t("done")}.` : t(items === null ? "says_plain" : "says", { title: engine.title, d: depth, l: items?.length ?? 0 }));
    }
    say.className = "dzl-say";
    fill(say, ...sentences.flatMap((s) => [h("div", null, ...rich(s))]));
    ctx.el.dataset.step = String(step);
  }

  function far(): void {
    const sentences: string[] = [];
    let bad = false;
    for (const { engine, tower, list, name, peak } of parts) {
      const run = engine.long[length - data.lengths.length];
      if (!run) continue;
      const over = run.error === "RecursionError";
      const high = Math.max(22, Math.min(236, (run.depth / (data.limit * 1.02)) * 240));
      fill(tower, h("div", { class: `pile ${over ? "over" : ""}`, style: { height: `${run.depth <= 1 ? 24 : high}px` } }, h("b", null, `${t("frames", { n: run.depth })}${over ? " ✗" : ""}`)));
      name.textContent = t("list");
      if (run.reached === 0 && !run.error) {
        fill(tower);
        fill(list, h("div", { class: "slot" }, t("none")));
        peak.textContent = t("limit", { n: data.limit });
        sentences.push(t("still", { title: engine.title }));
        continue;
      }
      fill(list, run.list === 0 ? h("div", { class: "slot" }, t("none")) : h("div", { class: "slot" }, `≤ ${run.list}`));
      peak.textContent = t("limit", { n: data.limit });
      bad ||= run.error !== null;
      const values = { title: engine.title, d: run.depth, l: run.list, n: run.n, r: run.reached, limit: data.limit, e: run.error ?? "" };
      sentences.push(over ? t("overflow", values) : run.error === "endless" ? t("endless", values) : run.error ? t("other", values)
        : run.list > 0 && run.depth <= 1 ? t("long_list", values) : t("long", values));
    }
    say.className = `dzl-say${bad ? " dzl-bad" : ""}`;
    fill(say, ...sentences.map((s) => h("div", null, ...rich(s))));
    ctx.el.dataset.step = "0";
  }

  function open(): void {
    bar?.stop();
    tag.textContent = t("tag", { n: lengths[length] ?? 0 });
    if (isLong()) {
      bar = undefined;
      fill(slot, h("div", { class: "dzl-steps dzl-tag" }, t("measured")));
      far();
      return;
    }
    const count = Math.max(1, ...parts.map((p) => moments(p.engine).length)) + 1;
    bar = stepBar({ count, lang: ctx.lang, label: t("step"), valueText: (i) => `${i + 1} / ${count}`, onStep: short, interval: 650 });
    fill(slot, bar.el);
  }

  const tag = h("span", { class: "dzl-tag" });
  const choose = choice(t("length"), lengths.map((n) => String(n)), (i) => { length = i; open(); }, length);
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), tag, h("span", { class: "dzl-grow" }), h("span", { class: "dzl-tag" }, t("length")), choose.el),
    h("div", { class: "engines" }, ...parts.map((p) => h("section", { class: "engine", "aria-label": p.engine.title },
      h("h4", null, p.engine.title, p.peak),
      p.engine.error ? h("div", { class: "dzl-say dzl-bad" }, t("failed", { title: p.engine.title, e: p.engine.error }))
        : h("div", { class: "two" }, h("div", null, h("div", { class: "cap" }, t("stack")), p.tower), h("div", null, p.name, p.list))))),
    say, slot);
  open();
  const unbind = bindKeys(root, {
    ArrowRight: () => bar?.go(bar.at() + 1), ArrowLeft: () => bar?.go(bar.at() - 1), Home: () => bar?.go(0),
    End: () => bar?.keys.End?.(new KeyboardEvent("keydown")), Space: () => bar?.keys.Space?.(new KeyboardEvent("keydown")),
  });
  return () => { bar?.stop(); unbind(); };
});
