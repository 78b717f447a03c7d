// Predict, say it, reflect: one question (or a short column of them), locked in before the answer is shown.
import { bindKeys } from "./shared/keys";
import { fill, h, rich, uid } from "./shared/dom";
import { pick, translator, type Bilingual, type Lang } from "./shared/strings";
import { widget, type Context } from "./shared/widget";
import { table } from "./strings/predict_card";

interface Block {
  key: string; // "P07", or "note"
  role: "predict" | "say" | "again" | "transfer" | "note";
  kind: "choice" | "number" | "say" | "note";
  prompt: Bilingual | null;
  options: Bilingual[];
  answer: number;
  tolerance: number;
  reveal: Bilingual | null;
  earlier?: number | null; // what was predicted at the start of the chapter
}
interface Payload { mode: "predict" | "say" | "reflect"; blocks: Block[] }
interface Given {
  value?: number | null; text?: string; sure?: number; close?: number;
  stage?: "locked" | "revealed" | "skipped" | "kept";
}
type State = Record<string, Given>;

const CSS = `
.dzl-predict-card{max-width:820px}
.dzl-predict-card:lang(ko){word-break:keep-all}
.dzl-predict-card .q{padding:12px 14px 14px}
.dzl-predict-card .q+.q{border-top:1px solid var(--line)}
.dzl-predict-card .role{font-size:11.5px;letter-spacing:.03em;font-weight:600;color:var(--muted);margin-bottom:3px}
.dzl-predict-card .prompt{font-size:15.5px;line-height:1.5;margin-bottom:10px;text-wrap:pretty}
.dzl-predict-card .options{display:grid;gap:6px;margin-bottom:12px}
.dzl-predict-card .options.brief{grid-template-columns:repeat(auto-fit,minmax(180px,1fr))}
.dzl-predict-card .option{display:grid;grid-template-columns:auto 1fr auto;gap:9px;align-items:baseline;border:1px solid var(--line);border-radius:7px;padding:7px 11px;cursor:pointer}
.dzl-predict-card .option:hover{border-color:var(--muted)}
.dzl-predict-card .option:has(input:checked){border-color:var(--funline);background:var(--fun);box-shadow:inset 0 0 0 1px var(--funline)}
.dzl-predict-card .option:has(input:focus-visible){outline:2px solid var(--funline);outline-offset:2px}
.dzl-predict-card .option input{margin:0;accent-color:var(--funline);transform:translateY(1px)}
.dzl-predict-card .option input:focus-visible{outline:none}
.dzl-predict-card .fixed .option{cursor:default}
.dzl-predict-card .fixed .option:not(:has(input:checked)):not(.good){color:var(--muted)}
.dzl-predict-card .option.good,.dzl-predict-card .option.good:has(input:checked){border-color:var(--ok);background:var(--oksoft);box-shadow:inset 0 0 0 1px var(--ok)}
.dzl-predict-card .option.miss,.dzl-predict-card .option.miss:has(input:checked){border-color:var(--bad);border-style:dashed;background:var(--badsoft);box-shadow:none}
.dzl-predict-card .mark{font-size:12px;font-weight:600;white-space:nowrap}
.dzl-predict-card .good .mark{color:var(--ok)}
.dzl-predict-card .miss .mark{color:var(--bad)}
.dzl-predict-card .row{display:flex;flex-wrap:wrap;gap:8px 10px;align-items:center;min-height:28px}
.dzl-predict-card .row .dzl-tag{font-size:12.5px}
.dzl-predict-card .seg{display:inline-flex;border:1px solid var(--line);border-radius:7px;overflow:hidden}
.dzl-predict-card .seg label{position:relative;padding:3px 11px;font-size:12.5px;line-height:20px;cursor:pointer;color:var(--muted)}
.dzl-predict-card .seg label+label{border-left:1px solid var(--line)}
.dzl-predict-card .seg input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
.dzl-predict-card .seg label:has(input:checked){background:var(--fun);color:var(--ink);font-weight:600}
.dzl-predict-card .seg label:has(input:focus-visible){outline:2px solid var(--funline);outline-offset:-2px}
.dzl-predict-card .field{width:100%;min-height:34px;padding:6px 10px;font-size:14px;margin-bottom:12px;display:block;resize:vertical}
.dzl-predict-card .entry{margin-bottom:12px}
.dzl-predict-card .num{width:190px;margin:0;font-family:var(--mono)}
.dzl-predict-card .dzl-say{margin-top:2px;text-wrap:pretty}
.dzl-predict-card .dzl-say p+p{margin-top:3px}
.dzl-predict-card .pair{display:grid;grid-template-columns:1fr 1fr;gap:10px;margin-bottom:10px}
.dzl-predict-card .pair>div{background:var(--soft);border-radius:7px;padding:8px 12px}
.dzl-predict-card .pair>div.model{background:var(--oksoft)}
.dzl-predict-card .pair h4{font-size:11.5px;color:var(--muted);font-weight:600;margin-bottom:2px}
@container (max-width:560px){.dzl-predict-card .pair{grid-template-columns:1fr}}
`;

