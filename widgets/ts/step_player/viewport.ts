// Zoom, pan and fit of an SVG layer. The wheel zooms only with Ctrl or Cmd, so the notebook keeps scrolling.
import { reducedMotion } from "../shared/theme";

export interface View { k: number; x: number; y: number }
interface Box { x: number; y: number; w: number; h: number }

const MARGIN = 16; // pixels left beside a graph that is larger than its pane

export class Viewport {
  private view: View = { k: 1, x: 0, y: 0 };
  private size = { w: 0, h: 0 };
  private content = { w: 1, h: 1 };
  private focus: Box | null = null; // what `follow` showed last
  private frame = 0;
  private undo: (() => void)[] = [];
  touched = false; // the learner moved it: do not fit again on resize
  maxFit = 1.3;
  readable = 0.8; // the scale at which a graph too big to be shown whole is followed
  onFit: (top: number, bottom: number) => void = () => undefined; // what is visible, in content coordinates
  onView: (top: number) => void = () => undefined;

  constructor(private readonly svg: SVGSVGElement, private readonly layer: SVGGElement) {
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(svg);
    this.undo.push(() => observer.disconnect());
    this.listen();
  }

  private listen(): void {
    let from: { id: number; x: number; y: number; view: View; moved: boolean } | null = null;
    const on = <K extends keyof SVGElementEventMap>(type: K, f: (e: SVGElementEventMap[K]) => void, o?: AddEventListenerOptions): void => {
      this.svg.addEventListener(type, f as EventListener, o);
      this.undo.push(() => this.svg.removeEventListener(type, f as EventListener));
    };
    on("wheel", (e) => {
      if (!e.ctrlKey && !e.metaKey) return;
      e.preventDefault();
      e.stopPropagation();
      const box = this.svg.getBoundingClientRect();
      this.zoom(Math.exp(-e.deltaY * 0.002), e.clientX - box.left, e.clientY - box.top, false);
    }, { passive: false });
    on("pointerdown", (e) => {
      if (e.button !== 0) return;
      from = { id: e.pointerId, x: e.clientX, y: e.clientY, view: { ...this.view }, moved: false };
    });
    on("pointermove", (e) => {
      if (!from || from.id !== e.pointerId) return;
      const [dx, dy] = [e.clientX - from.x, e.clientY - from.y];
      if (!from.moved && Math.hypot(dx, dy) < 4) return;
      if (!from.moved) this.svg.setPointerCapture(e.pointerId);
      from.moved = true;
      this.touched = true;
      this.apply({ ...from.view, x: from.view.x + dx, y: from.view.y + dy });
    });
    const end = (e: PointerEvent): void => {
      if (from?.moved) {
        const swallow = (click: Event): void => click.stopPropagation(); // a drag is no click on the node below
        this.svg.addEventListener("click", swallow, { capture: true });
        setTimeout(() => this.svg.removeEventListener("click", swallow, { capture: true }), 0);
      }
      if (from?.id === e.pointerId) from = null;
    };
    on("pointerup", end);
    on("pointercancel", () => { from = null; });
    on("dblclick", () => this.fit());
  }

  private measure(): void {
    const { width, height } = this.svg.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const first = this.size.w === 0;
    this.size = { w: width, h: height };
    if (first || !this.touched) this.home(false);
  }

  /** The size of what is drawn; fits unless the learner has moved the view. */
  setContent(w: number, h: number, animate = false): void {
    this.content = { w, h };
    if (!this.touched) this.home(animate);
  }

  get fitScale(): number {
    return Math.min(this.size.w / this.content.w, this.size.h / this.content.h, this.maxFit);
  }

  /** Small graphs are shown whole; one too big to read when shown whole starts readable, where the action was last. */
  private home(animate: boolean): void {
    const whole = this.fitScale;
    const readable = whole >= this.readable - 0.1;
    this.show(readable ? whole : this.readable, animate);
    if (!readable && this.focus) this.follow(this.focus);
  }

  /** All of the graph, however small that makes it. */
  fit(animate = true): void {
    this.touched = false;
    this.show(Math.max(this.fitScale, Math.min(0.16, this.maxFit)), animate);
  }

  private show(k: number, animate: boolean): void {
    if (this.size.w === 0) return;
    const start = (room: number, all: number): number => (k > this.fitScale && all * k > room ? MARGIN : (room - all * k) / 2);
    const [x, y] = [start(this.size.w, this.content.w), start(this.size.h, this.content.h)];
    this.onFit(-y / k, (this.size.h - y) / k);
    this.go({ k, x, y }, animate);
  }

  zoom(factor: number, px = this.size.w / 2, py = this.size.h / 2, animate = true): void {
    this.touched = true;
    const k = Math.min(4, Math.max(0.08, this.view.k * factor));
    const ratio = k / this.view.k;
    this.go({ k, x: px - (px - this.view.x) * ratio, y: py - (py - this.view.y) * ratio }, animate);
  }

  /** Brings a box of content coordinates into sight when the whole does not fit readably. */
  follow(box: Box): void {
    const k = this.readable;
    this.focus = box;
    if (this.touched || this.size.w === 0 || this.fitScale >= k - 0.1) return;
    const inside = (a: number, size: number, offset: number, room: number): boolean =>
      a * k + offset > 24 && (a + size) * k + offset < room - 24;
    const same = Math.abs(this.view.k - k) < 0.01;
    if (same && inside(box.x, box.w, this.view.x, this.size.w) && inside(box.y, box.h, this.view.y, this.size.h)) return;
    const centre = (a: number, size: number, room: number, all: number): number => {
      const wanted = room / 2 - (a + size / 2) * k;
      return all * k < room ? (room - all * k) / 2 : Math.min(MARGIN, Math.max(room - all * k - MARGIN, wanted));
    };
    this.go({ k, x: centre(box.x, box.w, this.size.w, this.content.w), y: centre(box.y, box.h, this.size.h, this.content.h) }, true);
  }

  private go(target: View, animate: boolean): void {
    cancelAnimationFrame(this.frame);
    if (!animate || reducedMotion()) { this.apply(target); return; }
    const from = { ...this.view };
    const begin = performance.now();
    const tick = (now: number): void => {
      const t = Math.min(1, (now - begin) / 260);
      const e = 1 - (1 - t) ** 3;
      this.apply({ k: from.k + (target.k - from.k) * e, x: from.x + (target.x - from.x) * e, y: from.y + (target.y - from.y) * e });
      if (t < 1) this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  private apply(view: View): void {
    this.view = view;
    this.layer.setAttribute("transform", `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.k.toFixed(4)})`);
    this.onView(-view.y / view.k);
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    for (const f of this.undo) f();
  }
}
