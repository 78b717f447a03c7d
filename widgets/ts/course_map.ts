// The whole course on one screen: parts as rows, chapters as columns, concepts as dots; names and links on focus.
import { fill, h, svg } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator, type Lang } from "./shared/strings";
import { widget, type Context } from "./shared/widget";
import { table } from "./strings/course_map";

type Standing = "learned" | "shaky" | "open";
interface Named { id: string; en: string; ko: string }
interface Entry extends Named { part: string; minutes: number; href: string | null; state: "done" | "helped" | "open" }
interface Concept extends Named { first: string; needs: string[]; state: Standing }
interface Payload { parts: Named[]; entries: Entry[]; concepts: Concept[]; here: string | null }

const STACK = 3; // dots on top of each other before a chapter takes a second column

const STYLE = `
.dzl-course-map{max-width:1320px}
.dzl-course-map:lang(ko){word-break:keep-all}
.dzl-course-map .legend{display:inline-flex;gap:14px;font-size:12px;color:var(--muted);align-items:center}
.dzl-course-map .legend span{display:inline-flex;gap:5px;align-items:center}
.dzl-course-map .top{display:grid;grid-template-columns:minmax(0,1fr) 330px}
.dzl-course-map .map{position:relative;padding:10px 14px 12px;overflow-x:auto}
.dzl-course-map .map>svg{position:absolute;left:0;top:0;pointer-events:none;overflow:visible}
.dzl-course-map .part{display:grid;grid-template-columns:132px 1fr;gap:12px;padding:7px 0;align-items:end}
.dzl-course-map .part+.part{border-top:1px solid var(--gen)}
.dzl-course-map .pname{appearance:none;border:0;background:none;text-align:left;font:inherit;font-size:12.5px;line-height:1.35;color:var(--muted);cursor:pointer;padding:3px 8px 3px 0;align-self:center;border-radius:5px}
.dzl-course-map .pname b{display:block;color:var(--ink)}
.dzl-course-map .pname[aria-pressed=true] b{color:var(--funline)}
.dzl-course-map .cols{display:flex;gap:2px;align-items:end;min-width:max-content}
.dzl-course-map .col{display:grid;justify-items:center;gap:3px;border-radius:6px;padding:4px 3px 2px;flex:1 1 30px;min-width:25px;max-width:62px}
.dzl-course-map .col.on{background:var(--gen)}
.dzl-course-map .dots{display:grid;grid-auto-flow:column;gap:3px;align-items:end}
.dzl-course-map .stack{display:grid;gap:3px}
.dzl-course-map .num{font-size:10.5px;color:var(--muted);line-height:15px;font-variant-numeric:tabular-nums}
.dzl-course-map .num.done{color:var(--ok);font-weight:700}
.dzl-course-map .num.next{color:var(--panel);background:var(--funline);border-radius:4px;padding:0 4px;font-weight:700}
.dzl-course-map .dot{appearance:none;position:relative;width:18px;height:18px;padding:0;border-radius:50%;border:1.7px solid color-mix(in srgb,var(--muted) 55%,var(--panel));background:var(--panel);cursor:pointer;z-index:1}
.dzl-course-map .dot::after{position:absolute;inset:0;display:grid;place-items:center;font:700 10px/1 var(--sans)}
.dzl-course-map .learned{background:var(--ok);border-color:var(--ok)}
.dzl-course-map .learned::after{content:"✓";color:var(--panel)}
.dzl-course-map .shaky{background:var(--var);border-color:var(--varline)}
.dzl-course-map .shaky::after{content:"~";color:var(--varline);font-size:13px}
.dzl-course-map .legend .dot{cursor:default;display:inline-block;width:14px;height:14px}
.dzl-course-map .dot.need{box-shadow:0 0 0 2px var(--panel),0 0 0 4px var(--funline)}
.dzl-course-map .dot.far{box-shadow:0 0 0 1.5px var(--panel),0 0 0 3px color-mix(in srgb,var(--funline) 45%,transparent)}
.dzl-course-map .dot.gain{box-shadow:0 0 0 2px var(--panel),0 0 0 4px var(--grad)}
.dzl-course-map .dot.here{box-shadow:0 0 0 2px var(--panel),0 0 0 4.5px var(--ink);z-index:2}
.dzl-course-map .dim .dot:not(.need,.far,.gain,.here){opacity:.5}
.dzl-course-map .wire{fill:none;stroke:var(--funline);stroke-width:2}
.dzl-course-map .wire.gain{stroke:var(--grad);stroke-dasharray:5 4}
.dzl-course-map .side{border-left:1px solid var(--line);padding:14px 16px;min-height:300px}
.dzl-course-map .side .where{font-size:12px;color:var(--muted)}
.dzl-course-map .side h3{font-size:18px;line-height:1.3;margin:1px 0 0;font-weight:650;text-wrap:balance}
.dzl-course-map .side .other{font-size:13px;color:var(--muted);margin-bottom:9px}
.dzl-course-map .side h4{font-size:11.5px;letter-spacing:.03em;color:var(--muted);font-weight:600;margin:13px 0 5px}
.dzl-course-map .chips{display:flex;flex-wrap:wrap;gap:5px}
.dzl-course-map .chip{appearance:none;font:inherit;font-size:12.5px;line-height:18px;color:var(--ink);background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:2px 8px;cursor:pointer;text-align:left}
.dzl-course-map .chip:hover{border-color:var(--muted)}
.dzl-course-map .chip.needs{border-color:var(--funline);background:var(--fun)}
.dzl-course-map .chip.gains{border-color:var(--grad);border-style:dashed}
.dzl-course-map .chip i{font-style:normal;color:var(--muted);font-size:11px;margin-left:4px}
.dzl-course-map a.go{display:inline-block;text-decoration:none;color:var(--ink)}
.dzl-course-map .cards{border-top:1px solid var(--line);padding:12px 14px 14px}
.dzl-course-map .cards>h3{font-size:14px;font-weight:600;margin-bottom:9px}
.dzl-course-map .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(215px,1fr));gap:9px;align-items:start}
.dzl-course-map .card{border:1px solid var(--line);border-radius:8px;padding:8px 10px 10px;display:grid;gap:7px;align-content:start}
.dzl-course-map .card.on{border-color:var(--funline)}
.dzl-course-map .card .ttl{display:flex;gap:7px;align-items:baseline;font-size:13px;font-weight:600;line-height:1.35}
.dzl-course-map .card .ttl a{color:inherit;text-decoration:none}
.dzl-course-map .card .ttl a:hover{text-decoration:underline}
.dzl-course-map .card .ttl .num{font-size:12px;white-space:nowrap}
.dzl-course-map .card .min{margin-left:auto;font-weight:400;font-size:11.5px;color:var(--muted);white-space:nowrap}
.dzl-course-map .chip.learned,.dzl-course-map .chip.shaky{background:var(--panel)}
.dzl-course-map .chip.learned{background:var(--oksoft);border-color:color-mix(in srgb,var(--ok) 55%,var(--line))}
.dzl-course-map .chip.shaky{background:var(--var);border-color:var(--varline)}
.dzl-course-map .chip::after{content:none}
.dzl-course-map .chip.learned::before{content:"✓ ";color:var(--ok);font-weight:700}
.dzl-course-map .chip.shaky::before{content:"~ ";color:var(--varline);font-weight:700}
.dzl-course-map .chip[aria-pressed=true]{outline:2px solid var(--ink);outline-offset:1px}
.dzl-course-map details{border-top:1px solid var(--line);padding:9px 14px}
.dzl-course-map summary{cursor:pointer;font-size:12.5px;color:var(--muted);width:max-content}
.dzl-course-map .dzl-table td{vertical-align:top}
@container (max-width:900px){.dzl-course-map .top{grid-template-columns:1fr}.dzl-course-map .side{border-left:0;border-top:1px solid var(--line);min-height:210px}}
`;

