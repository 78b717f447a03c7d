// Predict, say it, reflect: one question (or a short column of them), locked in before the answer is shown.
import { bindKeys } from "./shared/keys";
import { add, fill, h, rich, uid } from "./shared/dom";
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
.dzl-predict-card .num{width:190px;font-family:var(--mono)}
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
  const t = translator(table, ctx.lang);
  const state = stateOf(ctx);
  const keep = (): void => ctx.save("state", JSON.stringify(state));
  if (payload.mode === "reflect") root.append(h("div", { class: "dzl-head" }, h("b", null, t("reflect"))));
  for (const block of payload.blocks) {
    const box = h("section", { class: "q" });
    root.append(box);
    question(box, block, (state[block.key] ??= {}), { t, lang: ctx.lang, keep, now: payload.mode !== "predict" });
  }
  return bindKeys(root, {});
});

interface Tools {
  t: ReturnType<typeof translator<keyof typeof table.en>>; lang: Lang;
  keep: () => void;
  now: boolean; // show the answer at once; a prediction waits until the learner has run the next cell
}

function question(box: HTMLElement, block: Block, given: Given, tools: Tools): void {
  const { t, lang, keep } = tools;
  const draw = (focus = false): void => {
    fill(box);
    const heading = uid("q");
    box.append(h("div", { class: "role" }, t(block.role)));
    if (block.prompt) box.append(h("p", { class: "prompt", id: heading }, ...rich(pick(block.prompt, lang))));
    box.setAttribute("aria-labelledby", heading);
    if (block.kind === "note") note(box, given, tools);
    else if (block.kind === "say") sentence(box, block, given, tools, draw);
    else guess(box, block, given, tools, heading);
    if (focus) box.querySelector<HTMLElement>("[data-next]")?.focus();
  };
  const move = (stage: Given["stage"]): void => { given.stage = stage; keep(); draw(true); };
  function guess(el: HTMLElement, b: Block, g: Given, tool: Tools, label: string): void {
    const done = g.stage === "revealed";
    const fixed = done || g.stage === "locked";
    let lock: HTMLButtonElement | null = null;
    const ready = (): void => { if (lock) lock.disabled = g.value === null || g.value === undefined; };
    if (b.kind === "choice") {
      const name = uid("o");
      const brief = b.options.every((option) => pick(option, tool.lang).length <= 22);
      const list = h("div", { class: `options${fixed ? " fixed" : ""}${brief ? " brief" : ""}`, role: "radiogroup", "aria-labelledby": label });
      b.options.forEach((option, k) => {
        const good = done && k === b.answer;
        const miss = done && k === g.value && k !== b.answer;
        const input = h("input", {
          type: "radio", name, value: k, checked: g.value === k, disabled: fixed && g.value !== k,
          onChange: () => { if (!fixed) { g.value = k; ready(); } },
          onClick: (event: Event) => { if (fixed) event.preventDefault(); },
        });
        list.append(h("label", { class: good ? "option good" : miss ? "option miss" : "option" },
          input, h("span", null, ...rich(pick(option, tool.lang))),
          h("span", { class: "mark" }, good ? `✓ ${t("correct_option")}` : miss ? `✗ ${t("your_option")}` : "")));
      });
      el.append(list);
    } else if (!fixed) {
      const field = h("input", {
        type: "text", inputmode: "decimal", class: "field num", placeholder: t("number_place"), "aria-labelledby": label,
        value: g.value ?? "",
        onInput: (event: Event) => { g.value = parseNumber((event.target as HTMLInputElement).value); ready(); },
        onKeydown: (event: KeyboardEvent) => { if (event.key === "Enter" && lock && !lock.disabled) lock.click(); },
      });
      el.append(field);
    }
    if (done) {
      el.append(verdict(b, g));
      return;
    }
    if (g.stage === "locked") {
      el.append(h("div", { class: "row", role: "status" },
        h("button", { class: "dzl-btn dzl-primary", "data-next": true, onClick: () => move("revealed") }, t("compare")),
        h("span", { class: "dzl-tag" }, ...rich(t("locked", { answer: spoken(b, g.value) })))));
      return;
    }
    lock = h("button", { class: "dzl-btn dzl-primary", onClick: () => move(tool.now ? "revealed" : "locked") }, t("lock"));
    const row = h("div", { class: "row" },
      h("span", { class: "dzl-tag" }, t("how_sure")),
      segments([t("sure_1"), t("sure_2"), t("sure_3")], g.sure, t("how_sure"), (k) => { g.sure = k; }),
      h("span", { class: "dzl-grow" }));
    if (g.stage === "skipped") row.append(h("span", { class: "dzl-tag", role: "status", "data-next": true, tabindex: -1 }, t("skipped")));
    else if (!tool.now) row.append(h("button", { class: "dzl-btn", onClick: () => move("skipped") }, t("skip")));
    row.append(lock);
    el.append(row);
    ready();
  }
  function verdict(b: Block, g: Given): HTMLElement {
    const right = isRight(b, g.value);
    const say = h("div", { class: right ? "dzl-say dzl-ok" : "dzl-say", role: "status", "data-next": true, tabindex: -1 });
    const lead = right ? t("right") : b.kind === "choice" ? "" : `${t("wrong", { answer: spoken(b, g.value) })} ${t("was", { answer: b.answer })}`;
    say.append(h("p", null, lead ? h("b", null, `${lead} `) : null, ...rich(pick(b.reveal, lang))));
    if (b.role === "again") {
      const same = b.earlier !== null && b.earlier !== undefined && b.earlier === g.value;
      const line = b.earlier === null || b.earlier === undefined ? t("earlier_none")
        : same ? t("earlier_right") : t("earlier", { answer: spoken(b, b.earlier) });
      say.append(h("p", { class: "dzl-tag" }, ...rich(line)));
    }
    return say;
  }
  function spoken(b: Block, value: number | null | undefined): string {
    if (value === null || value === undefined) return "–";
    return b.kind === "choice" ? pick(b.options[value] ?? null, lang) : String(value);
  }
  draw();

  function sentence(el: HTMLElement, b: Block, g: Given, tool: Tools, redraw: typeof draw): void {
    if (g.stage === "revealed") {
      el.append(h("div", { class: "pair" },
        h("div", null, h("h4", null, t("yours")), h("p", null, g.text || "–")),
        h("div", { class: "model" }, h("h4", null, t("model")), h("p", null, ...rich(pick(b.reveal, tool.lang))))));
      const row = h("div", { class: "row" }, h("span", { class: "dzl-tag" }, t("close")),
        segments([t("close_1"), t("close_2"), t("close_3")], g.close, t("close"), (k) => { g.close = k; keep(); }, true),
        h("span", { class: "dzl-grow" }),
        h("button", { class: "dzl-btn", onClick: () => { delete g.stage; keep(); redraw(); el.querySelector("textarea")?.focus(); } }, t("change")));
      el.append(row);
      return;
    }
    const go = h("button", { class: "dzl-btn dzl-primary", onClick: () => move("revealed") }, t("compare_model"));
    const ready = (): void => { go.disabled = !g.text?.trim(); };
    const area = h("textarea", {
      class: "field", rows: 2, placeholder: t("say_place"), "aria-label": t("answer"), maxlength: 600,
      onInput: (event: Event) => { g.text = (event.target as HTMLTextAreaElement).value; ready(); },
      onChange: () => keep(),
    });
    area.value = g.text ?? "";
    add(el, [area, h("div", { class: "row" }, go)]);
    ready();
  }
}

