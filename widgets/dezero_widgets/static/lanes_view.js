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

// ts/strings/lanes_view.ts
var LANES = strings({
  en: {
    title: "Two lanes",
    values: "values →",
    slopes: "← derivatives",
    check: "numerical",
    step: "Step",
    right: "at its own input",
    wrong: "all at x (wrong)",
    where: "Where each local derivative is taken",
    value: "`{name} = {f}({before})` = {v}",
    start: "The chain starts with `x` = {v}.",
    seed: "The lower lane starts at the output: `dy/dy` = 1. Nothing was measured for this.",
    slope: "`dy/d{name} = dy/d{after} · {rule}` = {a} · {b} = {v}. It needs `{name}` = {value} from the upper lane.",
    wrong_slope: "`{f}` received `{name}`, but its derivative was taken at `x` = {x}: {b} instead of {good}. So `dy/d{name}` is {v}; right is {truth}.",
    inherits: "Its own factor {b} is right, but the damage to its right is multiplied in: {v}; right is {truth}.",
    needs: "needs {name} = {v}",
    all: "All derivatives in one sweep. The numbers in the bottom row were measured one by one."
  },
  ko: {
    title: "두 줄로 보는 역전파",
    values: "값 →",
    slopes: "← 미분",
    check: "수치 미분",
    step: "단계",
    right: "자기 입력에서",
    wrong: "모두 x에서 (틀림)",
    where: "국소 미분을 계산하는 점",
    value: "`{name} = {f}({before})` = {v}",
    start: "사슬은 `x` = {v}에서 시작합니다.",
    seed: "아랫줄은 출력에서 시작합니다. `dy/dy` = 1이며 따로 잴 것이 없습니다.",
    slope: "`dy/d{name} = dy/d{after} · {rule}` = {a} · {b} = {v}. 윗줄에서 가져온 값은 `{name}` = {value}입니다.",
    wrong_slope: "`{f}` 함수가 받은 것은 `{name}`인데 `x` = {x}에서 미분했습니다. 국소 미분이 {good} 대신 {b}입니다. 그래서 `dy/d{name}` = {v}입니다. 옳은 값은 {truth}입니다.",
    inherits: "자기 국소 미분 {b} 값은 맞지만 오른쪽에서 온 오차가 곱해졌습니다. 결과는 {v}, 옳은 값은 {truth}입니다.",
    needs: "{name} = {v} 필요",
    all: "한 번 되짚어 가서 모든 미분을 얻었습니다. 맨 아랫줄의 수는 하나씩 따로 잰 값입니다."
  }
});

