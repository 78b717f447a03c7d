// The verdict of one check: cause first, the numbers that betray it, one thing to try, the failing case as a picture.
import { fill, h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { pick, translator, type Bilingual } from "./shared/strings";
import type { Case, Report } from "./shared/types";
import { widget, type Context } from "./shared/widget";
import { isSnapshot, isWhole, matrix, MATRIX_CSS, power, sameShape, shapeText, short, texts, valuesOf, wrongEntries, type Shown } from "./parts/matrix";
import { mountStepPlayer, type StepPayload } from "./step_player/mount";
import { table } from "./strings/exercise_panel";

interface Payload {
  report: Report;
  attempts: number; // failed attempts so far, this one included
  helped: boolean; // a solution was opened before
  verified: boolean;
  verifiable: boolean; // a table of values is not kept, so there is nothing to run alone
  own: string; // the learner's source of what is checked
  reference: string;
  replay: { payload: StepPayload; focus: string | null } | null; // null: ask the kernel
}
interface State { hints?: number; solution?: boolean }
type Answer =
  | { kind: "replay"; payload: StepPayload | null; focus: string | null }
  | { kind: "verified"; report: Report };

const SOLUTION_AFTER = 3; // failed attempts
const ROWS = 7; // of the case table, before "show all"
const PATIENCE = 8000; // ms until a silent kernel is called silent

const CSS = `${MATRIX_CSS}
.dzl-exercise-panel{max-width:1180px}
.dzl-exercise-panel:lang(ko){word-break:keep-all}
.dzl-exercise-panel .id{font-weight:700;white-space:nowrap}
.dzl-exercise-panel[data-verdict=fail] .id{color:var(--bad)}
.dzl-exercise-panel[data-verdict=stopped] .id{color:var(--bad)}
.dzl-exercise-panel[data-verdict=pass] .id{color:var(--ok)}
.dzl-exercise-panel[data-verdict=not_attempted] .id{color:var(--muted)}
.dzl-exercise-panel .dzl-head{min-height:46px}
.dzl-exercise-panel .dzl-head:last-child{border-bottom:0}
.dzl-exercise-panel .count{color:var(--muted);font-size:13px}
.dzl-exercise-panel .badge{font-size:12px;color:var(--muted);border:1px solid var(--line);border-radius:999px;padding:0 9px;line-height:20px;white-space:nowrap}
.dzl-exercise-panel .badge.ok{color:var(--ok);border-color:var(--ok)}
.dzl-exercise-panel .dzl-body{display:grid;gap:14px;padding:14px}
.dzl-exercise-panel .dzl-body>*{min-width:0}
.dzl-exercise-panel .dzl-say{font-size:15px;padding:9px 13px;text-wrap:pretty}
.dzl-exercise-panel .dzl-say p+p{margin-top:4px;font-size:13.5px;color:var(--muted)}
.dzl-exercise-panel .scroll{overflow-x:auto}
.dzl-exercise-panel .dzl-table{font-size:13px}
.dzl-exercise-panel .dzl-table th,.dzl-exercise-panel .dzl-table td{padding:4px 20px 4px 0;vertical-align:baseline}
.dzl-exercise-panel .dzl-table th:last-child,.dzl-exercise-panel .dzl-table td:last-child{padding-right:0}
.dzl-exercise-panel .dzl-table td.v{font-family:var(--mono);font-size:12px;max-width:34ch;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.dzl-exercise-panel .dzl-table td.in{max-width:30ch}
.dzl-exercise-panel .dzl-table .bad{color:var(--bad);font-weight:600}
.dzl-exercise-panel .dzl-table .ok{color:var(--ok);font-weight:600}
.dzl-exercise-panel .name{appearance:none;background:none;border:0;padding:0;font:inherit;color:inherit;text-align:left;cursor:pointer;border-bottom:1px dotted var(--muted)}
.dzl-exercise-panel .name[aria-expanded=true]{font-weight:600;border-bottom-style:solid}
.dzl-exercise-panel .arrays{display:flex;flex-wrap:wrap;gap:10px 30px;align-items:start}
.dzl-exercise-panel .arrays>div{min-width:0;overflow-x:auto;padding:3px}
.dzl-exercise-panel .cap{font-size:12px;color:var(--muted);margin-bottom:5px}
.dzl-exercise-panel .note{font-size:13px;color:var(--muted);flex-basis:100%}
.dzl-exercise-panel .line{display:flex;gap:10px;align-items:center;background:var(--soft);border-radius:6px;padding:7px 8px 7px 12px}
.dzl-exercise-panel .line code{flex:1;white-space:pre-wrap;font-size:12.5px;line-height:1.5}
.dzl-exercise-panel .after{font-size:13px;color:var(--muted);margin-top:5px}
.dzl-exercise-panel .after .got{color:var(--ink);margin-right:14px}
.dzl-exercise-panel ol.hints{list-style:none;display:grid;gap:7px}
.dzl-exercise-panel ol.hints li{display:grid;grid-template-columns:auto 1fr;gap:11px;border-left:4px solid var(--varline);background:var(--var);border-radius:6px;padding:7px 12px}
.dzl-exercise-panel ol.hints b{font-size:12px;line-height:20px;white-space:nowrap;color:var(--muted)}
.dzl-exercise-panel .row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.dzl-exercise-panel .code{display:grid;grid-template-columns:1fr 1fr;gap:12px}
.dzl-exercise-panel .code pre{background:var(--soft);border-radius:6px;padding:9px 12px;font:12.2px/1.55 var(--mono);overflow-x:auto;tab-size:4;white-space:pre}
.dzl-exercise-panel .code pre span{display:block;min-height:1.55em}
.dzl-exercise-panel .code pre .new{background:color-mix(in srgb,var(--ok) 14%,transparent);box-shadow:-4px 0 0 var(--ok)}
.dzl-exercise-panel .code pre .gone{background:color-mix(in srgb,var(--varline) 14%,transparent);box-shadow:-4px 0 0 var(--varline)}
.dzl-exercise-panel .player .dzl{margin:0}
@container (max-width:720px){.dzl-exercise-panel .code{grid-template-columns:1fr}}
`;

const MARK = { pass: "✓", fail: "✗", not_attempted: "○", stopped: "■" } as const;

export default widget<Payload>("exercise-panel", CSS, (root, payload, ctx) => {
  const panel = new Panel(root, payload, ctx);
  const unbind = bindKeys(root, {});
  return () => { unbind(); panel.close(); };
});

class Panel {
  private readonly t;
  private readonly state: State;
  private readonly report: Report;
  private readonly body = h("div", { class: "dzl-body" });
  private readonly live = h("div", { class: "dzl-sr", "aria-live": "polite" });
  private readonly player = h("div", { class: "player" });
  private readonly graphButton: HTMLButtonElement;
  private opened: ReturnType<typeof mountStepPlayer> | null = null;
  private waiting = 0;
  private chosen: number;
  private folded: boolean;
  private allRows = false;
  private showReference = false;
  private verifying: "no" | "busy" | "done" = "no";
  private verdict: Report | null = null;

  constructor(private readonly root: HTMLElement, private readonly data: Payload, private readonly ctx: Context) {
    this.t = translator(table, ctx.lang);
    this.report = data.report;
    this.state = readState(ctx);
    this.chosen = this.report.cases.findIndex((one) => !one.ok);
    this.folded = this.report.verdict === "pass" || this.report.verdict === "not_attempted";
    this.graphButton = h("button", { class: "dzl-btn", "aria-expanded": "false", onClick: () => this.graph() }, this.t("show_graph"));
    root.dataset.verdict = this.report.verdict;
    root.setAttribute("role", "group");
    ctx.onMessage((content) => this.hear(content as Answer));
    this.draw();
  }

  close(): void {
    window.clearTimeout(this.waiting);
    this.opened?.destroy();
  }

  private text(text: Bilingual | null | undefined): Node[] {
    return rich(pick(text, this.ctx.lang));
  }

  private draw(): void {
    fill(this.root, this.head(), this.live);
    const parts = this.parts();
    if (parts.length) {
      fill(this.body, ...parts);
      this.root.append(this.body);
    }
  }

  private head(): HTMLElement {
    const { report, t } = this;
    const id = t("exercise", { id: report.exercise.replace(/^E/, "") });
    const head = h("div", { class: "dzl-head" },
      h("span", { class: "id" }, `${MARK[report.verdict]} ${id}`),
      h("span", null, ...this.text(report.title)),
      h("span", { class: "dzl-grow" }));
    if (this.data.helped || this.state.solution) head.append(h("span", { class: "badge" }, t("helped")));
    if (this.data.verified || this.verdict?.verdict === "pass") head.append(h("span", { class: "badge ok" }, `✓ ${t("verified")}`));
    head.append(h("span", { class: "count" }, this.count()));
    if (report.verdict === "fail" || report.verdict === "stopped") {
      const level = this.state.hints ?? 0;
      const n = report.hints.length;
      if (n) {
        head.append(h("button", { class: "dzl-btn", disabled: level >= n, onClick: () => this.hint() },
          level < n ? t("hint_next", { k: level + 1, n }) : t("hints_all", { n })));
      }
      if (report.replay || this.data.replay) head.append(this.graphButton);
    }
    if (report.verdict === "pass") {
      if (report.cases.length) head.append(this.toggle(t("details"), !this.folded, () => { this.folded = !this.folded; }));
      if (this.data.reference) {
        head.append(this.toggle(t(this.showReference ? "hide_reference" : "reference"), this.showReference,
          () => { this.showReference = !this.showReference; }));
      }
      if (this.data.verifiable && !this.data.verified && this.verdict?.verdict !== "pass") {
        head.append(h("button", { class: "dzl-btn", title: t("verify_title"), disabled: this.verifying === "busy", onClick: () => this.verify() },
          t(this.verifying === "busy" ? "verifying" : "verify")));
      }
    }
    return head;
  }

  private toggle(label: string, open: boolean, flip: () => void): HTMLElement {
    const button: HTMLButtonElement = h("button", {
      class: "dzl-btn", "aria-expanded": String(open), "data-toggle": label,
      onClick: () => { flip(); this.draw(); this.root.querySelector<HTMLElement>("[data-toggle][aria-expanded=true]")?.focus(); },
    }, label);
    return button;
  }

  private count(): string {
    const { report, t } = this;
    if (report.verdict === "not_attempted") return t("not_attempted");
    const values = { passed: report.passed, total: report.total };
    if (report.verdict !== "pass") return report.total ? t("cases_pass", values) : t(report.verdict);
    const parts = [t("cases_done", values), t("seconds", { s: report.seconds < 0.01 ? "< 0.01" : report.seconds.toFixed(2) })];
    if (report.largest_difference !== null) parts.push(t("largest", { d: power(report.largest_difference) }));
    return parts.join(" · ");
  }

  private parts(): HTMLElement[] {
    const { report, t } = this;
    const parts: HTMLElement[] = [];
    const failed = report.verdict === "fail" || report.verdict === "stopped";
    if (failed) {
      parts.push(this.diagnosis());
      if (this.state.hints) parts.push(this.hints());
      const cases = this.cases();
      if (cases) parts.push(cases);
      if (report.failing) parts.push(this.failing());
      parts.push(...this.solution());
      parts.push(this.player);
      if (!this.opened) this.player.hidden = true;
    } else if (report.verdict === "not_attempted") {
      const line = report.observation ?? report.next;
      if (line) parts.push(h("p", null, ...this.text(line)));
    } else {
      const thought = report.next ?? report.observation;
      if (thought) parts.push(h("div", { class: "dzl-say" }, h("p", null, h("b", null, `${t("accepted")}. `), ...this.text(thought))));
      if (this.verdict && this.verdict.verdict !== "pass") {
        parts.push(h("div", { class: "dzl-say dzl-bad", role: "status" }, h("p", null, ...this.text(this.verdict.cause?.text ?? this.verdict.observation))));
      }
      const cases = this.folded ? null : this.cases();
      if (cases) parts.push(cases);
      if (this.showReference) parts.push(this.sources());
    }
    return parts;
  }

  /** Cause in front, its first sentence bold; the bare observation below, or alone when no cause is sure. */
  private diagnosis(): HTMLElement {
    const { report, ctx } = this;
    const cause = pick(report.cause?.text, ctx.lang);
    const seen = pick(report.observation, ctx.lang);
    const [first, rest] = split(cause || seen || this.t(report.verdict === "stopped" ? "stopped" : "fail"));
    const box = h("div", { class: "dzl-say dzl-bad", role: "status" }, h("p", null, h("b", null, ...rich(first)), rest ? " " : null, ...rich(rest)));
    if (cause && seen) box.append(h("p", null, ...rich(seen)));
    return box;
  }

  private hints(): HTMLElement {
    const shown = this.report.hints.slice(0, this.state.hints ?? 0);
    const what = ["hint_1", "hint_2", "hint_3"] as const;
    return h("ol", { class: "hints" }, ...shown.map((hint, k) => {
      const kind = what[k];
      return h("li", null,
        h("b", null, this.t("hint", { k: k + 1 }) + (kind ? ` · ${this.t(kind)}` : "")), h("span", null, ...this.text(hint)));
    }));
  }

  private cases(): HTMLElement | null {
    const { t } = this;
    const all = this.report.cases;
    if (!all.length) return null;
    const has = (field: "inputs" | "yours" | "expected"): boolean => all.some((one) => brief(one[field], false) !== "");
    const columns = (["inputs", "yours", "expected"] as const).filter(has);
    const cut = !this.allRows && all.length > ROWS + 1;
    const rows = cut ? firstRows(all, ROWS) : all.map((_, k) => k);
    const list = h("table", { class: "dzl-table" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("case")), ...columns.map((c) => h("th", { scope: "col" }, t(c))),
        h("th", { scope: "col" }, t("difference")))),
      h("tbody", null, ...rows.map((k) => this.row(all[k] as Case, k, columns))));
    const box = h("div", { class: "scroll", tabindex: -1 }, list);
    const more = cut ? h("div", { class: "row" }, h("button", { class: "dzl-btn", onClick: () => { this.allRows = true; this.draw(); } }, t("all_cases", { n: all.length }))) : null;
    const chosen = all[this.chosen];
    const arrays = chosen ? this.arrays(chosen) : null;
    const wrap = h("div", { class: "row" }, box);
    const whole = h("div", null, wrap, more);
    if (arrays) { arrays.style.marginTop = "12px"; whole.append(arrays); }
    return whole;
  }

  private row(one: Case, k: number, columns: readonly ("inputs" | "yours" | "expected")[]): HTMLElement {
    const opens = this.detailed(one);
    const name = opens
      ? h("button", {
        class: "name", "aria-expanded": String(k === this.chosen), "data-case": k,
        onClick: () => { this.chosen = k === this.chosen ? -1 : k; this.draw(); this.root.querySelector<HTMLElement>(`[data-case="${k}"]`)?.focus(); },
      }, ...this.text(one.name))
      : h("span", null, ...this.text(one.name));
    const differ = isSnapshot(one.yours) && isSnapshot(one.expected) && !sameShape(one.yours, one.expected);
    const cells = columns.map((column) => {
      if (column === "inputs") return h("td", { class: "v in", title: one.inputs }, one.inputs);
      const text = brief(one[column], differ);
      const red = !one.ok && column === "yours" && (differ || sizeOf(one.yours) < 2); // else the shape is right
      return h("td", { class: red ? "v bad" : "v", title: text }, text);
    });
    const sign = one.ok ? "✓" : "✗";
    const what = differ && !one.ok ? this.t("shape") : one.difference !== null ? power(one.difference) : "";
    return h("tr", null, h("td", null, name), ...cells,
      h("td", { class: one.ok ? "ok" : "bad" }, `${what} ${sign}`.trim(), h("span", { class: "dzl-sr" }, this.t(one.ok ? "case_ok" : "case_bad"))));
  }

  private detailed(one: Case): boolean {
    return sizeOf(one.yours) > 1 || sizeOf(one.expected) > 1 || (one.note !== null && !one.ok);
  }

  /** Yours and expected side by side, wrong entries outlined. */
  private arrays(one: Case): HTMLElement | null {
    if (!this.detailed(one)) return null;
    const { t } = this;
    const box = h("div", { class: "arrays" });
    const wrong = one.ok ? null : wrongEntries(one.yours, one.expected);
    const said: string[] = [];
    const expected = valuesOf(one.expected);
    const wide = sizeOf(one.yours) > 1 || sizeOf(one.expected) > 1;
    if (wide) {
      for (const [side, label] of [["yours", t("your_value")], ["expected", t("expected_value")]] as const) {
        const snap = one[side];
        if (!isSnapshot(snap)) continue;
        const other = side === "yours" ? one.expected : one.yours;
        const says = (k: number): string => `${texts(snap)[k]}, ${t("case_bad")}, ${t("expected_value")} ${expected ? short(expected[k]) : ""}`;
        box.append(h("div", null, h("div", { class: "cap" }, `${label} ${shapeText(snap.s)}`),
          matrix(snap, { wrong: side === "yours" ? wrong : null, like: other, label, says })));
      }
      if (wrong) {
        const n = wrong.filter(Boolean).length;
        if (n) said.push(t("entries_wrong", { n, total: wrong.length }) + ".");
      }
    }
    const note = one.ok ? "" : pick(one.note, this.ctx.lang);
    if (note && note !== pick(this.report.observation, this.ctx.lang)) said.push(note);
    if (said.length) box.append(h("p", { class: "note" }, ...rich(said.join(" "))));
    return box.childNodes.length ? box : null;
  }

  private failing(): HTMLElement {
    const { report, t } = this;
    const line = report.failing?.line ?? "";
    const copy = h("button", { class: "dzl-btn", onClick: () => { void this.copy(line, copy); } }, t("copy"));
    const box = h("div", null, h("div", { class: "cap" }, t("failing")), h("div", { class: "line" }, h("code", null, line), copy));
    const { yours, expected } = report.failing ?? {};
    const values = [yours ? `${t("yours")} \`${brief(yours, false)}\`` : "", expected ? `${t("expected")} \`${brief(expected, false)}\`` : ""];
    const said = values.filter(Boolean).join(" · ");
    if (said || report.next) {
      box.append(h("p", { class: "after" }, said ? h("span", { class: "got" }, ...rich(said)) : null, ...this.text(report.next)));
    }
    return box;
  }

  private async copy(text: string, button: HTMLButtonElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no permission, or not a secure page: select it instead
      const code = button.parentElement?.querySelector("code");
      if (code) window.getSelection()?.selectAllChildren(code);
      return;
    }
    button.textContent = this.t("copied");
    this.live.textContent = this.t("copied");
    window.setTimeout(() => { button.textContent = this.t("copy"); }, 1600);
  }

  private solution(): HTMLElement[] {
    const { t, data } = this;
    if (!data.reference) return [];
    if (this.state.solution) return [this.sources()];
    const exhausted = (this.state.hints ?? 0) >= this.report.hints.length;
    if (!exhausted && data.attempts < SOLUTION_AFTER) return [];
    return [h("div", { class: "row" },
      h("button", { class: "dzl-btn", onClick: () => this.save({ solution: true }) }, t("solution")),
      h("span", { class: "dzl-tag" }, t("solution_help")))];
  }

  private sources(): HTMLElement {
    const { t, data } = this;
    const own = data.own.trimEnd().split("\n"), theirs = data.reference.trimEnd().split("\n");
    const pre = (lines: string[], other: string[], mark: string): HTMLElement => {
      const known = new Set(other.map((line) => line.trim()));
      return h("pre", { tabindex: 0 }, ...lines.map((line) => h("span", { class: line.trim() && !known.has(line.trim()) ? mark : null }, line)));
    };
    const one = h("div", null, h("div", { class: "cap" }, t("solution_title")), pre(theirs, data.own ? own : theirs, "new"));
    if (!data.own) return h("div", null, one);
    return h("div", { class: "code" }, h("div", null, h("div", { class: "cap" }, t("your_code")), pre(own, theirs, "gone")), one);
  }

  private save(change: State): void {
    Object.assign(this.state, change);
    this.ctx.save("state", JSON.stringify(this.state));
    this.draw();
  }

  private hint(): void {
    const level = (this.state.hints ?? 0) + 1;
    this.save({ hints: level });
    this.live.textContent = pick(this.report.hints[level - 1], this.ctx.lang).replaceAll("`", "");
    this.root.querySelector<HTMLElement>(".dzl-head button:not(:disabled)")?.focus();
  }

  private graph(): void {
    if (this.opened) {
      this.opened.destroy();
      this.opened = null;
      fill(this.player);
      this.player.hidden = true;
      this.label(false);
      return;
    }
    if (this.data.replay) { this.open(this.data.replay.payload, this.data.replay.focus); return; }
    this.graphButton.disabled = true;
    this.graphButton.textContent = this.t("opening");
    this.ctx.model.send?.({ kind: "replay" });
    this.waiting = window.setTimeout(() => this.say(this.t("no_kernel")), PATIENCE);
  }

  private open(payload: StepPayload, focus: string | null): void {
    this.player.hidden = false;
    this.opened = mountStepPlayer(this.player, payload, { lang: this.ctx.lang, ...(focus ? { focus } : {}) });
    this.label(true);
    this.player.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  private label(open: boolean): void {
    this.graphButton.disabled = false;
    this.graphButton.textContent = this.t(open ? "hide_graph" : "show_graph");
    this.graphButton.setAttribute("aria-expanded", String(open));
  }

  private say(text: string): void {
    this.player.hidden = false;
    fill(this.player, h("p", { class: "after", role: "status" }, text));
    this.label(false);
  }

  private verify(): void {
    this.verifying = "busy";
    this.ctx.model.send?.({ kind: "verify" });
    this.waiting = window.setTimeout(() => { this.verifying = "no"; this.live.textContent = this.t("no_kernel"); this.draw(); }, 4 * PATIENCE);
    this.draw();
  }

  private hear(answer: Answer): void {
    window.clearTimeout(this.waiting);
    if (answer.kind === "replay") {
      if (answer.payload) this.open(answer.payload, answer.focus);
      else this.say(this.t("no_replay"));
    } else if (answer.kind === "verified") {
      this.verifying = "done";
      this.verdict = answer.report;
      this.draw();
      if (answer.report.verdict === "pass") this.live.textContent = this.t("verified");
    }
  }
}

