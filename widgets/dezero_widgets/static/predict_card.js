// ts/shared/keys.ts
function keyName(event) {
  const key = event.key === " " ? "Space" : event.key;
  return event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
}
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
function bindKeys(root, map, onEscape) {
  const passes = (event) => event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey;
  const down = (event) => {
    if (passes(event)) return;
    if (event.isComposing) {
      event.stopPropagation();
      return;
    }
    if (event.key === "Escape") {
      if (onEscape?.()) {
        event.stopPropagation();
        event.preventDefault();
        return;
      }
      const host = root.parentElement?.closest("[tabindex]");
      document.activeElement?.blur();
      host?.focus({ preventScroll: true });
      event.stopPropagation();
      return;
    }
    event.stopPropagation();
    if (typing(event.target)) return;
    const button = event.target instanceof HTMLElement && event.target.closest("button, [role=tab], summary, a[href]");
    if (button && (event.key === "Enter" || event.key === " ")) return;
    const action = map[keyName(event)];
    if (action && action(event) !== false) event.preventDefault();
  };
  const stop = (event) => {
    if (event.key !== "Tab") event.stopPropagation();
  };
  const guard = (event) => {
    root.toggleAttribute("data-lm-suppress-shortcuts", !passes(event));
  };
  window.addEventListener("keydown", guard, true);
  root.addEventListener("keydown", down);
  root.addEventListener("keypress", stop);
  root.addEventListener("keyup", stop);
  return () => {
    window.removeEventListener("keydown", guard, true);
    root.removeEventListener("keydown", down);
    root.removeEventListener("keypress", stop);
    root.removeEventListener("keyup", stop);
  };
}

