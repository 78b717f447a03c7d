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

// ts/strings/engine_wall.ts
var WALL = strings({
  en: {
    title: "Eight engines",
    tag: "your tests against one right engine and seven with a planted fault",
    engine: "engine",
    aim: "aim: exactly one green lamp",
    green: "passes",
    red: "rejected",
    off: "no tests",
    again: "Light the lamps again",
    test: "test",
    right: "the right one",
    show: "Show the faults that survived",
    hide: "Hide them"
  },
  ko: {
    title: "엔진 여덟 개",
    tag: "올바른 엔진 하나와 결함을 심은 엔진 일곱 개에 돌린 내 테스트",
    engine: "엔진",
    aim: "목표: 초록 램프는 정확히 하나",
    green: "통과",
    red: "거부",
    off: "테스트 없음",
    again: "램프 다시 켜기",
    test: "테스트",
    right: "올바른 엔진",
    show: "살아남은 결함 보기",
    hide: "숨기기"
  }
});

// ts/engine_wall.ts
var CSS = `
.dzl-engine-wall{max-width:980px}
.dzl-engine-wall .wall{display:grid;grid-template-columns:repeat(8,1fr);gap:10px;padding:16px 14px 10px}
@container (max-width:620px){.dzl-engine-wall .wall{grid-template-columns:repeat(4,1fr)}}
.dzl-engine-wall .engine{border:1.6px solid var(--line);border-radius:10px;background:var(--soft);padding:12px 4px 9px;text-align:center;font-size:12.5px;line-height:17px}
.dzl-engine-wall .lamp{width:40px;height:40px;border-radius:50%;border:2.5px solid var(--line);background:var(--gen);margin:0 auto 8px;display:grid;place-items:center;font-size:19px;font-weight:700;color:transparent;transition:background .25s,box-shadow .25s,border-color .25s}
.dzl-engine-wall .green .lamp{background:var(--oksoft);border-color:var(--ok);color:var(--ok);box-shadow:0 0 14px color-mix(in srgb,var(--ok) 55%,transparent)}
.dzl-engine-wall .red .lamp{background:var(--badsoft);border-color:var(--bad);color:var(--bad);border-style:double;border-width:5px}
.dzl-engine-wall .engine b{display:block}.dzl-engine-wall .engine span{color:var(--muted)}
.dzl-engine-wall .engine.survivor{border-color:var(--varline);background:var(--var)}
.dzl-engine-wall .engine.home{border-color:var(--ok)}
.dzl-engine-wall .dzl-say{margin:4px 14px 10px}
.dzl-engine-wall .tablewrap{overflow-x:auto;padding:0 14px 12px}
.dzl-engine-wall table{width:100%}
.dzl-engine-wall th,.dzl-engine-wall td{text-align:center!important;padding-right:0!important}
.dzl-engine-wall th:first-child,.dzl-engine-wall td:first-child{text-align:left!important;padding-right:14px!important}
.dzl-engine-wall .no{color:var(--bad);font-weight:700}.dzl-engine-wall .yes{color:var(--ok)}
.dzl-engine-wall ul{padding:0 14px 12px 34px}
`;
var engine_wall_default = widget("engine-wall", CSS, (root, data, ctx) => {
  const t = translator(WALL, ctx.lang);
  const timers = [];
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const cards = data.engines.map((_, i) => h(
    "div",
    { class: "engine", role: "listitem" },
    h("div", { class: "lamp", "aria-hidden": "true" }),
    h("b", null, `${t("engine")} ${i + 1}`),
    h("span", null, " ")
  ));
  const survivors = data.engines.filter((e) => !e.right && e.lamp === "green");
  const again = h("button", { type: "button", class: "dzl-btn", onClick: () => light(true) }, t("again"));
  function face(i) {
    const engine = data.engines[i], card = cards[i];
    if (!engine || !card) return;
    const kind = engine.right ? "home" : engine.lamp === "green" ? "survivor" : "";
    card.className = `engine ${engine.lamp} ${kind}`;
    fill(card.querySelector(".lamp"), engine.lamp === "green" ? "✓" : engine.lamp === "red" ? "✗" : "");
    fill(card.querySelector("span"), t(engine.lamp));
    card.title = engine.right ? t("right") : engine.lamp === "red" ? pick(engine.fault, ctx.lang) : "";
    ctx.el.dataset.step = String(i + 1);
  }
  function finish() {
    const good = survivors.length === 0 && data.engines.some((e) => e.right && e.lamp === "green");
    say.className = `dzl-say ${good ? "dzl-ok" : "dzl-bad"}`;
    fill(say, ...rich(pick(data.say, ctx.lang)));
  }
  function light(slowly) {
    for (const timer of timers.splice(0)) window.clearTimeout(timer);
    if (!slowly || reducedMotion()) {
      cards.forEach((_, i) => face(i));
      finish();
      return;
    }
    cards.forEach((card, i) => {
      card.className = "engine";
      fill(card.querySelector(".lamp"));
      fill(card.querySelector("span"), " ");
      timers.push(window.setTimeout(() => face(i), 160 * (i + 1)));
    });
    fill(say, t("aim"));
    say.className = "dzl-say";
    timers.push(window.setTimeout(finish, 160 * (cards.length + 1)));
  }
  root.append(h(
    "div",
    { class: "dzl-head" },
    h("b", null, t("title")),
    h("span", { class: "dzl-tag" }, t("tag")),
    h("span", { class: "dzl-grow" }),
    data.engines.length ? again : null
  ));
  if (data.engines.length) root.append(h("div", { class: "wall", role: "list" }, ...cards));
  root.append(say);
  if (data.tests.length) {
    root.append(h("div", { class: "tablewrap" }, h(
      "table",
      { class: "dzl-table" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("test")), ...data.engines.map((_, i) => h("th", { scope: "col" }, String(i + 1))))),
      h("tbody", null, ...data.tests.map((name, row) => h(
        "tr",
        null,
        h("td", null, h("code", null, name)),
        ...data.engines.map((e) => h("td", { class: e.results[row] ? "yes" : "no", title: e.why[row] ?? "" }, e.results[row] ? "✓" : "✗"))
      )))
    )));
  }
  if (survivors.length) {
    const list = h("ul", { hidden: true }, ...survivors.map((e) => h("li", null, `${t("engine")} ${data.engines.indexOf(e) + 1}: ${pick(e.fault, ctx.lang)}`)));
    const toggle = h("button", { type: "button", class: "dzl-btn", "aria-expanded": "false", onClick: () => {
      list.hidden = !list.hidden;
      toggle.setAttribute("aria-expanded", String(!list.hidden));
      toggle.textContent = t(list.hidden ? "show" : "hide");
    } }, t("show"));
    root.append(h("div", { style: { padding: "0 14px 10px" } }, toggle), list);
  }
  light(true);
  const unbind = bindKeys(root, {});
  return () => {
    for (const timer of timers) window.clearTimeout(timer);
    unbind();
  };
});
export {
  engine_wall_default as default
};
