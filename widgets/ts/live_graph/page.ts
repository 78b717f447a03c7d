// One page of a growing graph: nodes and edges are added, never moved, and the camera follows the newest.
import { attr, h, svg } from "../shared/dom";
import { reducedMotion } from "../shared/theme";
import type { SceneEdge, SceneNode } from "../shared/types";

export interface Batch {
  number: number; fresh: boolean; page: number;
  nodes: (SceneNode & { value?: string; same_as?: string })[]; edges: SceneEdge[];
  values: Record<string, [string, string]>; names: Record<string, string>;
  now: string | null; phase: string; doing: string; error: string | null;
  counts: { calls: number; visits: number; sweeps: number; folded: number; pages: number };
}

const SCALES = [1.12, 0.88, 0.7, 0.56]; // few sizes, so the picture is not always shrinking a little
const MARGIN = 44;

interface View { g: SVGGElement; label: SVGTextElement; value: SVGTextElement; grad: SVGTextElement; node: SceneNode }

/** Name above value; whatever stands alone stands in the middle. */
function dress(view: View, name: string, value: string): void {
  const two = name !== "" && value !== "";
  view.label.textContent = name;
  view.value.textContent = value;
  attr(view.label, "y", two ? view.node.y - 4 : view.node.y + 4.5);
  attr(view.value, "y", two ? view.node.y + 14 : view.node.y + 4.5);
}

export class Page {
  readonly el: HTMLElement;
  private readonly layer = svg("g");
  private readonly bands = svg("g", { class: "dzl-bands" });
  private readonly wires = svg("g");
  private readonly marks = svg("g");
  private readonly picture: SVGSVGElement;
  private nodes = new Map<string, View>(); // by drawn id
  private drawn = new Map<string, View[]>(); // by variable: it may be drawn more than once
  private columns = new Set<number>();
  private size = { w: 0, h: 0 };
  private newest: SceneNode | null = null;
  private camera = { k: SCALES[0] ?? 1, x: 0, y: 0 };
  private frame = 0;
  private height = 300;
  private readonly observer: ResizeObserver;

  constructor(label: string, private readonly words: { grad: string; generation: (n: number) => string }) {
    this.picture = svg("svg", { class: "dzl-svg", role: "img", "aria-label": label }, this.layer);
    this.layer.append(this.bands, this.wires, this.marks);
    this.el = h("div", { class: "dzl-canvas" }, this.picture);
    this.observer = new ResizeObserver(() => this.look(false));
    this.observer.observe(this.picture);
  }

  get count(): number { return this.nodes.size; }

  add(batch: Batch): void {
    const cleared = batch.fresh && this.nodes.size > 0;
    if (batch.fresh) this.clear();
    for (const edge of batch.edges) this.wires.append(svg("path", { d: edge.path, class: `dzl-wire${cleared ? "" : " dzl-new"}` }));
    for (const node of batch.nodes) this.node(node, cleared);
    for (const [id, name] of Object.entries(batch.names)) {
      for (const view of this.drawn.get(id) ?? []) dress(view, name, view.value.textContent ?? "");
    }
    for (const [id, [value, grad]] of Object.entries(batch.values)) {
      for (const view of this.drawn.get(id) ?? []) {
        dress(view, view.label.textContent ?? "", value);
        view.grad.textContent = grad ? `${this.words.grad} ${grad}` : "";
      }
    }
    for (const [id, view] of this.nodes) {
      const on = id === batch.now;
      view.g.classList.toggle("dzl-on", on);
      view.g.classList.toggle("dzl-fwd", on && batch.phase !== "backward");
    }
    const now = batch.now === null ? undefined : this.nodes.get(batch.now);
    if (now && batch.phase === "backward") this.newest = now.node;
    this.look(!cleared);
  }