// ts/shared/dom.ts
function apply(el, props, children) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === void 0 || value === false) continue;
    if (key.startsWith("on") && typeof value === "function") {
      el.addEventListener(key.slice(2).toLowerCase(), value);
    } else if (key === "style" && typeof value === "object") {
      for (const [name, v] of Object.entries(value)) el.style.setProperty(name, String(v));
    } else {
      el.setAttribute(key === "className" ? "class" : key, value === true ? "" : String(value));
    }
  }
  add(el, children);
}
function add(parent, children) {
  for (const child of children) {
    if (child === null || child === void 0 || child === false) continue;
    parent.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
}
function h(tag, props = null, ...children) {
  const el = document.createElement(tag);
  apply(el, props, children);
  return el;
}
function fill(el, ...children) {
  el.textContent = "";
  add(el, children);
}
function rich(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter((part) => part !== "").map((part) => {
    if (part.length > 2 && part.startsWith("`")) return h("code", null, part.slice(1, -1));
    if (part.length > 4 && part.startsWith("**")) return h("strong", null, part.slice(2, -2));
    return document.createTextNode(part);
  });
}
var counter = 0;
function uid(prefix = "dzl") {
  counter += 1;
  return `${prefix}-${counter}-${Math.random().toString(36).slice(2, 7)}`;
}

// ts/shared/strings.ts
function asLang(value) {
  return value === "ko" ? "ko" : "en";
}
function pick(text, lang) {
  if (text === null || text === void 0) return "";
  return typeof text === "string" ? text : text[lang];
}
function translator(table2, lang) {
  return (key, values = {}) => table2[lang][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
function strings(table2) {
  return table2;
}

// ts/shared/theme.ts
var LIGHT = `color-scheme:light;--ink:#1c2330;--muted:#5d6778;--line:#d5dae3;--panel:#fff;--soft:#f6f7fa;--var:#fff7e6;
--varline:#b86e00;--fun:#e8f2fb;--funline:#0b62a8;--grad:#c2410c;--gradsoft:#ffe9dc;--ok:#0a7d55;--oksoft:#e4f5ee;--bad:#b42318;
--badsoft:#fdeeec;--badcell:#fca5a1;--badink:#7a120b;--now:#ffdd57;--gen:#f2f4f8;--wire:#c9cfda;--fwd:#9cc8ee;--bwd:#ffc7a6;--shadow:0 1px 2px rgba(16,24,40,.06)`;
var DARK = `color-scheme:dark;--ink:#e7ebf3;--muted:#a3adbd;--line:#3a4252;--panel:#1b202a;--soft:#232936;--var:#3a2e14;
--varline:#f0a830;--fun:#15314a;--funline:#6db7f2;--grad:#ff9a66;--gradsoft:#4a2717;--ok:#4fd1a5;--oksoft:#14332a;--bad:#ff8f86;
--badsoft:#3a1c1b;--badcell:#6d2421;--badink:#ffd9d6;--now:#6b5a10;--gen:#222834;--wire:#4a5466;--fwd:#2f5f8a;--bwd:#7a4527;--shadow:none`;
var BASE_CSS = `
.dzl{${LIGHT};--sans:Inter,"Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif;
--mono:"JetBrains Mono","DejaVu Sans Mono",Menlo,Consolas,"Noto Sans Mono CJK KR",monospace;
box-sizing:border-box;font:14px/1.45 var(--sans);color:var(--ink);background:var(--panel);border:1px solid var(--line);
border-radius:10px;margin:6px 2px;text-align:left;position:relative;container-type:inline-size;overflow:hidden}
.dzl[data-theme=dark]{${DARK}}
.dzl *,.dzl *::before,.dzl *::after{box-sizing:border-box}
.dzl :where(h2,h3,h4,p,ul,ol,table,pre){margin:0;padding:0;font-size:inherit;color:inherit;background:none}
.dzl code,.dzl-mono{font-family:var(--mono);font-size:.92em;background:none;color:inherit;padding:0;border:0;overflow-wrap:anywhere}
.dzl svg text{font-family:inherit;fill:var(--ink)}
.dzl-sr{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.dzl-head{display:flex;align-items:center;gap:10px;padding:9px 14px;border-bottom:1px solid var(--line);flex-wrap:wrap}
.dzl-head b,.dzl-title{font-weight:600;font-size:14px}
.dzl-tag{font-size:12px;color:var(--muted)}
.dzl-grow{flex:1}
.dzl .dzl-btn{appearance:none;border:1px solid var(--line);background:var(--panel);color:var(--ink);border-radius:6px;padding:3px 9px;
font:inherit;font-size:12.5px;line-height:18px;min-height:26px;cursor:pointer;white-space:nowrap;margin:0}
.dzl .dzl-btn:hover:not(:disabled){background:var(--soft);border-color:var(--muted)}
.dzl .dzl-btn:disabled{opacity:.45;cursor:default}
.dzl .dzl-btn[aria-pressed=true],.dzl .dzl-btn.dzl-primary{border-color:var(--funline);background:var(--fun)}
.dzl :is(button,input,textarea,select,summary,[tabindex]):focus-visible{outline:2px solid var(--funline);outline-offset:2px}
.dzl :is(input:not([type=range],[type=checkbox],[type=radio]),textarea,select){font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:3px 8px}
.dzl-body{padding:12px 14px}
.dzl-say{background:var(--soft);border-left:4px solid var(--grad);border-radius:6px;padding:8px 12px;font-size:14.5px}
.dzl-say.dzl-bad{background:var(--badsoft);border-color:var(--bad)}
.dzl-say.dzl-ok{background:var(--oksoft);border-color:var(--ok)}
.dzl-chip{display:inline-flex;gap:5px;align-items:baseline;border:1.5px solid var(--funline);background:var(--fun);border-radius:6px;padding:3px 8px;font-size:12.5px;line-height:17px}
.dzl-chip i{color:var(--muted);font-style:normal;font-size:11px}
.dzl-table{border-collapse:collapse;font-size:12.5px}
.dzl-table th{color:var(--muted);font-weight:600;text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid var(--line)}
.dzl-table td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);text-align:left}
@media (prefers-reduced-motion:reduce){.dzl *,.dzl *::before,.dzl *::after{transition:none!important;animation:none!important}}
`;
var STYLES = /* @__PURE__ */ Symbol.for("dezero_lab.styles");
function addStyle(el, css) {
  const root = el.getRootNode();
  const holder = root instanceof ShadowRoot ? root : el.ownerDocument;
  const known = holder[STYLES] ??= /* @__PURE__ */ new Set();
  if (known.has(css)) return;
  known.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  holder.adoptedStyleSheets = [...holder.adoptedStyleSheets, sheet];
}
function hostTheme(doc = document) {
  const body = doc.body;
  const jp = body?.getAttribute("data-jp-theme-light");
  if (jp === "true" || jp === "false") return jp === "true" ? "light" : "dark";
  const code = body?.className ?? "";
  if (/\bvscode-(dark|high-contrast)\b(?!-light)/.test(code)) return "dark";
  if (/\bvscode-(light|high-contrast-light)\b/.test(code)) return "light";
  const colab = doc.documentElement.getAttribute("theme");
  if (colab) return colab === "dark" ? "dark" : "light";
  const own = doc.documentElement.getAttribute("data-theme") ?? doc.documentElement.getAttribute("data-bs-theme");
  if (own === "dark" || own === "light") return own;
  return doc.defaultView?.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
function followTheme(root, onChange) {
  const doc = root.ownerDocument;
  const update = () => {
    const theme = hostTheme(doc);
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    onChange?.(theme);
  };
  update();
  const observer = new MutationObserver(update);
  const watch = { attributes: true, attributeFilter: ["class", "data-jp-theme-light", "theme", "data-theme", "data-bs-theme"] };
  observer.observe(doc.documentElement, watch);
  if (doc.body) observer.observe(doc.body, watch);
  const media = doc.defaultView?.matchMedia("(prefers-color-scheme: dark)");
  media?.addEventListener("change", update);
  return () => {
    observer.disconnect();
    media?.removeEventListener("change", update);
  };
}

// ts/shared/widget.ts
function payloadOf(model, key = "payload") {
  const raw = model.get(key);
  return typeof raw === "string" ? JSON.parse(raw || "null") : raw;
}
function themedRoot(el, name, css, lang) {
  const root = h("div", { class: `dzl dzl-${name}`, lang });
  el.appendChild(root);
  addStyle(root, BASE_CSS);
  addStyle(root, css);
  const stop = followTheme(root);
  return { root, stop };
}
function widget(name, css, draw) {
  return {
    render({ model, el }) {
      let undo = [];
      const clear = () => {
        for (const f of undo.reverse()) f();
        undo = [];
        el.textContent = "";
      };
      const redraw = () => {
        clear();
        delete el.dataset.ready;
        const lang = asLang(model.get("lang"));
        const { root, stop } = themedRoot(el, name, css, lang);
        undo.push(stop);
        const ctx = {
          model,
          lang,
          el,
          save: (key, value) => {
            model.set(key, value);
            model.save_changes();
          },
          onMessage: (callback) => {
            const handler = (content) => callback(content);
            model.on("msg:custom", handler);
            undo.push(() => model.off("msg:custom", handler));
          }
        };
        try {
          const done = draw(root, payloadOf(model), ctx);
          if (done) undo.push(done);
        } catch (error) {
          console.error(error);
          root.replaceChildren(h(
            "div",
            { class: "dzl-body", role: "alert" },
            lang === "ko" ? "이 위젯을 그리지 못했습니다. 셀을 다시 실행해 보세요. " : "This widget could not be drawn. Run the cell again. ",
            h("code", null, String(error))
          ));
        }
        el.dataset.ready = "1";
      };
      redraw();
      model.on("change:payload", redraw);
      model.on("change:lang", redraw);
      return () => {
        model.off("change:payload", redraw);
        model.off("change:lang", redraw);
        clear();
      };
    }
  };
}

// ts/strings/predict_card.ts
var table = strings({
  en: {
    predict: "Predict",
    say: "Say it in your words",
    reflect: "Looking back",
    again: "Once more",
    transfer: "One step further",
    note: "Anything worth keeping (TMI)",
    note_place: "A surprise, a link, a failure, a question for the group…",
    note_kept: "Kept. It goes on your share card.",
    say_place: "One line is enough",
    answer: "Your answer",
    number_place: "a number",
    not_number: "That is not a number yet.",
    how_sure: "How sure are you?",
    sure_1: "a guess",
    sure_2: "I think so",
    sure_3: "certain",
    lock: "Lock in",
    skip: "Skip",
    skipped: "Skipped. You can still answer.",
    locked: "Locked in: {answer}. Now run the next cell, then compare.",
    compare: "Compare",
    compare_model: "Compare with a model sentence",
    right: "As you predicted.",
    wrong: "You predicted {answer}.",
    was: "The answer: {answer}.",
    model: "A model sentence",
    yours: "Your sentence",
    close: "Did you say the same?",
    close_1: "not yet",
    close_2: "nearly",
    close_3: "yes",
    earlier_right: "Before the chapter you said the same.",
    earlier: "Before the chapter you said {answer}.",
    earlier_none: "Before the chapter you had not answered.",
    change: "Answer again",
    correct_option: "right answer",
    your_option: "your answer",
    keep: "Keep"
  },
  ko: {
    predict: "예측",
    say: "내 말로 설명하기",
    reflect: "돌아보기",
    again: "다시 한번",
    transfer: "한 걸음 더",
    note: "남겨 둘 이야기 (TMI)",
    note_place: "놀라웠던 점, 링크, 실패담, 모임에서 묻고 싶은 것…",
    note_kept: "저장했습니다. 공유 카드에 함께 실립니다.",
    say_place: "한 줄이면 충분합니다",
    answer: "내 답",
    number_place: "숫자",
    not_number: "아직 숫자가 아닙니다.",
    how_sure: "얼마나 확신하나요?",
    sure_1: "찍었어요",
    sure_2: "그럴 것 같아요",
    sure_3: "확실해요",
    lock: "답 정하기",
    skip: "건너뛰기",
    skipped: "건너뛰었습니다. 지금이라도 답할 수 있습니다.",
    locked: "답을 정했습니다: {answer}. 다음 셀을 실행한 뒤 비교해 보세요.",
    compare: "비교하기",
    compare_model: "모범 문장과 비교하기",
    right: "예측한 대로입니다.",
    wrong: "예측한 답은 {answer}입니다.",
    was: "정답: {answer}.",
    model: "모범 문장",
    yours: "내 문장",
    close: "같은 뜻을 말했나요?",
    close_1: "아직",
    close_2: "거의",
    close_3: "네",
    earlier_right: "장을 시작할 때도 같은 답이었습니다.",
    earlier: "장을 시작할 때의 답: {answer}.",
    earlier_none: "장을 시작할 때는 답하지 않았습니다.",
    change: "다시 답하기",
    correct_option: "정답",
    your_option: "내 답",
    keep: "저장"
  }
});

// ts/predict_card.ts
var CSS = `
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
function parseNumber(text) {
  const tidy = text.trim().replace("−", "-").replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(tidy)) return null;
  return Number(tidy);
}
function isRight(block, value) {
  if (value === null || value === void 0) return false;
  return block.kind === "choice" ? value === block.answer : Math.abs(value - block.answer) <= block.tolerance;
}
function stateOf(ctx) {
  try {
    return JSON.parse(String(ctx.model.get("state") || "{}"));
  } catch {
    return {};
  }
}
var predict_card_default = widget("predict-card", CSS, (root, payload, ctx) => {
  const state = stateOf(ctx);
  const keep = () => ctx.save("state", JSON.stringify(state));
  if (payload.mode === "reflect") root.append(h("div", { class: "dzl-head" }, h("b", null, translator(table, ctx.lang)("reflect"))));
  for (const block of payload.blocks) {
    root.append(new Question(block, state[block.key] ??= {}, ctx.lang, keep, payload.mode !== "predict").box);
  }
  return bindKeys(root, {});
});
var Question = class {
  constructor(block, given, lang, keep, atOnce) {
    this.block = block;
    this.given = given;
    this.lang = lang;
    this.keep = keep;
    this.atOnce = atOnce;
    this.t = translator(table, lang);
    this.box.setAttribute("aria-labelledby", this.label);
    this.draw();
  }
  block;
  given;
  lang;
  keep;
  atOnce;
  box = h("div", { class: "q", role: "group" });
  t;
  label = uid("q");
  draw() {
    const { block } = this;
    fill(this.box, h("div", { class: "role", id: block.prompt ? null : this.label }, this.t(block.role)));
    if (block.prompt) this.box.append(h("p", { class: "prompt", id: this.label }, ...rich(pick(block.prompt, this.lang))));
    if (block.kind === "note") this.note();
    else if (block.kind === "say") this.sentence();
    else this.guess();
  }
  move(stage) {
    this.given.stage = stage;
    this.keep();
    this.draw();
    this.box.querySelector("[data-next]")?.focus();
  }
  guess() {
    const { block, given, t } = this;
    const lock = h("button", { class: "dzl-btn dzl-primary", onClick: () => this.move(this.atOnce ? "revealed" : "locked") }, t("lock"));
    const ready = () => {
      lock.disabled = given.value === null || given.value === void 0;
    };
    const fixed = given.stage === "locked" || given.stage === "revealed";
    if (block.kind === "choice") this.box.append(this.options(fixed, ready));
    else if (!fixed) this.box.append(this.field(lock, ready));
    if (given.stage === "revealed") this.box.append(this.verdict());
    else if (given.stage === "locked") {
      this.box.append(h(
        "div",
        { class: "row", role: "status" },
        h("button", { class: "dzl-btn dzl-primary", "data-next": true, onClick: () => this.move("revealed") }, t("compare")),
        h("span", { class: "dzl-tag" }, ...rich(t("locked", { answer: this.spoken(given.value) })))
      ));
    } else {
      const skipped = given.stage === "skipped";
      this.box.append(h(
        "div",
        { class: "row" },
        h("span", { class: "dzl-tag" }, t("how_sure")),
        segments([t("sure_1"), t("sure_2"), t("sure_3")], given.sure, t("how_sure"), (k) => {
          given.sure = k;
        }),
        h("span", { class: "dzl-grow" }),
        skipped ? h("span", { class: "dzl-tag", role: "status", "data-next": true, tabindex: -1 }, t("skipped")) : null,
        !skipped && !this.atOnce ? h("button", { class: "dzl-btn", onClick: () => this.move("skipped") }, t("skip")) : null,
        lock
      ));
      ready();
    }
  }
  options(fixed, ready) {
    const { block, given, t } = this;
    const name = uid("o");
    const texts = block.options.map((option) => pick(option, this.lang));
    const brief = texts.every((text) => text.length <= 22) ? " brief" : "";
    return h("div", { class: `options${fixed ? " fixed" : ""}${brief}`, role: "radiogroup", "aria-labelledby": this.label }, ...texts.map((text, k) => {
      const good = given.stage === "revealed" && k === block.answer;
      const miss = given.stage === "revealed" && k === given.value && !good;
      const input = h("input", {
        type: "radio",
        name,
        value: k,
        checked: given.value === k,
        disabled: fixed && given.value !== k,
        onChange: () => {
          given.value = k;
          ready();
        }
      });
      return h(
        "label",
        { class: good ? "option good" : miss ? "option miss" : "option" },
        input,
        h("span", null, ...rich(text)),
        h("span", { class: "mark" }, good ? `✓ ${t("correct_option")}` : miss ? `✗ ${t("your_option")}` : "")
      );
    }));
  }
  field(lock, ready) {
    const { given } = this;
    const said = h("span", { class: "dzl-tag", role: "status" });
    const input = h("input", {
      type: "text",
      inputmode: "decimal",
      class: "field num",
      placeholder: this.t("number_place"),
      "aria-labelledby": this.label,
      value: given.value ?? "",
      onInput: () => {
        given.value = parseNumber(input.value);
        said.textContent = "";
        ready();
      },
      onChange: () => {
        said.textContent = input.value.trim() && given.value === null ? this.t("not_number") : "";
      },
      onKeydown: (event) => {
        if (event.key === "Enter" && !lock.disabled) lock.click();
      }
    });
    return h("div", { class: "row entry" }, input, said);
  }
  verdict() {
    const { block, given, t } = this;
    const right = isRight(block, given.value);
    const told = block.kind === "choice" ? "" : `${t("wrong", { answer: this.spoken(given.value) })} ${t("was", { answer: block.answer })}`;
    const lead = right ? t("right") : told;
    const say = h(
      "div",
      { class: right ? "dzl-say dzl-ok" : "dzl-say", role: "status", "data-next": true, tabindex: -1 },
      h("p", null, lead ? h("b", null, `${lead} `) : null, ...rich(pick(block.reveal, this.lang)))
    );
    if (block.role === "again") say.append(h("p", { class: "dzl-tag" }, ...rich(this.before())));
    return say;
  }
  /** What was predicted at the start of the chapter. */
  before() {
    const { earlier } = this.block;
    if (earlier === null || earlier === void 0) return this.t("earlier_none");
    return earlier === this.given.value ? this.t("earlier_right") : this.t("earlier", { answer: this.spoken(earlier) });
  }
  spoken(value) {
    if (value === null || value === void 0) return "–";
    return this.block.kind === "choice" ? pick(this.block.options[value] ?? null, this.lang) : String(value);
  }
  sentence() {
    const { given, t } = this;
    if (given.stage === "revealed") {
      this.box.append(
        h(
          "div",
          { class: "pair" },
          h("div", null, h("h4", null, t("yours")), h("p", null, given.text || "–")),
          h("div", { class: "model" }, h("h4", null, t("model")), h("p", null, ...rich(pick(this.block.reveal, this.lang))))
        ),
        h(
          "div",
          { class: "row" },
          h("span", { class: "dzl-tag" }, t("close")),
          segments([t("close_1"), t("close_2"), t("close_3")], given.close, t("close"), (k) => {
            given.close = k;
            this.keep();
          }, true),
          h("span", { class: "dzl-grow" }),
          h("button", { class: "dzl-btn", onClick: () => this.move(void 0) }, t("change"))
        )
      );
      return;
    }
    const go = h("button", { class: "dzl-btn dzl-primary", onClick: () => this.move("revealed") }, t("compare_model"));
    const ready = () => {
      go.disabled = !given.text?.trim();
    };
    this.box.append(this.area(t("say_place"), t("answer"), 600, ready, this.keep), h("div", { class: "row" }, go));
    ready();
  }
  note() {
    const { given, t } = this;
    const said = h("span", { class: "dzl-tag", role: "status" }, given.stage === "kept" ? t("note_kept") : "");
    const store = () => {
      given.stage = "kept";
      this.keep();
      said.textContent = given.text?.trim() ? t("note_kept") : "";
    };
    this.box.append(
      this.area(t("note_place"), t("note"), 2e3, () => {
        said.textContent = "";
      }, store),
      h("div", { class: "row" }, h("button", { class: "dzl-btn", onClick: store }, t("keep")), said)
    );
  }
  area(place, label, room, onInput, onChange) {
    const area = h("textarea", {
      class: "field",
      rows: 2,
      placeholder: place,
      "aria-label": label,
      maxlength: room,
      "data-next": true,
      onChange,
      onInput: () => {
        this.given.text = area.value;
        onInput();
      }
    });
    area.value = this.given.text ?? "";
    return area;
  }
};
function segments(labels, chosen, label, pickOne, next = false) {
  const name = uid("s");
  return h("span", { class: "seg", role: "radiogroup", "aria-label": label }, ...labels.map((text, k) => h("label", null, h("input", {
    type: "radio",
    name,
    checked: chosen === k + 1,
    "data-next": next && k === 0,
    onChange: () => pickOne(k + 1)
  }), text)));
}
export {
  predict_card_default as default,
  isRight,
  parseNumber
};
