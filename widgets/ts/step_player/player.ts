// The step player: one or two runs, a scrubber, play, predict first, present, save. It never asks the kernel for anything.
import { h } from "../shared/dom";
import { bindKeys, type KeyMap } from "../shared/keys";
import { translator, type Lang } from "../shared/strings";
import { reducedMotion } from "../shared/theme";
import { table } from "../strings/step_player";
import { Predictor } from "./predict";
import { savePicture } from "./picture";
import { Presenter } from "./present";
import { RunView } from "./run_view";
import { saveReplay } from "./save";
import { SPEEDS, Transport } from "./transport";
import type { StepPayload } from "./types";

export type Translate = ReturnType<typeof translator<keyof (typeof table)["en"]>>;

export interface PlayerOptions {
  lang?: Lang;
  present?: boolean;
  predict?: boolean;
  step?: number;
  focus?: string;
  source?: string | undefined; // text of a bundle with the player in it: "Save as HTML" then needs no kernel
  raw?: string | undefined; // the payload as the text it arrived in, so that a saved file is the same to the byte
  onStep?: (step: number) => void;
  onClose?: () => void;
  onLanguage?: (lang: Lang, step: number) => void; // offered when the sentences came in both languages
}

export class Player {
  private readonly t: Translate;
  private readonly lang: Lang;
  private readonly views: RunView[];
  private transport: Transport;
  private order: number[][] = []; // what each position of the scrubber shows of each run
  private linesOn: boolean;
  private readonly predictor: Predictor;
  private readonly presenter: Presenter;
  private readonly linesButton: HTMLButtonElement;
  private readonly predictButton: HTMLButtonElement;
  private readonly tally = h("span", { class: "dzl-sp-tally", role: "status" });
  private readonly toast = h("span", { class: "dzl-sp-toast", role: "status" });
  private predictOn: boolean;
  private timer = 0;
  private speed = 1;
  private undo: (() => void)[] = [];
  step = -1;

  constructor(private readonly root: HTMLElement, private readonly payload: StepPayload, private readonly options: PlayerOptions) {
    this.lang = options.lang ?? payload.lang;
    const t = (this.t = translator(table, this.lang));
    const compare = payload.runs.length > 1;
    this.linesOn = payload.lines === true;
    this.order = this.steps();
    const focus = options.focus ?? payload.focus ?? null;
    this.views = payload.runs.map((run, i) => new RunView(run, t, this.lang, focus, compare, i > 0, (ids) => this.jumpTo(ids)));
    this.predictor = new Predictor(this.main.folder, t, () => this.afterQuestion(), () => this.refresh());
    this.predictOn = (options.predict ?? payload.predict) && this.predictor.any;
    this.predictButton = h("button", { class: "dzl-btn", type: "button", title: t("predict_hint"), onClick: () => this.setPredict(!this.predictOn) });
    this.linesButton = h("button", { class: "dzl-btn", type: "button", title: t("lines_hint"), onClick: () => this.setLines(!this.linesOn) });
    this.transport = this.newTransport();
    const body = h("div", { class: compare ? "dzl-sp-player-body dzl-sp-compare" : "dzl-sp-player-body" }, ...this.views.map((v) => v.el));
    const presentButton = h("button", { class: "dzl-btn dzl-sp-presentbtn", type: "button", title: t("present_hint"), onClick: () => this.presenter.toggle() }, t("present"));
    root.append(this.head(presentButton), body, this.transport.el);
    root.tabIndex = -1;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", `${t("title")}: ${payload.title}`);
    this.presenter = new Presenter(root, (on) => {
      presentButton.textContent = t(on ? "leave_present" : "present");
      for (const view of this.views) view.graph.maxScale = on ? 3 : 1.3;
      this.refresh();
      root.focus({ preventScroll: true });
    });
    this.setPredict(this.predictOn);
    this.labelLines();
    this.undo.push(bindKeys(root, this.keys(), () => this.presenter.leave()));
    this.go(options.step ?? this.position(payload.start ?? 0), "jump");
    if (options.present) this.presenter.toggle();
  }

  private get main(): RunView {
    const view = this.views[0];
    if (!view) throw new Error("a step player needs at least one run");
    return view;
  }

  private get total(): number { return this.order.length; }

  private steps(): number[][] {
    if (this.payload.pairs) return this.payload.pairs;
    const all = this.payload.runs[0]?.steps ?? [];
    const wanted = all.flatMap((step, k) => (step.k === "line" && !this.linesOn ? [] : [[k]]));
    return wanted.length > 0 ? wanted : all.map((_, k) => [k]);
  }

  /** The position that shows step `k` of the first run, or the last one before it. */
  private position(k: number): number {
    if (this.payload.pairs) return k;
    const after = this.order.findIndex(([i]) => (i ?? 0) > k);
    return after < 0 ? this.total - 1 : Math.max(0, after - 1);
  }