export default widget<Payload>("course-map", STYLE, (root, payload, ctx) => {
  const map = new CourseMap(root, payload, ctx);
  const unbind = bindKeys(root, {
    ArrowLeft: () => map.sideways(-1), ArrowRight: () => map.sideways(1),
    ArrowUp: () => map.along(-1), ArrowDown: () => map.along(1),
    Home: () => map.end(0), End: () => map.end(-1),
  });
  return () => { unbind(); map.close(); };
});

class CourseMap {
  private readonly t;
  private readonly lang: Lang;
  private readonly entries = new Map<string, Entry>();
  private readonly concepts = new Map<string, Concept>();
  private readonly gains = new Map<string, string[]>(); // concept -> what needs it directly
  private readonly dots = new Map<string, HTMLButtonElement>();
  private readonly columns: string[][] = []; // concept ids, column by column as drawn
  private readonly wires = svg("svg", { "aria-hidden": "true" });
  private readonly map = h("div", { class: "map", role: "group" });
  private readonly side = h("div", { class: "side", "aria-live": "polite" });
  private readonly cards = h("div", { class: "cards" });
  private readonly watch: ResizeObserver;
  private chosen: string;

  constructor(private readonly root: HTMLElement, private readonly data: Payload, ctx: Context) {
    this.lang = ctx.lang;
    this.t = translator(table, ctx.lang);
    for (const entry of data.entries) this.entries.set(entry.id, entry);
    for (const concept of data.concepts) {
      this.concepts.set(concept.id, concept);
      for (const need of concept.needs) this.gains.set(need, [...(this.gains.get(need) ?? []), concept.id]);
    }
    const next = data.concepts.find((concept) => concept.first === data.here) ?? data.concepts[0];
    this.chosen = next?.id ?? "";
    this.draw();
    this.choose(this.chosen, false);
    this.watch = new ResizeObserver(() => this.drawWires());
    this.watch.observe(this.map);
  }