function note(el: HTMLElement, given: Given, { t, keep }: Tools): void {
  const said = h("span", { class: "dzl-tag", role: "status" }, given.stage === "kept" ? t("note_kept") : "");
  const store = (): void => {
    given.stage = "kept";
    keep();
    said.textContent = given.text?.trim() ? t("note_kept") : "";
  };
  const area = h("textarea", {
    class: "field", rows: 2, placeholder: t("note_place"), "aria-label": t("note"), maxlength: 2000,
    onInput: (event: Event) => { given.text = (event.target as HTMLTextAreaElement).value; said.textContent = ""; },
    onChange: store,
  });
  area.value = given.text ?? "";
  add(el, [area, h("div", { class: "row" }, h("button", { class: "dzl-btn", onClick: store }, t("keep")), said)]);
}

/** A row of small radio buttons. `first` marks where the focus goes after a redraw. */
function segments(labels: string[], chosen: number | undefined, label: string, pickOne: (k: number) => void, first = false): HTMLElement {
  const name = uid("s");
  return h("span", { class: "seg", role: "radiogroup", "aria-label": label }, ...labels.map((text, k) =>
    h("label", null, h("input", {
      type: "radio", name, checked: chosen === k + 1, "data-next": first && k === 0, onChange: () => pickOne(k + 1),
    }), text)));
}
