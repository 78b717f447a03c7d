// The graph of one run: everything is drawn once, hidden, and revealed step by step. Nothing moves while stepping.
import { attr, h, svg, uid } from "../shared/dom";
import { reducedMotion } from "../shared/theme";
import { clip, grid, long, short, sizeOf } from "./format";
import type { Folder, State } from "./fold";
import { place, reference, representatives, type PlacedEdge, type PlacedNode, type Placement } from "./place";
import type { Translate } from "./player";
import type { Snapshot } from "./types";
import { Viewport } from "./viewport";

interface NodeView { node: PlacedNode; g: SVGGElement; shape: SVGRectElement; label: SVGTextElement; value: SVGTextElement; grad: SVGTextElement; note: SVGTextElement; title: SVGTitleElement; thumb: SVGGElement }
interface EdgeView { edge: PlacedEdge; path: SVGPathElement }

export interface GraphOptions {
  folder: Folder;
  t: Translate;
  focus: string | null;
  tight: boolean; // beside another graph: smaller before it is panned
  onPick: (ids: string[]) => void; // a node was clicked
}

export class GraphPane {
  readonly el: HTMLElement;
  private readonly svg: SVGSVGElement;
  private readonly layer = svg("g");
  private readonly view: Viewport;
  private readonly open = new Set<string>();
  private placement!: Placement;
  private rep = new Map<string, string>();
  private members = new Map<string, string[]>();
  private nodes: NodeView[] = [];
  private edges: EdgeView[] = [];
  private readonly tokens = svg("g", { class: "dzl-tokens" });
  private animation = 0;
  private last: State | null = null;
  private bandNames: SVGTextElement[] = []; // stay at the top edge while the rest is panned
  private bandTop = 4;
  private readonly marks = { back: uid("m"), on: uid("m") };
  hideGrad: string | null = null; // predicting: this gradient stays a question mark

  constructor(private readonly options: GraphOptions) {
    const { t } = options;
    this.svg = svg("svg", { class: "dzl-svg", role: options.folder.run.scene.groups.length > 0 ? "group" : "img", "aria-label": t("graph_label") },
      svg("defs", null, this.marker(this.marks.back, "dzl-m-back"), this.marker(this.marks.on, "dzl-m-on")), this.layer);
    this.view = new Viewport(this.svg, this.layer);
    if (options.tight) this.view.readable = 0.65;
    this.view.onFit = (top, bottom) => this.tall(top, bottom);
    this.view.onView = (top) => { for (const name of this.bandNames) attr(name, "y", (Math.max(this.bandTop, top + 8) + 17).toFixed(1)); };
    const button = (text: string, label: string, onClick: () => void): HTMLElement =>
      h("button", { class: "dzl-btn", type: "button", title: label, "aria-label": label, onClick }, text);
    this.el = h("div", { class: "dzl-canvas" }, this.svg,
      h("div", { class: "dzl-zoom" },
        button("+", t("zoom_in"), () => this.view.zoom(1.3)), button("−", t("zoom_out"), () => this.view.zoom(1 / 1.3)),
        button("⤢", t("fit"), () => this.view.fit())));
    for (const group of allGroups(options.folder.run.scene)) this.members.set(group.id, group.members.map(reference));
    this.build();
  }

  private marker(id: string, name: string): SVGMarkerElement {
    return svg("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 5, markerHeight: 5, orient: "auto-start-reverse", class: name },
      svg("path", { d: "M0 0L8 4L0 8z" }));
  }

  private build(): void {
    const { folder, t } = this.options;
    const p = (this.placement = place(folder.run.scene, this.open));
    this.rep = representatives(folder.run.scene, this.open);
    const bands = svg("g", { class: "dzl-bands" });
    this.bandNames = [];
    for (const band of p.bands) {
      const middle = band.x + band.w / 2;
      const name = band.last > band.gen ? `${band.gen}–${band.last}` : String(band.gen);
      const roomy = band.w > 84;
      const text = svg("text", { x: middle, y: 21, "text-anchor": "middle" }, folder.run.generations === false ? "" : roomy ? t("generation", { n: name }) : name);
      this.bandNames.push(text);
      bands.append(svg("rect", { x: band.x, y: 4, width: band.w, height: Math.max(0, p.h - 8), rx: 8 }), text);
    }
    this.edges = p.edges.map((edge) => ({ edge, path: svg("path", { d: edge.path, class: `dzl-wire${edge.kind ? ` dzl-${edge.kind}` : ""}` }) }));
    this.nodes = p.nodes.map((node) => this.nodeView(node, p));
    const frameNodes = this.nodes.filter((n) => n.node.open).map((n) => n.g);
    this.layer.replaceChildren(bands, ...frameNodes, svg("g", null, ...this.edges.map((e) => e.path)),
      svg("g", null, ...this.nodes.filter((n) => !n.node.open).map((n) => n.g)), this.tokens);
    const pad = 18;
    this.el.style.setProperty("--scene-h", String(Math.round(p.h + pad)));
    this.view.setContent(p.w, p.h + pad);
  }

