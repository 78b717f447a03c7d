// Predict first: before a function gives its gradients back, ask for one of them; compare, reveal, count.
import { fill, h } from "../shared/dom";
import { flat, shapeText, short, sizeOf } from "./format";
import type { Folder } from "./fold";
import type { Translate } from "./player";
import type { Snapshot } from "./types";

export interface Question { gate: number; v: string; old: Snapshot | null; value: Snapshot; step: number }

/** One question per visit: the gradient that adds to (or overwrites) another if there is one, else the first. */
export function questions(folder: Folder): Map<number, Question> {
  const out = new Map<number, Question>();
  const { steps } = folder.run;
  for (let gate = 0; gate < steps.length; gate += 1) {
    if (steps[gate]?.k !== "give") continue;
    let best: Question | null = null;
    for (let k = gate + 1; k < steps.length; k += 1) {
      const step = steps[k];
      if (!step || ["receive", "give", "call", "end", "error"].includes(step.k)) break;
      const value = folder.snap(step.grad?.new);
      if (!step.grad || !value || (!value.s && !flat(value))) continue;
      const candidate = { gate, v: step.grad.v, old: folder.snap(step.grad.old), value, step: k };
      if (!best || (candidate.old && !best.old)) best = candidate;
    }
    if (best) out.set(gate, best);
  }
  return out;
}

/** True when the guess is the value (1 % apart at most), or for arrays the right shape. */
export function judge(guess: string, value: Snapshot): boolean {
  if (sizeOf(value) === 1) {
    const real = flat(value)?.[0];
    const said = Number(guess.trim().replace(",", "."));
    if (typeof real !== "number" || guess.trim() === "") return guess.trim().toLowerCase() === String(real).toLowerCase();
    return Math.abs(said - real) <= Math.max(1e-6, 0.01 * Math.abs(real));
  }
  const numbers = guess.match(/\d+/g)?.map(Number) ?? [];
  return numbers.length === (value.s ?? []).length && numbers.every((n, i) => n === value.s?.[i]);
}

export class Predictor {
  readonly el = h("div", { class: "dzl-sp-ask", role: "group" });
  readonly tally = { right: 0, total: 0 };
  private readonly seen = new Set<number>();
  private readonly all: Map<number, Question>;
  current: Question | null = null;
  private revealed = false;

  constructor(
    private readonly folder: Folder, private readonly t: Translate,
    private readonly done: () => void, private readonly changed: () => void,
  ) {
    this.all = questions(folder);
  }

  get any(): boolean { return this.all.size > 0; }
  get open(): boolean { return this.current !== null; }

  /** Asks when stepping to `k` for the first time; false when there is nothing to ask. */
  ask(k: number, bare: boolean): boolean {
    const question = this.all.get(k);
    if (!question || this.seen.has(k)) return false;
    this.seen.add(k);
    this.current = question;
    this.revealed = false;
    this.show(question, bare);
    return true;
  }

  private show(q: Question, bare: boolean): void {
    const { t } = this;
    const name = this.folder.label(q.v);
    const scalar = sizeOf(q.value) === 1;
    const text = scalar ? t("ask", { name }) : t("ask_shape", { name });
    const was = scalar ? (q.old ? t("ask_was", { old: short(q.old) }) : t("ask_none")) : "";
    const input = h("input", { type: "text", inputmode: scalar ? "decimal" : "text", "aria-label": t("your_answer"), placeholder: t("your_answer"), autocomplete: "off", size: 10 });
    const answer = (): void => this.reveal(input.value);
    input.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.isComposing) { e.preventDefault(); answer(); }
      if (e.key === "ArrowRight" && input.value === "") { e.preventDefault(); answer(); }
    });
    fill(this.el, h("p", { class: "dzl-sp-question" }, h("b", null, text), was ? ` ${was}` : ""),
      bare ? h("div", { class: "dzl-sp-answers" }, h("span", { class: "dzl-sp-none" }, `→ ${t("reveal")}`))
        : h("div", { class: "dzl-sp-answers" }, input, h("button", { class: "dzl-btn dzl-primary", type: "button", onClick: answer }, t("answer")),
          h("button", { class: "dzl-btn", type: "button", onClick: () => this.reveal("") }, t("reveal"))));
    this.changed(); // puts the question on the page: only then can it take the focus
    if (!bare) input.focus({ preventScroll: true });
  }

  /** First call shows the value, second call goes on. */
  advance(): void {
    if (!this.current) return;
    if (this.revealed) this.close(); else this.reveal("");
  }

  private reveal(guess: string): void {
    const q = this.current;
    if (!q || this.revealed) return;
    this.revealed = true;
    const { t } = this;
    const value = sizeOf(q.value) === 1 ? short(q.value) : shapeText(q.value.s ?? []);
    const said = guess.trim() !== "";
    const right = said && judge(guess, q.value);
    if (said) { this.tally.total += 1; if (right) this.tally.right += 1; }
    const text = !said ? t("shown", { value }) : right ? t("right", { value }) : t("wrong", { guess: guess.trim(), value });
    const go = h("button", { class: "dzl-btn dzl-primary", type: "button", onClick: () => this.close() }, `${t("continue")} →`);
    fill(this.el, h("p", { class: `dzl-sp-question ${said ? (right ? "dzl-sp-yes" : "dzl-sp-no") : ""}`, role: "status" },
      said ? h("b", null, right ? "✓ " : "✗ ") : null, h("b", null, `${this.folder.label(q.v)}.grad`), ` — ${text}`), h("div", { class: "dzl-sp-answers" }, go));
    this.changed();
    go.focus({ preventScroll: true });
  }

  private close(): void {
    this.current = null;
    this.done();
  }

  /** Forget the open question, for example after a jump. */
  cancel(): void {
    if (!this.current) return;
    this.seen.delete(this.current.gate);
    this.current = null;
  }
}
