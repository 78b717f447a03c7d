// The door for everybody else: another widget's bundle, and the saved HTML file.
import { fill, h } from "../shared/dom";
import { asLang, translator, type Lang } from "../shared/strings";
import { themedRoot } from "../shared/widget";
import { table } from "../strings/step_player";
import { PLAYER_CSS } from "./css";
import { Player, type PlayerOptions } from "./player";
import type { StepPayload } from "./types";

export type { StepPayload } from "./types";
export type MountOptions = PlayerOptions;
export interface Mounted { go(step: number): void; readonly step: number; destroy(): void }

/** Empties `el` and plays `payload` in it. `el.dataset.ready` is "1" after the first draw, `el.dataset.step` follows the steps. */
export function mountStepPlayer(el: HTMLElement, payload: StepPayload, options: MountOptions = {}): Mounted {
  let player: Player | null = null;
  let undo = (): void => undefined;

  const open = (lang: Lang, more: MountOptions): void => {
    undo();
    fill(el);
    const { root, stop } = themedRoot(el, "player", PLAYER_CSS, lang);
    undo = () => { player?.destroy(); player = null; stop(); };
    if (!payload.runs[0]?.steps.length) {
      root.append(h("div", { class: "dzl-body" }, translator(table, lang)("nothing")));
      return;
    }
    player = new Player(root, payload, {
      ...more, lang,
      onStep: (step) => { el.dataset.step = String(step); options.onStep?.(step); },
      onLanguage: (other, step) => { open(other, { ...more, present: false, step }); root.focus({ preventScroll: true }); },
    });
  };

  open(options.lang ?? asLang(payload.lang), options);
  el.dataset.ready = "1";
  return {
    go: (step) => player?.go(step, "jump"),
    get step() { return player?.step ?? 0; },
    destroy: () => { undo(); fill(el); },
  };
}

/** In a saved replay the page carries the payload; any bundle with the player in it starts it. */
function boot(): void {
  const data = document.getElementById("dzl-replay");
  const app = document.getElementById("dzl-app");
  if (!data || !app || app.dataset.ready) return;
  const raw = data.textContent ?? "null";
  mountStepPlayer(app, JSON.parse(raw) as StepPayload, { raw, source: document.getElementById("dzl-bundle")?.textContent ?? undefined });
}

if (typeof document !== "undefined") boot();