  /** Bands reach from the top to the bottom of the pane when the whole graph is in sight. */
  private tall(top: number, bottom: number): void {
    const [y0, y1] = [Math.min(4, top + 8), Math.max(this.placement.h - 4, bottom - 8)];
    for (const band of this.layer.querySelectorAll(".dzl-bands rect")) { attr(band, "y", y0); attr(band, "height", y1 - y0); }
    this.bandTop = y0;
  }

  private nodeView(node: PlacedNode, p: Placement): NodeView {
    const { t } = this.options;
    const round = node.kind === "variable" ? Math.min(26, node.h / 2) : node.kind === "group" ? 12 : 6;
    const shape = svg("rect", { x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h, rx: round });
    const text = (y: number, name: string): SVGTextElement => svg("text", { x: node.x, y, "text-anchor": "middle", class: name });
    const room = Math.floor((node.w - 14) / 7.2);
    const label = text(node.kind === "variable" ? node.y - 4 : node.y + 4.5, "dzl-label");
    label.textContent = clip(node.label, room);
    const value = text(node.y + 14, "dzl-value");
    const below = node.y > p.h * 0.56;
    const grad = text(below ? node.y + node.h / 2 + 16 : node.y - node.h / 2 - 8, "dzl-gradtext");
    const note = text(below ? node.y + node.h / 2 + 31 : node.y - node.h / 2 - 23, "dzl-note");
    const title = svg("title");
    const thumb = svg("g", { class: "dzl-thumb" });
    const g = svg("g", { class: `dzl-node dzl-${node.kind}`, "data-id": node.id }, title, shape, thumb, label, value, grad, note);
    if (node.kind === "group") this.groupNode(node, g, label, value);
    else g.addEventListener("click", () => this.options.onPick([node.ref]));
    if (this.options.focus === node.ref) g.classList.add("dzl-focus");
    title.textContent = `${node.label}\n${t("jump", { name: node.label })}`;
    return { node, g, shape, label, value, grad, note, title, thumb };
  }

