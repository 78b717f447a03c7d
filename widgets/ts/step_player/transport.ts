// Buttons, speed, and the scrubber: a slider that says in words where it stands, coloured by phase.
import { fill, h, svg } from "../shared/dom";
import type { PlayerStep, Run } from "./types";
import type { Translate } from "./player";

const ICONS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z", back: "M12 3v10L4 8z", play: "M4 3l9 5-9 5z", pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M4 3l8 5-8 5z", last: "M3 3l7 5-7 5zM11 3h2v10h-2z",
} as const;
type Icon = keyof typeof ICONS;
export const SPEEDS = [0.5, 1, 2, 4];

function icon(name: Icon): SVGSVGElement {
  return svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, svg("path", { d: ICONS[name], fill: "currentColor" }));
}

export interface TransportOptions {
  t: Translate;
  total: number;
  phases: Run["phases"];
  ticks: { at: number; kind: "grad" | "error" | "differs" }[];
  go: (k: number, how: "jump" | "next" | "back") => void;
  toggle: () => void;
  speed: () => void;
  language: (() => void) | undefined;
}

export class Transport {
  readonly el: HTMLElement;
  private readonly slider: HTMLElement;
  private readonly done = h("div", { class: "dzl-sp-done" });
  private readonly knob = h("div", { class: "dzl-sp-knob" });
  private readonly playButton: HTMLButtonElement;
  private readonly speedButton: HTMLButtonElement;
  private readonly buttons: Record<"first" | "back" | "next" | "last", HTMLButtonElement>;
  private k = 0;

  constructor(private readonly options: TransportOptions) {
    const { t, total } = options;
    const last = total - 1;
    const button = (name: Icon, label: string, onClick: () => void): HTMLButtonElement =>
      h("button", { class: "dzl-btn dzl-sp-icon", type: "button", title: label, "aria-label": label, onClick }, icon(name));
    this.buttons = {
      first: button("first", t("first"), () => options.go(0, "jump")),
      back: button("back", t("back"), () => options.go(this.k - 1, "back")),
      next: button("next", t("next"), () => options.go(this.k + 1, "next")),
      last: button("last", t("last"), () => options.go(last, "jump")),
    };
    this.playButton = h("button", { class: "dzl-btn dzl-sp-play", type: "button", onClick: () => options.toggle() });
    this.speedButton = h("button", { class: "dzl-btn dzl-sp-speed", type: "button", title: t("speed"), onClick: () => options.speed() });
    this.slider = this.scrubber();
    this.el = h("div", { class: "dzl-sp-bar" },
      h("div", { class: "dzl-sp-buttons" }, this.buttons.first, this.buttons.back, this.playButton, this.buttons.next, this.buttons.last),
      this.slider, h("div", { class: "dzl-sp-right" }, h("span", { class: "dzl-sp-keys" }, t("keys")), h("span", { class: "dzl-sp-pkeys" }, t("present_keys")), this.speedButton,
        options.language ? h("button", { class: "dzl-btn dzl-sp-language", type: "button", onClick: options.language }, t("other_language")) : null));
    this.playing(false);
    this.speed(1);
  }

  private x(k: number): number {
    return this.options.total < 2 ? 0 : (k / (this.options.total - 1)) * 100;
  }

  private scrubber(): HTMLElement {
    const { t, phases, total, ticks } = this.options;
    const slider = h("div", { class: "dzl-sp-track", role: "slider", tabindex: 0, "aria-label": t("scrub"), "aria-valuemin": 1, "aria-valuemax": total });
    for (const phase of phases) {
      const left = this.x(Math.max(0, phase.from - (phase.from > 0 ? 0.5 : 0)));
      const right = this.x(Math.min(total - 1, phase.to + (phase.to < total - 1 ? 0.5 : 0)));
      const name = phase.p === "backward" && phase.n ? t("backward_n", { n: phase.n }) : t(phase.p);
      const place = { left: `${left}%`, width: `calc(${right - left}% - 2px)` };
      slider.append(h("div", { class: `dzl-sp-seg dzl-sp-${phase.p}`, style: place }),
        h("div", { class: "dzl-sp-segname", style: place }, right - left > 9 ? name : ""));
    }
    slider.append(this.done);
    for (const tick of ticks) slider.append(h("div", { class: `dzl-sp-tick dzl-sp-tick-${tick.kind}`, style: { left: `${this.x(tick.at)}%` } }));
    slider.append(this.knob);
    const move = (e: PointerEvent): void => {
      const box = slider.getBoundingClientRect();
      const ratio = Math.min(1, Math.max(0, (e.clientX - box.left) / Math.max(1, box.width)));
      this.options.go(Math.round(ratio * (total - 1)), "jump");
    };
    slider.addEventListener("pointerdown", (e) => { slider.setPointerCapture(e.pointerId); slider.focus(); move(e); e.preventDefault(); });
    slider.addEventListener("pointermove", (e) => { if (slider.hasPointerCapture(e.pointerId)) move(e); });
    return slider;
  }

  draw(k: number, step: PlayerStep, spoken: string): void {
    const { t, total, phases } = this.options;
    this.k = k;
    const phase = phases.find((p) => k >= p.from && k <= p.to);
    const left = this.x(Math.max(0, (phase?.from ?? 0) - ((phase?.from ?? 0) > 0 ? 0.5 : 0)));
    this.done.className = `dzl-sp-done dzl-sp-${step.p}`;
    this.done.style.left = `${left}%`;
    this.done.style.width = `${Math.max(0, this.x(k) - left)}%`;
    this.knob.style.left = `${this.x(k)}%`;
    this.knob.className = `dzl-sp-knob dzl-sp-${step.p}`;
    this.slider.setAttribute("aria-valuenow", String(k + 1));
    this.slider.setAttribute("aria-valuetext", t("step_value", { n: k + 1, total, phase: t(step.p), text: spoken }));
    // aria-disabled, not disabled: a button that loses the focus would hand the next key to the notebook
    for (const name of ["first", "back"] as const) this.buttons[name].setAttribute("aria-disabled", String(k <= 0));
    for (const name of ["next", "last"] as const) this.buttons[name].setAttribute("aria-disabled", String(k >= total - 1));
  }

  playing(on: boolean): void {
    const { t } = this.options;
    fill(this.playButton, icon(on ? "pause" : "play"), on ? t("pause") : t("play"));
    this.playButton.setAttribute("aria-pressed", String(on));
  }

  speed(value: number): void {
    this.speedButton.textContent = `${value}×`;
    this.speedButton.setAttribute("aria-label", `${this.options.t("speed")} ${value}`);
  }
}