  close(): void {
    this.watch.disconnect();
  }

  private name(x: Named | undefined): string {
    return x ? x[this.lang] : "";
  }

  private kind(id: string): string {
    const { t } = this;
    if (id === "0") return t("assumed");
    if (/^\d+$/.test(id)) return t("chapter", { id });
    const letter = id[0], rest = id.slice(1);
    if (letter === "c") return t("column", { id: rest });
    if (letter === "a") return t("appendix", { id: rest });
    if (letter === "p") return t("primer", { id: rest });
    return letter === "x" ? t("bridge", { id: rest }) : t("taste");
  }

  private draw(): void {
    const { t, data } = this;
    const learned = data.concepts.filter((c) => c.state !== "open" && c.first !== "0").length;
    const taught = data.concepts.filter((c) => c.first !== "0").length;
    const numbered = data.entries.filter((e) => /^\d+$/.test(e.id));
    const done = numbered.filter((e) => e.state !== "open").length;
    this.root.append(h("div", { class: "dzl-head" },
      h("b", null, t("title")),
      h("span", { class: "dzl-tag" }, `${t("chapters_of", { k: done, n: numbered.length })} · ${t("concepts_of", { k: learned, n: taught })}`),
      h("span", { class: "dzl-grow" }),
      h("span", { class: "legend" }, ...(["learned", "shaky", "open"] as const).map((state) =>
        h("span", null, h("span", { class: `dot ${state}`, "aria-hidden": "true" }), t(`legend_${state}`))))));
    this.map.setAttribute("aria-label", t("map_label", { n: data.concepts.length }));
    for (const part of data.parts) this.map.append(this.row(part));
    this.map.prepend(this.wires);
    this.root.append(h("div", { class: "top" }, this.map, this.side), this.cards, this.twin());
  }