function readState(ctx: Context): State {
  try {
    return JSON.parse(String(ctx.model.get("state") || "{}")) as State;
  } catch {
    return {};
  }
}

/** The first sentence, and the rest. A dot inside a number or a name is not an end. */
export function split(text: string): [string, string] {
  const found = /^(.*?[.!?:]["'”]?)\s+(.*)$/su.exec(text);
  return found ? [found[1] ?? "", found[2] ?? ""] : [text, ""];
}

function sizeOf(x: Shown): number {
  return isSnapshot(x) ? (x.s ?? []).reduce((a, b) => a * b, 1) : 0;
}

/** What fits in a table cell: the number, a short row, or the shape. */
function brief(x: Shown, shapeOnly: boolean): string {
  if (!isSnapshot(x)) return /^'[^']*'$/.test(x ?? "") ? (x ?? "").slice(1, -1) : (x ?? ""); // a text, without its quotes
  const flat = valuesOf(x);
  const shape = x.s ?? [];
  if (shapeOnly || !flat || flat.length > 4) return shapeText(shape);
  if (shape.length === 0) return isWhole(x) ? String(flat[0]) : short(flat[0], 6);
  return shape.length === 1 ? `[${texts(x).join(", ")}]` : shapeText(shape);
}

/** Indices of the rows to show first: failing ones, filled up with the others, in order. */
function firstRows(all: Case[], n: number): number[] {
  const failing = all.map((one, k) => (one.ok ? -1 : k)).filter((k) => k >= 0).slice(0, n);
  const others = all.map((_, k) => k).filter((k) => !failing.includes(k)).slice(0, n - failing.length);
  return [...failing, ...others].sort((a, b) => a - b);
}
