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

// ts/strings/queue_view.ts
var QUEUE = strings({
  en: {
    title: "The work list",
    tag: "`{name}` in your `backward`",
    no_name: "your `backward`",
    step: "Step",
    empty: "empty",
    gen: "gen {n}",
    waits: "waiting, next to run is on the right",
    waits_front: "waiting, next to run is on the left",
    waits_heap: "waiting (a heap: the order on screen is its own)",
    runs: "runs now",
    history: "order of visits",
    push: "`{f}` is put into the list.",
    pop: "`{f}` is taken out of the list.",
    run: "`{f}.backward` runs.",
    again: "`{f}.backward` runs for the {n}th time. Nobody noticed it was already done.",
    refuse: "`{f}` is not put in again: it is already known.",
    none: "No work list was seen. Does your `backward` keep a list of functions?",
    finished: "The list is empty and the backward pass is over.",
    stopped: "It stopped: {error}",
    line: "line {n}"
  },
  ko: {
    title: "작업 목록",
    tag: "`backward` 안의 `{name}`",
    no_name: "내 `backward`",
    step: "단계",
    empty: "비어 있음",
    gen: "세대 {n}",
    waits: "기다리는 함수(오른쪽이 다음 차례)",
    waits_front: "기다리는 함수(왼쪽이 다음 차례)",
    waits_heap: "기다리는 함수(힙: 화면의 순서는 힙 내부의 순서)",
    runs: "지금 실행",
    history: "방문한 순서",
    push: "`{f}` 함수를 목록에 넣습니다.",
    pop: "`{f}` 함수를 목록에서 꺼냅니다.",
    run: "`{f}.backward`를 실행합니다.",
    again: "`{f}.backward`를 {n}번째로 실행합니다. 이미 끝난 함수라는 것을 아무도 알아채지 못했습니다.",
    refuse: "`{f}` 함수는 이미 만났으므로 다시 넣지 않습니다.",
    none: "작업 목록을 찾지 못했습니다. `backward`에 함수 목록이 있나요?",
    finished: "목록이 비었고 역전파가 끝났습니다.",
    stopped: "실행이 멈췄습니다: {error}",
    line: "{n}번째 줄"
  }
});