  private row(part: Named): HTMLElement {
    const columns = h("div", { class: "cols" });
    const assumed = this.data.concepts.filter((c) => c.first === "0");
    if (part === this.data.parts[0] && assumed.length) columns.append(this.column("0", assumed));
    for (const entry of this.data.entries) {
      if (entry.part !== part.id) continue;
      const own = this.data.concepts.filter((concept) => concept.first === entry.id);
      if (own.length) columns.append(this.column(entry.id, own));
    }
    const numbered = /^[1-5]$/.test(part.id);
    return h("div", { class: "part" },
      h("button", { class: "pname", "data-part": part.id, "aria-pressed": "false", onClick: () => this.showPart(part.id) },
        numbered ? h("span", null, this.t("part", { id: part.id })) : null, h("b", null, this.name(part))),
      columns);
  }

  private column(id: string, own: Concept[]): HTMLElement {
    const { data } = this;
    const stacks: HTMLElement[] = [];
    for (let k = 0; k < own.length; k += STACK) {
      const stack = own.slice(k, k + STACK);
      this.columns.push(stack.map((concept) => concept.id));
      stacks.push(h("div", { class: "stack" }, ...stack.map((concept) => this.dot(concept))));
    }
    const entry = this.entries.get(id);
    const state = entry?.state ?? "open";
    const num = h("span", { class: id === data.here ? "num next" : state !== "open" ? "num done" : "num", "aria-hidden": "true" }, id === "0" ? "·" : id);
    return h("div", { class: "col", "data-entry": id, title: entry ? `${this.kind(id)} · ${this.name(entry)}` : this.kind(id) },
      h("div", { class: "dots" }, ...stacks), num);
  }

  private dot(concept: Concept): HTMLButtonElement {
    const { t } = this;
    const dot = h("button", {
      class: `dot ${concept.state}`, tabindex: -1, title: this.name(concept),
      "aria-label": t("dot", { concept: this.name(concept), chapter: this.lang === "ko" ? this.kind(concept.first) : concept.first, state: t(concept.state) }),
      onClick: () => this.choose(concept.id, true),
      onFocus: () => this.choose(concept.id, false),
      onKeydown: (event: KeyboardEvent) => { if (event.key === "Enter") { event.preventDefault(); this.side.querySelector<HTMLElement>("a.go")?.click(); } },
    });
    this.dots.set(concept.id, dot);
    return dot;
  }

