// The work list of the learner's own loop and the call stack of their recursion.
import { fill, h } from "../shared/dom";
import type { Folder, State } from "./fold";
import type { Translate } from "./player";

export class WorkPane {
  readonly el = h("div", { class: "dzl-sp-work" });

  private readonly keepsList: boolean;

  constructor(private readonly folder: Folder, private readonly t: Translate, private readonly onPoint: (id: string | null) => void) {
    this.keepsList = folder.run.steps.some((step) => step.work);
  }

  draw(state: State): void {
    this.el.hidden = this.folder.run.sources.length === 0; // lines were not recorded: neither list nor stack is known
    fill(this.el, ...this.list(state), ...this.stack(state));
  }

  private chip(id: string, gen: number | null, name: string, note = ""): HTMLElement {
    const chip = h("span", { class: `dzl-chip ${name}`, title: note || null }, this.folder.label(id),
      gen === null ? null : h("i", null, this.t("gen", { n: gen })), note ? h("span", { class: "dzl-sr" }, ` (${note})`) : null);
    chip.addEventListener("pointerenter", () => this.onPoint(id));
    chip.addEventListener("pointerleave", () => this.onPoint(null));
    return chip;
  }

  private list(state: State): HTMLElement[] {
    const { work } = state;
    const { t } = this;
    if (!work) {
      return [h("h4", null, t("no_queue")), h("div", { class: "dzl-sp-chips" }, h("span", { class: "dzl-sp-none" }, state.step.p === "backward" && !this.keepsList ? t("no_queue_text") : "—"))];
    }
    const key = work.take === "right" ? "queue_right" : work.take === "left" ? "queue_left" : work.take === "sorted" ? "queue_sorted" : "queue";
    const fresh = state.step.work === work ? (work.pushed ?? []) : [];
    const max = 14;
    const hiddenCount = Math.max(0, work.items.length - max);
    const items = work.items.slice(-max).map(([id, gen], i) => {
      const isNew = fresh.includes(i + hiddenCount);
      return this.chip(id, gen, isNew ? "dzl-sp-pushed" : "", isNew ? t("pushed") : "");
    });
    const chips: (HTMLElement | null)[] = hiddenCount ? [h("span", { class: "dzl-sp-none" }, `… ${t("more_frames", { n: hiddenCount })}`), ...items] : [...items];
    if (items.length === 0) chips.push(h("span", { class: "dzl-sp-none" }, t("empty")));
    if (work.out) {
      const arrow = h("span", { class: "dzl-sp-none" }, work.take === "left" ? t("pop_left") : t("pop"));
      const out = this.chip(work.out, null, "dzl-sp-out");
      if (work.take === "left") chips.unshift(out, arrow); else chips.push(arrow, out);
    }
    for (const id of state.step.work === work ? (work.refused ?? []) : []) chips.push(this.chip(id, null, "dzl-sp-refused", t("refused")));
    const refusal = state.step.work === work && work.refused?.length ? h("span", { class: "dzl-sp-none" }, t("refused")) : null;
    return [h("h4", null, t(key, { name: work.name })), h("div", { class: "dzl-sp-chips" }, ...chips, refusal)];
  }

  private stack(state: State): HTMLElement[] {
    const { t } = this;
    const frames = state.stack;
    const shown = frames.length > 7 ? [...frames.slice(0, 2), null, ...frames.slice(-4)] : frames;
    const chips = shown.map((frame) => frame === null
      ? h("span", { class: "dzl-sp-none" }, `… ${t("more_frames", { n: frames.length - 6 })} …`)
      : h("span", { class: "dzl-chip dzl-sp-frame" }, frame[0], h("i", null, t("line", { n: frame[2] }))));
    if (chips.length === 0) chips.push(h("span", { class: "dzl-sp-none" }, t("no_stack")));
    return [h("h4", null, frames.length > 1 ? `${t("stack")} (${frames.length})` : t("stack")), h("div", { class: "dzl-sp-chips" }, ...chips)];
  }
}
