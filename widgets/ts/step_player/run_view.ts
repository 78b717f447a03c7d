// One engine's run: graph, sentence, and the side with code, values, DOT, table, work list and call stack.
import { fill, h, rich } from "../shared/dom";
import { pick, type Lang } from "../shared/strings";
import { CodePane } from "./code_pane";
import { Folder, type State } from "./fold";
import { GraphPane } from "./graph_pane";
import type { Translate } from "./player";
import { TwinPane } from "./twin_pane";
import type { Run } from "./types";
import { ValuePane } from "./value_pane";
import { WorkPane } from "./work_pane";

type Tab = "code" | "values" | "dot" | "twin";
const TABS: Tab[] = ["code", "values", "dot", "twin"];

export class RunView {
  readonly el: HTMLElement;
  readonly folder: Folder;
  readonly graph: GraphPane;
  readonly say: HTMLElement;
  private readonly code: CodePane;
  private readonly values: ValuePane;
  private readonly twin: TwinPane;
  private readonly work: WorkPane;
  private readonly dot: HTMLElement;
  private readonly tabs: Record<Tab, HTMLButtonElement>;
  private readonly panel = h("div", { class: "dzl-sp-panel", role: "tabpanel" });
  private tab: Tab = "code";
  private state: State;

  constructor(
    readonly run: Run, private readonly t: Translate, private readonly lang: Lang, focus: string | null, named: boolean, other: boolean,
    onPick: (ids: string[]) => void,
  ) {
    this.folder = new Folder(run);
    this.state = this.folder.at(0);
    this.graph = new GraphPane({ folder: this.folder, t, focus, tight: named, onPick });
    this.code = new CodePane(this.folder, t);
    this.values = new ValuePane(this.folder, t);
    this.twin = new TwinPane(this.folder, t);
    this.work = new WorkPane(this.folder, t, (id) => this.graph.point(id));
    this.dot = this.dotPane();
    this.say = h("div", { class: "dzl-say dzl-sp-sentence", "aria-live": "polite", "aria-atomic": "true" });
    const tabButton = (tab: Tab): HTMLButtonElement =>
      h("button", { class: "dzl-sp-tab", type: "button", role: "tab", "aria-selected": String(tab === "code"), onClick: () => this.show(tab) }, t(tab === "code" && other ? "code_other" : tab));
    this.tabs = { code: tabButton("code"), values: tabButton("values"), dot: tabButton("dot"), twin: tabButton("twin") };
    this.el = h("div", { class: "dzl-sp-run" },
      h("div", { class: "dzl-sp-graph" }, named ? h("div", { class: "dzl-sp-runtitle" }, run.title) : null, this.graph.el, this.say),
      h("div", { class: "dzl-sp-side" }, h("div", { class: "dzl-sp-tabs", role: "tablist" }, ...TABS.map((tab) => this.tabs[tab])), this.panel, this.work.el));
    this.show(run.sources.length > 0 ? "code" : "values");
  }

  private dotPane(): HTMLElement {
    const { t, run } = this;
    const copy = h("button", { class: "dzl-btn dzl-sp-copy", type: "button" }, t("copy"));
    copy.addEventListener("click", () => {
      void navigator.clipboard?.writeText(run.dot).then(() => { copy.textContent = t("copied"); });
    });
    return h("div", { class: "dzl-sp-dot", tabindex: 0, role: "group", "aria-label": t("dot") }, copy, h("pre", null, run.dot));
  }

  show(tab: Tab): void {
    this.tab = tab;
    for (const name of TABS) this.tabs[name].setAttribute("aria-selected", String(name === tab));
    fill(this.panel, { code: this.code.el, values: this.values.el, dot: this.dot, twin: this.twin.el }[tab]);
    this.drawTab();
  }

  private drawTab(): void {
    if (this.tab === "code") this.code.draw(this.state);
    if (this.tab === "values") this.values.draw(this.state, this.graph.hideGrad);
    if (this.tab === "twin") this.twin.draw(this.state, this.graph.hideGrad);
  }

  draw(k: number, animate: boolean): State {
    this.state = this.folder.at(k);
    this.graph.draw(this.state, animate);
    this.drawTab();
    this.work.draw(this.state);
    return this.state;
  }

  /** The sentence of the step; `lead` is the bold beginning. */
  speak(lead: string, extra: Node[] = []): void {
    const { step } = this.state;
    const text = this.sentence();
    this.say.classList.toggle("dzl-bad", step.k === "error");
    this.say.classList.toggle("dzl-sayfwd", step.p === "forward");
    const error = step.error && !text.includes(step.error.message) ? h("p", { class: "dzl-sp-error" }, h("code", null, `${step.error.type}: ${step.error.message}`)) : null;
    const formula = step.formula ? h("p", { class: "dzl-sp-formula" }, h("code", null, step.formula)) : null;
    fill(this.say, h("p", null, h("b", null, lead), " ", ...rich(text)), formula, error, ...extra);
    this.say.scrollTop = 0;
  }

  sentence(): string {
    const { say, k } = this.state.step;
    if (!say || k === "line") return this.lineSentence();
    return say[this.lang] ?? pick({ en: say.en ?? say.ko ?? "", ko: say.ko ?? say.en ?? "" }, this.lang);
  }

  private lineSentence(): string {
    const { at } = this.state;
    const source = at ? this.run.sources[at[0]] : undefined;
    if (!at || !source) return "";
    return this.t("line_next", { n: at[1], title: source.title, code: (source.lines[at[1] - source.first] ?? "").trim() });
  }

  destroy(): void {
    this.graph.destroy();
  }
}