  /** Everything before a concept. */
  private before(id: string): Set<string> {
    const found = new Set<string>();
    const work = [...(this.concepts.get(id)?.needs ?? [])];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      work.push(...(this.concepts.get(next)?.needs ?? []));
    }
    return found;
  }

  private choose(id: string, focus: boolean): void {
    const concept = this.concepts.get(id);
    if (!concept) return;
    this.chosen = id;
    const direct = new Set(concept.needs), far = this.before(id), gains = new Set(this.gains.get(id) ?? []);
    for (const [key, dot] of this.dots) {
      dot.classList.toggle("here", key === id);
      dot.classList.toggle("need", direct.has(key));
      dot.classList.toggle("far", far.has(key) && !direct.has(key));
      dot.classList.toggle("gain", gains.has(key));
      dot.tabIndex = key === id ? 0 : -1;
    }
    this.map.classList.add("dim");
    for (const column of this.map.querySelectorAll<HTMLElement>(".col")) column.classList.toggle("on", column.dataset.entry === concept.first);
    this.drawWires();
    this.detail(concept, far);
    const part = this.entries.get(concept.first)?.part;
    if (part !== undefined) this.showPart(part);
    if (focus) this.dots.get(id)?.focus({ preventScroll: true });
  }

  private drawWires(): void {
    const concept = this.concepts.get(this.chosen);
    const box = this.map.getBoundingClientRect();
    const middle = (id: string): [number, number] | null => {
      const dot = this.dots.get(id)?.getBoundingClientRect();
      return dot ? [dot.left + dot.width / 2 - box.left + this.map.scrollLeft, dot.top + dot.height / 2 - box.top] : null;
    };
    const end = concept ? middle(concept.id) : null;
    fill(this.wires);
    if (!concept || !end) return;
    const wire = (from: [number, number], to: [number, number], gain: boolean): void => {
      const bend = Math.max(18, Math.abs(to[1] - from[1]) * 0.45);
      const [y1, y2] = from[1] === to[1] ? [from[1] - bend, to[1] - bend] : [from[1] + bend * Math.sign(to[1] - from[1]), to[1] - bend * Math.sign(to[1] - from[1])];
      this.wires.append(svg("path", { class: gain ? "wire gain" : "wire", d: `M${from[0]} ${from[1]}C${from[0]} ${y1} ${to[0]} ${y2} ${to[0]} ${to[1]}` }));
    };
    for (const need of concept.needs) { const from = middle(need); if (from) wire(from, end, false); }
    for (const gain of this.gains.get(concept.id) ?? []) { const to = middle(gain); if (to) wire(end, to, true); }
  }

  /** What everybody is taken to know: it has no notebook, or a primer that is not there. */
  private assumed(id: string): boolean {
    const entry = this.entries.get(id);
    return !entry || (entry.part === this.data.parts[0]?.id && entry.href === null);
  }

  private detail(concept: Concept, far: Set<string>): void {
    const { t } = this;
    const entry = this.entries.get(concept.first);
    const missing = this.data.concepts.filter((c) => far.has(c.id) && c.state === "open" && !this.assumed(c.first));
    const gains = this.gains.get(concept.id) ?? [];
    fill(this.side,
      h("div", { class: "where" }, entry ? `${this.kind(entry.id)} · ${this.name(entry)}` : this.kind("0")),
      h("h3", null, this.name(concept)),
      h("div", { class: "other" }, `${this.lang === "ko" ? concept.en : concept.ko} · ${t(concept.state)}`),
      entry ? (this.link(entry, `${t("open_notebook")} →`, "go dzl-btn dzl-primary") ?? h("div", { class: "dzl-tag" }, t("not_here"))) : null,
      h("h4", null, t("builds_on")),
      concept.needs.length ? this.chips(concept.needs, "needs") : h("span", { class: "dzl-tag" }, t("nothing")),
      h("h4", null, t("opens")),
      gains.length ? this.chips(gains, "gains") : h("span", { class: "dzl-tag" }, t("last")),
      h("h4", null, missing.length ? t("path", { n: missing.length }) : t("path_none")),
      missing.length ? this.chips(missing.slice(0, 8).map((c) => c.id), "") : null);
    const rest = missing.length - 8;
    if (rest > 0) this.side.append(h("span", { class: "dzl-tag" }, ` + ${rest}`));
  }

  private link(entry: Entry, text: string, cls: string): HTMLElement | null {
    if (!entry.href) return null;
    const a: HTMLAnchorElement = h("a", { class: cls, href: entry.href, target: "_blank", rel: "noopener", onClick: () => openInLab(a) }, text);
    return a;
  }

  private chips(ids: string[], cls: string): HTMLElement {
    return h("div", { class: "chips" }, ...ids.map((id) => {
      const concept = this.concepts.get(id);
      return h("button", { class: `chip ${cls}`, onClick: () => this.choose(id, true) }, this.name(concept),
        h("i", null, concept?.first === "0" ? "" : (concept?.first ?? "")));
    }));
  }

  private showPart(id: string): void {
    for (const name of this.map.querySelectorAll<HTMLElement>(".pname")) name.setAttribute("aria-pressed", String(name.dataset.part === id));
    const part = this.data.parts.find((p) => p.id === id);
    const entries = this.data.entries.filter((e) => e.part === id);
    const here = this.concepts.get(this.chosen);
    const number = part && /^[1-5]$/.test(part.id) ? `${this.t("part", { id: part.id })} · ` : "";
    fill(this.cards, h("h3", null, number + this.name(part)), h("div", { class: "grid" }, ...entries.map((entry) => {
      const own = this.data.concepts.filter((c) => c.first === entry.id);
      const mark = entry.state === "open" ? "num" : "num done";
      return h("div", { class: entry.id === here?.first ? "card on" : "card" },
        h("div", { class: "ttl" },
          h("span", { class: mark }, entry.state === "open" ? entry.id : `${entry.id} ✓`),
          this.link(entry, this.name(entry), "") ?? h("span", null, this.name(entry)),
          h("span", { class: "min" }, this.t("minutes", { n: entry.minutes }))),
        h("div", { class: "chips" }, ...own.map((concept) => h("button", {
          class: `chip ${concept.state}`, "aria-pressed": String(concept.id === this.chosen), onClick: () => this.choose(concept.id, true),
        }, this.name(concept)))));
    })));
  }

  private twin(): HTMLElement {
    const { t } = this;
    const details = h("details", {
      onToggle: () => {
        if (details.childElementCount > 1) return;
        details.append(h("table", { class: "dzl-table" },
          h("thead", null, h("tr", null, ...(["th_chapter", "th_concept", "th_needs", "th_state"] as const).map((k) => h("th", { scope: "col" }, t(k))))),
          h("tbody", null, ...this.data.concepts.map((c) => h("tr", null, h("td", null, c.first === "0" ? "–" : c.first), h("td", null, this.name(c)),
            h("td", null, c.needs.map((need) => this.name(this.concepts.get(need))).join(", ")), h("td", null, t(c.state)))))));
      },
    }, h("summary", null, t("as_table")));
    return details;
  }

  /** Up and down: within a column, then to the same place in the row above or below. */
  along(step: number): void {
    const k = this.columns.findIndex((column) => column.includes(this.chosen));
    const column = this.columns[k];
    const next = column?.[column.indexOf(this.chosen) + step];
    if (next !== undefined) { this.choose(next, true); return; }
    const here = this.dots.get(this.chosen)?.getBoundingClientRect();
    if (!here) return;
    let best: string | null = null, least = Infinity;
    for (const [id, dot] of this.dots) {
      const box = dot.getBoundingClientRect();
      const down = (box.top - here.top) * step;
      if (down < 8) continue;
      const far = down * 3 + Math.abs(box.left - here.left);
      if (far < least) { least = far; best = id; }
    }
    if (best) this.choose(best, true);
  }

  sideways(step: number): void {
    const k = this.columns.findIndex((column) => column.includes(this.chosen));
    const row = this.columns[k]?.indexOf(this.chosen) ?? 0;
    const next = this.columns[k + step];
    const id = next?.[Math.min(row, next.length - 1)];
    if (id !== undefined) this.choose(id, true);
  }

  end(k: 0 | -1): void {
    const id = this.columns.at(k)?.[0];
    if (id !== undefined) this.choose(id, true);
  }
}

