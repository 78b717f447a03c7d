// A machine with a slot. Sliding another formula into the slot changes the formula and nothing around it.
import { fill, h, rich, svg } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { pick, translator, type Bilingual } from "./shared/strings";
import { widget } from "./shared/widget";
import { choice, CHOICE_CSS } from "./small/choice";
import { stepBar, STEP_BAR_CSS } from "./small/step_bar";
import { MACHINE } from "./strings/machine_view";

interface Seen { type: string; text: string; inner: Seen | null }
interface Run {
  label: string; base: string; formula: string; into: Seen | null; took: Seen | null; gave: Seen | null; out: Seen | null;
  called: number; error: string | null; trouble: Bilingual | null;
}
interface Payload { runs: Run[] }

const W = 900, H = 232, Y = 112;
const BEATS = 5; // arrive, open, formula reads, formula gives, wrap
const CSS = `${STEP_BAR_CSS}${CHOICE_CSS}
.dzl-machine-view{max-width:980px}
.dzl-machine-view svg{display:block;width:100%;height:auto;max-height:300px}
.dzl-machine-view svg text{font-size:13px}
.dzl-machine-view svg .muted{fill:var(--muted);font-size:12px}
.dzl-machine-view svg .mono{font-family:var(--mono)}
.dzl-machine-view .case{fill:var(--soft);stroke:var(--muted);stroke-width:2}
.dzl-machine-view .station{fill:var(--panel);stroke:var(--line);stroke-width:1.5}
.dzl-machine-view .station.on{stroke:var(--grad);stroke-width:3}
.dzl-machine-view .slot{fill:var(--gen);stroke:var(--funline);stroke-width:1.6;stroke-dasharray:6 4}
.dzl-machine-view .card{fill:var(--fun);stroke:var(--funline);stroke-width:2}
.dzl-machine-view .cardgroup{transition:transform .45s cubic-bezier(.2,.8,.3,1)}
.dzl-machine-view .belt{stroke:var(--wire);stroke-width:3}
.dzl-machine-view .thing{transition:transform .45s ease}
.dzl-machine-view .crate{fill:var(--var);stroke:var(--varline);stroke-width:2}
.dzl-machine-view .value{fill:var(--panel);stroke:var(--funline);stroke-width:1.8}
.dzl-machine-view .value.bad{stroke:var(--bad);stroke-dasharray:5 4;stroke-width:2.4}
.dzl-machine-view .dzl-say{margin:4px 14px 12px;min-height:40px}
.dzl-machine-view .dzl-say p+p{margin-top:4px}
`;

function told(seen: Seen | null, nothing: string): string {
  if (!seen) return nothing;
  return seen.inner ? `${seen.type}(${seen.inner.type} ${seen.inner.text})` : `${seen.type} ${seen.text}`.trim();
}