  private newTransport(): Transport {
    return new Transport({
      t: this.t, total: this.total, phases: this.phases(), ticks: this.ticks(),
      go: (k, how) => { this.stop(); if (how === "next") this.forward(); else this.go(k, how); },
      toggle: () => (this.timer ? this.stop() : this.play()),
      speed: () => this.setSpeed(SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length] ?? 1),
      language: this.bilingual && this.options.onLanguage ? () => this.options.onLanguage?.(this.lang === "en" ? "ko" : "en", this.step) : undefined,
    });
  }

  private get bilingual(): boolean {
    const told = this.main.run.steps.find((step) => step.say)?.say;
    return told?.en !== undefined && told.ko !== undefined;
  }

  private setLines(on: boolean): void {
    this.stop();
    const here = this.pair(this.step)[0] ?? 0;
    this.linesOn = on;
    this.order = this.steps();
    const old = this.transport.el;
    this.transport = this.newTransport();
    this.transport.speed(this.speed);
    old.replaceWith(this.transport.el);
    this.labelLines();
    this.go(this.position(here), "jump");
  }

  private labelLines(): void {
    this.linesButton.textContent = this.t(this.linesOn ? "lines_on" : "lines_off");
    this.linesButton.setAttribute("aria-pressed", String(this.linesOn));
  }

  private head(presentButton: HTMLElement): HTMLElement {
    const { t, payload, options } = this;
    const button = (label: string, hint: string, onClick: () => void): HTMLElement =>
      h("button", { class: "dzl-btn", type: "button", title: hint, onClick }, label);
    return h("div", { class: "dzl-head" },
      h("b", { class: "dzl-title" }, payload.title || t("title")), payload.subtitle ? h("span", { class: "dzl-tag", title: payload.subtitle }, payload.subtitle) : null,
      h("span", { class: "dzl-grow" }), this.toast, this.tally,
      !payload.pairs && this.main.run.steps.some((step) => step.k === "line") ? this.linesButton : null, this.predictor.any ? this.predictButton : null, presentButton,
      options.source ? button(t("save"), t("save_hint"), () => { this.say(saveReplay(payload, options.source ?? "", this.lang, t, options.raw)); }) : null,
      button(t("png"), t("png_hint"), () => { void savePicture(this.main, payload, this.step, this.total, t); }),
      options.onClose ? h("button", { class: "dzl-btn dzl-sp-icon", type: "button", "aria-label": "×", onClick: options.onClose }, "×") : null);
  }

  private say(text: string): void {
    this.toast.textContent = text;
    setTimeout(() => { this.toast.textContent = ""; }, 6000);
  }

  private keys(): KeyMap {
    const next = (): void => { this.stop(); this.forward(); };
    const back = (): void => { this.stop(); this.go(this.step - 1, "back"); };
    // In a box that scrolls, up and down scroll. Presenter remotes send page keys.
    const unless = (move: () => void) => (event: KeyboardEvent): false | void =>
      (event.target instanceof Element && event.target.closest("[role=region]") ? false : move());
    return {
      ArrowRight: next, ArrowLeft: back, ArrowDown: unless(next), ArrowUp: unless(back), PageDown: unless(next), PageUp: unless(back),
      "Shift+ArrowRight": () => { this.stop(); this.go(this.step + 10, "jump"); },
      "Shift+ArrowLeft": () => { this.stop(); this.go(this.step - 10, "jump"); },
      Home: () => { this.stop(); this.go(0, "jump"); }, End: () => { this.stop(); this.go(this.total - 1, "jump"); },
      Space: () => (this.timer ? this.stop() : this.play()),
      "+": () => this.main.graph.zoom(1.25), "=": () => this.main.graph.zoom(1.25), "-": () => this.main.graph.zoom(0.8),
    };
  }

  private pair(k: number): number[] {
    return this.order[k] ?? [0];
  }

  private phases(): StepPayload["runs"][number]["phases"] {
    const run = this.main.run;
    const where = (step: number): number => {
      const found = this.order.findIndex(([i]) => (i ?? 0) >= step);
      return found < 0 ? this.total : found;
    };
    return run.phases.map((p, i) => {
      const next = run.phases[i + 1];
      return { ...p, from: i === 0 ? 0 : where(p.from), to: next ? where(next.from) - 1 : this.total - 1 };
    }).filter((p) => p.to >= p.from);
  }

  private ticks(): { at: number; kind: "grad" | "error" | "differs" }[] {
    const out: { at: number; kind: "grad" | "error" | "differs" }[] = [];
    const { steps } = this.main.run;
    let before = -1;
    for (let k = 0; k < this.total; k += 1) {
      const i = this.pair(k)[0] ?? 0;
      const step = steps[i];
      if (i !== before && step?.k === "error") out.push({ at: k, kind: "error" });
      if (i !== before && step?.grad && this.total <= 140) out.push({ at: k, kind: "grad" });
      before = i;
    }
    if (typeof this.payload.differs === "number") out.push({ at: this.payload.differs, kind: "differs" });
    return out;
  }

  private setPredict(on: boolean): void {
    this.predictOn = on;
    this.predictButton.textContent = this.t(on ? "predict_on" : "predict_off");
    this.predictButton.setAttribute("aria-pressed", String(on));
    if (!on && this.predictor.open) { this.predictor.cancel(); this.refresh(); }
  }

  private setSpeed(value: number): void {
    this.speed = value;
    this.transport.speed(value);
    if (this.timer) { this.stop(); this.play(); }
  }

  /** → : one step on, or the answer of an open question. */
  private forward(): void {
    if (this.predictor.open) this.predictor.advance(); else this.go(this.step + 1, "next");
  }

  go(target: number, how: "jump" | "next" | "back"): void {
    const k = Math.min(this.total - 1, Math.max(0, target));
    const fresh = k !== this.step;
    const asks = this.predictOn || this.presenter?.on;
    if (how === "next" && fresh && asks) {
      if (this.predictor.open) return;
      const i = this.pair(k)[0] ?? 0;
      if (i !== this.pair(this.step)[0] && this.predictor.ask(i, this.presenter.on)) { this.stop(); return; }
    }
    this.predictor.cancel();
    this.render(k, how === "next" && fresh);
  }

  private render(k: number, animate: boolean): void {
    const { t } = this;
    const old = this.pair(this.step);
    this.step = k;
    const now = this.pair(k);
    this.views.forEach((view, side) => {
      view.graph.hideGrad = null;
      const i = now[side] ?? 0;
      const waits = this.views.length > 1 && k > 0 && old[side] === i && this.pair(k - 1)[side] === i;
      view.el.classList.toggle("dzl-sp-waits", waits);
      const state = view.draw(i, animate && !waits);
      const lead = this.views.length > 1 ? (waits ? `${t("waits")}.` : "") : t("of_steps", { n: k + 1, total: this.total });
      view.speak(lead, this.compareNote(side));
      if (side === 0) this.transport.draw(k, state.step, view.sentence().replaceAll("`", ""));
    });
    this.root.dataset.step = String(k);
    this.options.onStep?.(k);
  }

  private compareNote(side: number): Node[] {
    const { differs, runs } = this.payload;
    if (runs.length < 2 || side !== runs.length - 1) return [];
    const text = differs === null || differs === undefined ? this.t("compare_same") : this.step === differs ? this.t("differs")
      : this.step < differs ? this.t("same_so_far") : this.t("compare_differs", { n: differs + 1 });
    return [h("p", { class: this.step === differs ? "dzl-sp-differs dzl-sp-no" : "dzl-sp-differs" }, text)];
  }

  /** Draws the open question (or the plain step) again. */
  private refresh(): void {
    if (this.step < 0) return;
    const question = this.predictor.current;
    const { right, total } = this.predictor.tally;
    this.tally.textContent = total > 0 ? this.t("tally", { right, total }) : "";
    if (!question) { this.render(this.step, false); return; }
    this.main.graph.hideGrad = question.v;
    this.main.draw(this.pair(this.step)[0] ?? 0, false);
    if (this.predictor.el.parentElement !== this.main.say) this.main.say.replaceChildren(this.predictor.el);
  }

  private afterQuestion(): void {
    this.root.focus({ preventScroll: true });
    this.render(Math.min(this.total - 1, this.step + 1), true);
  }

  /** The next step (cyclic) in which one of these nodes takes part. */
  private jumpTo(ids: string[]): void {
    this.stop();
    for (let d = 1; d <= this.total; d += 1) {
      const k = (this.step + d) % this.total;
      const step = this.main.run.steps[this.pair(k)[0] ?? 0];
      if (step?.on?.some((id) => ids.includes(id))) { this.go(k, "jump"); return; }
    }
  }

  private play(): void {
    if (this.predictor.open) { this.predictor.advance(); return; }
    if (this.step >= this.total - 1) this.go(0, "jump");
    this.transport.playing(true);
    const tick = (): void => {
      if (this.step >= this.total - 1) { this.stop(); return; }
      this.timer = window.setTimeout(tick, this.pause());
      this.go(this.step + 1, "next");
    };
    this.timer = window.setTimeout(tick, 120);
  }

  /** Time to read: longer sentences stay longer, lines of code go fast. */
  private pause(): number {
    const step = this.main.run.steps[this.pair(this.step + 1)[0] ?? 0];
    const text = step?.say?.[this.lang] ?? step?.say?.en ?? "";
    const base = step?.k === "line" ? 650 : 1100 + Math.min(1600, text.length * 9);
    return (reducedMotion() ? base * 1.2 : base) / this.speed;
  }

  private stop(): void {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.transport.playing(false);
  }

  destroy(): void {
    this.stop();
    this.presenter.destroy();
    for (const view of this.views) view.destroy();
    for (const f of this.undo) f();
  }
}