  private groupNode(node: PlacedNode, g: SVGGElement, label: SVGTextElement, value: SVGTextElement): void {
    const { t } = this.options;
    const isOpen = node.open === true;
    const name = isOpen ? t("close_group", { name: node.label }) : t("open_group", { name: node.label, n: node.parts ?? 0 });
    for (const [k, v] of Object.entries({ tabindex: "0", role: "button", "aria-expanded": String(isOpen), "aria-label": name })) attr(g, k, v);
    if (isOpen) {
      g.classList.add("dzl-open");
      attr(label, "x", node.x - node.w / 2 + 14);
      attr(label, "text-anchor", "start");
      attr(label, "y", node.y - node.h / 2 + 18);
      label.textContent = `− ${node.label}`;
    } else {
      attr(label, "y", node.y - 2);
      label.textContent = `+ ${clip(node.label, Math.floor((node.w - 24) / 7.2))}`;
      value.textContent = node.parts ? `×${node.parts}` : "";
    }
    const toggle = (): void => {
      if (isOpen) this.open.delete(node.id); else this.open.add(node.id);
      this.build();
      if (this.last) this.draw(this.last, false);
      this.layer.querySelector<SVGGElement>(`[aria-label="${CSS.escape(name)}"]`)?.focus();
    };
    g.addEventListener("click", toggle);
    g.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" && e.key !== " ") return;
      e.preventDefault();
      e.stopPropagation();
      toggle();
    });
  }

  private refs(node: PlacedNode): string[] {
    return node.kind === "group" ? (this.members.get(node.id) ?? [node.id]) : [node.ref];
  }

  draw(state: State, animate: boolean): void {
    this.last = state;
    const { step } = state;
    const on = new Set(step.on ?? []);
    const backward = step.back === 1 || (step.p !== "forward" && !["leaf", "call", "result"].includes(step.k));
    for (const view of this.nodes) {
      const refs = this.refs(view.node);
      const shown = view.node.open || refs.some((id) => state.shown.has(id));
      const active = !view.node.open && refs.some((id) => on.has(id));
      view.g.classList.toggle("dzl-off", !shown);
      view.g.classList.toggle("dzl-on", active);
      view.g.classList.toggle("dzl-fwd", active && !backward);
      if (view.node.kind === "variable") this.variable(view, state);
    }
    this.drawEdges(state, backward);
    cancelAnimationFrame(this.animation);
    this.tokens.replaceChildren();
    if (animate && !reducedMotion()) this.fly(state);
    this.follow(on);
  }

  private variable(view: NodeView, state: State): void {
    const { folder, t } = this.options;
    const id = view.node.ref;
    const room = Math.floor((view.node.w - 12) / 7);
    const data = folder.snap(state.data.get(id));
    const gradIndex = state.grad.get(id);
    const text = state.data.has(id) ? (data ? short(data, room) : "None") : "";
    if (view.value.textContent !== text) view.value.textContent = text;
    this.thumbnail(view, data, state.data.get(id) ?? -1);
    const change = state.step.grad?.v === id ? state.step.grad : null;
    let grad = gradIndex === undefined || gradIndex === null ? "" : `${t("grad")} ${short(folder.snap(gradIndex), 16)}`;
    let note = "";
    if (change) {
      const [before, now] = [folder.snap(change.old), folder.snap(change.new)];
      if (change.how === "cleared") note = t("cleared");
      else if (before && now) {
        grad = `${t("grad")} ${short(before, 12)} → ${short(now, 12)}`;
        const part = folder.snap(change.part);
        if (change.how === "added" && part) note = t("there_plus", { old: short(before, 12), part: short(part, 12) });
        if (change.how === "replaced") note = t("replaced", { old: short(before, 12) });
        if (change.how === "inplace") note = t("inplace");
      }
    }
    if (this.hideGrad === id) { grad = `${t("grad")} ?`; note = ""; }
    view.grad.textContent = grad;
    view.note.textContent = note;
    view.g.classList.toggle("dzl-warn", change?.how === "replaced");
    const gradText = this.hideGrad === id ? "?" : gradIndex === undefined ? "" : long(folder.snap(gradIndex));
    view.title.textContent = `${view.node.label} = ${long(data)}${gradText ? `\ngrad = ${gradText}` : ""}\n${t("jump", { name: view.node.label })}`;
  }

  /** Arrays show their pattern as a strip in the pill, so that a broadcast, a mask or a zero gradient is seen at a glance. */
  private thumbnail(view: NodeView, snap: Snapshot | null, index: number): void {
    if (view.thumb.getAttribute("data-snap") === String(index)) return;
    view.thumb.setAttribute("data-snap", String(index));
    view.thumb.replaceChildren();
    const rows = snap && sizeOf(snap) > 1 ? grid(snap) : null;
    view.g.classList.toggle("dzl-array", rows !== null);
    if (!rows) return;
    const { node } = view;
    const columns = Math.min(10, rows[0]?.length ?? 1), lines = Math.min(2, rows.length);
    const w = Math.min(7, (node.w - 26) / columns), h = lines === 1 ? 8 : 5;
    const most = Math.max(1e-12, ...rows.flat().map((v) => (typeof v === "number" ? Math.abs(v) : 0)));
    for (let r = 0; r < lines; r += 1) {
      for (let c = 0; c < columns; c += 1) {
        const value = rows[Math.floor((r * rows.length) / lines)]?.[Math.floor((c * (rows[0]?.length ?? 1)) / columns)];
        const n = typeof value === "number" ? value : 0;
        view.thumb.append(svg("rect", {
          x: node.x - (columns * w) / 2 + c * w + 0.5, y: node.y + 10 + r * h, width: w - 1, height: h - 1, rx: 1,
          class: typeof value === "string" ? "dzl-nan" : n < 0 ? "dzl-neg" : "dzl-pos", opacity: (0.12 + 0.88 * Math.abs(n) / most).toFixed(2),
        }));
      }
    }
  }

  private key(from: string, to: string): string {
    return `${this.rep.get(from) ?? from}>${this.rep.get(to) ?? to}`;
  }

  private drawEdges(state: State, backward: boolean): void {
    const lit = new Set((state.step.wires ?? []).map(([from, to]) => this.key(from, to)));
    const shownNode = new Set(this.nodes.filter((v) => !v.g.classList.contains("dzl-off")).map((v) => v.node.id));
    for (const { edge, path } of this.edges) {
      const shown = shownNode.has(edge.from) && shownNode.has(edge.to);
      const on = shown && lit.has(`${reference(edge.from)}>${reference(edge.to)}`);
      path.classList.toggle("dzl-off", !shown);
      path.classList.toggle("dzl-on", on);
      path.classList.toggle("dzl-fwd", on && !backward);
      attr(path, "marker-start", on && backward ? `url(#${this.marks.back})` : null);
      attr(path, "marker-end", on && !backward ? `url(#${this.marks.on})` : null);
    }
  }

  /** Values travel along the active edges for half a second. */
  private fly(state: State): void {
    const backward = state.step.back === 1;
    const flights = (state.step.tokens ?? []).flatMap(([from, to, index]) => {
      const key = this.key(from, to);
      const view = this.edges.find(({ edge, path }) => `${reference(edge.from)}>${reference(edge.to)}` === key && !path.classList.contains("dzl-off"));
      if (!view) return [];
      const hidden = this.hideGrad === from && backward;
      const text = hidden ? "?" : short(this.options.folder.snap(index), 12);
      const w = Math.max(26, text.length * 7 + 12);
      const g = svg("g", { class: `dzl-token${backward ? "" : " dzl-fwd"}` }, svg("rect", { x: -w / 2, y: -10, width: w, height: 20, rx: 10 }),
        svg("text", { y: 4, "text-anchor": "middle" }, text));
      this.tokens.append(g);
      return [{ g, path: view.path, length: view.path.getTotalLength() }];
    });
    if (flights.length === 0) return;
    const begin = performance.now();
    const tick = (now: number): void => {
      const t = Math.min(1, (now - begin) / 520);
      const ease = t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2;
      for (const f of flights) {
        const at = f.path.getPointAtLength(f.length * (backward ? 1 - ease : ease));
        f.g.setAttribute("transform", `translate(${at.x} ${at.y})`);
        f.g.setAttribute("opacity", t > 0.85 ? String((1 - t) / 0.15) : "1");
      }
      if (t < 1) this.animation = requestAnimationFrame(tick); else this.tokens.replaceChildren();
    };
    tick(begin);
  }

  private follow(on: Set<string>): void {
    const boxes = this.nodes.filter((v) => this.refs(v.node).some((id) => on.has(id)) && !v.node.open).map((v) => v.node);
    if (boxes.length === 0) return;
    const x0 = Math.min(...boxes.map((n) => n.x - n.w / 2)), x1 = Math.max(...boxes.map((n) => n.x + n.w / 2));
    const y0 = Math.min(...boxes.map((n) => n.y - n.h / 2)) - 24, y1 = Math.max(...boxes.map((n) => n.y + n.h / 2)) + 24;
    this.view.follow({ x: x0, y: y0, w: x1 - x0, h: y1 - y0 });
  }

  /** Marks the nodes of one call while the pointer is on its chip. */
  point(id: string | null): void {
    for (const view of this.nodes) view.g.classList.toggle("dzl-point", id !== null && this.refs(view.node).includes(id) && !view.node.open);
  }

  set maxScale(k: number) { this.view.maxFit = k; this.view.fit(false); }
  zoom(factor: number): void { this.view.zoom(factor); }
  get picture(): SVGSVGElement { return this.svg; }
  get contentSize(): { w: number; h: number } { return { w: this.placement.w, h: this.placement.h }; }

  destroy(): void {
    cancelAnimationFrame(this.animation);
    this.view.destroy();
  }
}

interface GroupLike { id: string; members: string[]; scene: { groups: GroupLike[] } | null }
function allGroups(scene: { groups: GroupLike[] }): GroupLike[] {
  return scene.groups.flatMap((g) => [g, ...(g.scene ? allGroups(g.scene) : [])]);
}
