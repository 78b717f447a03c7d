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

// ts/strings/order_view.ts
var ORDER = strings({
  en: {
    title: "In which order?",
    tag: "drag the cards, or move them with ← →",
    calls: "backward is called in this order",
    run: "Run backward",
    again: "Take back",
    earlier: "Call {f} earlier",
    later: "Call {f} later",
    seed: "`{y}.grad` is 1 before the first call. Put the cards in order, then run.",
    step: "{n}. `{f}.backward({gy})` gives {gx}. It goes to `{v}.grad`.",
    none: "{n}. `{f}.backward(None)`: nothing has arrived at `{v}` yet. {error}",
    stopped: "It stops here. Which function has to be called first?",
    failed: "{n}. `{f}.backward({gy})` stopped. {error}",
    nothing: "{n}. `{f}.backward({gy})` gave None.",
    done: "`{x}.grad` is {v}: this order works.",
    only: "From the output to the input: each call finds what the one before has left.",
    grad: "grad",
    card: "{f}, number {n} of {total}",
    error: "The forward pass stopped: {error}",
    empty: "Define functions with `backward` first, then run this cell again."
  },
  ko: {
    title: "어떤 순서로?",
    tag: "카드를 끌거나 ← →로 옮기세요",
    calls: "이 순서로 backward를 호출합니다",
    run: "역전파 실행",
    again: "되돌리기",
    earlier: "{f} 함수를 더 먼저 호출",
    later: "{f} 함수를 더 나중에 호출",
    seed: "첫 호출 전 `{y}.grad`는 1입니다. 카드를 순서대로 놓고 실행하세요.",
    step: "{n}. `{f}.backward({gy})`의 결과는 {gx}. `{v}.grad`에 넣습니다.",
    none: "{n}. `{f}.backward(None)`: `{v}`에 아직 아무것도 오지 않았습니다. {error}",
    stopped: "여기서 멈춥니다. 어떤 함수를 먼저 불러야 할까요?",
    failed: "{n}. `{f}.backward({gy})`에서 멈췄습니다. {error}",
    nothing: "{n}. `{f}.backward({gy})`의 결과가 None입니다.",
    done: "`{x}.grad`의 값은 {v}입니다. 이 순서면 됩니다.",
    only: "출력에서 입력 쪽으로 차례로 부르면, 앞의 호출이 남긴 값을 다음 호출이 씁니다.",
    grad: "grad",
    card: "{f}, {total}개 중 {n}번째",
    error: "순전파가 멈췄습니다: {error}",
    empty: "`backward`가 있는 함수를 먼저 만든 뒤 이 셀을 다시 실행하세요."
  }
});

