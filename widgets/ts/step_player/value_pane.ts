// Values and gradients of every variable: numbers, heat maps for arrays, and which of them share memory.
import { fill, h } from "../shared/dom";
import type { Scalar, Snapshot } from "../shared/types";
import { flat, grid, isFloat, num, shapeText, short, sizeOf } from "./format";
import type { Folder, State } from "./fold";
import type { Translate } from "./player";

const ROWS = 60; // a long training loop has thousands of variables; the ones around the active one are listed

/** A heat map with the numbers in it while they fit; colour strength is the size, orange positive, blue negative. */
export function heat(snap: Snapshot, t: Translate): HTMLElement {
  const rows = grid(snap);
  const box = h("div", { class: "dzl-sp-heat" });
  if (rows) {
    const numbers = rows.flat().map((v) => (typeof v === "number" ? Math.abs(v) : 0));
    const most = Math.max(...numbers, 1e-12);
    const columns = rows[0]?.length ?? 1;
    const exact = !snap.th && columns <= 4 && rows.length <= 12;
    const side = Math.max(3, Math.min(12, Math.floor(130 / columns)));
    const table = h("div", { class: exact ? `dzl-sp-cells dzl-sp-exact${columns > 3 ? " dzl-sp-tight" : ""}` : "dzl-sp-cells", style: { "grid-template-columns": exact ? `repeat(${columns}, auto)` : `repeat(${columns}, ${side}px)`, "grid-auto-rows": exact ? "auto" : `${Math.max(6, side)}px` } });
    for (const value of rows.flat()) table.append(cell(value, most, exact ? (columns > 3 ? 2 : 3) : 0, isFloat(snap)));
    box.append(table);
  }
  const facts = [snap.s ? shapeText(snap.s) : "", snap.d ?? ""].filter(Boolean).join(" ");
  const stats = snap.st ? t("stats", { min: num(snap.st.min), max: num(snap.st.max), mean: num(snap.st.mean) }) : "";
  const nan = snap.st && snap.st.nan > 0 ? t("nan_count", { n: snap.st.nan }) : "";
  box.append(h("div", { class: "dzl-sp-facts" }, [facts, stats, nan].filter(Boolean).join(" · ")));
  return box;
}

function cell(value: Scalar, most: number, digits: number, float: boolean): HTMLElement {
  const n = typeof value === "number" ? value : 0;
  const strength = Math.round((Math.abs(n) / most) * 55);
  const colour = n < 0 ? "var(--funline)" : "var(--varline)";
  const bad = typeof value === "string";
  return h("span", {
    class: bad ? "dzl-sp-cell dzl-sp-nan" : "dzl-sp-cell", title: num(value, float),
    style: { background: bad ? "var(--badcell)" : `color-mix(in srgb, ${colour} ${strength}%, var(--soft))` },
  }, digits > 0 ? num(typeof value === "number" ? Number(value.toPrecision(digits)) : value, float) : "");
}

export class ValuePane {
  readonly el = h("div", { class: "dzl-sp-values", tabindex: 0, role: "group" });

  constructor(private readonly folder: Folder, private readonly t: Translate) {
    this.el.setAttribute("aria-label", t("values"));
  }

  draw(state: State, hide: string | null): void {
    const { t, folder } = this;
    const shared = folder.shared(state);
    const body = h("tbody");
    const known = folder.run.variables.filter(({ id }) => state.data.has(id) || state.grad.has(id) || state.shown.has(id));
    const centre = Math.max(0, known.findIndex(({ id }) => state.step.on?.includes(id)));
    const start = Math.max(0, Math.min(known.length - ROWS, centre - ROWS / 2));
    const rows = known.slice(start, start + ROWS);
    if (known.length > rows.length) {
      body.append(h("tr", null, h("td", { colspan: 3, class: "dzl-sp-none" }, t("window", { from: start + 1, to: start + rows.length, total: known.length }))));
    }
    for (const variable of rows) {
      const now = state.step.on?.includes(variable.id) || state.step.grad?.v === variable.id;
      body.append(h("tr", { class: now ? "dzl-sp-rownow" : null },
        h("th", { scope: "row" }, variable.label),
        this.entry(state, variable.id, "data", shared, false),
        this.entry(state, variable.id, "grad", shared, hide === variable.id)));
    }
    const scroll = this.el.scrollTop;
    fill(this.el, h("table", { class: "dzl-table" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("name")), h("th", { scope: "col" }, t("value")), h("th", { scope: "col" }, t("gradient")))), body));
    this.el.scrollTop = scroll;
    const row = this.el.querySelector<HTMLElement>(".dzl-sp-rownow");
    if (row && (row.offsetTop < this.el.scrollTop || row.offsetTop + row.offsetHeight > this.el.scrollTop + this.el.clientHeight)) {
      this.el.scrollTop = Math.max(0, row.offsetTop - 40);
    }
  }

  private entry(state: State, id: string, what: "data" | "grad", shared: Map<string, string[]>, hidden: boolean): HTMLElement {
    const { t, folder } = this;
    const cellEl = h("td", { class: state.changed.has(`${id}.${what}`) ? "dzl-sp-fresh" : null });
    const index = state[what].get(id);
    const snap = folder.snap(index);
    if (hidden) cellEl.append("?");
    else if (!state[what].has(id)) cellEl.append(h("span", { class: "dzl-sp-none" }, what === "grad" ? "None" : t("not_yet")));
    else if (!snap) cellEl.append(h("span", { class: "dzl-sp-none" }, "None"));
    else if (sizeOf(snap) > 1 && (snap.th || flat(snap))) cellEl.append(heat(snap, t));
    else cellEl.append(h("code", null, short(snap, 40)));
    const others = shared.get(`${id}.${what}`);
    if (others && !hidden) {
      const names = others.map((place) => { const [v = "", w = ""] = place.split("."); return `${folder.label(v)}.${w}`; }).join(", ");
      cellEl.append(h("div", { class: "dzl-sp-shared" }, `≡ ${t("shares", { names })}`));
    }
    return cellEl;
  }
}