/**
 * In JupyterLab a link with these attributes opens in a tab of its own, without loading the page again. Everywhere else the plain address
 * does: it is relative to the page of the running notebook.
 */
function openInLab(link: HTMLAnchorElement): void {
  const here = runningNotebook(link);
  if (here === null) return;
  const path = decodeURIComponent(new URL(link.getAttribute("href") ?? "", `http://x/${encodeURI(here)}`).pathname).slice(1);
  link.dataset.commandlinkerCommand = "docmanager:open";
  link.dataset.commandlinkerArgs = JSON.stringify({ path });
}

/** The path of the notebook an element is shown in: JupyterLab writes it into the tooltip of the notebook's tab, or into the address. */
function runningNotebook(el: Element): string | null {
  const panel = el.closest(".jp-NotebookPanel");
  const tab = panel ? document.querySelector(`.lm-TabBar-tab[data-id="${CSS.escape(panel.id)}"]`) : null;
  const lines = (tab?.getAttribute("title") ?? "").split("\n"); // "Name: b.ipynb", "Path: a/b.ipynb", in some language
  const paths = lines.map((line) => /:\s*(.+\.ipynb)$/.exec(line)?.[1]).filter((path) => path !== undefined);
  return paths.at(-1) ?? /\/lab\/(?:workspaces\/[^/]+\/)?tree\/(.*)$/.exec(decodeURIComponent(window.location.pathname))?.[1] ?? null;
}