// ts/order_view.ts
var CSS = `
.dzl-order-view{max-width:1000px}
.dzl-order-view .chain{display:flex;align-items:center;padding:34px 16px 14px;overflow-x:auto}
.dzl-order-view .wire{position:relative;flex:0 0 74px;min-height:50px;border:1.6px solid var(--varline);background:var(--var);border-radius:25px;text-align:center;font-size:13px;line-height:17px;padding:8px 4px}
.dzl-order-view .wire b{display:block}
.dzl-order-view .shelf{position:absolute;left:-24px;right:-24px;top:-25px;font-size:12.5px;font-weight:600;color:var(--grad);white-space:nowrap}
.dzl-order-view .wire.has{border-color:var(--grad);border-width:3px}
.dzl-order-view .wire.none{border-color:var(--bad);border-style:dashed;border-width:3px}
.dzl-order-view .wire.none .shelf{color:var(--bad)}
.dzl-order-view .fn{flex:1 1 90px;min-width:86px;text-align:center;position:relative}
.dzl-order-view .fn::before{content:"";position:absolute;left:0;right:0;top:50%;border-top:2px solid var(--wire)}
.dzl-order-view .fn i{font-style:normal;position:relative;display:inline-block;border:1.6px solid var(--funline);background:var(--fun);border-radius:6px;padding:6px 10px;font-size:13px}
.dzl-order-view .fn.ok i{border-color:var(--grad);background:var(--gradsoft)}
.dzl-order-view .fn.bad i{border:2px dashed var(--bad);background:var(--badsoft)}
.dzl-order-view .cap{font-size:12px;color:var(--muted);font-weight:600;padding:4px 16px 6px}
.dzl-order-view ol{display:flex;gap:10px;list-style:none;padding:0 16px 10px;margin:0;flex-wrap:wrap}
.dzl-order-view li{display:flex;align-items:center;gap:6px;border:1.6px solid var(--funline);background:var(--fun);border-radius:8px;padding:6px 8px;cursor:grab;font-size:13px;transition:transform .15s}
.dzl-order-view li b{min-width:18px;color:var(--muted);text-align:right}
.dzl-order-view li.over{outline:2px dashed var(--grad);outline-offset:2px}
.dzl-order-view .dzl-say{margin:2px 16px 12px;min-height:108px}
.dzl-order-view .foot{display:flex;gap:8px;border-top:1px solid var(--line);padding:9px 16px}
`;
var order_view_default = widget("order-view", CSS, (root, data, ctx) => {
  const t = translator(ORDER, ctx.lang);
  const n = data.functions.length;
  const say = h("div", { class: "dzl-say", "aria-live": "polite" });
  const head = h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, t("tag")));
  if (data.error || n === 0) {
    fill(say, ...rich(data.error ? t("error", { error: data.error }) : t("empty")));
    say.classList.toggle("dzl-bad", data.error !== null);
    root.append(head, h("div", { class: "dzl-body" }, say));
    ctx.el.dataset.step = "0";
    return;
  }
  const label = (i) => {
    const name = data.functions[i] ?? "";
    return data.functions.filter((f) => f === name).length > 1 ? `${name} → ${data.wires[i + 1]?.[0] ?? ""}` : name;
  };
  let order = data.functions.map((_, i) => i);
  let shown = 0;
  let timer;
  const shelves = data.wires.map(() => h("span", { class: "shelf" }));
  const wires = data.wires.map(([name, value], i) => h("div", { class: "wire" }, h("b", null, name), value, shelves[i]));
  const boxes = data.functions.map((name) => h("div", { class: "fn" }, h("i", null, name)));
  const cards = h("ol");
  const run = h("button", { type: "button", class: "dzl-btn dzl-primary", onClick: () => play() }, `▶ ${t("run")}`);
  const back = h("button", { type: "button", class: "dzl-btn", onClick: () => {
    halt();
    shown = 0;
    draw();
  } }, t("again"));
  const steps = () => data.orders[order.join(",")] ?? [];
  function halt() {
    window.clearInterval(timer);
    timer = void 0;
  }
  function play() {
    halt();
    shown = 0;
    const total = steps().length;
    const next = () => {
      shown += 1;
      draw();
      if (shown >= total) halt();
    };
    next();
    if (shown < total) {
      if (reducedMotion()) {
        shown = total;
        draw();
      } else timer = window.setInterval(next, 900);
    }
  }
  function swap(from, to) {
    if (to < 0 || to >= n || from === to) return;
    halt();
    const [one] = order.splice(from, 1);
    order.splice(to, 0, one);
    shown = 0;
    deal(to);
    draw();
  }
  function deal(focus = -1) {
    fill(cards, ...order.map((f, place) => {
      const move = (to, key, sign) => h("button", {
        type: "button",
        class: "dzl-btn",
        "aria-label": t(key, { f: label(f) }),
        title: t(key, { f: label(f) }),
        disabled: to < 0 || to >= n,
        onClick: () => swap(place, to)
      }, sign);
      return h("li", {
        draggable: "true",
        tabindex: "0",
        "aria-label": t("card", { f: label(f), n: place + 1, total: n }),
        onDragstart: (event) => event.dataTransfer?.setData("text/x-dzl", String(place)),
        onDragover: (event) => {
          event.preventDefault();
          event.currentTarget.classList.add("over");
        },
        onDragleave: (event) => event.currentTarget.classList.remove("over"),
        onDrop: (event) => {
          event.preventDefault();
          swap(Number(event.dataTransfer?.getData("text/x-dzl") || "-1"), place);
        },
        onKeydown: (event) => {
          const to = event.key === "ArrowLeft" ? place - 1 : event.key === "ArrowRight" ? place + 1 : null;
          if (to === null || event.target !== event.currentTarget) return;
          event.preventDefault();
          event.stopPropagation();
          swap(place, to);
        }
      }, h("b", null, `${place + 1}.`), label(f), move(place - 1, "earlier", "◀"), move(place + 1, "later", "▶"));
    }));
    if (focus >= 0) cards.children[focus]?.focus();
  }
  function draw() {
    const seen = steps().slice(0, shown);
    const grads = /* @__PURE__ */ new Map([[n, data.seed]]);
    wires.forEach((w) => w.classList.remove("none"));
    boxes.forEach((b) => {
      b.className = "fn";
    });
    const lines = [];
    let bad = false;
    seen.forEach((s, i) => {
      const name = data.functions[s.f] ?? "", into = data.wires[s.f]?.[0] ?? "", from = data.wires[s.f + 1]?.[0] ?? "";
      const ok = s.gx !== null;
      boxes[s.f]?.classList.add(ok ? "ok" : "bad");
      const values = { n: i + 1, f: name, gy: s.gy ?? "None", gx: s.gx ?? "None", v: ok ? into : from, error: s.error ?? "" };
      if (ok) grads.set(s.f, s.gx ?? "");
      if (s.gy === null) wires[s.f + 1]?.classList.add("none");
      if (!ok) bad = true;
      lines.push(rich(t(ok ? "step" : s.gy === null ? "none" : s.error ? "failed" : "nothing", values)));
    });
    wires.forEach((w, i) => {
      const has = grads.has(i);
      w.classList.toggle("has", has);
      fill(shelves[i], has ? `${t("grad")} ${grads.get(i)}` : w.classList.contains("none") ? `${t("grad")} None ✗` : "");
    });
    if (shown === 0) lines.push(rich(t("seed", { y: data.wires[n]?.[0] ?? "y" })));
    else if (bad) lines.push(rich(t("stopped")));
    else if (shown === n) lines.push(rich(`${t("done", { x: data.wires[0]?.[0] ?? "x", v: grads.get(0) ?? "" })} ${t("only")}`));
    say.className = `dzl-say${bad ? " dzl-bad" : shown === n ? " dzl-ok" : ""}`;
    fill(say, ...lines.map((line) => h("div", null, ...line)));
    back.disabled = shown === 0;
    ctx.el.dataset.step = String(shown);
    ctx.el.dataset.order = order.join(",");
  }
  root.append(
    head,
    h("div", { class: "chain" }, ...wires.flatMap((w, i) => [w, ...boxes[i] ? [boxes[i]] : []])),
    h("div", { class: "cap" }, t("calls")),
    cards,
    say,
    h("div", { class: "foot" }, run, back)
  );
  deal();
  draw();
  const unbind = bindKeys(root, {});
  return () => {
    halt();
    unbind();
  };
});
export {
  order_view_default as default
};
