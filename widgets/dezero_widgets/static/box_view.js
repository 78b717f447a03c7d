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
var counter = 0;
function uid(prefix = "dzl") {
  counter += 1;
  return `${prefix}-${counter}-${Math.random().toString(36).slice(2, 7)}`;
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

// ts/strings/box_view.ts
var BOXES = strings({
  en: {
    title: "Names, boxes, arrays",
    play: "click a statement, or drag it onto the picture",
    snap: "your objects, as they are now",
    names: "names",
    boxes: "boxes",
    arrays: "arrays",
    undo: "Undo",
    reset: "Start again",
    apply: "Run {code}",
    start: "`a` and the box that `x` names hold the very same array.",
    nothing: "Nothing changed.",
    unknown: "not defined yet",
    stopped: "It stopped: {error}",
    alias: "`{a}` and `{b}` are two names of one box. No second box was made.",
    named: "`{name}` now names {what}.",
    new_array: "another array; everything else still points at the old one",
    new_box: "a new box",
    array: "this array",
    refilled: "The box stayed where it was; its `data` now points at another array.",
    in_place: "The array itself changed. All who point at it see {text}: {who}.",
    in_place_one: "The array itself changed to {text}.",
    limit: "Four statements are enough for one story. Undo one, or start again.",
    done: "run so far",
    snapshot: "Snapshot",
    shared: "`{a}` and `{b}` share one array.",
    apart: "Every name has its own.",
    waiting: "Not there yet: {names}."
  },
  ko: {
    title: "이름, 상자, 배열",
    play: "문장을 누르거나 그림 위로 끌어 보세요",
    snap: "지금 내 객체의 모습",
    names: "이름",
    boxes: "상자",
    arrays: "배열",
    undo: "되돌리기",
    reset: "처음부터",
    apply: "{code} 실행",
    start: "`a`와 `x`의 상자가 똑같은 배열 하나를 가리킵니다.",
    nothing: "바뀐 것이 없습니다.",
    unknown: "아직 없는 이름",
    stopped: "실행이 멈췄습니다: {error}",
    alias: "`{a}`와 `{b}`는 한 상자의 두 이름입니다. 상자가 새로 생기지 않았습니다.",
    named: "이제 이름 `{name}`의 대상: {what}.",
    new_array: "다른 배열. 나머지는 예전 배열을 그대로 가리킵니다",
    new_box: "새 상자",
    array: "이 배열",
    refilled: "상자는 그대로이고, `data`가 다른 배열을 가리킵니다.",
    in_place: "배열 자체가 바뀌었습니다: {text}. 이 배열을 가리키는 모두에게 보입니다: {who}.",
    in_place_one: "배열 자체가 바뀌었습니다: {text}.",
    limit: "이야기 하나에 문장 네 개면 충분합니다. 되돌리거나 처음부터 시작하세요.",
    done: "지금까지 실행",
    snapshot: "스냅샷",
    shared: "`{a}`와 `{b}`는 배열 하나를 함께 씁니다.",
    apart: "이름마다 자기 것이 따로 있습니다.",
    waiting: "아직 없는 이름: {names}."
  }
});

// ts/box_view.ts
var NAME_X = 24;
var NAME_W = 66;
var BOX_X = 250;
var BOX_W = 190;
var ARR_X = 580;
var ARR_W = 190;
var ROW = 78;
var TOP = 44;
var W = 800;
var CSS = `${STEP_BAR_CSS}
.dzl-box-view{max-width:980px}
.dzl-box-view svg.scene{display:block;width:100%;height:auto;max-height:420px}
.dzl-box-view svg text{font-size:14px}
.dzl-box-view svg .col{font-size:12px;fill:var(--muted);font-weight:600}
.dzl-box-view svg .mono{font-family:var(--mono)}
.dzl-box-view svg .small{font-size:11.5px;fill:var(--muted)}
.dzl-box-view .tag{fill:var(--soft);stroke:var(--muted);stroke-width:1.4}
.dzl-box-view .crate{fill:var(--var);stroke:var(--varline);stroke-width:1.8}
.dzl-box-view .shelf{fill:var(--panel);stroke:var(--varline);stroke-width:1.2}
.dzl-box-view .cells{fill:var(--fun);stroke:var(--funline);stroke-width:1.8}
.dzl-box-view .arrow{fill:none;stroke:var(--muted);stroke-width:1.8}
.dzl-box-view .arrow.new{stroke:var(--grad);stroke-width:2.8;stroke-dasharray:7 5}
.dzl-box-view .head{fill:var(--muted)}.dzl-box-view .head.new{fill:var(--grad)}
.dzl-box-view .changed{stroke:var(--grad);stroke-width:3}
.dzl-box-view .enter{animation:dzl-enter .35s ease-out}
@keyframes dzl-enter{from{opacity:0}to{opacity:1}}
.dzl-box-view .lines{display:flex;gap:8px;flex-wrap:wrap;align-items:center;padding:10px 14px}
.dzl-box-view .lines .dzl-btn{font-family:var(--mono);font-size:13px;padding:5px 11px;border-color:var(--funline)}
.dzl-box-view .lines .dzl-btn[draggable]{cursor:grab}
.dzl-box-view .ran{display:flex;gap:6px;flex-wrap:wrap;padding:9px 14px 0;color:var(--muted);font-size:12.5px;align-items:baseline;min-height:30px}
.dzl-box-view .ran code{background:var(--soft);border:1px solid var(--line);border-radius:5px;padding:1px 7px;color:var(--ink)}
.dzl-box-view .ran code.last{border-color:var(--grad)}
.dzl-box-view .dzl-say{margin:4px 14px 10px;min-height:40px}
.dzl-box-view .over{background:var(--gen)}
`;
function place(states) {
  let rows = /* @__PURE__ */ new Map();
  for (const state of states) {
    const here = /* @__PURE__ */ new Set([...Object.keys(state.boxes), ...Object.keys(state.things)]);
    const kept = new Map([...rows].filter(([token]) => here.has(token)));
    const put = (token, wish) => {
      if (token === null || kept.has(token)) return;
      const taken = new Set([...kept].filter(([t]) => t in state.boxes === token in state.boxes).map(([, r]) => r));
      let row = wish;
      while (taken.has(row)) row += 1;
      kept.set(token, row);
    };
    state.names.forEach(([, token], i) => put(token, i));
    state.names.forEach(([, token], i) => {
      if (token && state.boxes[token]) put(state.boxes[token].data, i);
    });
    rows = kept;
  }
  return rows;
}
function users(state, memory) {
  const leads = (token) => token !== null && state.things[token]?.memory === memory;
  return state.names.flatMap(([name, token]) => leads(token) ? [name] : token && state.boxes[token] && leads(state.boxes[token].data) ? [`${name}.data`] : []);
}
var box_view_default = widget("box-view", CSS, (root, data, ctx) => {
  const t = translator(BOXES, ctx.lang);
  let path = [0];
  let chosen = [];
  const marker = uid("arrow");
  const scene = svg("svg", { class: "scene", role: "img", viewBox: `0 0 ${W} 260` });
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const ran = h("div", { class: "ran" });
  const stage = h("div", { class: "stage" }, scene);
  function explain(now, before, code) {
    if (now.error) return t("stopped", { error: now.error });
    if (!before) {
      if (data.mode === "play") return t("start");
      return relation(now.state);
    }
    const [a, b] = [before.state, now.state];
    const said = [];
    for (const [name, token] of b.names) {
      const old = a.names.find(([n]) => n === name)?.[1];
      if (token === null || old === token) continue;
      const twin = b.names.find(([n, target]) => n !== name && target === token);
      if (twin && b.boxes[token]) said.push(t("alias", { a: name, b: twin[0] }));
      else said.push(t("named", { name, what: b.boxes[token] ? t("new_box") : old ? t("new_array") : t("array") }));
    }
    for (const [token, box] of Object.entries(b.boxes)) {
      if (a.boxes[token] && a.boxes[token].data !== box.data) said.push(t("refilled"));
    }
    for (const [token, thing] of Object.entries(b.things)) {
      if (a.things[token] && a.things[token].text !== thing.text) {
        const who = users(b, thing.memory);
        said.push(t(who.length > 1 ? "in_place" : "in_place_one", { text: thing.text, who: who.map((w) => `\`${w}\``).join(", ") }));
      }
    }
    return said.join(" ") || (code === null ? relation(b) : t("nothing"));
  }
  function relation(state) {
    for (const thing of Object.values(state.things)) {
      const who = users(state, thing.memory);
      if (who.length > 1 && who[0] && who[1]) return t("shared", { a: who[0], b: who[1] });
    }
    const waiting = state.names.filter(([, held]) => held === null).map(([name]) => `\`${name}\``);
    return waiting.length > 0 ? t("waiting", { names: waiting.join(", ") }) : t("apart");
  }
  function draw(states, code) {
    const now = states[states.length - 1], before = states.length > 1 ? states[states.length - 2] : null;
    const rows = place(states.map((s) => s.state));
    const state = now.state, old = before?.state;
    const count = Math.max(2, state.names.length, ...[...rows.values()].map((r) => r + 1));
    const high = TOP + count * ROW;
    scene.setAttribute("viewBox", `0 0 ${W} ${high}`);
    const y = (row) => TOP + row * ROW + ROW / 2;
    const boxY = (token) => y(rows.get(token) ?? 0), arrY = boxY;
    const parts = [svg("defs", null, ...["", "new"].map((kind) => svg("marker", {
      id: `${marker}${kind}`,
      viewBox: "0 0 8 8",
      refX: 7,
      refY: 4,
      markerWidth: 7,
      markerHeight: 7,
      orient: "auto",
      markerUnits: "userSpaceOnUse"
    }, svg("path", { d: "M0 0L8 4L0 8z", class: `head ${kind}` }))))];
    for (const [x, key] of [[NAME_X, "names"], [BOX_X, "boxes"], [ARR_X, "arrays"]]) {
      parts.push(svg("text", { class: "col", x, y: 24 }, t(key)));
    }
    const arrow = (x1, y1, x2, y2, fresh) => {
      const mid = (x2 - x1) / 2;
      const kind = fresh ? "new" : "";
      parts.push(svg("path", { class: `arrow ${kind}`, d: `M${x1} ${y1}C${x1 + mid} ${y1} ${x2 - mid} ${y2} ${x2} ${y2}`, "marker-end": `url(#${marker}${kind})` }));
    };
    state.names.forEach(([name, token], i) => {
      const was = old?.names.find(([n]) => n === name)?.[1];
      if (token === null) {
        parts.push(svg("text", { class: "small", x: NAME_X + NAME_W + 12, y: y(i) + 5 }, t("unknown")));
      } else if (state.boxes[token]) {
        arrow(NAME_X + NAME_W, y(i), BOX_X - 3, boxY(token) - 8, old !== void 0 && was !== token);
      } else {
        arrow(NAME_X + NAME_W, y(i), ARR_X - 3, arrY(token) - 14, old !== void 0 && was !== token);
      }
    });
    for (const [token, box] of Object.entries(state.boxes)) {
      if (box.data) arrow(BOX_X + BOX_W - 12, boxY(token) + 10, ARR_X - 3, arrY(box.data) + (boxY(token) === arrY(box.data) ? 8 : 4), old !== void 0 && old.boxes[token]?.data !== box.data);
    }
    state.names.forEach(([name], i) => parts.push(
      svg("path", { class: "tag", d: `M${NAME_X} ${y(i) - 17}h${NAME_W - 14}l14 17l-14 17h${14 - NAME_W}z` }),
      svg("text", { class: "mono", x: NAME_X + NAME_W / 2 - 4, y: y(i) + 5, "text-anchor": "middle", "font-weight": 600 }, name)
    ));
    for (const [token, box] of Object.entries(state.boxes)) {
      const top = boxY(token) - 31;
      const fresh = old !== void 0 && !(token in old.boxes);
      parts.push(svg(
        "g",
        { class: fresh ? "enter" : "" },
        svg("path", { class: `crate ${fresh ? "changed" : ""}`, d: `M${BOX_X} ${top}h${BOX_W}v62h${-BOX_W}z` }),
        svg("path", { class: "crate", fill: "none", d: `M${BOX_X} ${top}l12 -9h${BOX_W}l-12 9z M${BOX_X + BOX_W} ${top}l12 -9v62l-12 9z` }),
        svg("text", { x: BOX_X + 12, y: top + 21, "font-weight": 600 }, box.type),
        svg("rect", { class: "shelf", x: BOX_X + 12, y: top + 31, width: BOX_W - 24, height: 23, rx: 4 }),
        svg("text", { class: "mono", x: BOX_X + 22, y: top + 47, "font-size": 13 }, "data"),
        box.data === null ? svg("text", { class: "small", x: BOX_X + 74, y: top + 47 }, "None") : svg("circle", { cx: BOX_X + BOX_W - 24, cy: top + 42, r: 4, fill: "var(--varline)" })
      ));
    }
    for (const [token, thing] of Object.entries(state.things)) {
      const wrote = old?.things[token] !== void 0 && old.things[token]?.text !== thing.text;
      const fresh = old !== void 0 && !(token in old.things);
      parts.push(svg(
        "g",
        { class: wrote || fresh ? "enter" : "" },
        svg("rect", { class: `cells ${wrote || fresh ? "changed" : ""}`, x: ARR_X, y: arrY(token) - 27, width: ARR_W, height: 54, rx: 6 }),
        svg("text", { class: "mono", x: ARR_X + ARR_W / 2, y: arrY(token) + 1, "text-anchor": "middle", "font-size": thing.text.length > 16 ? 12 : 17, "font-weight": 600 }, thing.text),
        svg(
          "text",
          { class: "small", x: ARR_X + ARR_W / 2, y: arrY(token) + 19, "text-anchor": "middle" },
          thing.memory === token ? thing.type : `${thing.type} · ${thing.memory}`
        )
      ));
    }
    fill(scene, ...parts);
    const text = explain(now, before, code);
    say.className = `dzl-say${now.error ? " dzl-bad" : ""}`;
    fill(say, ...rich(text));
    scene.setAttribute("aria-label", text.replaceAll("`", ""));
    ctx.el.dataset.step = String(states.length - 1);
  }
  if (data.mode === "snapshot") {
    root.append(h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("snap"))), stage, say);
    let bar;
    if (data.states.length > 1) {
      bar = stepBar({
        count: data.states.length,
        start: data.states.length - 1,
        lang: ctx.lang,
        label: t("snapshot"),
        valueText: (i) => `${t("snapshot")} ${i + 1}`,
        onStep: (i) => draw(data.states.slice(0, i + 1), null)
      });
      root.append(bar.el);
    } else draw(data.states, null);
    const unbind = bindKeys(root, bar?.keys ?? {});
    return () => {
      bar?.stop();
      unbind();
    };
  }
  const chips = data.statements.map((code, i) => h("button", {
    type: "button",
    class: "dzl-btn",
    draggable: "true",
    "aria-label": t("apply", { code }),
    onClick: () => run(i),
    onDragstart: (event) => event.dataTransfer?.setData("text/x-dzl", String(i))
  }, code));
  const undo = h("button", { type: "button", class: "dzl-btn", onClick: () => {
    path.pop();
    chosen.pop();
    refresh();
  } }, t("undo"));
  const reset = h("button", { type: "button", class: "dzl-btn", onClick: () => {
    path = [0];
    chosen = [];
    refresh();
  } }, t("reset"));
  stage.addEventListener("dragover", (event) => {
    event.preventDefault();
    stage.classList.add("over");
  });
  stage.addEventListener("dragleave", () => stage.classList.remove("over"));
  stage.addEventListener("drop", (event) => {
    event.preventDefault();
    stage.classList.remove("over");
    const i = Number(event.dataTransfer?.getData("text/x-dzl") || "-1");
    if (data.statements[i] !== void 0) run(i);
  });
  const current = () => data.states[path[path.length - 1] ?? 0];
  function run(i) {
    const next = current().next[i];
    if (next === null || next === void 0) return;
    path.push(next);
    chosen.push(i);
    refresh();
  }
  function refresh() {
    const over = current().next.every((n) => n === null);
    for (const chip of chips) chip.disabled = over;
    undo.disabled = reset.disabled = chosen.length === 0;
    fill(
      ran,
      h("span", null, t("done")),
      ...data.start.map((code) => h("code", null, code)),
      ...chosen.map((i, k) => h("code", { class: k === chosen.length - 1 ? "last" : "" }, data.statements[i] ?? ""))
    );
    draw(path.map((i) => data.states[i]), chosen.length ? data.statements[chosen[chosen.length - 1] ?? 0] ?? null : null);
    if (over && !current().error) say.append(" ", t("limit"));
  }
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("play")), h("span", { class: "dzl-grow" }), undo, reset),
    ran,
    stage,
    say,
    h("div", { class: "lines" }, ...chips)
  );
  refresh();
  return bindKeys(root, { Backspace: () => {
    if (chosen.length) undo.click();
  } });
});
export {
  box_view_default as default
};