  private node(node: SceneNode & { value?: string; same_as?: string }, quiet: boolean): void {
    const variable = node.kind === "variable";
    const text = (y: number, name: string): SVGTextElement => svg("text", { x: node.x, y, "text-anchor": "middle", class: name });
    const label = text(node.y, "dzl-label"), value = text(node.y, "dzl-value");
    const grad = text(node.y - node.h / 2 - 8, "dzl-gradtext");
    const g = svg("g", { class: `dzl-node dzl-${node.kind}${quiet ? "" : " dzl-new"}` },
      svg("rect", { x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h, rx: variable ? Math.min(26, node.h / 2) : 6 }), label, value, grad);
    const view = { g, label, value, grad, node };
    dress(view, node.label, node.value ?? "");
    this.nodes.set(node.id, view);
    const id = (node.same_as ?? node.id).split("~")[0] ?? node.id;
    this.drawn.set(id, [...(this.drawn.get(id) ?? []), view]);
    this.marks.append(g);
    this.size = { w: Math.max(this.size.w, node.x + MARGIN + node.w / 2), h: Math.max(this.size.h, node.y + MARGIN + node.h / 2) };
    this.newest = node;
    if (!variable && !this.columns.has(node.x)) {
      this.columns.add(node.x);
      this.bands.append(svg("rect", { x: node.x - 55, y: 4, width: 110, height: 120, rx: 8 }),
        svg("text", { x: node.x, y: 21, "text-anchor": "middle" }, this.words.generation(node.gen ?? 0)));
    }
  }

  private clear(): void {
    for (const layer of [this.bands, this.wires, this.marks]) layer.replaceChildren();
    this.nodes.clear();
    this.drawn.clear();
    this.columns.clear();
    this.size = { w: 0, h: 0 };
    this.newest = null;
  }

  /** Top left while everything fits; then a smaller scale; then the newest node stays in sight. */
  private look(animate: boolean): void {
    const { width, height } = this.picture.getBoundingClientRect();
    if (width === 0) return;
    this.height = height;
    const fits = (k: number): boolean => this.size.w * k <= width - 16 && this.size.h * k <= height - 12;
    const k = SCALES.find(fits) ?? (SCALES[SCALES.length - 1] as number);
    const target = { k, x: 10, y: Math.max(6, (height - this.size.h * k) / 2) };
    const keep = Math.abs(this.camera.k - k) < 0.001;
    if (this.newest && !fits(k)) {
      const slide = (at: number, room: number, all: number, old: number): number => {
        if (all * k <= room) return 8;
        const seen = at * k + old;
        if (keep && seen > 80 && seen < room - 110) return old;
        return Math.min(8, Math.max(room - all * k - 60, room * 0.55 - at * k));
      };
      target.x = slide(this.newest.x, width, this.size.w, this.camera.x);
      target.y = slide(this.newest.y, height, this.size.h, this.camera.y);
    }
    this.fly(target, animate);
  }

  private fly(target: { k: number; x: number; y: number }, animate: boolean): void {
    cancelAnimationFrame(this.frame);
    const from = { ...this.camera };
    const apply = (e: number): void => {
      this.camera = { k: from.k + (target.k - from.k) * e, x: from.x + (target.x - from.x) * e, y: from.y + (target.y - from.y) * e };
      const { k, x, y } = this.camera;
      this.layer.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(4)})`);
      const top = (8 - y) / k, high = (this.height - 16) / k; // the stripes always fill the canvas
      for (const band of this.bands.children) {
        attr(band, "y", band.tagName === "rect" ? top : top + 17);
        if (band.tagName === "rect") attr(band, "height", Math.max(high, 1));
      }
    };
    const far = Math.abs(from.x - target.x) + Math.abs(from.y - target.y) + Math.abs(from.k - target.k) * 400 > 1;
    if (!animate || !far || reducedMotion()) { apply(1); return; }
    const begin = performance.now();
    const tick = (now: number): void => {
      const t = Math.min(1, (now - begin) / 280);
      apply(1 - (1 - t) ** 3);
      if (t < 1) this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
  }
}