export default widget<Payload>("machine-view", CSS, (root, data, ctx) => {
  const t = translator(MACHINE, ctx.lang);
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const first = data.runs[0];
  if (!first) {
    fill(say, ...rich(t("empty")));
    root.append(h("div", { class: "dzl-head" }, h("b", null, t("title"))), h("div", { class: "dzl-body" }, say));
    ctx.el.dataset.step = "0";
    return;
  }
  let run = first;
  const station = (x: number, label: string): SVGRectElement => {
    const box = svg("rect", { class: "station", x: x - 62, y: Y - 44, width: 124, height: 88, rx: 8 });
    scene.append(box, svg("text", { class: "muted", x, y: Y + 62, "text-anchor": "middle" }, label));
    return box;
  };
  const scene = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("title") });
  scene.append(
    svg("line", { class: "belt", x1: 24, x2: W - 24, y1: Y + 44, y2: Y + 44 }),
    svg("rect", { class: "case", x: 206, y: 30, width: 488, height: 166, rx: 16 }),
    svg("text", { x: 224, y: 52, "font-weight": 600 }, `${run.base}.__call__`));
  const stations = [station(292, t("open")), station(450, t("formula")), station(608, t("wrap"))];
  scene.append(svg("text", { class: "muted", x: 92, y: Y + 66, "text-anchor": "middle" }, t("in")),
    svg("text", { class: "muted", x: 808, y: Y + 66, "text-anchor": "middle" }, t("out")));
  const formula = svg("text", { class: "mono", x: 450, y: 54, "text-anchor": "middle" }), cardName = svg("text", { x: 450, y: 36, "text-anchor": "middle", "font-weight": 600 });
  const card = svg("g", { class: "cardgroup" }, svg("rect", { class: "card", x: 366, y: 14, width: 168, height: 52, rx: 8 }), cardName, formula);
  scene.append(svg("rect", { class: "slot", x: 360, y: 10, width: 180, height: 60, rx: 10 }), card);
  const thing = svg("g", { class: "thing" });
  scene.append(thing);

  const piece = (seen: Seen | null, boxed: boolean, bad: boolean): SVGElement[] => {
    const inner = boxed ? seen?.inner ?? null : seen;
    const text = inner ? inner.text || inner.type : t("nothing");
    const out: SVGElement[] = [];
    if (boxed) {
      out.push(svg("path", { class: "crate", d: "M-60 -34h112v72h-112z M-60 -34l9 -8h112l-9 8z M52 -34l9 -8v72l-9 8z" }),
        svg("text", { x: -4, y: -17, "text-anchor": "middle", "font-weight": 600 }, seen?.type ?? ""));
    }
    out.push(svg("rect", { class: `value ${bad ? "bad" : ""}`, x: -48, y: -10, width: 88, height: 40, rx: 6 }),
      svg("text", { class: "mono", x: -4, y: 9, "text-anchor": "middle", "font-size": text.length > 9 ? 10 : 14 }, text.slice(0, 16)),
      svg("text", { class: "muted", x: -4, y: 24, "text-anchor": "middle", "font-size": 10.5 }, inner?.type ?? ""));
    return out;
  };

  function draw(beat: number): void {
    const stages: [Seen | null, number][] = [[run.into, 92], [run.took, 292], [run.took, 450], [run.gave, 450], [run.out, 808]];
    const [seen, x] = stages[beat] as [Seen | null, number];
    const boxed = seen?.inner != null;
    fill(thing, ...piece(seen, boxed, (beat === 4 && !boxed) || seen === null));
    thing.style.setProperty("transform", `translate(${x + 4}px,${Y}px)`);
    stations.forEach((s, i) => s.classList.toggle("on", (i === 0 && beat === 1) || (i === 1 && (beat === 2 || beat === 3)) || (i === 2 && beat === 4)));
    const none = t("nothing");
    const values = { in: told(run.into, none), took: told(run.took, none), gave: told(run.gave, none), out: told(run.out, none), formula: run.formula };
    const text = t((["b0", "b1", "b2", "b3", "b4"] as const)[beat] ?? "b0", values);
    const bad = run.trouble !== null && (beat === 4 || run.into === null);
    say.className = `dzl-say${bad ? " dzl-bad" : ""}`;
    fill(say, h("p", null, ...rich(text)), bad ? h("p", null, ...rich(pick(run.trouble, ctx.lang))) : null);
    ctx.el.dataset.step = String(beat);
  }
  function slide(i: number): void {
    run = data.runs[i] ?? first as Run;
    fill(cardName, run.label);
    fill(formula, run.formula);
    formula.setAttribute("font-size", String(run.formula.length > 20 ? 10 : 13));
    card.style.setProperty("transition", "none");
    card.style.setProperty("transform", "translateY(-70px)");
    void card.getBoundingClientRect();
    card.style.removeProperty("transition");
    card.style.setProperty("transform", "translateY(0)");
  }

  const formulas = choice(t("slot"), data.runs.map((r) => r.label), (i) => { slide(i); draw(bar.at()); });
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, ...rich(t("tag", { base: run.base }))), h("span", { class: "dzl-grow" }), formulas.el),
    scene, say);
  slide(0);
  const bar = stepBar({ count: BEATS, lang: ctx.lang, label: t("step"), valueText: (i) => `${i + 1} / 5`, onStep: draw, interval: 1300 });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => { bar.stop(); unbind(); };
});