// ts/queue_view.ts
var CSS = `${STEP_BAR_CSS}
.dzl-queue-view{max-width:980px}
.dzl-queue-view .bench{display:grid;grid-template-columns:minmax(0,1fr) 210px;gap:16px;padding:14px 14px 6px}
@container (max-width:560px){.dzl-queue-view .bench{grid-template-columns:1fr}}
.dzl-queue-view .cap{font-size:12px;color:var(--muted);font-weight:600;margin-bottom:6px}
.dzl-queue-view .tray{display:flex;gap:7px;align-items:center;min-height:62px;border:1.6px solid var(--line);border-radius:9px;background:var(--gen);padding:10px;overflow-x:auto}
.dzl-queue-view .tray.end1{border-right:4px solid var(--grad)}.dzl-queue-view .tray.end0{border-left:4px solid var(--grad)}
.dzl-queue-view .dzl-chip{flex:none;font-size:13px;padding:6px 10px}
.dzl-queue-view .dzl-chip.in{border-color:var(--ok);background:var(--oksoft);animation:dzl-in .25s ease-out}
.dzl-queue-view .run{border:1.6px solid var(--grad);border-radius:9px;background:var(--gradsoft);min-height:62px;display:grid;place-items:center;font-weight:600;padding:8px}
.dzl-queue-view .run.idle{border-style:dashed;border-color:var(--line);background:none;color:var(--muted);font-weight:400}
.dzl-queue-view .run .twice{color:var(--bad)}
.dzl-queue-view .out{display:flex;gap:6px;flex-wrap:wrap;align-items:center;padding:4px 14px 6px;min-height:44px}
.dzl-queue-view .out .dzl-chip{font-size:12px;padding:3px 8px;background:var(--soft);border-color:var(--line)}
.dzl-queue-view .out .dzl-chip.twice{border-color:var(--bad);background:var(--badsoft)}
.dzl-queue-view .no{border-style:dashed;border-color:var(--bad);background:var(--badsoft);text-decoration:line-through}
.dzl-queue-view .dzl-say{margin:2px 14px 12px;min-height:60px}
.dzl-queue-view .code{color:var(--muted);font-size:12.5px;margin-top:3px}
@keyframes dzl-in{from{opacity:0;transform:translateX(14px)}to{opacity:1;transform:none}}
`;
var queue_view_default = widget("queue-view", CSS, (root, data, ctx) => {
  const t = translator(QUEUE, ctx.lang);
  const label = (f) => data.labels[f] ?? f;
  const head = h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, ...rich(data.name ? t("tag", { name: data.name }) : t("no_name"))));
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const seen = data.steps.some((s) => s.kind !== "run");
  if (data.steps.length === 0 || !seen) {
    fill(say, ...rich(data.error ? t("stopped", { error: data.error }) : t("none")));
    if (data.error) say.classList.add("dzl-bad");
    root.append(head, h("div", { class: "dzl-body" }, say));
    ctx.el.dataset.step = "0";
    if (data.steps.length === 0) return;
  }
  const front = data.steps.some((s) => s.kind === "pop" && s.end === 0 && s.items.length > 0) && !data.heap;
  const tray = h("div", { class: `tray ${data.heap ? "" : front ? "end0" : "end1"}` }), now = h("div", { class: "run idle" }), out = h("div", { class: "out" });
  function chip([f, gen], fresh) {
    return h("span", { class: `dzl-chip ${fresh ? "in" : ""}` }, label(f), gen === null ? null : h("i", null, t("gen", { n: gen })));
  }
  function draw(i) {
    const step = data.steps[i];
    if (!step) return;
    const done = data.steps.slice(0, i + 1).filter((s) => s.kind === "run");
    const fresh = step.kind === "push" ? step.items.map(([f]) => f).lastIndexOf(step.f) : -1;
    fill(
      tray,
      step.items.length === 0 ? h("span", { class: "dzl-tag" }, t("empty")) : null,
      ...step.items.map((item, k) => chip(item, k === fresh)),
      step.kind === "refuse" ? h("span", { class: "dzl-chip no" }, `${label(step.f)} ×`) : null
    );
    const last = done[done.length - 1];
    const busy = step.kind === "run" || step.kind !== "pop" && last !== void 0;
    const twice = last !== void 0 && (last.visit ?? 1) > 1;
    now.className = `run ${busy || step.kind === "pop" ? "" : "idle"}`;
    fill(now, step.kind === "pop" ? label(step.f) : last ? h("span", { class: twice ? "twice" : "" }, `${label(last.f)}${twice ? ` · ${last.visit}×` : ""}`) : "–");
    fill(out, h("span", { class: "dzl-tag" }, t("history")), ...done.map((s) => h("span", { class: `dzl-chip ${(s.visit ?? 1) > 1 ? "twice" : ""}` }, label(s.f))));
    const again = step.kind === "run" && (step.visit ?? 1) > 1;
    const text = again ? t("again", { f: label(step.f), n: step.visit ?? 2 }) : t(step.kind, { f: label(step.f) });
    const end = i === data.steps.length - 1 ? ` ${data.error ? t("stopped", { error: data.error }) : t("finished")}` : "";
    say.className = `dzl-say${again || end && data.error ? " dzl-bad" : ""}`;
    fill(say, h("div", null, ...rich(text + end)), step.code ? h("div", { class: "code" }, `${t("line", { n: step.line ?? 0 })}  `, h("code", null, step.code)) : null);
    ctx.el.dataset.step = String(i);
  }
  if (seen) root.append(head);
  root.append(
    h(
      "div",
      { class: "bench" },
      h("div", null, h("div", { class: "cap" }, t(data.heap ? "waits_heap" : front ? "waits_front" : "waits")), tray),
      h("div", null, h("div", { class: "cap" }, t("runs")), now)
    ),
    out,
    seen ? say : ""
  );
  const bar = stepBar({
    count: data.steps.length,
    lang: ctx.lang,
    label: t("step"),
    onStep: draw,
    interval: 900,
    valueText: (i) => {
      const s = data.steps[i];
      return s ? t(s.kind, { f: label(s.f) }).replaceAll("`", "") : "";
    }
  });
  root.append(bar.el);
  const unbind = bindKeys(root, bar.keys);
  return () => {
    bar.stop();
    unbind();
  };
});
export {
  queue_view_default as default
};
