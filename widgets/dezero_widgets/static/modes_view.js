// ts/shared/dom.ts
var SVG_NS = "http://www.w3.org/2000/svg";
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
function svg(tag, props = null, ...children) {
  const el = document.createElementNS(SVG_NS, tag);
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

// ts/small/num.ts
var RAISED = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹"
};
function short(value, digits = 6) {
  if (value === null || value === void 0 || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return power(value, Math.min(digits, 3));
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}
function power(value, digits = 1) {
  if (value === null || value === void 0 || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const [mantissa = "1", exponent = "0"] = value.toExponential(digits - 1).split("e");
  const raised = [...String(Number(exponent))].map((c) => RAISED[c] ?? "").join("");
  const front = mantissa.replace(/\.0+$/, "").replace("-", "−");
  return front === "1" ? `10${raised}` : `${front}·10${raised}`;
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

// ts/strings/modes_view.ts
var MODES = strings({
  en: {
    title: "Three ways to a slope",
    step: "Step",
    forward: "forward mode: pairs",
    symbolic: "symbolic: one formula",
    reverse: "reverse mode: a walk back",
    pair: "(value, slope)",
    nodes: "{n} nodes",
    total: "total",
    f_do: "`{name} = {text}`: each pair is made from the pairs before it. The formula now has {n} nodes.",
    start: "The input carries slope 1: it moves as fast as itself.",
    back_start: "Now backward: the output's own share is 1.",
    back: "`{name}` hands its total to what it was made of: {shares}.",
    end: "All three agree: {v}.",
    differ: "They do not agree here: {a} forward, {b} backward.",
    cost: "the bill for n inputs and m outputs",
    n: "inputs n",
    m: "outputs m",
    numeric: "numerical (central)",
    sweeps: "{n} runs",
    sweeps1: "1 run",
    fwd: "forward mode",
    rev: "reverse mode",
    dual_ok: "your `Dual`: ({v}, {s})",
    dual_bad: "your `Dual`: ({v}, {s}), but the slope is {r}",
    dual_error: "your `Dual` stopped: {e}",
    larger: "tree of {n} nodes, too large to draw",
    error: "This function could not be followed: {e}"
  },
  ko: {
    title: "기울기로 가는 세 갈래 길",
    step: "단계",
    forward: "전진 모드: 쌍",
    symbolic: "기호 미분: 식 하나",
    reverse: "후진 모드: 되짚어 가기",
    pair: "(값, 기울기)",
    nodes: "노드 {n}개",
    total: "합계",
    f_do: "`{name} = {text}`: 쌍마다 앞의 쌍에서 만들어집니다. 이제 식의 노드는 {n}개입니다.",
    start: "입력의 기울기는 1입니다. 자기 자신과 같은 빠르기로 움직입니다.",
    back_start: "이제 거꾸로 갑니다. 출력 자신의 몫은 1입니다.",
    back: "`{name}`의 합계를 그 재료가 된 값에 나눠 줍니다: {shares}.",
    end: "세 값이 모두 같습니다: {v}.",
    differ: "두 값이 다릅니다. 전진 {a}, 후진 {b}.",
    cost: "입력 n개, 출력 m개일 때의 비용",
    n: "입력 n",
    m: "출력 m",
    numeric: "수치 미분(중앙차분)",
    sweeps: "{n}번 실행",
    sweeps1: "1번 실행",
    fwd: "전진 모드",
    rev: "후진 모드",
    dual_ok: "내 `Dual`: ({v}, {s})",
    dual_bad: "내 `Dual`: ({v}, {s}), 옳은 기울기는 {r}",
    dual_error: "내 `Dual`이 멈췄습니다: {e}",
    larger: "노드 {n}개짜리 트리는 그리기에 너무 큽니다",
    error: "이 함수는 따라갈 수 없습니다: {e}"
  }
});

// ts/modes_view.ts
var CSS = `${STEP_BAR_CSS}
.dzl-modes-view{max-width:1180px}
.dzl-modes-view .three{display:grid;grid-template-columns:1fr 1.15fr 1fr;gap:10px;padding:12px 14px 6px}
@container (max-width:760px){.dzl-modes-view .three{grid-template-columns:1fr}}
.dzl-modes-view section{border:1px solid var(--line);border-radius:9px;padding:9px 12px;min-width:0}
.dzl-modes-view h4{font-size:13px;font-weight:600;margin-bottom:6px!important;display:flex;justify-content:space-between;gap:8px}
.dzl-modes-view h4 span{font-weight:400;color:var(--muted);font-size:12px;font-variant-numeric:tabular-nums}
.dzl-modes-view .fixed{height:222px;overflow:auto}
.dzl-modes-view .line{display:grid;grid-template-columns:42px minmax(0,1fr) auto;gap:8px;font-size:12.5px;line-height:18px;padding:3px 6px;border-radius:5px;font-variant-numeric:tabular-nums}
.dzl-modes-view .line b{font-family:var(--mono);font-weight:600}
.dzl-modes-view .line code{color:var(--muted)}
.dzl-modes-view .pair{color:var(--funline);font-weight:600}
.dzl-modes-view .total{color:var(--grad);font-weight:600}
.dzl-modes-view .line.off :is(b,code){color:var(--muted);font-weight:400}
.dzl-modes-view .line.now{background:var(--now)}
.dzl-modes-view .line.now :is(code,.pair,.total){color:inherit}
.dzl-modes-view .tree{display:block;width:100%;height:132px}
.dzl-modes-view .tree path{fill:none;stroke:var(--wire);stroke-width:1.2}
.dzl-modes-view .tree circle{fill:var(--fun);stroke:var(--funline);stroke-width:1.2}
.dzl-modes-view .tree circle.leaf{fill:var(--var);stroke:var(--varline)}
.dzl-modes-view .tree text{font-size:10px}
.dzl-modes-view .formula{font-family:var(--mono);font-size:11.5px;line-height:16px;overflow-wrap:anywhere;color:var(--ink);margin-top:6px!important;max-height:80px;overflow:auto}
.dzl-modes-view .big{height:132px;display:grid;place-items:center;color:var(--muted);font-size:13px}
.dzl-modes-view .bill{padding:10px 14px 12px;display:grid;grid-template-columns:minmax(220px,300px) 1fr;gap:20px;border-top:1px solid var(--line);align-items:center}
@container (max-width:640px){.dzl-modes-view .bill{grid-template-columns:1fr}}
.dzl-modes-view .bill label{display:grid;grid-template-columns:76px 1fr 74px;gap:8px;align-items:center;font-size:12.5px}
.dzl-modes-view .bill input{padding:0;border:0;background:none;accent-color:var(--funline);width:100%}
.dzl-modes-view .bill .cap{font-size:12px;font-weight:600;color:var(--muted);margin-bottom:4px}
.dzl-modes-view .cost{display:grid;grid-template-columns:132px 1fr;gap:5px 10px;font-size:12.5px;align-items:center}
.dzl-modes-view .cost div{height:20px;border-radius:4px;background:var(--fwd);min-width:6px;position:relative;transition:width .2s}
.dzl-modes-view .cost div.rev{background:var(--bwd)}.dzl-modes-view .cost div.num{background:var(--line)}
.dzl-modes-view .cost div span{position:absolute;left:calc(100% + 7px);white-space:nowrap;line-height:20px}
.dzl-modes-view .track{padding-right:110px;background:none!important}
.dzl-modes-view .dzl-say{margin:4px 14px 10px;min-height:40px}
`;
function drawTree(tree) {
  const nodes = [];
  const lines = [];
  let next = 0, deepest = 0;
  const put = (part, depth) => {
    deepest = Math.max(deepest, depth);
    if (typeof part === "string") {
      const at2 = { x: next, y: depth };
      next += 1;
      nodes.push({ ...at2, text: part, leaf: true });
      return at2;
    }
    const [sign, ...parts] = part;
    const below = parts.map((p) => put(p, depth + 1));
    const at = { x: below.reduce((sum, b) => sum + b.x, 0) / below.length, y: depth };
    for (const b of below) lines.push(`${at.x},${at.y},${b.x},${b.y}`);
    nodes.push({ ...at, text: sign, leaf: false });
    return at;
  };
  put(tree, 0);
  const W = 400, H = 132, fx = (x) => 12 + (x + 0.5) / next * (W - 24), fy = (y) => 12 + y / Math.max(1, deepest) * (H - 26);
  const r = Math.max(2.2, Math.min(9, W / next * 0.42));
  return svg(
    "svg",
    { class: "tree", viewBox: `0 0 ${W} ${H}`, "aria-hidden": "true" },
    ...lines.map((l) => {
      const [a, b, c, d] = l.split(",").map(Number);
      return svg("path", { d: `M${fx(a)} ${fy(b)}L${fx(c)} ${fy(d)}` });
    }),
    ...nodes.map((n) => svg("circle", { cx: fx(n.x), cy: fy(n.y), r, class: n.leaf ? "leaf" : "" })),
    ...r > 6 ? nodes.map((n) => svg("text", { x: fx(n.x), y: fy(n.y) + 3.5, "text-anchor": "middle" }, n.text)) : []
  );
}
var modes_view_default = widget("modes-view", CSS, (root, data, ctx) => {
  const t = translator(MODES, ctx.lang);
  const head = h("div", { class: "dzl-head" }, h("b", null, t("title")));
  if (data.error) {
    root.append(head, h("div", { class: "dzl-body" }, h("div", { class: "dzl-say dzl-bad", role: "alert" }, t("error", { e: data.error }))));
    ctx.el.dataset.step = "0";
    return;
  }
  const ops = data.ops, back = data.back;
  const last = ops[ops.length - 1];
  const row = (op, cls) => {
    const cell = h("span", { class: cls });
    return { el: h("div", { class: "line off" }, h("b", null, op.name), h("code", null, op.text === op.name ? "" : op.text), cell), cell };
  };
  const pairs = ops.map((op) => row(op, "pair")), totals = ops.map((op) => row(op, "total"));
  const backRows = totals.map((r) => r.el).reverse();
  const tree = h("div"), formula = h("p", { class: "formula" }), size = h("span");
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const pairPane = h("div", { class: "fixed", tabindex: "0", "aria-label": t("forward") }, ...pairs.map((p) => p.el));
  const backPane = h("div", { class: "fixed", tabindex: "0", "aria-label": t("reverse") }, ...backRows);
  const show = (pane, el) => {
    if (el) pane.scrollTop = Math.max(0, el.offsetTop - pane.offsetTop - pane.clientHeight + 60);
  };
  function draw(step) {
    const k = Math.min(step, ops.length - 1), b = step - ops.length;
    pairs.forEach((p, i) => {
      p.el.classList.toggle("off", i > k);
      p.el.classList.toggle("now", i === step);
      p.cell.textContent = i <= k ? `(${short(ops[i]?.value, 5)}, ${short(ops[i]?.slope, 5)})` : "";
    });
    show(pairPane, pairs[k]?.el);
    const op = ops[k];
    size.textContent = t("nodes", { n: op.size.toLocaleString() });
    fill(tree, op.tree ? drawTree(op.tree) : h("div", { class: "big" }, t("larger", { n: op.size.toLocaleString() })));
    formula.textContent = op.formula ?? "…";
    const sums = /* @__PURE__ */ new Map();
    if (b >= 0) sums.set(last.name, 1);
    for (const one of back.slice(0, Math.max(0, b))) for (const [name, , total] of one.shares) sums.set(name, total);
    const giving = b >= 1 ? back[b - 1] : void 0;
    ops.forEach((one, i) => {
      const r = totals[i];
      if (!r) return;
      r.el.classList.toggle("off", !sums.has(one.name));
      r.el.classList.toggle("now", giving ? giving.shares.some(([name]) => name === one.name) : b === 0 && one === last);
      r.cell.textContent = sums.has(one.name) ? short(sums.get(one.name), 6) : "";
    });
    show(backPane, giving ? totals[ops.findIndex((o) => o.name === giving.op)]?.el : void 0);
    let text;
    if (step === 0) text = t("start");
    else if (b < 0) text = t("f_do", { name: op.name, text: op.text, n: op.size.toLocaleString() });
    else if (b === 0) text = t("back_start");
    else text = t("back", { name: giving?.op ?? "", shares: (giving?.shares ?? []).map(([name, share]) => `\`${name}\` ${short(share, 5)}`).join(", ") });
    if (b === back.length) {
      const [f, r] = [last.slope, data.gradient[0] ?? null];
      const same = f !== null && r !== null && Math.abs(f - r) <= 1e-9 * Math.max(1, Math.abs(f));
      text += ` ${same ? t("end", { v: short(f, 8) }) : t("differ", { a: short(f), b: short(r) })}`;
    }
    fill(say, ...rich(text));
    ctx.el.dataset.step = String(step);
  }
  const dual = data.dual;
  const right = dual !== null && dual.slope !== null && last.slope !== null && Math.abs(dual.slope - last.slope) <= 1e-6 * Math.max(1, Math.abs(last.slope));
  const own = dual === null ? null : h("div", { class: `dzl-say ${right ? "dzl-ok" : "dzl-bad"}` }, ...rich(dual.error ? t("dual_error", { e: dual.error }) : t(right ? "dual_ok" : "dual_bad", { v: short(dual.value), s: short(dual.slope), r: short(last.slope) })));
  const bars = [["numeric", "num"], ["fwd", "fwd"], ["rev", "rev"]];
  const marks = bars.map(([, cls]) => h("div", { class: cls }, h("span")));
  const slider = (label, start) => {
    const out = h("span");
    const input = h("input", { type: "range", min: 0, max: 12, step: 1, value: start, "aria-label": label, onInput: () => bill() });
    return { el: h("label", null, label, input, out), input, out };
  };
  const n = slider(t("n"), 12), m = slider(t("m"), 0);
  function bill() {
    const size2 = (s) => Math.round(10 ** (Number(s.value) / 2));
    const [ni, mi] = [size2(n.input), size2(m.input)];
    [[n, ni], [m, mi]].forEach(([s, v]) => {
      s.out.textContent = v.toLocaleString();
      s.input.setAttribute("aria-valuetext", v.toLocaleString());
    });
    [2 * ni, ni, mi].forEach((count, i) => {
      const mark = marks[i];
      mark.style.setProperty("width", `${2 + Math.log10(count) / 6.31 * 98}%`);
      mark.firstChild.textContent = count === 1 ? t("sweeps1") : t("sweeps", { n: count.toLocaleString() });
    });
  }
  root.append(
    head,
    h(
      "div",
      { class: "three" },
      h("section", null, h("h4", null, t("forward"), h("span", null, t("pair"))), pairPane),
      h("section", null, h("h4", null, t("symbolic"), size), h("div", { class: "fixed" }, tree, formula)),
      h("section", null, h("h4", null, t("reverse"), h("span", null, t("total"))), backPane)
    ),
    say
  );
  if (own) root.append(own);
  const bar = stepBar({
    count: ops.length + back.length + 1,
    lang: ctx.lang,
    label: t("step"),
    valueText: (i) => String(i + 1),
    onStep: draw,
    interval: 1100
  });
  root.append(bar.el, h(
    "div",
    { class: "bill" },
    h("div", null, h("div", { class: "cap" }, t("cost")), n.el, m.el),
    h("div", { class: "cost" }, ...bars.flatMap(([key], i) => [h("span", null, t(key)), h("div", { class: "track" }, marks[i])]))
  ));
  bill();
  const unbind = bindKeys(root, bar.keys);
  return () => {
    bar.stop();
    unbind();
  };
});
export {
  modes_view_default as default
};
