// The table twin of the graph: every call with what it takes and gives, at this step. What a picture cannot say to everybody.
import { fill, h } from "../shared/dom";
import type { Scene } from "../shared/types";
import { short } from "./format";
import type { Folder, State } from "./fold";
import { reference } from "./place";
import type { Translate } from "./player";

interface Call { id: string; inputs: string[]; outputs: string[] }

function calls(scene: Scene, known = new Map<string, Call>()): Map<string, Call> {
  const kind = new Map(scene.nodes.map((n) => [n.id, n.kind]));
  const get = (id: string): Call => {
    const call = known.get(id) ?? { id, inputs: [], outputs: [] };
    known.set(id, call);
    return call;
  };
  for (const edge of scene.edges) {
    if (kind.get(edge.to) === "function") push(get(reference(edge.to)).inputs, reference(edge.from));
    if (kind.get(edge.from) === "function") push(get(reference(edge.from)).outputs, reference(edge.to));
  }
  for (const group of scene.groups) if (group.scene) calls(group.scene, known);
  return known;
}

function push(list: string[], id: string): void {
  if (!list.includes(id)) list.push(id);
}

export class TwinPane {
  readonly el = h("div", { class: "dzl-sp-twin", tabindex: 0, role: "group" });
  private readonly calls: Call[];

  constructor(private readonly folder: Folder, private readonly t: Translate) {
    this.el.setAttribute("aria-label", t("twin"));
    const order = new Map<string, number>();
    folder.run.steps.forEach((step) => step.show?.forEach((id) => { if (!order.has(id)) order.set(id, order.size); }));
    this.calls = [...calls(folder.run.scene).values()].sort((a, b) => (order.get(a.id) ?? 1e9) - (order.get(b.id) ?? 1e9));
  }

  draw(state: State, hide: string | null): void {
    const { t, folder } = this;
    const variable = (id: string): string => {
      const data = state.data.has(id) ? short(folder.snap(state.data.get(id)), 24) : t("not_yet");
      const grad = state.grad.get(id);
      const shown = hide === id ? ", grad ?" : grad === undefined || grad === null ? "" : `, grad ${short(folder.snap(grad), 24)}`;
      return `${folder.label(id)} = ${data}${shown}`;
    };
    const list = (ids: string[]): HTMLElement => h("td", null, ...ids.filter((id) => state.shown.has(id)).map((id) => h("div", null, variable(id))));
    const rows = this.calls.filter((call) => state.shown.has(call.id)).map((call) => {
      const now = state.step.on?.includes(call.id) === true;
      return h("tr", { class: now ? "dzl-sp-rownow" : null },
        h("th", { scope: "row" }, folder.label(call.id), now ? h("span", { class: "dzl-tag" }, ` ← ${t("here")}`) : null), list(call.inputs), list(call.outputs));
    });
    fill(this.el, h("table", { class: "dzl-table" },
      h("thead", null, h("tr", null, ...([t("call"), t("takes"), t("makes")].map((text) => h("th", { scope: "col" }, text))))), h("tbody", null, ...rows)));
  }
}
