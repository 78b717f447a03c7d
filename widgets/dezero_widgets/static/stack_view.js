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

// ts/shared/strings.ts
function asLang(value) {
  return value === "ko" ? "ko" : "en";
}
function translator(table, lang) {
  return (key, values = {}) => table[lang][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
function strings(table) {
  return table;
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
function reducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
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

// ts/small/choice.ts
var CHOICE_CSS = `
.dzl-choice{display:inline-flex;border:1px solid var(--line);border-radius:7px;overflow:hidden;flex-wrap:wrap}
.dzl-choice button{appearance:none;border:0;border-right:1px solid var(--line);background:var(--panel);color:var(--muted);font:inherit;
font-size:12.5px;line-height:18px;padding:3px 10px;margin:0;cursor:pointer}
.dzl-choice button:last-child{border-right:0}
.dzl-choice button:hover{background:var(--soft)}
.dzl-choice button[aria-checked=true]{background:var(--fun);color:var(--ink);font-weight:600;box-shadow:inset 0 -2px var(--funline)}
.dzl .dzl-choice button:focus-visible{outline-offset:-2px}
`;
function choice(label, options, onChoose, start = 0) {
  let now = -1;
  const buttons = options.map((text, i) => h("button", {
    type: "button",
    role: "radio",
    onClick: () => choose(i)
  }, text));
  const el = h("div", { class: "dzl-choice", role: "radiogroup", "aria-label": label }, ...buttons);
  el.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    choose((now + move + options.length) % options.length);
    buttons[now]?.focus();
  });
  function choose(index) {
    if (index === now) return;
    now = index;
    buttons.forEach((b, i) => {
      b.setAttribute("aria-checked", String(i === index));
      b.tabIndex = i === index ? 0 : -1;
    });
    onChoose(index);
  }
  const first = start;
  buttons.forEach((b, i) => {
    b.setAttribute("aria-checked", String(i === first));
    b.tabIndex = i === first ? 0 : -1;
  });
  now = first;
  return { el, choose };
}

// ts/strings/small.ts
var SMALL = strings({
  en: {
    first: "First step",
    back: "Back",
    play: "Play",
    pause: "Pause",
    next: "Next",
    last: "Last step",
    keys: "← → step   space play",
    step: "step {n} of {total}"
  },
  ko: {
    first: "처음으로",
    back: "뒤로",
    play: "재생",
    pause: "멈춤",
    next: "다음",
    last: "끝으로",
    keys: "← → 이동   스페이스 재생",
    step: "{total}단계 중 {n}단계"
  }
});

// ts/small/step_bar.ts
var STEP_BAR_CSS = `
.dzl-steps{display:flex;align-items:center;gap:12px;padding:8px 14px 9px;border-top:1px solid var(--line)}
.dzl-steps .dzl-keysgroup{display:flex;gap:5px;flex:none}
.dzl-steps .dzl-btn{min-width:32px;padding:3px 8px}
.dzl-steps .dzl-play{min-width:78px}
.dzl-steps input[type=range]{flex:1;min-width:120px;margin:0;padding:0;border:0;background:none;accent-color:var(--grad);height:22px}
.dzl-steps .dzl-hint{color:var(--muted);font-size:12.5px;white-space:pre;flex:none}
@container (max-width:640px){.dzl-steps .dzl-hint{display:none}}
@container (max-width:460px){.dzl-steps{flex-wrap:wrap}.dzl-steps input[type=range]{flex:1 0 100%;order:2}}
`;
function stepBar(options) {
  const t = translator(SMALL, options.lang);
  const last = options.count - 1;
  let step = -1;
  let timer;
  const button = (text, key, move) => h("button", { type: "button", class: "dzl-btn", "aria-label": t(key), title: t(key), onClick: () => {
    stop();
    move();
  } }, text);
  const first = button("|◀", "first", () => go(0));
  const back = button("◀", "back", () => go(step - 1));
  const next = button("▶", "next", () => go(step + 1));
  const end = button("▶|", "last", () => go(last));
  const play = h("button", { type: "button", class: "dzl-btn dzl-play", onClick: () => toggle() }, "");
  const slider = h("input", {
    type: "range",
    min: 0,
    max: Math.max(last, 0),
    step: 1,
    value: 0,
    "aria-label": options.label,
    onInput: () => {
      stop();
      go(Number(slider.value));
    }
  });
  const el = h(
    "div",
    { class: "dzl-steps" },
    h("div", { class: "dzl-keysgroup" }, first, back, play, next, end),
    slider,
    h("div", { class: "dzl-hint" }, t("keys"))
  );
  function go(to) {
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
  function face() {
    play.textContent = timer === void 0 ? `▶ ${t("play")}` : `❚❚ ${t("pause")}`;
  }
  function stop() {
    window.clearInterval(timer);
    timer = void 0;
    face();
  }
  function toggle() {
    if (timer !== void 0) return stop();
    if (step === last) go(0);
    timer = window.setInterval(() => go(step + 1), reducedMotion() ? 1500 : options.interval ?? 900);
    face();
  }
  face();
  go(options.start ?? 0);
  return {
    el,
    go,
    stop,
    at: () => step,
    keys: {
      ArrowRight: () => {
        stop();
        go(step + 1);
      },
      ArrowLeft: () => {
        stop();
        go(step - 1);
      },
      Home: () => {
        stop();
        go(0);
      },
      End: () => {
        stop();
        go(last);
      },
      Space: () => toggle()
    }
  };
}

// ts/strings/stack_view.ts
var STACK = strings({
  en: {
    title: "Call stack and work list",
    tag: "chain of {n}",
    length: "Length of the chain",
    step: "Moment",
    stack: "call stack",
    list: "work list",
    frame: "backward",
    line: "line {n}",
    empty: "empty",
    none: "this engine keeps no list",
    running: "runs {f}",
    peak: "deepest: {d} · longest list: {l}",
    says: "{title}: frames on the stack {d}, functions in the list {l}.",
    says_plain: "{title}: frames on the stack {d}.",
    long: "{title}: {d} frames deep for a chain of {n}.",
    long_list: "{title}: {d} frame, a list of at most {l}, for a chain of {n}.",
    overflow: "{title}: RecursionError after {d} frames, {r} of {n} functions done. The limit here is {limit}.",
    endless: "{title}: does not end on a chain of {n}.",
    other: "{title}: stopped with {e} on a chain of {n}.",
    failed: "{title}: {e}",
    still: "{title}: `backward` returned without asking any function for a gradient.",
    limit: "limit {n}",
    frames: "{n} frames",
    done: "finished: the stack is empty again",
    measured: "measured in one plain run, not recorded step by step"
  },
  ko: {
    title: "호출 스택과 작업 목록",
    tag: "길이 {n}인 사슬",
    length: "사슬의 길이",
    step: "시점",
    stack: "호출 스택",
    list: "작업 목록",
    frame: "backward",
    line: "{n}번째 줄",
    empty: "비어 있음",
    none: "이 엔진에는 목록이 없습니다",
    running: "{f} 실행 중",
    peak: "가장 깊을 때 {d} · 가장 긴 목록 {l}",
    says: "{title}: 스택에 프레임 {d}개, 목록에 {l}개.",
    says_plain: "{title}: 스택에 프레임 {d}개.",
    long: "{title}: 길이 {n}인 사슬에 프레임 {d}개.",
    long_list: "{title}: 길이 {n}인 사슬에 프레임 {d}개, 목록은 많아야 {l}개.",
    overflow: "{title}: 프레임 {d}개에서 RecursionError, 함수 {n}개 중 {r}개만 끝났습니다. 이 환경의 한도는 {limit}입니다.",
    endless: "{title}: 길이 {n}인 사슬에서 끝나지 않습니다.",
    other: "{title}: 길이 {n}인 사슬에서 {e} 오류로 멈췄습니다.",
    failed: "{title}: {e}",
    still: "{title}: `backward`가 어느 함수에도 기울기를 묻지 않고 끝났습니다.",
    limit: "한도 {n}",
    frames: "프레임 {n}개",
    done: "끝났습니다. 스택이 다시 비었습니다",
    measured: "한 번 그냥 실행해 쟀고, 단계별로 기록하지는 않았습니다"
  }
});

// ts/stack_view.ts
var CSS = `${STEP_BAR_CSS}${CHOICE_CSS}
.dzl-stack-view{max-width:1080px}
.dzl-stack-view .engines{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:12px;padding:12px 14px 4px}
.dzl-stack-view .engine{border:1px solid var(--line);border-radius:9px;padding:9px 12px 10px;min-width:0}
.dzl-stack-view .engine h4{font-weight:600;font-size:13px;display:flex;gap:10px;align-items:baseline;margin:0 0 8px}
.dzl-stack-view .engine h4 span{color:var(--muted);font-weight:400;font-size:12px}
.dzl-stack-view .two{display:grid;grid-template-columns:1.25fr 1fr;gap:14px}
.dzl-stack-view .cap{font-size:12px;color:var(--muted);font-weight:600;margin-bottom:5px}
.dzl-stack-view .tower{display:flex;flex-direction:column-reverse;justify-content:flex-start;gap:3px;height:252px;border-bottom:3px solid var(--muted);padding:0 4px 3px;overflow:hidden}
.dzl-stack-view .frame{border:1.5px solid var(--muted);background:var(--soft);border-radius:5px;font-size:12px;line-height:17px;padding:2px 8px;display:flex;justify-content:space-between;gap:8px;flex:none;height:24px;animation:dzl-drop .2s ease-out}
.dzl-stack-view .frame.top{border-color:var(--grad);background:var(--gradsoft);font-weight:600}
.dzl-stack-view .frame i{font-style:normal;color:var(--muted);font-weight:400}
.dzl-stack-view .list{display:flex;flex-direction:column;gap:5px;height:252px}
.dzl-stack-view .dzl-chip{align-self:flex-start}
.dzl-stack-view .dzl-chip.run{border-style:dashed;border-color:var(--grad);background:var(--gradsoft)}
.dzl-stack-view .slot{border:1.5px dashed var(--line);border-radius:6px;padding:3px 10px;color:var(--muted);font-size:12.5px;align-self:flex-start}
.dzl-stack-view .pile{align-self:stretch;border:1.5px solid var(--muted);border-radius:5px;background:repeating-linear-gradient(0deg,var(--soft) 0 4px,var(--line) 4px 5px);display:grid;place-items:center;font-weight:600;font-size:13px;min-height:20px;position:relative;flex:none}
.dzl-stack-view .pile b{background:var(--panel);border-radius:5px;padding:1px 8px;border:1px solid var(--line)}
.dzl-stack-view .pile.over{border:2px solid var(--bad);background:repeating-linear-gradient(0deg,var(--badsoft) 0 4px,var(--badcell) 4px 5px)}
.dzl-stack-view .pile.over b{color:var(--bad);border-color:var(--bad)}
.dzl-stack-view .dzl-say{margin:8px 14px 12px;min-height:58px}
.dzl-stack-view div.dzl-steps.dzl-tag{min-height:45px}
@keyframes dzl-drop{from{opacity:0;transform:translateY(-8px)}to{opacity:1;transform:none}}
`;
var stack_view_default = widget("stack-view", CSS, (root, data, ctx) => {
  const t = translator(STACK, ctx.lang);
  const lengths = [...data.lengths, ...data.long];
  let length = 2;
  let bar;
  const slot = h("div");
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const parts = data.engines.map((engine) => ({
    engine,
    peak: h("span"),
    tower: h("div", { class: "tower" }),
    list: h("div", { class: "list" }),
    name: h("div", { class: "cap" })
  }));
  const isLong = () => length >= data.lengths.length;
  const moments = (engine) => engine.moments[String(lengths[length])] ?? [];
  function short(step) {
    const sentences = [];
    for (const { engine, tower, list, name, peak } of parts) {
      const all = moments(engine);
      const total = Math.max(...parts.map((p) => moments(p.engine).length));
      const now = step >= total ? null : all[Math.min(step, all.length - 1)] ?? null;
      const over = step >= all.length;
      const depth = now && !over ? now.stack.length : 0;
      const items = (now && !over ? now.work : null) ?? (all.some((m) => m.work) ? [] : null);
      fill(tower, ...(now && !over ? now.stack : []).map((line, i) => h(
        "div",
        { class: `frame ${i === depth - 1 ? "top" : ""}` },
        h("span", null, t("frame")),
        h("i", null, t("line", { n: line }))
      )));
      const listName = all.find((m) => m.name)?.name;
      name.textContent = listName ? `${t("list")}: ${listName}` : t("list");
      const running = now && !over && now.running ? h("span", { class: "dzl-chip run" }, t("running", { f: now.running })) : null;
      fill(
        list,
        items === null ? h("div", { class: "slot" }, t("none")) : items.length === 0 ? h("div", { class: "slot" }, t("empty")) : null,
        ...(items ?? []).map((f) => h("span", { class: "dzl-chip" }, f)),
        running
      );
      peak.textContent = t("peak", { d: Math.max(0, ...all.map((m) => m.stack.length)), l: Math.max(0, ...all.map((m) => m.work?.length ?? 0)) });
      if (!all.some((m) => m.running)) {
        sentences.push(t("still", { title: engine.title }));
        continue;
      }
      sentences.push(over ? `${engine.title}: ${t("done")}.` : t(items === null ? "says_plain" : "says", { title: engine.title, d: depth, l: items?.length ?? 0 }));
    }
    say.className = "dzl-say";
    fill(say, ...sentences.flatMap((s) => [h("div", null, ...rich(s))]));
    ctx.el.dataset.step = String(step);
  }
  function far() {
    const sentences = [];
    let bad = false;
    for (const { engine, tower, list, name, peak } of parts) {
      const run = engine.long[length - data.lengths.length];
      if (!run) continue;
      const over = run.error === "RecursionError";
      const high = Math.max(22, Math.min(236, run.depth / (data.limit * 1.02) * 240));
      fill(tower, h("div", { class: `pile ${over ? "over" : ""}`, style: { height: `${run.depth <= 1 ? 24 : high}px` } }, h("b", null, `${t("frames", { n: run.depth })}${over ? " ✗" : ""}`)));
      name.textContent = t("list");
      if (run.reached === 0 && !run.error) {
        fill(tower);
        fill(list, h("div", { class: "slot" }, t("none")));
        peak.textContent = t("limit", { n: data.limit });
        sentences.push(t("still", { title: engine.title }));
        continue;
      }
      fill(list, run.list === 0 ? h("div", { class: "slot" }, t("none")) : h("div", { class: "slot" }, `≤ ${run.list}`));
      peak.textContent = t("limit", { n: data.limit });
      bad ||= run.error !== null;
      const values = { title: engine.title, d: run.depth, l: run.list, n: run.n, r: run.reached, limit: data.limit, e: run.error ?? "" };
      sentences.push(over ? t("overflow", values) : run.error === "endless" ? t("endless", values) : run.error ? t("other", values) : run.list > 0 && run.depth <= 1 ? t("long_list", values) : t("long", values));
    }
    say.className = `dzl-say${bad ? " dzl-bad" : ""}`;
    fill(say, ...sentences.map((s) => h("div", null, ...rich(s))));
    ctx.el.dataset.step = "0";
  }
  function open() {
    bar?.stop();
    tag.textContent = t("tag", { n: lengths[length] ?? 0 });
    if (isLong()) {
      bar = void 0;
      fill(slot, h("div", { class: "dzl-steps dzl-tag" }, t("measured")));
      far();
      return;
    }
    const count = Math.max(1, ...parts.map((p) => moments(p.engine).length)) + 1;
    bar = stepBar({ count, lang: ctx.lang, label: t("step"), valueText: (i) => `${i + 1} / ${count}`, onStep: short, interval: 650 });
    fill(slot, bar.el);
  }
  const tag = h("span", { class: "dzl-tag" });
  const choose = choice(t("length"), lengths.map((n) => String(n)), (i) => {
    length = i;
    open();
  }, length);
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), tag, h("span", { class: "dzl-grow" }), h("span", { class: "dzl-tag" }, t("length")), choose.el),
    h("div", { class: "engines" }, ...parts.map((p) => h(
      "section",
      { class: "engine", "aria-label": p.engine.title },
      h("h4", null, p.engine.title, p.peak),
      p.engine.error ? h("div", { class: "dzl-say dzl-bad" }, t("failed", { title: p.engine.title, e: p.engine.error })) : h("div", { class: "two" }, h("div", null, h("div", { class: "cap" }, t("stack")), p.tower), h("div", null, p.name, p.list))
    ))),
    say,
    slot
  );
  open();
  const unbind = bindKeys(root, {
    ArrowRight: () => bar?.go(bar.at() + 1),
    ArrowLeft: () => bar?.go(bar.at() - 1),
    Home: () => bar?.go(0),
    End: () => bar?.keys.End?.(new KeyboardEvent("keydown")),
    Space: () => bar?.keys.Space?.(new KeyboardEvent("keydown"))
  });
  return () => {
    bar?.stop();
    unbind();
  };
});
export {
  stack_view_default as default
};