/** "0.5", "1e-3", "1,5" and "-2" are numbers; anything else is not. */
export function parseNumber(text: string): number | null {
  const tidy = text.trim().replace("−", "-").replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(tidy)) return null;
  return Number(tidy);
}

export function isRight(block: Block, value: number | null | undefined): boolean {
  if (value === null || value === undefined) return false;
  return block.kind === "choice" ? value === block.answer : Math.abs(value - block.answer) <= block.tolerance;
}

function stateOf(ctx: Context): State {
  try {
    return JSON.parse(String(ctx.model.get("state") || "{}")) as State;
  } catch {
    return {};
  }
}

export default widget<Payload>("predict-card", CSS, (root, payload, ctx) => {
  const state = stateOf(ctx);
  const keep = (): void => ctx.save("state", JSON.stringify(state));
  if (payload.mode === "reflect") root.append(h("div", { class: "dzl-head" }, h("b", null, translator(table, ctx.lang)("reflect"))));
  for (const block of payload.blocks) {
    root.append(new Question(block, (state[block.key] ??= {}), ctx.lang, keep, payload.mode !== "predict").box);
  }
  return bindKeys(root, {});
});

/** One block of the card: draws itself again whenever its stage changes, and puts the focus on what comes next. */
class Question {
  readonly box = h("div", { class: "q", role: "group" });
  private readonly t;
  private readonly label = uid("q");

  constructor(
    private readonly block: Block, private readonly given: Given, private readonly lang: Lang, private readonly keep: () => void,
    private readonly atOnce: boolean, // a prediction waits with its answer until the learner has run the next cell
  ) {
    this.t = translator(table, lang);
    this.box.setAttribute("aria-labelledby", this.label);
    this.draw();
  }

  private draw(): void {
    const { block } = this;
    fill(this.box, h("div", { class: "role", id: block.prompt ? null : this.label }, this.t(block.role)));
    if (block.prompt) this.box.append(h("p", { class: "prompt", id: this.label }, ...rich(pick(block.prompt, this.lang))));
    if (block.kind === "note") this.note();
    else if (block.kind === "say") this.sentence();
    else this.guess();
  }

  private move(stage: Given["stage"]): void {
    this.given.stage = stage;
    this.keep();
    this.draw();
    this.box.querySelector<HTMLElement>("[data-next]")?.focus();
  }

  private guess(): void {
    const { block, given, t } = this;
    const lock = h("button", { class: "dzl-btn dzl-primary", onClick: () => this.move(this.atOnce ? "revealed" : "locked") }, t("lock"));
    const ready = (): void => { lock.disabled = given.value === null || given.value === undefined; };
    const fixed = given.stage === "locked" || given.stage === "revealed";
    if (block.kind === "choice") this.box.append(this.options(fixed, ready));
    else if (!fixed) this.box.append(this.field(lock, ready));
    if (given.stage === "revealed") this.box.append(this.verdict());
    else if (given.stage === "locked") {
      this.box.append(h("div", { class: "row", role: "status" },
        h("button", { class: "dzl-btn dzl-primary", "data-next": true, onClick: () => this.move("revealed") }, t("compare")),
        h("span", { class: "dzl-tag" }, ...rich(t("locked", { answer: this.spoken(given.value) })))));
    } else {
      const skipped = given.stage === "skipped";
      this.box.append(h("div", { class: "row" },
        h("span", { class: "dzl-tag" }, t("how_sure")),
        segments([t("sure_1"), t("sure_2"), t("sure_3")], given.sure, t("how_sure"), (k) => { given.sure = k; }),
        h("span", { class: "dzl-grow" }),
        skipped ? h("span", { class: "dzl-tag", role: "status", "data-next": true, tabindex: -1 }, t("skipped")) : null,
        !skipped && !this.atOnce ? h("button", { class: "dzl-btn", onClick: () => this.move("skipped") }, t("skip")) : null,
        lock));
      ready();
    }
  }

  private options(fixed: boolean, ready: () => void): HTMLElement {
    const { block, given, t } = this;
    const name = uid("o");
    const texts = block.options.map((option) => pick(option, this.lang));
    const brief = texts.every((text) => text.length <= 22) ? " brief" : "";
    return h("div", { class: `options${fixed ? " fixed" : ""}${brief}`, role: "radiogroup", "aria-labelledby": this.label }, ...texts.map((text, k) => {
      const good = given.stage === "revealed" && k === block.answer;
      const miss = given.stage === "revealed" && k === given.value && !good;
      const input = h("input", {
        type: "radio", name, value: k, checked: given.value === k, disabled: fixed && given.value !== k,
        onChange: () => { given.value = k; ready(); },
      });
      return h("label", { class: good ? "option good" : miss ? "option miss" : "option" }, input, h("span", null, ...rich(text)),
        h("span", { class: "mark" }, good ? `✓ ${t("correct_option")}` : miss ? `✗ ${t("your_option")}` : ""));
    }));
  }