// ts/lanes_view.ts
var CSS = `${STEP_BAR_CSS}${CHOICE_CSS}
.dzl-lanes-view{max-width:1080px}
.dzl-lanes-view .scroll{overflow-x:auto;padding:14px 14px 4px}
.dzl-lanes-view .lanes{display:grid;grid-template-columns:86px repeat(var(--n),minmax(76px,1fr));column-gap:0;row-gap:6px;align-items:center;min-width:calc(86px + var(--n)*76px)}
.dzl-lanes-view .lane{font-size:12px;color:var(--muted);font-weight:600}
.dzl-lanes-view .cell{appearance:none;font:inherit;color:var(--ink);border:1.6px solid var(--varline);background:var(--var);border-radius:22px;min-height:50px;padding:4px 6px;margin:0;text-align:center;width:100%;line-height:17px}
.dzl-lanes-view .cell b{display:block;font-size:12.5px}
.dzl-lanes-view .cell span{font-size:13.5px;font-variant-numeric:tabular-nums}
.dzl-lanes-view .cell.empty{background:none;border-style:dashed;border-color:var(--line)}
.dzl-lanes-view .cell.empty span{visibility:hidden}
.dzl-lanes-view .d{border-color:var(--grad);background:var(--gradsoft);border-radius:8px;cursor:pointer}
.dzl-lanes-view .d.bad{border-color:var(--bad);background:var(--badsoft);border-style:double;border-width:4px}
.dzl-lanes-view .d.bad span{color:var(--bad);font-weight:700}
.dzl-lanes-view .now{box-shadow:0 0 0 3px var(--now)}
.dzl-lanes-view .lit{box-shadow:0 0 0 3px var(--grad)}
.dzl-lanes-view .fn{text-align:center;position:relative}
.dzl-lanes-view .fn::before{content:"";position:absolute;left:0;right:0;top:50%;border-top:2px solid var(--wire)}
.dzl-lanes-view .fn i{position:relative;font-style:normal;display:inline-block;border:1.6px solid var(--funline);background:var(--fun);border-radius:6px;padding:5px 8px;font-size:13px}
.dzl-lanes-view .factor{text-align:center;font-size:12px;line-height:16px;color:var(--grad);font-variant-numeric:tabular-nums}
.dzl-lanes-view .factor.bad{color:var(--bad);font-weight:700}
.dzl-lanes-view .factor span{display:block;color:var(--muted)}
.dzl-lanes-view .check{text-align:center;font-size:12.5px;color:var(--muted);font-variant-numeric:tabular-nums;padding-bottom:4px}
.dzl-lanes-view .dzl-say{margin:8px 14px 12px;min-height:62px;display:flex;align-items:center}
`;
var lanes_view_default = widget("lanes-view", CSS, (root, data, ctx) => {
  const t = translator(LANES, ctx.lang);
  const n = data.wires.length;
  let wrong = false;
  const upper = data.wires.map((w) => h("div", { class: "cell" }, h("b", null, w.name), h("span", null, short(w.value, 5))));
  const values = data.wires.map(() => h("span"));
  const lower = data.wires.map((w, i) => h("button", {
    type: "button",
    class: "cell d",
    onFocus: () => light(i),
    onBlur: () => light(null),
    onPointerenter: () => light(i),
    onPointerleave: () => light(null),
    onClick: () => bar.go(n + (n - 1 - i))
  }, h("b", null, `dy/d${w.name}`), values[i]));
  const factors = data.functions.map(() => h("div", { class: "factor" }));
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const grid = h("div", { class: "lanes", style: { "--n": 2 * n - 1 } });
  const put = (row, lane, cells) => {
    grid.append(h("div", { class: "lane", style: { "grid-row": row, "grid-column": 1 } }, lane));
    cells.forEach((cell, i) => {
      if (!cell) return;
      cell.style.setProperty("grid-row", String(row));
      cell.style.setProperty("grid-column", String(i + 2));
      grid.append(cell);
    });
  };
  const mix = (a, b) => a.flatMap((x, i) => [x, b[i] ?? null]).slice(0, 2 * n - 1);
  put(1, t("values"), mix(upper, data.functions.map((f) => h("div", { class: "fn" }, h("i", null, f.label)))));
  put(2, t("slopes"), mix(lower, factors));
  put(3, t("check"), mix(data.wires.map((w) => h("div", { class: "check" }, short(w.check, 6))), []));
  function light(i) {
    upper.forEach((cell, k) => cell.classList.toggle("lit", i !== null && k === i && i < n - 1));
  }
  const bad = (i) => {
    const w = data.wires[i];
    return wrong && w !== void 0 && w.slope !== null && (w.wrong === null || Math.abs(w.wrong - w.slope) > 1e-9 * Math.max(1, Math.abs(w.slope)));
  };
  const badFactor = (i) => {
    const f = data.functions[i];
    return wrong && f !== void 0 && f.local !== f.wrong;
  };
  function sentence(step) {
    if (step < n) {
      const w2 = data.wires[step];
      if (step === 0) return t("start", { v: short(w2.value) });
      return t("value", { name: w2.name, f: data.functions[step - 1]?.label ?? "", before: data.wires[step - 1]?.name ?? "", v: short(w2.value) });
    }
    const i = n - 1 - (step - n);
    if (i === n - 1) return t("seed");
    const w = data.wires[i], f = data.functions[i], after = data.wires[i + 1];
    const common = { name: w.name, after: after.name, value: short(w.value), truth: short(w.slope), x: short(data.x), f: f.label, good: short(f.local) };
    if (badFactor(i)) return t("wrong_slope", { ...common, b: short(f.wrong), v: short(w.wrong) });
    if (bad(i)) return t("inherits", { ...common, b: short(f.wrong), v: short(w.wrong) });
    const text = t("slope", { ...common, rule: f.rule.replaceAll("{v}", w.name), a: short(wrong ? after.wrong : after.slope), b: short(f.local), v: short(wrong ? w.wrong : w.slope) });
    return i === 0 && !wrong ? `${text} ${t("all")}` : text;
  }
  function draw(step) {
    upper.forEach((cell, i2) => {
      cell.classList.toggle("empty", i2 > step);
      cell.classList.toggle("now", i2 === step);
    });
    lower.forEach((cell, i2) => {
      const at = n + (n - 1 - i2);
      const shown = step >= at;
      cell.classList.toggle("empty", !shown);
      cell.classList.toggle("bad", shown && bad(i2));
      cell.classList.toggle("now", step === at);
      const w = data.wires[i2];
      fill(values[i2], short(wrong ? w.wrong : w.slope, 5), shown && bad(i2) ? " ✗" : "");
      if (i2 < n - 1) cell.title = t("needs", { name: w.name, v: short(w.value) });
    });
    factors.forEach((el, i2) => {
      const shown = step >= n + (n - 1 - i2);
      const f = data.functions[i2], w = data.wires[i2];
      el.style.setProperty("visibility", shown ? "visible" : "hidden");
      el.classList.toggle("bad", badFactor(i2));
      fill(el, `· ${short(wrong ? f.wrong : f.local, 4)}`, h("span", null, f.rule.replaceAll("{v}", wrong ? "x" : w.name)));
    });
    const i = n - 1 - (step - n);
    light(step > n ? i : null);
    fill(say, h("span", null, ...rich(sentence(step))));
    ctx.el.dataset.step = String(step);
  }
  const point = choice(t("where"), [t("right"), t("wrong")], (k) => {
    wrong = k === 1;
    draw(bar.at());
  });
  root.append(
    h(
      "div",
      { class: "dzl-head" },
      h("b", null, t("title")),
      h("span", { class: "dzl-tag" }, ["x", ...data.functions.map((f) => f.label), "y"].join(" → ")),
      h("span", { class: "dzl-grow" }),
      point.el
    ),
    h("div", { class: "scroll" }, grid),
    say
  );
  const bar = stepBar({
    count: 2 * n,
    lang: ctx.lang,
    label: t("step"),
    valueText: (i) => sentence(i).replaceAll("`", ""),
    onStep: draw,
    interval: 1400
  });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => {
    bar.stop();
    unbind();
  };
});
export {
  lanes_view_default as default
};
