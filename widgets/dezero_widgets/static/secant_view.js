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
function attr(el, name, value) {
  if (value === null) {
    if (el.hasAttribute(name)) el.removeAttribute(name);
  } else if (el.getAttribute(name) !== String(value)) {
    el.setAttribute(name, String(value));
  }
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
function short(value, digits2 = 6) {
  if (value === null || value === void 0 || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return power(value, Math.min(digits2, 3));
  return String(Number(value.toPrecision(digits2))).replace("-", "−");
}
function power(value, digits2 = 1) {
  if (value === null || value === void 0 || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const [mantissa = "1", exponent = "0"] = value.toExponential(digits2 - 1).split("e");
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

// ts/strings/secant_view.ts
var SECANT = strings({
  en: {
    title: "The slope, measured",
    own: "your numerical_diff",
    lab: "central difference of the lab",
    tag: "at x = {x} · {who}",
    which: "Which difference",
    central: "central",
    forward: "forward",
    curve: "the curve",
    glass: "magnified: x ± 2h",
    valley: "error",
    step: "Step h",
    left: "f(x − h)",
    right: "f(x + h)",
    here: "f(x)",
    says: "h = {h}: measured {m}, error {e}.",
    lost: "The two values are equal in every digit: the difference is 0.",
    best: "This is the bottom of the valley.",
    cancel: "With a step this small the digits run out: subtracting nearly equal numbers leaves noise.",
    truncation: "With a step this large the curve bends away from the secant.",
    error: "Not usable yet: {error}",
    estimate: "true slope {s}",
    runs: "f runs {n} times per slope"
  },
  ko: {
    title: "직접 잰 기울기",
    own: "내 numerical_diff",
    lab: "준비된 중앙차분",
    tag: "x = {x}에서 · {who}",
    which: "차분 방법",
    central: "중앙차분",
    forward: "전진차분",
    curve: "곡선",
    glass: "확대: x ± 2h",
    valley: "오차",
    step: "간격 h",
    left: "f(x − h)",
    right: "f(x + h)",
    here: "f(x)",
    says: "h = {h}: 측정값 {m}, 오차 {e}.",
    lost: "두 값이 모든 자리에서 같아 차이가 0입니다.",
    best: "골짜기의 바닥입니다.",
    cancel: "간격이 이렇게 작으면 자릿수가 모자랍니다. 거의 같은 두 수를 빼면 잡음만 남습니다.",
    truncation: "간격이 이렇게 크면 그 사이에서 곡선이 휘어 할선과 벌어집니다.",
    error: "아직 쓸 수 없습니다: {error}",
    estimate: "참 기울기 {s}",
    runs: "기울기 하나에 f를 {n}번 실행"
  }
});

// ts/secant_view.ts
var W = 360;
var H = 268;
var L = 46;
var R = 12;
var T = 12;
var B = 30;
var CSS = `${CHOICE_CSS}${STEP_BAR_CSS}
.dzl-secant-view{max-width:1180px}
.dzl-secant-view .panels{display:grid;grid-template-columns:repeat(3,1fr);gap:4px;padding:8px 10px 0}
.dzl-secant-view figure{margin:0;min-width:0}
.dzl-secant-view figcaption{font-size:12px;color:var(--muted);padding:2px 0 2px 46px;font-weight:600}
.dzl-secant-view svg{display:block;width:100%;height:auto}
.dzl-secant-view svg text{font-size:11px;fill:var(--muted)}
.dzl-secant-view .frame{fill:none;stroke:var(--line)}
.dzl-secant-view .grid{stroke:var(--gen);stroke-width:1}
.dzl-secant-view .curve{fill:none;stroke:var(--ink);stroke-width:2}
.dzl-secant-view .secant{stroke:var(--grad);stroke-width:2.4}
.dzl-secant-view .tangent{stroke:var(--ok);stroke-width:1.6;stroke-dasharray:5 5}
.dzl-secant-view .pt{fill:var(--panel);stroke:var(--grad);stroke-width:2.4}
.dzl-secant-view .home{fill:var(--ink)}
.dzl-secant-view .c{fill:var(--funline)}.dzl-secant-view .f{fill:none;stroke:var(--varline);stroke-width:1.6}
.dzl-secant-view .off{opacity:.16}
.dzl-secant-view .ring{fill:none;stroke:var(--grad);stroke-width:2.6}
.dzl-secant-view .low{display:grid;grid-template-columns:auto 1fr;gap:14px;padding:6px 14px 12px;align-items:center}
.dzl-secant-view .digits{font-family:var(--mono);font-size:13px;line-height:21px;white-space:pre;min-width:310px}
.dzl-secant-view .digits .same{color:var(--muted)}.dzl-secant-view .digits .own{color:var(--grad);font-weight:700}
.dzl-secant-view .dzl-say{min-height:58px;display:flex;align-items:center}
@container (max-width:760px){.dzl-secant-view .panels{grid-template-columns:1fr 1fr}.dzl-secant-view .low{grid-template-columns:1fr}}
@container (max-width:520px){.dzl-secant-view .panels{grid-template-columns:1fr}}
`;
var linear = (a, b, p, q) => (v) => p + (v - a) / (b - a || 1) * (q - p);
function digits(a, b) {
  const places = Math.max(0, 16 - Math.max(1, Math.floor(Math.log10(Math.max(Math.abs(a), Math.abs(b), 1e-300))) + 1));
  const [s, t] = [a.toFixed(Math.min(places, 20)), b.toFixed(Math.min(places, 20))];
  let same = 0;
  while (same < s.length && s[same] === t[same]) same += 1;
  return { a: s.replace("-", "−"), b: t.replace("-", "−"), same };
}
var secant_view_default = widget("secant-view", CSS, (root, data, ctx) => {
  const t = translator(SECANT, ctx.lang);
  const here = data.here ?? 0, slope = data.slope ?? 0;
  let mode = "central";
  const reach = Math.max(Math.abs(slope), 0.6) * 1.25;
  const ys = data.curve.map((p) => p[1]).filter((y) => y !== null && y > here - 1.3 * reach && y < here + 1.3 * reach);
  const low = Math.min(...ys, here - reach * 0.35), high = Math.max(...ys, here + reach * 0.35);
  const px = linear(data.x - 1.25, data.x + 1.25, L, W - R), py = linear(low - (high - low) * 0.06, high + (high - low) * 0.06, H - B, T);
  const clip = `clip${Math.random().toString(36).slice(2, 8)}`;
  const path = (points, fx, fy) => {
    let pen = "M";
    return points.map(([x, y]) => {
      if (y === null) {
        pen = "M";
        return "";
      }
      const part = `${pen}${fx(x).toFixed(1)} ${Math.max(-4e3, Math.min(4e3, fy(y))).toFixed(1)}`;
      pen = "L";
      return part;
    }).join("");
  };
  const box = () => svg("rect", { x: L, y: T, width: W - L - R, height: H - T - B, class: "frame" });
  const clipRect = svg("clipPath", { id: clip }, svg("rect", { x: L, y: T, width: W - L - R, height: H - T - B }));
  const tangent = (fx, fy, span, at, y0) => svg("line", {
    class: "tangent",
    x1: fx(at - span),
    x2: fx(at + span),
    y1: fy(y0 - slope * span),
    y2: fy(y0 + slope * span)
  });
  const secant = svg("line", { class: "secant" }), pa = svg("circle", { class: "pt", r: 5 }), pb = svg("circle", { class: "pt", r: 5 });
  const one = svg(
    "svg",
    { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("curve") },
    svg("defs", null, clipRect),
    box(),
    svg(
      "g",
      { "clip-path": `url(#${clip})` },
      tangent(px, py, 3, data.x, here),
      svg("path", { class: "curve", d: path(data.curve, px, py) }),
      secant,
      pa,
      pb,
      svg("circle", { class: "home", r: 3.5, cx: px(data.x), cy: py(here) })
    ),
    ...[-1, 0, 1].map((k) => svg("text", { x: px(data.x + k), y: H - 12, "text-anchor": "middle" }, short(data.x + k, 3))),
    ...[low, here, high].map((y) => svg("text", { x: L - 6, y: py(y) + 4, "text-anchor": "end" }, short(y, 3)))
  );
  const gx = linear(-1, 1, L, W - R), steep = Math.max(Math.abs(slope), 0.5) * 1.5, gy = linear(-steep, steep, H - B, T);
  const zoomed = svg("path", { class: "curve" }), zoomSecant = svg("line", { class: "secant" });
  const za = svg("circle", { class: "pt", r: 5 }), zb = svg("circle", { class: "pt", r: 5 });
  const marks = [
    svg("text", { x: gx(-0.5), y: H - 12, "text-anchor": "middle" }, "x − h"),
    svg("text", { x: gx(0), y: H - 12, "text-anchor": "middle" }, "x"),
    svg("text", { x: gx(0.5), y: H - 12, "text-anchor": "middle" }, "x + h")
  ];
  const two = svg(
    "svg",
    { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("glass") },
    box(),
    svg("g", { "clip-path": `url(#${clip})` }, tangent(gx, gy, 1, 0, 0), zoomed, zoomSecant, za, zb),
    ...marks
  );
  const vx = linear(0, -15, L + 8, W - R - 8), vy = linear(-12, 2.2, H - B, T);
  const ly = (e) => Math.max(T + 4, Math.min(H - B - 3, vy(Math.log10(Math.max(e, 1e-13)))));
  const centralDots = data.steps.map((s) => s.ec === null ? null : svg("circle", { class: "c", r: 3.4, cx: vx(Math.log10(s.h)), cy: ly(s.ec) }));
  const forwardDots = data.steps.map((s) => s.ef === null ? null : svg("rect", { class: "f", width: 6, height: 6, x: vx(Math.log10(s.h)) - 3, y: ly(s.ef) - 3 }));
  const ring = svg("circle", { class: "ring", r: 7 });
  const dots = svg("g", null, ...forwardDots, ...centralDots);
  const three = svg(
    "svg",
    { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("valley") },
    box(),
    ...[0, -3, -6, -9, -12].map((k) => svg("line", { class: "grid", x1: L, x2: W - R, y1: vy(k), y2: vy(k) })),
    ...[0, -3, -6, -9, -12].map((k) => svg("text", { x: L - 6, y: vy(k) + 4, "text-anchor": "end" }, power(10 ** k))),
    ...[0, -5, -10, -15].map((k) => svg("text", { x: vx(k), y: H - 12, "text-anchor": "middle" }, power(10 ** k))),
    dots,
    ring,
    svg("circle", { class: "c", r: 3.4, cx: W - 116, cy: T + 14 }),
    svg("text", { x: W - 108, y: T + 18 }, t("central")),
    svg("rect", { class: "f", width: 6, height: 6, x: W - 119, y: T + 27 }),
    svg("text", { x: W - 108, y: T + 34 }, t("forward"))
  );
  const numbers = h("div", { class: "digits", "aria-hidden": "true" });
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  function draw(i) {
    const s = data.steps[i];
    if (!s) return;
    const a = mode === "central" ? s.left : data.here, b = s.right;
    const ax = mode === "central" ? data.x - s.h : data.x, bx = data.x + s.h;
    const found = mode === "central" ? s.central : s.forward, error = mode === "central" ? s.ec : s.ef;
    const place = (dot, x, y) => {
      attr(dot, "visibility", y === null ? "hidden" : "visible");
      if (y !== null) {
        attr(dot, "cx", x);
        attr(dot, "cy", Math.max(-4e3, Math.min(4e3, y)));
      }
    };
    place(pa, px(ax), a === null ? null : py(a));
    place(pb, px(bx), b === null ? null : py(b));
    const m = a === null || b === null ? null : (b - a) / (bx - ax);
    attr(secant, "visibility", m === null ? "hidden" : "visible");
    if (m !== null && a !== null && Number.isFinite(m)) {
      const y = (x) => py(a + m * (x - ax));
      for (const [n, v] of Object.entries({ x1: px(data.x - 3), x2: px(data.x + 3), y1: y(data.x - 3), y2: y(data.x + 3) })) attr(secant, n, v);
    }
    const z = s.zoom.map((y, k) => [-1 + 2 * k / (s.zoom.length - 1), y]);
    attr(zoomed, "d", path(z, gx, gy));
    const zl = mode === "central" && a !== null && data.here !== null ? (a - data.here) / (2 * s.h) : 0;
    const zr = b !== null && data.here !== null ? (b - data.here) / (2 * s.h) : 0;
    const zx = mode === "central" ? -0.5 : 0, zs = (zr - zl) / (0.5 - zx);
    place(za, gx(zx), gy(zl));
    place(zb, gx(0.5), gy(zr));
    for (const [n, v] of Object.entries({ x1: gx(-1), x2: gx(1), y1: gy(zl + zs * (-1 - zx)), y2: gy(zl + zs * (1 - zx)) })) attr(zoomSecant, n, v);
    attr(marks[0], "visibility", mode === "central" ? "visible" : "hidden");
    centralDots.forEach((d, k) => d?.setAttribute("visibility", k <= i ? "visible" : "hidden"));
    forwardDots.forEach((d, k) => d?.setAttribute("visibility", k <= i ? "visible" : "hidden"));
    for (const d of centralDots) d?.setAttribute("class", mode === "central" ? "c" : "c off");
    for (const d of forwardDots) d?.setAttribute("class", mode === "forward" ? "f" : "f off");
    place(ring, vx(Math.log10(s.h)), error === null ? null : ly(error));
    const seen = a === null || b === null ? null : digits(b, a);
    fill(numbers);
    if (seen) {
      for (const [name, text] of [[t("right"), seen.a], [mode === "central" ? t("left") : t("here"), seen.b]]) {
        numbers.append(h(
          "div",
          null,
          `${name.padEnd(9)} `,
          h("span", { class: "same" }, text.slice(0, seen.same)),
          h("span", { class: "own" }, text.slice(seen.same))
        ));
      }
    }
    const best = data.best[mode === "central" ? "ec" : "ef"];
    const parts = [t("says", { h: power(s.h, 2), m: short(found, 9), e: power(error, 2) })];
    if (seen && a === b) parts.push(t("lost"));
    else if (best !== null) parts.push(i === best ? t("best") : i > best ? t("cancel") : t("truncation"));
    fill(say, h("span", null, ...rich(parts.join(" "))));
    ctx.el.dataset.step = String(i);
  }
  const who = data.own ? t("own") : t("lab");
  const pickMode = choice(t("which"), [t("central"), t("forward")], (k) => {
    mode = k ? "forward" : "central";
    draw(bar.at());
  });
  root.append(
    h(
      "div",
      { class: "dzl-head" },
      h("b", null, t("title")),
      h("span", { class: "dzl-tag" }, t("tag", { x: short(data.x), who }), " · ", t("estimate", { s: short(data.slope, 9) }), " · ", t("runs", { n: short(data.runs, 3) })),
      h("span", { class: "dzl-grow" }),
      pickMode.el
    ),
    h(
      "div",
      { class: "panels" },
      h("figure", null, h("figcaption", null, t("curve")), one),
      h("figure", null, h("figcaption", null, t("glass")), two),
      h("figure", null, h("figcaption", null, t("valley")), three)
    ),
    h("div", { class: "low" }, numbers, say)
  );
  if (data.error) root.append(h("div", { class: "dzl-body" }, h("div", { class: "dzl-say dzl-bad", role: "alert" }, t("error", { error: data.error }))));
  const bar = stepBar({
    count: data.steps.length,
    lang: ctx.lang,
    label: t("step"),
    interval: 260,
    valueText: (i) => t("says", {
      h: power(data.steps[i]?.h, 2),
      m: short(data.steps[i]?.[mode], 9),
      e: power(data.steps[i]?.[mode === "central" ? "ec" : "ef"], 2)
    }),
    onStep: draw
  });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => {
    bar.stop();
    unbind();
  };
});
export {
  secant_view_default as default
};