  private field(lock: HTMLButtonElement, ready: () => void): HTMLElement {
    const { given } = this;
    const said = h("span", { class: "dzl-tag", role: "status" });
    const input = h("input", {
      type: "text", inputmode: "decimal", class: "field num", placeholder: this.t("number_place"), "aria-labelledby": this.label,
      value: given.value ?? "",
      onInput: () => { given.value = parseNumber(input.value); said.textContent = ""; ready(); },
      onChange: () => { said.textContent = input.value.trim() && given.value === null ? this.t("not_number") : ""; },
      onKeydown: (event: KeyboardEvent) => { if (event.key === "Enter" && !lock.disabled) lock.click(); },
    });
    return h("div", { class: "row entry" }, input, said);
  }

  private verdict(): HTMLElement {
    const { block, given, t } = this;
    const right = isRight(block, given.value);
    const told = block.kind === "choice" ? "" : `${t("wrong", { answer: this.spoken(given.value) })} ${t("was", { answer: block.answer })}`;
    const lead = right ? t("right") : told;
    const say = h("div", { class: right ? "dzl-say dzl-ok" : "dzl-say", role: "status", "data-next": true, tabindex: -1 },
      h("p", null, lead ? h("b", null, `${lead} `) : null, ...rich(pick(block.reveal, this.lang))));
    if (block.role === "again") say.append(h("p", { class: "dzl-tag" }, ...rich(this.before())));
    return say;
  }

  /** What was predicted at the start of the chapter. */
  private before(): string {
    const { earlier } = this.block;
    if (earlier === null || earlier === undefined) return this.t("earlier_none");
    return earlier === this.given.value ? this.t("earlier_right") : this.t("earlier", { answer: this.spoken(earlier) });
  }

  private spoken(value: number | null | undefined): string {
    if (value === null || value === undefined) return "–";
    return this.block.kind === "choice" ? pick(this.block.options[value] ?? null, this.lang) : String(value);
  }

  private sentence(): void {
    const { given, t } = this;
    if (given.stage === "revealed") {
      this.box.append(
        h("div", { class: "pair" },
          h("div", null, h("h4", null, t("yours")), h("p", null, given.text || "–")),
          h("div", { class: "model" }, h("h4", null, t("model")), h("p", null, ...rich(pick(this.block.reveal, this.lang))))),
        h("div", { class: "row" }, h("span", { class: "dzl-tag" }, t("close")),
          segments([t("close_1"), t("close_2"), t("close_3")], given.close, t("close"), (k) => { given.close = k; this.keep(); }, true),
          h("span", { class: "dzl-grow" }),
          h("button", { class: "dzl-btn", onClick: () => this.move(undefined) }, t("change"))));
      return;
    }
    const go = h("button", { class: "dzl-btn dzl-primary", onClick: () => this.move("revealed") }, t("compare_model"));
    const ready = (): void => { go.disabled = !given.text?.trim(); };
    this.box.append(this.area(t("say_place"), t("answer"), 600, ready, this.keep), h("div", { class: "row" }, go));
    ready();
  }

  private note(): void {
    const { given, t } = this;
    const said = h("span", { class: "dzl-tag", role: "status" }, given.stage === "kept" ? t("note_kept") : "");
    const store = (): void => {
      given.stage = "kept";
      this.keep();
      said.textContent = given.text?.trim() ? t("note_kept") : "";
    };
    this.box.append(this.area(t("note_place"), t("note"), 2000, () => { said.textContent = ""; }, store),
      h("div", { class: "row" }, h("button", { class: "dzl-btn", onClick: store }, t("keep")), said));
  }

  private area(place: string, label: string, room: number, onInput: () => void, onChange: () => void): HTMLTextAreaElement {
    const area = h("textarea", {
      class: "field", rows: 2, placeholder: place, "aria-label": label, maxlength: room, "data-next": true, onChange,
      onInput: () => { this.given.text = area.value; onInput(); },
    });
    area.value = this.given.text ?? "";
    return area;
  }
}

/** A row of small radio buttons. `next` marks where the focus goes after a redraw. */
function segments(labels: string[], chosen: number | undefined, label: string, pickOne: (k: number) => void, next = false): HTMLElement {
  const name = uid("s");
  return h("span", { class: "seg", role: "radiogroup", "aria-label": label }, ...labels.map((text, k) =>
    h("label", null, h("input", {
      type: "radio", name, checked: chosen === k + 1, "data-next": next && k === 0, onChange: () => pickOne(k + 1),
    }), text)));
}
