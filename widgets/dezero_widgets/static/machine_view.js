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
function pick(text, lang) {
  if (text === null || text === void 0) return "";
  return typeof text === "string" ? text : text[lang];
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

// ts/strings/machine_view.ts
var MACHINE = strings({
  en: {
    title: "The machine and its slot",
    tag: "`{base}.__call__` is the machine; a subclass is only the formula in the slot",
    slot: "Formula in the slot",
    step: "Beat",
    open: "open",
    formula: "formula",
    wrap: "wrap",
    in: "box in",
    out: "box out",
    b0: "A box arrives: `{in}`. The machine is the same for every formula.",
    b1: "Open the box: take `{took}` out of `data`.",
    b2: "The formula in the slot works on the plain array: `{formula}`.",
    b3: "It gives `{gave}`.",
    b4: "The machine puts it into a new box: `{out}`.",
    empty: "Define a class with `Function` as its base, then run this cell again.",
    nothing: "nothing"
  },
  ko: {
    title: "기계와 공식을 끼우는 자리",
    tag: "기계는 `{base}.__call__`, 자식 클래스는 끼우는 공식일 뿐",
    slot: "끼운 공식",
    step: "박자",
    open: "열기",
    formula: "공식",
    wrap: "담기",
    in: "들어간 상자",
    out: "나온 상자",
    b0: "상자가 들어옵니다: `{in}`. 어떤 공식이든 기계는 같습니다.",
    b1: "상자를 열어 `data`에서 값을 꺼냅니다: `{took}`.",
    b2: "끼운 공식은 배열만 다룹니다: `{formula}`.",
    b3: "결과는 `{gave}`입니다.",
    b4: "기계가 새 상자에 담습니다: `{out}`.",
    empty: "`Function`을 기반으로 하는 클래스를 만든 뒤 이 셀을 다시 실행하세요.",
    nothing: "없음"
  }
});

// ts/machine_view.ts
var W = 900;
var H = 232;
var Y = 112;
var BEATS = 5;
var CSS = `${STEP_BAR_CSS}${CHOICE_CSS}
.dzl-machine-view{max-width:980px}
.dzl-machine-view svg{display:block;width:100%;height:auto;max-height:300px}
.dzl-machine-view svg text{font-size:13px}
.dzl-machine-view svg .muted{fill:var(--muted);font-size:12px}
.dzl-machine-view svg .mono{font-family:var(--mono)}
.dzl-machine-view .case{fill:var(--soft);stroke:var(--muted);stroke-width:2}
.dzl-machine-view .station{fill:var(--panel);stroke:var(--line);stroke-width:1.5}
.dzl-machine-view .station.on{stroke:var(--grad);stroke-width:3}
.dzl-machine-view .slot{fill:var(--gen);stroke:var(--funline);stroke-width:1.6;stroke-dasharray:6 4}
.dzl-machine-view .card{fill:var(--fun);stroke:var(--funline);stroke-width:2}
.dzl-machine-view .cardgroup{transition:transform .45s cubic-bezier(.2,.8,.3,1)}
.dzl-machine-view .belt{stroke:var(--wire);stroke-width:3}
.dzl-machine-view .thing{transition:transform .45s ease}
.dzl-machine-view .crate{fill:var(--var);stroke:var(--varline);stroke-width:2}
.dzl-machine-view .value{fill:var(--panel);stroke:var(--funline);stroke-width:1.8}
.dzl-machine-view .value.bad{stroke:var(--bad);stroke-dasharray:5 4;stroke-width:2.4}
.dzl-machine-view .dzl-say{margin:4px 14px 12px;min-height:40px}
.dzl-machine-view .dzl-say p+p{margin-top:4px}
`;
function told(seen, nothing) {
  if (!seen) return nothing;
  return seen.inner ? `${seen.type}(${seen.inner.type} ${seen.inner.text})` : `${seen.type} ${seen.text}`.trim();
}
var machine_view_default = widget("machine-view", CSS, (root, data, ctx) => {
  const t = translator(MACHINE, ctx.lang);
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const first = data.runs[0];
  if (!first) {
    fill(say, ...rich(t("empty")));
    root.append(h("div", { class: "dzl-head" }, h("b", null, t("title"))), h("div", { class: "dzl-body" }, say));
    ctx.el.dataset.step = "0";
    return;
  }
  let run = first;
  const station = (x, label) => {
    const box = svg("rect", { class: "station", x: x - 62, y: Y - 44, width: 124, height: 88, rx: 8 });
    scene.append(box, svg("text", { class: "muted", x, y: Y + 62, "text-anchor": "middle" }, label));
    return box;
  };
  const scene = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": t("title") });
  scene.append(
    svg("line", { class: "belt", x1: 24, x2: W - 24, y1: Y + 44, y2: Y + 44 }),
    svg("rect", { class: "case", x: 206, y: 30, width: 488, height: 166, rx: 16 }),
    svg("text", { x: 224, y: 52, "font-weight": 600 }, `${run.base}.__call__`)
  );
  const stations = [station(292, t("open")), station(450, t("formula")), station(608, t("wrap"))];
  scene.append(
    svg("text", { class: "muted", x: 92, y: Y + 66, "text-anchor": "middle" }, t("in")),
    svg("text", { class: "muted", x: 808, y: Y + 66, "text-anchor": "middle" }, t("out"))
  );
  const formula = svg("text", { class: "mono", x: 450, y: 54, "text-anchor": "middle" }), cardName = svg("text", { x: 450, y: 36, "text-anchor": "middle", "font-weight": 600 });
  const card = svg("g", { class: "cardgroup" }, svg("rect", { class: "card", x: 366, y: 14, width: 168, height: 52, rx: 8 }), cardName, formula);
  scene.append(svg("rect", { class: "slot", x: 360, y: 10, width: 180, height: 60, rx: 10 }), card);
  const thing = svg("g", { class: "thing" });
  scene.append(thing);
  const piece = (seen, boxed, bad) => {
    const inner = boxed ? seen?.inner ?? null : seen;
    const text = inner ? inner.text || inner.type : t("nothing");
    const out = [];
    if (boxed) {
      out.push(
        svg("path", { class: "crate", d: "M-60 -34h112v72h-112z M-60 -34l9 -8h112l-9 8z M52 -34l9 -8v72l-9 8z" }),
        svg("text", { x: -4, y: -17, "text-anchor": "middle", "font-weight": 600 }, seen?.type ?? "")
      );
    }
    out.push(
      svg("rect", { class: `value ${bad ? "bad" : ""}`, x: -48, y: -10, width: 88, height: 40, rx: 6 }),
      svg("text", { class: "mono", x: -4, y: 9, "text-anchor": "middle", "font-size": text.length > 9 ? 10 : 14 }, text.slice(0, 16)),
      svg("text", { class: "muted", x: -4, y: 24, "text-anchor": "middle", "font-size": 10.5 }, inner?.type ?? "")
    );
    return out;
  };
  function draw(beat) {
    const stages = [[run.into, 92], [run.took, 292], [run.took, 450], [run.gave, 450], [run.out, 808]];
    const [seen, x] = stages[beat];
    const boxed = seen?.inner != null;
    fill(thing, ...piece(seen, boxed, beat === 4 && !boxed || seen === null));
    thing.style.setProperty("transform", `translate(${x + 4}px,${Y}px)`);
    stations.forEach((s, i) => s.classList.toggle("on", i === 0 && beat === 1 || i === 1 && (beat === 2 || beat === 3) || i === 2 && beat === 4));
    const none = t("nothing");
    const values = { in: told(run.into, none), took: told(run.took, none), gave: told(run.gave, none), out: told(run.out, none), formula: run.formula };
    const text = t(["b0", "b1", "b2", "b3", "b4"][beat] ?? "b0", values);
    const bad = run.trouble !== null && (beat === 4 || run.into === null);
    say.className = `dzl-say${bad ? " dzl-bad" : ""}`;
    fill(say, h("p", null, ...rich(text)), bad ? h("p", null, ...rich(pick(run.trouble, ctx.lang))) : null);
    ctx.el.dataset.step = String(beat);
  }
  function slide(i) {
    run = data.runs[i] ?? first;
    fill(cardName, run.label);
    fill(formula, run.formula);
    formula.setAttribute("font-size", String(run.formula.length > 20 ? 10 : 13));
    card.style.setProperty("transition", "none");
    card.style.setProperty("transform", "translateY(-70px)");
    void card.getBoundingClientRect();
    card.style.removeProperty("transition");
    card.style.setProperty("transform", "translateY(0)");
  }
  const formulas = choice(t("slot"), data.runs.map((r) => r.label), (i) => {
    slide(i);
    draw(bar.at());
  });
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, ...rich(t("tag", { base: run.base }))), h("span", { class: "dzl-grow" }), formulas.el),
    scene,
    say
  );
  slide(0);
  const bar = stepBar({ count: BEATS, lang: ctx.lang, label: t("step"), valueText: (i) => `${i + 1} / 5`, onStep: draw, interval: 1300 });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => {
    bar.stop();
    unbind();
  };
});
export {
  machine_view_default as default
};
