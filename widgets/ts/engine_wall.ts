// Eight lamps, lit one after the other, and the table of which test noticed what.
import { fill, h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { pick, translator, type Bilingual } from "./shared/strings";
import { reducedMotion } from "./shared/theme";
import { widget } from "./shared/widget";
import { WALL } from "./strings/engine_wall";

interface Engine { right: boolean; lamp: "green" | "red" | "off"; fault: Bilingual | null; results: boolean[]; why: string[] }
interface Payload { tests: string[]; engines: Engine[]; problem: string | null; say: Bilingual }

const CSS = `
.dzl-engine-wall{max-width:980px}
.dzl-engine-wall .wall{display:grid;grid-template-columns:repeat(8,1fr);gap:10px;padding:16px 14px 10px}
@container (max-width:620px){.dzl-engine-wall .wall{grid-template-columns:repeat(4,1fr)}}
.dzl-engine-wall .engine{border:1.6px solid var(--line);border-radius:10px;background:var(--soft);padding:12px 4px 9px;text-align:center;font-size:12.5px;line-height:17px}
.dzl-engine-wall .lamp{width:40px;height:40px;border-radius:50%;border:2.5px solid var(--line);background:var(--gen);margin:0 auto 8px;display:grid;place-items:center;font-size:19px;font-weight:700;color:transparent;transition:background .25s,box-shadow .25s,border-color .25s}
.dzl-engine-wall .green .lamp{background:var(--oksoft);border-color:var(--ok);color:var(--ok);box-shadow:0 0 14px color-mix(in srgb,var(--ok) 55%,transparent)}
.dzl-engine-wall .red .lamp{background:var(--badsoft);border-color:var(--bad);color:var(--bad);border-style:double;border-width:5px}
.dzl-engine-wall .engine b{display:block}.dzl-engine-wall .engine span{color:var(--muted)}
.dzl-engine-wall .engine.survivor{border-color:var(--varline);background:var(--var)}
.dzl-engine-wall .engine.home{border-color:var(--ok)}
.dzl-engine-wall .dzl-say{margin:4px 14px 10px}
.dzl-engine-wall .tablewrap{overflow-x:auto;padding:0 14px 12px}
.dzl-engine-wall table{width:100%}
.dzl-engine-wall th,.dzl-engine-wall td{text-align:center!important;padding-right:0!important}
.dzl-engine-wall th:first-child,.dzl-engine-wall td:first-child{text-align:left!important;padding-right:14px!important}
.dzl-engine-wall .no{color:var(--bad);font-weight:700}.dzl-engine-wall .yes{color:var(--ok)}
.dzl-engine-wall ul{padding:0 14px 12px 34px}
`;

export default widget<Payload>("engine-wall", CSS, (root, data, ctx) => {
  const t = translator(WALL, ctx.lang);
  const timers: number[] = [];
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const cards = data.engines.map((_, i) => h("div", { class: "engine", role: "listitem" },
    h("div", { class: "lamp", "aria-hidden": "true" }), h("b", null, `${t("engine")} ${i + 1}`), h("span", null, " ")));
  const survivors = data.engines.filter((e) => !e.right && e.lamp === "green");
  const again = h("button", { type: "button", class: "dzl-btn", onClick: () => light(true) }, t("again"));

  function face(i: number): void {
    const engine = data.engines[i], card = cards[i];
    if (!engine || !card) return;
    const kind = engine.right ? "home" : engine.lamp === "green" ? "survivor" : "";
    card.className = `engine ${engine.lamp} ${kind}`;
    fill(card.querySelector(".lamp") as Element, engine.lamp === "green" ? "✓" : engine.lamp === "red" ? "✗" : "");
    fill(card.querySelector("span") as Element, t(engine.lamp));
    card.title = engine.right ? t("right") : engine.lamp === "red" ? pick(engine.fault, ctx.lang) : "";
    ctx.el.dataset.step = String(i + 1);
  }
  function finish(): void {
    const good = survivors.length === 0 && data.engines.some((e) => e.right && e.lamp === "green");
    say.className = `dzl-say ${good ? "dzl-ok" : "dzl-bad"}`;
    fill(say, ...rich(pick(data.say, ctx.lang)));
  }
  function light(slowly: boolean): void {
    for (const timer of timers.splice(0)) window.clearTimeout(timer);
    if (!slowly || reducedMotion()) {
      cards.forEach((_, i) => face(i));
      finish();
      return;
    }
    cards.forEach((card, i) => {
      card.className = "engine";
      fill(card.querySelector(".lamp") as Element);
      fill(card.querySelector("span") as Element, " ");
      timers.push(window.setTimeout(() => face(i), 160 * (i + 1)));
    });
    fill(say, t("aim"));
    say.className = "dzl-say";
    timers.push(window.setTimeout(finish, 160 * (cards.length + 1)));
  }

  root.append(h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("tag")),
    h("span", { class: "dzl-grow" }), data.engines.length ? again : null));
  if (data.engines.length) root.append(h("div", { class: "wall", role: "list" }, ...cards));
  root.append(say);
  if (data.tests.length) {
    root.append(h("div", { class: "tablewrap" }, h("table", { class: "dzl-table" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("test")), ...data.engines.map((_, i) => h("th", { scope: "col" }, String(i + 1))))),
      h("tbody", null, ...data.tests.map((name, row) => h("tr", null, h("td", null, h("code", null, name)),
        ...data.engines.map((e) => h("td", { class: e.results[row] ? "yes" : "no", title: e.why[row] ?? "" }, e.results[row] ? "✓" : "✗"))))))));
  }
  if (survivors.length) {
    const list = h("ul", { hidden: true }, ...survivors.map((e) => h("li", null, `${t("engine")} ${data.engines.indexOf(e) + 1}: ${pick(e.fault, ctx.lang)}`)));
    const toggle: HTMLButtonElement = h("button", { type: "button", class: "dzl-btn", "aria-expanded": "false", onClick: () => {
      list.hidden = !list.hidden;
      toggle.setAttribute("aria-expanded", String(!list.hidden));
      toggle.textContent = t(list.hidden ? "show" : "hide");
    } }, t("show"));
    root.append(h("div", { style: { padding: "0 14px 10px" } }, toggle), list);
  }
  light(true);
  const unbind = bindKeys(root, {});
  return () => { for (const timer of timers) window.clearTimeout(timer); unbind(); };
});
