// First, back, play, next, last and a slider: the bar under every small view that has steps.
import { h } from "../shared/dom";
import type { KeyMap } from "../shared/keys";
import { translator, type Lang } from "../shared/strings";
import { reducedMotion } from "../shared/theme";
import { SMALL } from "../strings/small";

export interface StepBar {
  el: HTMLElement;
  keys: KeyMap;
  at(): number;
  go(step: number): void;
  stop(): void;
}

export const STEP_BAR_CSS = `
.dzl-steps{display:flex;align-items:center;gap:12px;padding:8px 14px 9px;border-top:1px solid var(--line)}
.dzl-steps .dzl-keysgroup{display:flex;gap:5px;flex:none}
.dzl-steps .dzl-btn{min-width:32px;padding:3px 8px}
.dzl-steps .dzl-play{min-width:78px}
.dzl-steps input[type=range]{flex:1;min-width:120px;margin:0;padding:0;border:0;background:none;accent-color:var(--grad);height:22px}
.dzl-steps .dzl-hint{color:var(--muted);font-size:12.5px;white-space:pre;flex:none}
@container (max-width:640px){.dzl-steps .dzl-hint{display:none}}
@container (max-width:460px){.dzl-steps{flex-wrap:wrap}.dzl-steps input[type=range]{flex:1 0 100%;order:2}}
`;

export interface StepBarOptions {
  count: number; // steps 0 .. count - 1
  start?: number;
  lang: Lang;
  label: string; // what the slider moves
  valueText(step: number): string; // what a screen reader hears at this step
  onStep(step: number): void;
  interval?: number; // milliseconds per step while playing
}

export function stepBar(options: StepBarOptions): StepBar {
  const t = translator(SMALL, options.lang);
  const last = options.count - 1;
  let step = -1;
  let timer: number | undefined;

  const button = (text: string, key: "first" | "back" | "next" | "last", move: () => void): HTMLButtonElement =>
    h("button", { type: "button", class: "dzl-btn", "aria-label": t(key), title: t(key), onClick: () => { stop(); move(); } }, text);
  const first = button("|◀", "first", () => go(0));
  const back = button("◀", "back", () => go(step - 1));
  const next = button("▶", "next", () => go(step + 1));
  const end = button("▶|", "last", () => go(last));
  const play = h("button", { type: "button", class: "dzl-btn dzl-play", onClick: () => toggle() }, "");
  const slider = h("input", {
    type: "range", min: 0, max: Math.max(last, 0), step: 1, value: 0, "aria-label": options.label,
    onInput: () => { stop(); go(Number(slider.value)); },
  });
  const el = h("div", { class: "dzl-steps" },
    h("div", { class: "dzl-keysgroup" }, first, back, play, next, end), slider, h("div", { class: "dzl-hint" }, t("keys")));

  function go(to: number): void {
    const wanted = Math.max(0, Math.min(last, to));
    if (wanted === step) return;
    step = wanted;
    slider.value = String(step);
    slider.setAttribute("aria-valuetext", options.valueText(step));
    first.disabled = back.disabled = step === 0;
    next.disabled = end.disabled = step === last;
    options.onStep(step);
    if (step === last) stop();
  }
  function face(): void {
    play.textContent = timer === undefined ? `▶ ${t("play")}` : `❚❚ ${t("pause")}`;
  }
  function stop(): void {
    window.clearInterval(timer);
    timer = undefined;
    face();
  }
  function toggle(): void {
    if (timer !== undefined) return stop();
    if (step === last) go(0);
    timer = window.setInterval(() => go(step + 1), reducedMotion() ? 1500 : options.interval ?? 900);
    face();
  }

  face();
  go(options.start ?? 0);
  return {
    el, go, stop, at: () => step,
    keys: {
      ArrowRight: () => { stop(); go(step + 1); }, ArrowLeft: () => { stop(); go(step - 1); },
      Home: () => { stop(); go(0); }, End: () => { stop(); go(last); }, Space: () => toggle(),
    },
  };
}
