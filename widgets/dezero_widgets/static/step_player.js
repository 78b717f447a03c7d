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
var counter = 0;
function uid(prefix = "dzl") {
  counter += 1;
  return `${prefix}-${counter}-${Math.random().toString(36).slice(2, 7)}`;
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

// ts/strings/step_player.ts
var table = strings({
  en: {
    title: "Step through",
    lines_on: "Every line: on",
    lines_off: "Every line: off",
    lines_hint: "Stop at every line of your code that runs",
    line_next: "Line {n} of `{title}` is next: `{code}`",
    predict_on: "Predict first: on",
    predict_off: "Predict first: off",
    predict_hint: "Hides the next gradient and asks for it before it is shown",
    present: "Present",
    leave_present: "Leave presenting",
    save: "Save as HTML",
    png: "PNG card",
    present_hint: "Big type for a shared screen; answers stay hidden; arrow keys only",
    save_hint: "One file that plays without Python and without a network",
    png_hint: "A picture of this step for a chat",
    code: "Your code",
    code_other: "Code",
    values: "Values",
    dot: "DOT",
    twin: "Table",
    cell: "notebook cell",
    no_code: "No line of yours is running at this step.",
    of_steps: "Step {n} of {total}.",
    step_value: "Step {n} of {total}, {phase}. {text}",
    forward: "forward",
    backward: "backward",
    other: "other",
    backward_n: "backward {n}",
    generation: "generation {n}",
    graph_label: "Computation graph. The tab Table says the same in words.",
    first: "First step",
    back: "One step back",
    play: "Play",
    pause: "Pause",
    next: "One step on",
    last: "Last step",
    speed: "Speed",
    scrub: "Position in the pass",
    keys: "← → step   space play",
    there_plus: "{old} there + {part}",
    replaced: "{old} was there, replaced",
    inplace: "changed in place",
    cleared: "cleared",
    grad: "grad",
    queue_right: "{name}: next to run is on the right",
    queue_left: "{name}: next to run is on the left",
    queue_sorted: "{name}: next to run is the highest generation",
    queue: "{name}: work list",
    empty: "empty",
    pop: "pop →",
    pop_left: "← pop",
    gen: "gen {n}",
    refused: "already met, not added again",
    pushed: "just added",
    stack: "Call stack",
    line: "line {n}",
    no_stack: "no call running",
    more_frames: "{n} more",
    no_queue: "Work list",
    no_queue_text: "this engine keeps none",
    other_language: "한국어",
    window: "{from} to {to} of {total}",
    nothing: "Nothing was recorded: no Variable was made and no Function was called in this block.",
    name: "name",
    value: "value",
    gradient: "gradient",
    not_yet: "not there yet",
    none: "None",
    shares: "same memory as {names}",
    stats: "{min} to {max}, mean {mean}",
    nan_count: "{n} NaN",
    call: "call",
    takes: "takes",
    makes: "gives",
    here: "here",
    runs: "this step",
    ask: "What will {name}.grad be?",
    ask_was: "It holds {old} now.",
    ask_none: "It is None now.",
    ask_shape: "Which shape will {name}.grad have? For example (2, 3)",
    your_answer: "Your answer",
    answer: "Answer",
    reveal: "Show it",
    right: "Right: {value}",
    wrong: "You said {guess}. It is {value}.",
    shown: "It is {value}.",
    tally: "{right} of {total} right",
    continue: "Go on",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    fit: "Fit the graph",
    open_group: "Open {name}, {n} parts",
    close_group: "Fold {name}",
    jump: "click: the next step at {name}",
    copy: "Copy",
    copied: "Copied",
    waits: "Waits here",
    same_so_far: "Same values on both sides so far.",
    differs: "Here the two engines part.",
    compare_differs: "first difference: step {n}",
    compare_same: "no difference in any step",
    too_big: 'This pass is {mb} MB as a file. Record a shorter one, or with detail="events".',
    saved: "Saved {name}, {kb} kB",
    no_script: "This page needs JavaScript; all of it is in this file.",
    opens_offline: "Recorded with dezero_lab. Arrow keys step, space plays. No network, no Python.",
    present_keys: "→ next   ← back   Esc leaves"
  },
  ko: {
    title: "한 단계씩 보기",
    lines_on: "줄마다: 켬",
    lines_off: "줄마다: 끔",
    lines_hint: "실행되는 코드 한 줄마다 멈춥니다",
    line_next: "다음은 `{title}`의 {n}번째 줄: `{code}`",
    predict_on: "먼저 예측: 켬",
    predict_off: "먼저 예측: 끔",
    predict_hint: "다음 기울기를 가리고, 보여 주기 전에 값을 묻습니다",
    present: "발표",
    leave_present: "발표 끝내기",
    save: "HTML로 저장",
    png: "PNG 카드",
    present_hint: "화면 공유용 큰 글씨입니다. 답은 가려지고 화살표 키만 씁니다",
    save_hint: "파이썬과 네트워크 없이 재생되는 파일 하나로 저장합니다",
    png_hint: "지금 단계를 채팅에 올릴 그림으로 저장합니다",
    code: "내 코드",
    code_other: "코드",
    values: "값",
    dot: "DOT",
    twin: "표",
    cell: "노트북 셀",
    no_code: "이 단계에서 실행 중인 내 코드는 없습니다.",
    of_steps: "{total}단계 중 {n}단계.",
    step_value: "{total}단계 중 {n}단계, {phase}. {text}",
    forward: "순전파",
    backward: "역전파",
    other: "기타",
    backward_n: "역전파 {n}",
    generation: "세대 {n}",
    graph_label: "계산 그래프. '표' 탭에 같은 내용이 글로 있습니다.",
    first: "처음으로",
    back: "한 단계 뒤로",
    play: "재생",
    pause: "멈춤",
    next: "한 단계 앞으로",
    last: "끝으로",
    speed: "속도",
    scrub: "진행 위치",
    keys: "← → 이동   스페이스 재생",
    there_plus: "있던 값 {old} + {part}",
    replaced: "있던 값 {old} 위에 덮어씀",
    inplace: "제자리에서 바뀜",
    cleared: "비움",
    grad: "grad",
    queue_right: "{name}: 다음 차례는 오른쪽 끝",
    queue_left: "{name}: 다음 차례는 왼쪽 끝",
    queue_sorted: "{name}: 세대가 가장 큰 것이 다음 차례",
    queue: "{name}: 작업 목록",
    empty: "비어 있음",
    pop: "꺼냄 →",
    pop_left: "← 꺼냄",
    gen: "세대 {n}",
    refused: "이미 만난 함수이므로 다시 넣지 않음",
    pushed: "방금 넣음",
    stack: "호출 스택",
    line: "{n}번째 줄",
    no_stack: "실행 중인 호출 없음",
    more_frames: "{n}개 더",
    no_queue: "작업 목록",
    no_queue_text: "이 엔진에는 없습니다",
    other_language: "English",
    window: "{total}개 중 {from}–{to}",
    nothing: "기록된 것이 없습니다. 이 블록에서 만든 Variable도, 호출한 Function도 없습니다.",
    name: "이름",
    value: "값",
    gradient: "기울기",
    not_yet: "아직 없음",
    none: "None",
    shares: "같은 메모리: {names}",
    stats: "{min} ~ {max}, 평균 {mean}",
    nan_count: "NaN {n}개",
    call: "호출",
    takes: "입력",
    makes: "출력",
    here: "여기",
    runs: "이번 단계",
    ask: "{name}.grad는 얼마가 될까요?",
    ask_was: "지금 값은 {old}입니다.",
    ask_none: "지금은 None입니다.",
    ask_shape: "{name}.grad의 형상은 무엇일까요? 예: (2, 3)",
    your_answer: "내 답",
    answer: "답하기",
    reveal: "답 보기",
    right: "맞았습니다: {value}",
    wrong: "예측은 {guess}, 실제는 {value}입니다.",
    shown: "답은 {value}입니다.",
    tally: "{total}개 중 {right}개 맞음",
    continue: "계속",
    zoom_in: "확대",
    zoom_out: "축소",
    fit: "그래프 전체 보기",
    open_group: "{name} 펼치기, 노드 {n}개",
    close_group: "{name} 접기",
    jump: "클릭: {name}의 다음 단계로",
    copy: "복사",
    copied: "복사했습니다",
    waits: "여기서 기다림",
    same_so_far: "여기까지 양쪽 값이 같습니다.",
    differs: "여기서 두 엔진이 갈라집니다.",
    compare_differs: "처음 달라지는 곳: {n}단계",
    compare_same: "모든 단계에서 같습니다",
    too_big: '이 기록은 파일로 {mb} MB입니다. 더 짧게 기록하거나 detail="events"로 기록해 보세요.',
    saved: "{name} 저장, {kb} kB",
    no_script: "이 페이지에는 자바스크립트가 필요합니다. 필요한 것은 모두 이 파일 안에 있습니다.",
    opens_offline: "dezero_lab으로 기록했습니다. 화살표 키로 이동, 스페이스로 재생. 네트워크도 파이썬도 필요 없습니다.",
    present_keys: "→ 다음   ← 이전   Esc 끝내기"
  }
});

// ts/step_player/css.ts
var PLAYER_CSS = `
.dzl-player{max-width:1440px}
.dzl-player:focus{outline:none}
.dzl-player:focus-visible{box-shadow:0 0 0 2px var(--funline)}
.dzl-player p{margin:0}
.dzl-player .dzl-head{flex-wrap:nowrap}
.dzl-player .dzl-head>*{flex:none}
.dzl-player .dzl-head>.dzl-title{flex:0 1 auto;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:60%}
.dzl-player .dzl-head>.dzl-tag{flex:0 100 auto;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.dzl-player .dzl-head>.dzl-grow{flex:1 1 0}
.dzl-sp-tally{font-size:12.5px;font-weight:600;color:var(--ok)}
.dzl-sp-toast{font-size:12px;color:var(--muted)}
.dzl-sp-player-body{display:block}
.dzl-sp-run{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,404px);height:clamp(452px,56vh,640px);min-width:0}
.dzl-sp-graph{display:flex;flex-direction:column;min-width:0;min-height:0;border-right:1px solid var(--line);position:relative}
.dzl-sp-runtitle{font-size:12.5px;font-weight:600;padding:7px 14px 0;color:var(--muted)}
.dzl-canvas{flex:1;min-height:0;position:relative;overflow:hidden}
.dzl-svg{position:absolute;inset:0;width:100%;height:100%;display:block;touch-action:pan-y;cursor:grab;user-select:none}
.dzl-svg:active{cursor:grabbing}
.dzl-zoom{position:absolute;right:8px;top:8px;display:flex;gap:4px;opacity:0;transition:opacity .15s}
.dzl-canvas:hover .dzl-zoom,.dzl-zoom:focus-within{opacity:1}
.dzl .dzl-zoom .dzl-btn{padding:0;width:26px;font-size:14px;background:color-mix(in srgb,var(--panel) 88%,transparent)}
.dzl-bands rect{fill:var(--gen)}
.dzl svg .dzl-bands text{font-size:11px;fill:var(--muted)}
.dzl-wire{fill:none;stroke:var(--wire);stroke-width:2;transition:opacity .2s}
.dzl-wire.dzl-on{stroke:var(--grad);stroke-width:3;stroke-dasharray:7 5}
.dzl-wire.dzl-on.dzl-fwd{stroke:var(--funline);stroke-dasharray:none}
.dzl-wire.dzl-missing{stroke-dasharray:2 5;stroke:var(--bad)}
.dzl-wire.dzl-wrong{stroke:var(--bad);stroke-dasharray:8 4}
.dzl-m-back path{fill:var(--grad)}.dzl-m-on path{fill:var(--funline)}
.dzl-node{cursor:pointer;transition:opacity .2s}
.dzl-off{opacity:0;pointer-events:none}
.dzl-node.dzl-off{opacity:.7}
.dzl-node.dzl-off>rect{fill:none;stroke:var(--wire);stroke-width:1.2;stroke-dasharray:3 4}
.dzl-node.dzl-off>:not(rect:first-of-type){display:none}
.dzl-node>rect{stroke-width:1.6;transition:stroke .15s,fill .15s}
.dzl-variable>rect{fill:var(--var);stroke:var(--varline)}
.dzl-function>rect,.dzl-group>rect{fill:var(--fun);stroke:var(--funline)}
.dzl-group>rect{stroke-dasharray:5 3}
.dzl-node.dzl-open>rect{fill:color-mix(in srgb,var(--panel) 72%,var(--gen));stroke:var(--line);stroke-width:1.5;stroke-dasharray:3 4}
.dzl-node:focus-visible{outline:none}.dzl-node:focus-visible>rect{stroke-width:4}
.dzl-node.dzl-on>rect{stroke:var(--grad);stroke-width:3}
.dzl-function.dzl-on>rect,.dzl-group.dzl-on>rect{fill:var(--gradsoft)}
.dzl-node.dzl-on.dzl-fwd>rect{stroke:var(--funline)}
.dzl-function.dzl-on.dzl-fwd>rect{fill:color-mix(in srgb,var(--fun) 60%,var(--fwd))}
.dzl-variable.dzl-on.dzl-fwd>rect{stroke:var(--varline)}
.dzl-node.dzl-on>.dzl-label{font-weight:600}
.dzl-node.dzl-point>rect{stroke-width:4}
.dzl-node.dzl-warn>rect{stroke:var(--bad);stroke-dasharray:6 3}
.dzl-node.dzl-focus>rect{stroke:var(--bad);stroke-width:3.5}
.dzl-label{font-size:13px}.dzl-variable .dzl-label{font-weight:600}
.dzl-value{font-size:13px}
.dzl-array .dzl-label{transform:translateY(-6px)}.dzl-array .dzl-value{transform:translateY(-8px);font-size:11.5px}
.dzl-node .dzl-thumb rect{stroke:none;transition:none}.dzl-thumb .dzl-pos{fill:var(--varline)}.dzl-thumb .dzl-neg{fill:var(--funline)}.dzl-thumb .dzl-nan{fill:var(--bad)}
.dzl-gradtext{font-size:12.5px;font-weight:600}.dzl svg .dzl-gradtext{fill:var(--grad)}
.dzl-note{font-size:11px}.dzl svg .dzl-note{fill:var(--muted)}
.dzl svg .dzl-warn .dzl-note{fill:var(--bad);font-weight:600}
.dzl svg :is(.dzl-gradtext,.dzl-note){paint-order:stroke;stroke:var(--panel);stroke-width:3px;stroke-linejoin:round}
.dzl-token{pointer-events:none}
.dzl-token rect{fill:var(--grad)}.dzl-token.dzl-fwd rect{fill:var(--funline)}
.dzl svg .dzl-token text{font-size:12px;font-weight:700;fill:var(--panel)}
.dzl-sp-sentence{margin:0 14px 10px;height:82px;overflow:auto;flex:none}
.dzl-sp-sentence.dzl-sayfwd{border-left-color:var(--funline)}
.dzl-sp-formula{margin-top:3px!important;color:var(--muted);font-size:13px}
.dzl-sp-error{margin-top:3px!important;color:var(--bad);font-weight:600}
.dzl-sp-differs{font-size:12.5px;color:var(--muted)}
.dzl-sp-no{color:var(--bad)}.dzl-sp-yes{color:var(--ok)}
.dzl-sp-ask{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center}
.dzl-sp-answers{display:flex;gap:6px;align-items:center}
.dzl-sp-side{display:grid;grid-template-rows:auto minmax(0,1fr) auto;min-height:0;min-width:0}
.dzl-sp-tabs{display:flex;border-bottom:1px solid var(--line);padding:0 2px}
.dzl .dzl-sp-tab{appearance:none;border:0;border-bottom:2px solid transparent;background:none;color:var(--muted);font:inherit;font-size:12.5px;padding:8px 12px 6px;cursor:pointer;margin:0}
.dzl .dzl-sp-tab:hover{color:var(--ink)}
.dzl .dzl-sp-tab[aria-selected=true]{color:var(--ink);border-bottom-color:var(--funline);font-weight:600}
.dzl-sp-panel{min-height:0;overflow:hidden;display:flex;flex-direction:column}
.dzl-sp-panel>*{flex:1;min-height:0}
.dzl-sp-codepane{display:flex;flex-direction:column;min-height:0}
.dzl-sp-codetitle{display:flex;gap:8px;align-items:baseline;padding:6px 12px 0;font-size:12px;color:var(--muted);min-height:24px}
.dzl-sp-codetitle .dzl-tag{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.dzl-sp-code{flex:1;min-height:0;overflow:auto;position:relative;font-family:var(--mono);font-size:12.2px;line-height:19px;padding:2px 0 8px}
.dzl-sp-codeline{padding:0 12px 0 0;white-space:pre;width:max-content;min-width:100%}
.dzl-sp-n{color:var(--muted);display:inline-block;width:36px;padding-right:12px;text-align:right;user-select:none}
.dzl-sp-codeline.dzl-sp-now{background:var(--now)}
.dzl-sp-codeline.dzl-sp-fail{background:var(--badsoft);box-shadow:inset 3px 0 0 var(--bad)}
.dzl-sp-k{color:var(--funline)}.dzl-sp-c{color:var(--muted);font-style:italic}.dzl-sp-s{color:var(--ok)}
.dzl-sp-now .dzl-sp-k,.dzl-sp-now .dzl-sp-s,.dzl-sp-now .dzl-sp-c,.dzl-sp-now .dzl-sp-n{color:inherit}
.dzl-sp-values,.dzl-sp-twin,.dzl-sp-dot{overflow:auto;padding:6px 12px;position:relative}
.dzl-sp-values .dzl-table,.dzl-sp-twin .dzl-table{width:100%}
.dzl-sp-values th,.dzl-sp-twin th{position:sticky;top:-6px;background:var(--panel);vertical-align:top}
.dzl-sp-values tbody th,.dzl-sp-twin tbody th{position:static;color:var(--ink);background:none}
.dzl-sp-values td,.dzl-sp-twin td{vertical-align:top}
.dzl-sp-values .dzl-table{table-layout:fixed}.dzl-sp-values th:first-child{width:64px;overflow:hidden;text-overflow:ellipsis}
.dzl-sp-rownow{background:color-mix(in srgb,var(--gradsoft) 60%,var(--panel))}
.dzl-sp-fresh code{font-weight:700;color:var(--grad)}
.dzl-sp-shared{font-size:11px;color:var(--funline)}
p.dzl-sp-none{padding:4px 12px}
.dzl-sp-none{font-family:var(--sans);color:var(--muted);font-size:12.5px;white-space:nowrap}
.dzl-sp-cells{display:inline-grid;gap:1px}
.dzl-sp-cell{border-radius:2px;min-width:0}
.dzl-sp-exact{gap:2px}.dzl-sp-exact .dzl-sp-cell{padding:1px 4px;font:11px/16px var(--mono);text-align:right}
.dzl-sp-tight .dzl-sp-cell{font-size:10px;padding:1px 2px}
.dzl-sp-nan{outline:1px solid var(--bad)}
.dzl-sp-facts{font-size:11px;color:var(--muted)}
.dzl-sp-dot pre{font-family:var(--mono);font-size:11.5px;line-height:17px;white-space:pre}
.dzl-sp-copy{position:sticky;top:0;float:right}
.dzl-sp-work{border-top:1px solid var(--line);padding:8px 12px;min-height:122px;max-height:152px;overflow:auto}
.dzl-sp-work h4{margin:0 0 5px;font-size:11.5px;letter-spacing:.02em;color:var(--muted);font-weight:600}
.dzl-sp-chips{display:flex;gap:6px;align-items:center;flex-wrap:wrap;min-height:28px}
.dzl-sp-chips+h4{margin-top:8px}
.dzl-player .dzl-chip{cursor:default;white-space:nowrap}
.dzl-sp-frame{border-color:var(--line);background:var(--soft)}
.dzl-sp-out{border-style:dashed;opacity:.7}
.dzl-sp-pushed{border-width:2.5px;font-weight:600}
.dzl-sp-pushed::before{content:"+"}
.dzl-sp-refused{text-decoration:line-through;border-color:var(--muted);background:var(--soft);color:var(--muted)}
.dzl-sp-bar{border-top:1px solid var(--line);padding:8px 14px 9px;display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:16px;align-items:center}
.dzl-sp-buttons{display:flex;gap:4px}
.dzl .dzl-sp-icon,.dzl .dzl-sp-play{display:inline-flex;align-items:center;gap:5px;padding:3px 8px}
.dzl-player .dzl-btn svg{flex:none;display:block}
.dzl .dzl-sp-play{border-color:var(--grad);min-width:76px;justify-content:center}
.dzl .dzl-btn[aria-disabled=true]{opacity:.4;cursor:default}
.dzl-sp-right{display:flex;gap:12px;align-items:center;color:var(--muted);font-size:12.5px}
.dzl-sp-keys{white-space:pre}.dzl-sp-pkeys{display:none}
.dzl-sp-speed{min-width:44px}
.dzl-sp-track{position:relative;height:30px;cursor:pointer;touch-action:none;border-radius:6px}
.dzl .dzl-sp-track:focus-visible{outline:none}
.dzl-sp-track:focus-visible .dzl-sp-knob{box-shadow:0 0 0 3px color-mix(in srgb,var(--funline) 45%,transparent)}
.dzl-sp-seg,.dzl-sp-done{position:absolute;top:14px;height:8px;border-radius:4px}
.dzl-sp-seg.dzl-sp-forward{background:var(--fwd)}.dzl-sp-seg.dzl-sp-backward{background:var(--bwd)}.dzl-sp-seg.dzl-sp-other{background:var(--line)}
.dzl-sp-segname{position:absolute;top:-3px;font-size:10.5px;color:var(--muted);overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.dzl-sp-done.dzl-sp-forward{background:var(--funline)}.dzl-sp-done.dzl-sp-backward{background:var(--grad)}.dzl-sp-done.dzl-sp-other{background:var(--muted)}
.dzl-sp-knob{position:absolute;top:9px;width:18px;height:18px;margin-left:-9px;border-radius:50%;background:var(--panel);border:3px solid var(--muted)}
.dzl-sp-knob.dzl-sp-forward{border-color:var(--funline)}.dzl-sp-knob.dzl-sp-backward{border-color:var(--grad)}
.dzl-sp-tick{position:absolute;top:25px;width:3px;height:3px;margin-left:-1.5px;border-radius:2px;background:var(--grad)}
.dzl-sp-tick-error{top:8px;height:20px;background:var(--bad)}
.dzl-sp-tick-differs{top:8px;height:20px;background:var(--ink)}
.dzl-sp-compare{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.dzl-sp-compare .dzl-sp-run{grid-template-columns:minmax(0,1fr);grid-template-rows:330px 300px;height:auto}
.dzl-sp-compare .dzl-sp-run+.dzl-sp-run{border-left:1px solid var(--line)}
.dzl-sp-compare .dzl-sp-graph{border-right:0;border-bottom:1px solid var(--line)}
.dzl-sp-waits .dzl-canvas{opacity:.75}
@container (max-width:1100px){.dzl-sp-run{grid-template-columns:minmax(0,1fr) minmax(0,350px)}.dzl-sp-keys{display:none}}
@container (max-width:960px){
.dzl-sp-run{grid-template-columns:minmax(0,1fr);grid-template-rows:352px 236px;height:auto}
.dzl-sp-graph{border-right:0;border-bottom:1px solid var(--line)}
.dzl-sp-player-body:not(.dzl-sp-compare) .dzl-sp-side{grid-template-columns:minmax(0,1fr) minmax(0,310px);grid-template-rows:auto minmax(0,1fr)}
.dzl-sp-player-body:not(.dzl-sp-compare) .dzl-sp-work{grid-column:2;grid-row:1/3;border-top:0;border-left:1px solid var(--line);max-height:none}
.dzl-sp-bar{gap:12px}
.dzl-player .dzl-head{gap:6px}.dzl-player .dzl-head>.dzl-title{max-width:none;margin-right:4px}
.dzl-player .dzl-head .dzl-btn{font-size:12px;padding:3px 7px}
.dzl-sp-compare .dzl-sp-run{display:contents}
.dzl-sp-compare .dzl-sp-graph{grid-column:1/-1;height:auto;display:grid;grid-template-columns:minmax(0,1fr) minmax(0,270px)}
.dzl-sp-compare .dzl-sp-runtitle{grid-column:1/-1}
.dzl-sp-compare .dzl-canvas{height:clamp(136px,calc(var(--scene-h)*.75px),250px)}
.dzl-sp-compare .dzl-sp-sentence{height:auto;min-height:112px;max-height:230px;align-self:center;margin:0 14px 10px 0}
.dzl-sp-compare .dzl-sp-run:first-child .dzl-sp-side{grid-row:3;border-right:1px solid var(--line)}
.dzl-sp-compare .dzl-sp-side{height:264px}
}
@container (max-width:620px){
.dzl-player .dzl-head{flex-wrap:wrap}
.dzl-sp-player-body:not(.dzl-sp-compare) .dzl-sp-side{grid-template-columns:minmax(0,1fr);grid-template-rows:auto minmax(0,1fr) auto}
.dzl-sp-player-body:not(.dzl-sp-compare) .dzl-sp-work{grid-column:1;grid-row:3;border-top:1px solid var(--line);border-left:0}
.dzl-sp-player-body:not(.dzl-sp-compare) .dzl-sp-run{grid-template-rows:340px 380px}
.dzl-sp-bar{grid-template-columns:auto auto}.dzl-sp-track{grid-row:1;grid-column:1/-1}
.dzl-sp-right{justify-content:flex-end}
}
@container (max-width:560px){.dzl-sp-compare,.dzl-sp-compare .dzl-sp-graph{grid-template-columns:minmax(0,1fr)}.dzl-sp-compare .dzl-sp-sentence{margin-left:14px}.dzl-sp-compare .dzl-sp-run:first-child .dzl-sp-side{grid-row:auto}}
.dzl-player.dzl-sp-present{position:fixed;inset:0;width:100vw;height:100vh;max-width:none;max-height:none;margin:0;border:0;border-radius:0;display:flex;flex-direction:column;overflow:hidden;padding:0}
.dzl-sp-present .dzl-sp-player-body{flex:1;min-height:0;display:grid}
.dzl-sp-present .dzl-sp-player-body:not(.dzl-sp-compare) .dzl-sp-run{height:100%;grid-template-rows:minmax(0,1fr);grid-template-columns:minmax(0,1.75fr) minmax(0,1fr);min-height:0}
.dzl-sp-present .dzl-sp-compare{grid-template-rows:minmax(0,1fr)}
.dzl-sp-present .dzl-sp-compare .dzl-sp-run{height:100%;min-height:0;grid-template-rows:minmax(0,1fr) 212px}
.dzl-sp-present .dzl-sp-compare .dzl-sp-work{display:none}
.dzl-sp-present .dzl-sp-runtitle{font-size:18px}
.dzl-sp-present .dzl-head{padding:8px 22px}
.dzl-sp-present .dzl-head .dzl-btn:not(.dzl-sp-presentbtn),.dzl-sp-present .dzl-zoom,.dzl-sp-present .dzl-sp-toast,.dzl-sp-present .dzl-tag,.dzl-sp-present .dzl-sp-speed,.dzl-sp-present .dzl-sp-buttons{display:none}
.dzl-sp-present .dzl-title{font-size:24px}
.dzl-sp-present .dzl-sp-sentence{font-size:24px;line-height:1.35;height:auto;min-height:112px;max-height:220px;margin:0 22px 12px;padding:10px 18px}
.dzl-sp-present .dzl-sp-formula{font-size:21px}
.dzl-sp-present .dzl-sp-compare .dzl-sp-sentence{font-size:20px;min-height:92px;margin:0 14px 10px}
.dzl-sp-present .dzl-sp-compare .dzl-sp-formula,.dzl-sp-present .dzl-sp-differs{font-size:18px}
.dzl-sp-present .dzl-sp-code{font-size:17px;line-height:27px}.dzl-sp-present .dzl-sp-n{width:52px}
.dzl-sp-present .dzl-sp-codetitle{font-size:16px}
.dzl-sp-present .dzl-sp-tab{font-size:16px}
.dzl-sp-present .dzl-sp-work{max-height:230px}
.dzl-sp-present .dzl-sp-work h4{font-size:16px}.dzl-sp-present .dzl-chip{font-size:18px;padding:5px 10px;line-height:24px}.dzl-sp-present .dzl-chip i{font-size:15px}
.dzl-sp-present .dzl-sp-none{font-size:17px}
.dzl-sp-present .dzl-table{font-size:17px}
.dzl-sp-present svg :is(.dzl-label,.dzl-value){font-size:17px}
.dzl-sp-present svg .dzl-array :is(.dzl-label,.dzl-value){font-size:14px}
.dzl-sp-present svg .dzl-gradtext{font-size:17px}.dzl-sp-present svg .dzl-note{font-size:14px}
.dzl.dzl-sp-present svg .dzl-token text{font-size:15px}
.dzl-sp-present .dzl-sp-bar{grid-template-columns:minmax(0,1fr) auto;padding:6px 22px 8px}
.dzl-sp-present .dzl-sp-segname{font-size:13px;top:-5px}
.dzl-sp-present .dzl-sp-keys,.dzl-sp-present .dzl-sp-language{display:none}
.dzl-sp-present .dzl-sp-pkeys{display:inline;font-size:15px;white-space:pre}
@media (prefers-reduced-motion:reduce){.dzl-wire,.dzl-node,.dzl-zoom{transition:none}}
`;

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

// ts/step_player/format.ts
var isFloat = (snap) => /^(np\.)?(float|complex)/.test(snap.d ?? snap.py ?? "");
function num(value, float = true) {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  if (!float) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  const text = String(Number(value.toPrecision(4)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
function shapeText(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
function sizeOf(snap) {
  return (snap.s ?? []).reduce((a, b) => a * b, 1);
}
function flat(snap) {
  if (Array.isArray(snap.v)) return snap.v;
  if (snap.v !== void 0 && snap.v !== null) return [snap.v];
  return null;
}
function short(snap, room = 18) {
  if (!snap) return "None";
  const values = flat(snap);
  if (!snap.s) {
    if (values?.length === 1 && values[0] !== void 0) return clip(num(values[0], isFloat(snap)), room);
    return clip(snap.repr ?? snap.py ?? "?", room);
  }
  if (values && values.length === 1 && values[0] !== void 0) {
    const text = num(values[0], isFloat(snap));
    const boxed = snap.s.length > 0 ? "[".repeat(snap.s.length) + text + "]".repeat(snap.s.length) : text;
    return boxed.length <= room ? boxed : text;
  }
  if (values && values.length > 1 && snap.s.length === 1 && values.length <= 4) {
    const text = `[${values.map((v) => num(v, isFloat(snap))).join(" ")}]`;
    if (text.length <= room) return text;
  }
  return shapeText(snap.s);
}
function clip(text, room) {
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}
function grid(snap) {
  if (snap.th) return snap.th;
  const values = flat(snap);
  if (!values || !snap.s || values.length === 0) return null;
  const columns = snap.s.length === 0 ? 1 : snap.s[snap.s.length - 1] ?? 1;
  const rows = [];
  for (let i = 0; i < values.length; i += columns) rows.push(values.slice(i, i + columns));
  return rows;
}
function long(snap) {
  if (!snap) return "None";
  const values = flat(snap);
  if (values && snap.s && values.length > 1) {
    const rows = grid(snap) ?? [];
    return `${shapeText(snap.s)} [${rows.map((row) => row.map((v) => num(v, isFloat(snap))).join(" ")).join("; ")}]`;
  }
  if (snap.st && snap.s) {
    const { min, max, mean } = snap.st;
    return `${shapeText(snap.s)} ${num(min)} … ${num(max)}, ø ${num(mean)}`;
  }
  return short(snap, 60);
}

// ts/step_player/predict.ts
function questions(folder) {
  const out = /* @__PURE__ */ new Map();
  const { steps } = folder.run;
  for (let gate = 0; gate < steps.length; gate += 1) {
    if (steps[gate]?.k !== "give") continue;
    let best = null;
    for (let k = gate + 1; k < steps.length; k += 1) {
      const step = steps[k];
      if (!step || ["receive", "give", "call", "end", "error"].includes(step.k)) break;
      const value = folder.snap(step.grad?.new);
      if (!step.grad || !value || !value.s && !flat(value)) continue;
      const candidate = { gate, v: step.grad.v, old: folder.snap(step.grad.old), value, step: k };
      if (!best || candidate.old && !best.old) best = candidate;
    }
    if (best) out.set(gate, best);
  }
  return out;
}
function judge(guess, value) {
  if (sizeOf(value) === 1) {
    const real = flat(value)?.[0];
    const said = Number(guess.trim().replace(",", "."));
    if (typeof real !== "number" || guess.trim() === "") return guess.trim().toLowerCase() === String(real).toLowerCase();
    return Math.abs(said - real) <= Math.max(1e-6, 0.01 * Math.abs(real));
  }
  const numbers = guess.match(/\d+/g)?.map(Number) ?? [];
  return numbers.length === (value.s ?? []).length && numbers.every((n, i) => n === value.s?.[i]);
}
var Predictor = class {
  constructor(folder, t, done, changed) {
    this.folder = folder;
    this.t = t;
    this.done = done;
    this.changed = changed;
    this.all = questions(folder);
  }
  folder;
  t;
  done;
  changed;
  el = h("div", { class: "dzl-sp-ask", role: "group" });
  tally = { right: 0, total: 0 };
  seen = /* @__PURE__ */ new Set();
  all;
  current = null;
  revealed = false;
  get any() {
    return this.all.size > 0;
  }
  get open() {
    return this.current !== null;
  }
  /** Asks when stepping to `k` for the first time; false when there is nothing to ask. */
  ask(k, bare) {
    const question = this.all.get(k);
    if (!question || this.seen.has(k)) return false;
    this.seen.add(k);
    this.current = question;
    this.revealed = false;
    this.show(question, bare);
    return true;
  }
  show(q, bare) {
    const { t } = this;
    const name = this.folder.label(q.v);
    const scalar = sizeOf(q.value) === 1;
    const text = scalar ? t("ask", { name }) : t("ask_shape", { name });
    const was = scalar ? q.old ? t("ask_was", { old: short(q.old) }) : t("ask_none") : "";
    const input = h("input", { type: "text", inputmode: scalar ? "decimal" : "text", "aria-label": t("your_answer"), placeholder: t("your_answer"), autocomplete: "off", size: 10 });
    const answer = () => this.reveal(input.value);
    input.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.isComposing) {
        e.preventDefault();
        answer();
      }
      if (e.key === "ArrowRight" && input.value === "") {
        e.preventDefault();
        answer();
      }
    });
    fill(
      this.el,
      h("p", { class: "dzl-sp-question" }, h("b", null, text), was ? ` ${was}` : ""),
      bare ? h("div", { class: "dzl-sp-answers" }, h("span", { class: "dzl-sp-none" }, `→ ${t("reveal")}`)) : h(
        "div",
        { class: "dzl-sp-answers" },
        input,
        h("button", { class: "dzl-btn dzl-primary", type: "button", onClick: answer }, t("answer")),
        h("button", { class: "dzl-btn", type: "button", onClick: () => this.reveal("") }, t("reveal"))
      )
    );
    this.changed();
    if (!bare) input.focus({ preventScroll: true });
  }
  /** First call shows the value, second call goes on. */
  advance() {
    if (!this.current) return;
    if (this.revealed) this.close();
    else this.reveal("");
  }
  reveal(guess) {
    const q = this.current;
    if (!q || this.revealed) return;
    this.revealed = true;
    const { t } = this;
    const value = sizeOf(q.value) === 1 ? short(q.value) : shapeText(q.value.s ?? []);
    const said = guess.trim() !== "";
    const right = said && judge(guess, q.value);
    if (said) {
      this.tally.total += 1;
      if (right) this.tally.right += 1;
    }
    const text = !said ? t("shown", { value }) : right ? t("right", { value }) : t("wrong", { guess: guess.trim(), value });
    const go = h("button", { class: "dzl-btn dzl-primary", type: "button", onClick: () => this.close() }, `${t("continue")} →`);
    fill(this.el, h(
      "p",
      { class: `dzl-sp-question ${said ? right ? "dzl-sp-yes" : "dzl-sp-no" : ""}`, role: "status" },
      said ? h("b", null, right ? "✓ " : "✗ ") : null,
      h("b", null, `${this.folder.label(q.v)}.grad`),
      ` — ${text}`
    ), h("div", { class: "dzl-sp-answers" }, go));
    this.changed();
    go.focus({ preventScroll: true });
  }
  close() {
    this.current = null;
    this.done();
  }
  /** Forget the open question, for example after a jump. */
  cancel() {
    if (!this.current) return;
    this.seen.delete(this.current.gate);
    this.current = null;
  }
};

// ts/step_player/sha256.ts
var K = [];
var START = [];
function constants() {
  const fraction = (x) => (x - Math.floor(x)) * 2 ** 32 | 0;
  for (let n = 2; K.length < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) {
      prime = false;
      break;
    }
    if (!prime) continue;
    if (START.length < 8) START.push(fraction(Math.sqrt(n)));
    K.push(fraction(Math.cbrt(n)));
  }
}
var rotate = (x, n) => x >>> n | x << 32 - n;
function sha256Base64(text) {
  if (K.length === 0) constants();
  const bytes = new TextEncoder().encode(text);
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(size - 4, bytes.length << 3 >>> 0);
  const state = Int32Array.from(START);
  const w = new Int32Array(64);
  for (let offset = 0; offset < size; offset += 64) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(offset + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const [a2, b2] = [w[i - 15], w[i - 2]];
      w[i] = w[i - 16] + (rotate(a2, 7) ^ rotate(a2, 18) ^ a2 >>> 3) + w[i - 7] + (rotate(b2, 17) ^ rotate(b2, 19) ^ b2 >>> 10);
    }
    let [a, b, c, d, e, f, g, hh] = state;
    for (let i = 0; i < 64; i += 1) {
      const t1 = hh + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
      const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
      [hh, g, f, e, d, c, b, a] = [g, f, e, d + t1 | 0, c, b, a, t1 + t2 | 0];
    }
    [a, b, c, d, e, f, g, hh].forEach((v, i) => {
      state[i] = state[i] + v;
    });
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((v, i) => out.setInt32(4 * i, v));
  return btoa(String.fromCharCode(...new Uint8Array(out.buffer)));
}

// ts/step_player/save.ts
var LIMIT = 2e6;
var PAGE_CSS = "html{background:#eceff4;color:#4d5768}@media(prefers-color-scheme:dark){html{background:#12161d;color:#a3adbd}}body{margin:0 auto;padding:20px;max-width:1480px;font:14px/1.5 system-ui,sans-serif}";
var escapeText = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
function inlineScript(source) {
  return source.replace(/<(\/script|!--)/gi, "<\\$1");
}
function replayPage(payload, source, lang, t, raw) {
  const footer = t("opens_offline");
  const script = inlineScript(source);
  const title = escapeText(payload.title || "dezero_lab");
  const about = escapeText(payload.subtitle || footer);
  const policy = `default-src 'none'; script-src 'sha256-${sha256Base64(script)}'; style-src 'sha256-${sha256Base64(PAGE_CSS)}'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  const json = (raw ?? JSON.stringify({ ...payload, lang })).replace(/</g, "\\u003c");
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<meta name="description" content="${about}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${about}">
<style>${PAGE_CSS}</style>
</head>
<body>
<main id="dzl-app"><noscript>${escapeText(t("no_script"))}</noscript></main>
<p>${escapeText(footer)}</p>
<script type="application/json" id="dzl-replay">${json}<\/script>
<script type="module" id="dzl-bundle">${script}<\/script>
</body>
</html>
`;
}
function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1e4);
}
function fileName(title, ending) {
  const stem = title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 40).toLowerCase();
  return `${stem || "pass"}.${ending}`;
}
function saveReplay(payload, source, lang, t, raw) {
  const blob = new Blob([replayPage(payload, source, lang, t, raw)], { type: "text/html;charset=utf-8" });
  if (blob.size > LIMIT) return t("too_big", { mb: (blob.size / 1e6).toFixed(1) });
  const name = fileName(payload.title, "html");
  download(blob, name);
  return t("saved", { name, kb: Math.round(blob.size / 1e3) });
}

// ts/step_player/picture.ts
var SIZE = { w: 1200, h: 675 };
var COPIED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "opacity", "text-anchor", "paint-order", "stroke-linejoin"];
function stillSvg(view) {
  const original = view.graph.picture;
  const copy = original.cloneNode(true);
  const from = original.querySelectorAll("*");
  const to = copy.querySelectorAll("*");
  from.forEach((element, i) => {
    const target = to[i];
    if (!target) return;
    const style = getComputedStyle(element);
    for (const name of COPIED) target.setAttribute(name, style.getPropertyValue(name));
    target.removeAttribute("class");
    if (style.opacity === "0" || style.visibility === "hidden" || element.tagName === "title") target.setAttribute("data-gone", "");
  });
  copy.querySelectorAll("[data-gone]").forEach((element) => element.remove());
  const { w, h: h2 } = view.graph.contentSize;
  copy.querySelector(":scope > g")?.removeAttribute("transform");
  for (const [k, v] of Object.entries({ xmlns: "http://www.w3.org/2000/svg", viewBox: `-8 -20 ${w + 16} ${h2 + 40}`, width: String(w + 16), height: String(h2 + 40) })) copy.setAttribute(k, v);
  return new XMLSerializer().serializeToString(copy);
}
function wrap(ctx, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (ctx.measureText(longer).width > width && line) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
async function savePicture(view, payload, step, total, t) {
  const root = view.el.closest(".dzl") ?? view.el;
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(name).trim();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SIZE.w, SIZE.h];
  const ctx = canvas.getContext("2d");
  if (!ctx) return;
  const font = (px, weight = 400) => `${weight} ${px}px ${colour("--sans") || "sans-serif"}`;
  ctx.fillStyle = colour("--panel");
  ctx.fillRect(0, 0, SIZE.w, SIZE.h);
  ctx.fillStyle = colour("--ink");
  ctx.font = font(30, 700);
  ctx.fillText(payload.title || t("title"), 40, 62, SIZE.w - 80);
  ctx.font = font(24);
  const lines = wrap(ctx, `${t("of_steps", { n: step + 1, total })} ${view.sentence().replace(/`|\*\*/g, "")}`, SIZE.w - 120).slice(0, 4);
  const top = SIZE.h - 42 - lines.length * 34;
  await drawSvg(ctx, stillSvg(view), 40, 90, SIZE.w - 80, top - 130);
  ctx.fillStyle = colour("--soft");
  ctx.fillRect(40, top - 30, SIZE.w - 80, lines.length * 34 + 26);
  ctx.fillStyle = colour("--grad");
  ctx.fillRect(40, top - 30, 6, lines.length * 34 + 26);
  ctx.fillStyle = colour("--ink");
  lines.forEach((line, i) => ctx.fillText(line, 62, top + 6 + i * 34));
  ctx.fillStyle = colour("--muted");
  ctx.font = font(16);
  ctx.fillText("dezero_lab", SIZE.w - 40 - ctx.measureText("dezero_lab").width, 58);
  const blob = await new Promise((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
  if (blob) download(blob, fileName(`${payload.title}-${step + 1}`, "png"));
}
async function drawSvg(ctx, text, x, y, w, h2) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const k = Math.min(w / image.width, h2 / image.height, 2.2);
  ctx.drawImage(image, x + (w - image.width * k) / 2, y + (h2 - image.height * k) / 2, image.width * k, image.height * k);
}

// ts/step_player/present.ts
var Presenter = class {
  constructor(root, changed) {
    this.root = root;
    this.changed = changed;
    root.ownerDocument.addEventListener("fullscreenchange", this.left);
  }
  root;
  changed;
  on = false;
  left = () => {
    if (this.on && this.root.ownerDocument.fullscreenElement !== this.root && !this.root.hasAttribute("popover")) this.leave();
  };
  toggle() {
    if (this.on) {
      this.leave();
      return;
    }
    this.on = true;
    this.root.classList.add("dzl-sp-present");
    const popover = () => {
      this.root.setAttribute("popover", "manual");
      this.root.showPopover();
      this.changed(true);
    };
    if (this.root.requestFullscreen && this.root.ownerDocument.fullscreenEnabled) {
      this.root.requestFullscreen().then(() => this.changed(true), popover);
    } else {
      popover();
    }
  }
  /** True when it was on. */
  leave() {
    if (!this.on) return false;
    this.on = false;
    this.root.classList.remove("dzl-sp-present");
    if (this.root.hasAttribute("popover")) {
      this.root.hidePopover();
      this.root.removeAttribute("popover");
    }
    if (this.root.ownerDocument.fullscreenElement === this.root) void this.root.ownerDocument.exitFullscreen();
    this.changed(false);
    return true;
  }
  destroy() {
    this.leave();
    this.root.ownerDocument.removeEventListener("fullscreenchange", this.left);
  }
};

// ts/step_player/code_pane.ts
var TOKEN = /(#.*$)|("""[\s\S]*?"""|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\b(def|class|return|if|elif|else|for|while|in|not|is|and|or|import|from|as|with|try|except|finally|raise|pass|break|continue|lambda|yield|None|True|False|global|nonlocal|del|assert)\b/g;
function paint(line) {
  const out = [];
  let end = 0;
  for (const match of line.matchAll(TOKEN)) {
    if (match.index > end) out.push(document.createTextNode(line.slice(end, match.index)));
    out.push(h("span", { class: match[1] ? "dzl-sp-c" : match[2] ? "dzl-sp-s" : "dzl-sp-k" }, match[0]));
    end = match.index + match[0].length;
  }
  if (end < line.length || out.length === 0) out.push(document.createTextNode(line.slice(end)));
  return out;
}
var CodePane = class {
  constructor(folder, t) {
    this.folder = folder;
    this.t = t;
    this.el.append(this.title, this.box);
    this.box.setAttribute("aria-label", t("code"));
  }
  folder;
  t;
  el = h("div", { class: "dzl-sp-codepane" });
  title = h("div", { class: "dzl-sp-codetitle" });
  box = h("div", { class: "dzl-sp-code", tabindex: 0, role: "group" });
  source = -1;
  lit = null;
  lines = [];
  draw(state) {
    const at = state.at;
    const source = at ? at[0] : this.source >= 0 ? this.source : this.firstSource();
    const entry = this.folder.run.sources[source];
    if (!entry) {
      this.title.textContent = "";
      fill(this.box, h("p", { class: "dzl-sp-none" }, this.t("no_code")));
      return;
    }
    if (source !== this.source) {
      this.source = source;
      fill(this.title, h("code", null, entry.title), h("span", { class: "dzl-tag" }, entry.file === "notebook cell" ? this.t("cell") : entry.file));
      const indent = Math.min(...entry.lines.filter((l) => l.trim()).map((l) => l.length - l.trimStart().length), 99);
      this.lines = entry.lines.map((line, i) => h(
        "div",
        { class: "dzl-sp-codeline" },
        h("span", { class: "dzl-sp-n", "aria-hidden": "true" }, entry.first + i),
        h("span", null, ...paint(line.slice(indent)))
      ));
      fill(this.box, ...this.lines);
      this.lit = null;
      this.box.scrollTop = 0;
    }
    const next = at ? this.lines[at[1] - entry.first] ?? null : null;
    if (next !== this.lit) {
      this.lit?.classList.remove("dzl-sp-now", "dzl-sp-fail");
      this.lit?.removeAttribute("aria-current");
      this.lit = next;
    }
    if (!next) return;
    next.classList.add("dzl-sp-now");
    next.classList.toggle("dzl-sp-fail", state.step.k === "error");
    next.setAttribute("aria-current", "step");
    const [top, height] = [next.offsetTop, next.offsetHeight];
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    if (top < scrollTop + height || top + 2 * height > scrollTop + clientHeight) {
      const most = Math.floor((scrollHeight - clientHeight) / height);
      this.box.scrollTop = Math.max(0, Math.min(most, Math.round((top - clientHeight / 2) / height))) * height;
    }
  }
  firstSource() {
    const named = this.folder.run.sources.findIndex((s) => /\.backward$|^backward/.test(s.title) && s.title.includes("Variable"));
    return named >= 0 ? named : this.folder.run.sources.length > 0 ? 0 : -1;
  }
};

// ts/step_player/fold.ts
var Folder = class {
  constructor(run) {
    this.run = run;
    this.state = this.blank();
  }
  run;
  state;
  blank() {
    return {
      k: -1,
      step: { i: -1, p: "other", k: "start" },
      data: /* @__PURE__ */ new Map(),
      grad: /* @__PURE__ */ new Map(),
      shown: /* @__PURE__ */ new Set(),
      changed: /* @__PURE__ */ new Set(),
      at: null,
      stack: [],
      work: null
    };
  }
  /** The state after step k. Going forward continues from where it is; going back folds from the start. */
  at(k) {
    if (k < this.state.k) this.state = this.blank();
    const state = this.state;
    while (state.k < k) {
      const step = this.run.steps[state.k + 1];
      if (!step) break;
      state.k += 1;
      state.step = step.k === "line" ? { ...step, on: state.step.on ?? [] } : step;
      state.changed = /* @__PURE__ */ new Set();
      for (const [id, what, snap] of step.set ?? []) {
        state[what].set(id, snap);
        state.changed.add(`${id}.${what}`);
      }
      for (const id of step.show ?? []) state.shown.add(id);
      if (step.at !== void 0) state.at = step.at;
      if (step.stack !== void 0) state.stack = step.stack;
      if (step.work !== void 0) state.work = step.work;
    }
    return state;
  }
  snap(index) {
    return index === null || index === void 0 ? null : this.run.snaps[index] ?? null;
  }
  label(id) {
    return this.run.variables.find((v) => v.id === id)?.label ?? this.run.functions[id] ?? id;
  }
  /** For each "v1.data" the other places that hold the same memory now. */
  shared(state) {
    const byToken = /* @__PURE__ */ new Map();
    for (const what of ["data", "grad"]) {
      for (const [id, index] of state[what]) {
        const snap = this.snap(index);
        if (!snap || snap.t === null || snap.t === void 0) continue;
        const key = String(snap.t);
        byToken.set(key, [...byToken.get(key) ?? [], `${id}.${what}`]);
      }
    }
    const out = /* @__PURE__ */ new Map();
    for (const places of byToken.values()) {
      if (places.length < 2) continue;
      for (const place2 of places) out.set(place2, places.filter((p) => p !== place2));
    }
    return out;
  }
};

// ts/step_player/place.ts
var MARGIN = { top: 66, bottom: 48 };
function reference(id) {
  return id.split("~")[0] ?? id;
}
function place(scene, open) {
  const flat2 = {
    w: scene.w,
    h: scene.h,
    bands: scene.bands.map((b) => ({ ...b, last: b.last ?? b.gen })),
    nodes: scene.nodes.map((n) => ({ ...n, ref: reference(n.id) })),
    edges: scene.edges.map((e) => ({ ...e }))
  };
  const opening = scene.groups.flatMap((g) => open.has(g.id) && g.scene ? [{ id: g.id, inside: place(g.scene, open) }] : []);
  if (opening.length === 0) return flat2;
  const byId = new Map(flat2.nodes.map((n) => [n.id, n]));
  const lines = flat2.edges.map((e) => points(e.path));
  for (const { id, inside } of opening) {
    const group = byId.get(id);
    if (group) makeRoom(group, flat2, lines, byId, inside.w, inside.h);
  }
  const down = MARGIN.top - Math.min(...flat2.nodes.map((n) => n.y - n.h / 2));
  for (const node of flat2.nodes) node.y += down;
  flat2.edges.forEach((e, i) => {
    e.path = redraw(e, lines[i] ?? [], 0, down);
  });
  for (const { id, inside } of opening) {
    const frame = byId.get(id);
    if (!frame) continue;
    const [left, top] = [frame.x - inside.w / 2, frame.y - inside.h / 2];
    flat2.nodes.push(...inside.nodes.map((n) => ({ ...n, x: n.x + left, y: n.y + top })));
    flat2.edges.push(...inside.edges.map((e) => ({ ...e, path: redraw(e, points(e.path), left, top) })));
  }
  const low = Math.max(0, ...lines.flat().map(([, y]) => y + down), ...flat2.nodes.map((n) => n.y + n.h / 2));
  flat2.h = low + MARGIN.bottom;
  return flat2;
}
function makeRoom(group, picture, lines, byId, width, height) {
  const half = Math.max(...picture.nodes.filter((n) => n.x === group.x).map((n) => n.w)) / 2;
  const [left, right, middle, level] = [group.x - half, group.x + half, group.x, group.y];
  const wider = Math.max(0, width - (right - left));
  const taller = Math.max(0, height - group.h);
  const push2 = ([x, y]) => [
    x + (x > middle ? wider : x === middle ? wider / 2 : 0),
    left - 1 <= x && x <= right + 1 ? y + taller / 2 * Math.sign(y - level) : y
  ];
  const before = new Map(picture.nodes.map((n) => [n.id, [n.x, n.y]]));
  for (const node of picture.nodes) [node.x, node.y] = push2([node.x, node.y]);
  picture.edges.forEach((edge, i) => {
    const line = lines[i] ?? [];
    const moved = line.map(push2);
    for (const [at, end, side] of [[0, edge.from, 1], [line.length - 1, edge.to, -1]]) {
      const [node, old, point] = [byId.get(end), before.get(end), line[at]];
      if (!node || !old || !point) continue;
      const grown = end === group.id ? side * (Math.max(width, group.w) - group.w) / 2 : 0;
      const dy = node.y - old[1];
      moved[at] = [point[0] + node.x - old[0] + grown, point[1] + dy];
      const beside = at + side;
      const [next, was] = [moved[beside], line[beside]];
      if (line.length > 2 && next && was && was[1] === point[1]) moved[beside] = [next[0], point[1] + dy];
    }
    lines[i] = moved;
  });
  for (const band of picture.bands) {
    if (band.x > middle) band.x += wider;
    else if (band.x + band.w > middle) band.w += wider;
  }
  picture.w += wider;
  Object.assign(group, { w: Math.max(width, group.w), h: Math.max(height, group.h), open: true });
}
function points(path) {
  const out = [];
  for (const match of path.matchAll(/([MHC])([^MHC]*)/g)) {
    const numbers = (match[2] ?? "").trim().split(/[ ,]+/).map(Number);
    const last = numbers[numbers.length - 1] ?? 0;
    out.push(match[1] === "H" ? [numbers[0] ?? 0, out[out.length - 1]?.[1] ?? 0] : [numbers[numbers.length - 2] ?? 0, last]);
  }
  return out;
}
var tidy = (n) => Math.round(n * 10) / 10;
function redraw(edge, line, dx, dy) {
  const moved = line.map(([x, y]) => [x + dx, y + dy]);
  const [start, end] = [moved[0], moved[moved.length - 1]];
  if (!start || !end) return edge.path;
  return edge.kind === "wrong" ? detour(start, end) : curve(moved, end);
}
function curve(line, end) {
  let [x, y] = line[0] ?? end;
  let path = `M${tidy(x)} ${tidy(y)}`;
  for (const [nx, ny] of line.slice(1)) {
    if (nx - x < 1 && nx !== end[0]) continue;
    if (Math.abs(ny - y) < 0.05) path += `H${tidy(nx)}`;
    else {
      const middle = tidy((x + nx) / 2);
      path += `C${middle} ${tidy(y)} ${middle} ${tidy(ny)} ${tidy(nx)} ${tidy(ny)}`;
    }
    [x, y] = [nx, ny];
  }
  return path;
}
function detour([x, y], [tx, ty]) {
  const bow = 40 + Math.min(60, Math.abs(tx - x) / 8);
  const reach = 40 + Math.abs(tx - x) / 8;
  return `M${tidy(x)} ${tidy(y)}C${[[x + reach, y - bow], [tx - reach, ty - bow], [tx, ty]].map((p) => p.map((v) => tidy(v ?? 0)).join(" ")).join(" ")}`;
}
function representatives(scene, open) {
  const rep = /* @__PURE__ */ new Map();
  const say = (id, by) => {
    const ref = reference(id);
    if (rep.get(ref) !== ref) rep.set(ref, by ?? ref);
  };
  const walk = (s, hiddenBy) => {
    for (const node of s.nodes) say(node.id, hiddenBy);
    for (const group of s.groups) {
      const by = hiddenBy ?? (open.has(group.id) ? null : group.id);
      if (by !== null) for (const member of group.members) say(member, by);
      if (group.scene) walk(group.scene, by);
    }
  };
  walk(scene, null);
  return rep;
}

// ts/step_player/viewport.ts
var MARGIN2 = 16;
var Viewport = class {
  constructor(svg2, layer) {
    this.svg = svg2;
    this.layer = layer;
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(svg2);
    this.undo.push(() => observer.disconnect());
    this.listen();
  }
  svg;
  layer;
  view = { k: 1, x: 0, y: 0 };
  size = { w: 0, h: 0 };
  content = { w: 1, h: 1 };
  focus = null;
  // what `follow` showed last
  frame = 0;
  undo = [];
  touched = false;
  // the learner moved it: do not fit again on resize
  maxFit = 1.3;
  readable = 0.8;
  // the scale at which a graph too big to be shown whole is followed
  onFit = () => void 0;
  // what is visible, in content coordinates
  onView = () => void 0;
  listen() {
    let from = null;
    const on = (type, f, o) => {
      this.svg.addEventListener(type, f, o);
      this.undo.push(() => this.svg.removeEventListener(type, f));
    };
    on("wheel", (e) => {
      if (!e.ctrlKey && !e.metaKey) return;
      e.preventDefault();
      e.stopPropagation();
      const box = this.svg.getBoundingClientRect();
      this.zoom(Math.exp(-e.deltaY * 2e-3), e.clientX - box.left, e.clientY - box.top, false);
    }, { passive: false });
    on("pointerdown", (e) => {
      if (e.button !== 0) return;
      from = { id: e.pointerId, x: e.clientX, y: e.clientY, view: { ...this.view }, moved: false };
    });
    on("pointermove", (e) => {
      if (!from || from.id !== e.pointerId) return;
      const [dx, dy] = [e.clientX - from.x, e.clientY - from.y];
      if (!from.moved && Math.hypot(dx, dy) < 4) return;
      if (!from.moved) this.svg.setPointerCapture(e.pointerId);
      from.moved = true;
      this.touched = true;
      this.apply({ ...from.view, x: from.view.x + dx, y: from.view.y + dy });
    });
    const end = (e) => {
      if (from?.moved) {
        const swallow = (click) => click.stopPropagation();
        this.svg.addEventListener("click", swallow, { capture: true });
        setTimeout(() => this.svg.removeEventListener("click", swallow, { capture: true }), 0);
      }
      if (from?.id === e.pointerId) from = null;
    };
    on("pointerup", end);
    on("pointercancel", () => {
      from = null;
    });
    on("dblclick", () => this.fit());
  }
  measure() {
    const { width, height } = this.svg.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const first = this.size.w === 0;
    this.size = { w: width, h: height };
    if (first || !this.touched) this.home(false);
  }
  /** The size of what is drawn; fits unless the learner has moved the view. */
  setContent(w, h2, animate = false) {
    this.content = { w, h: h2 };
    if (!this.touched) this.home(animate);
  }
  get fitScale() {
    return Math.min(this.size.w / this.content.w, this.size.h / this.content.h, this.maxFit);
  }
  /** Small graphs are shown whole; one too big to read when shown whole starts readable, where the action was last. */
  home(animate) {
    const whole = this.fitScale;
    const readable = whole >= this.readable - 0.1;
    this.show(readable ? whole : this.readable, animate);
    if (!readable && this.focus) this.follow(this.focus);
  }
  /** All of the graph, however small that makes it. */
  fit(animate = true) {
    this.touched = false;
    this.show(Math.max(this.fitScale, Math.min(0.16, this.maxFit)), animate);
  }
  show(k, animate) {
    if (this.size.w === 0) return;
    const start = (room, all) => k > this.fitScale && all * k > room ? MARGIN2 : (room - all * k) / 2;
    const [x, y] = [start(this.size.w, this.content.w), start(this.size.h, this.content.h)];
    this.onFit(-y / k, (this.size.h - y) / k);
    this.go({ k, x, y }, animate);
  }
  zoom(factor, px = this.size.w / 2, py = this.size.h / 2, animate = true) {
    this.touched = true;
    const k = Math.min(4, Math.max(0.08, this.view.k * factor));
    const ratio = k / this.view.k;
    this.go({ k, x: px - (px - this.view.x) * ratio, y: py - (py - this.view.y) * ratio }, animate);
  }
  /** Brings a box of content coordinates into sight when the whole does not fit readably. */
  follow(box) {
    const k = this.readable;
    this.focus = box;
    if (this.touched || this.size.w === 0 || this.fitScale >= k - 0.1) return;
    const inside = (a, size, offset, room) => a * k + offset > 24 && (a + size) * k + offset < room - 24;
    const same = Math.abs(this.view.k - k) < 0.01;
    if (same && inside(box.x, box.w, this.view.x, this.size.w) && inside(box.y, box.h, this.view.y, this.size.h)) return;
    const centre = (a, size, room, all) => {
      const wanted = room / 2 - (a + size / 2) * k;
      return all * k < room ? (room - all * k) / 2 : Math.min(MARGIN2, Math.max(room - all * k - MARGIN2, wanted));
    };
    this.go({ k, x: centre(box.x, box.w, this.size.w, this.content.w), y: centre(box.y, box.h, this.size.h, this.content.h) }, true);
  }
  go(target, animate) {
    cancelAnimationFrame(this.frame);
    if (!animate || reducedMotion()) {
      this.apply(target);
      return;
    }
    const from = { ...this.view };
    const begin = performance.now();
    const tick = (now) => {
      const t = Math.min(1, (now - begin) / 260);
      const e = 1 - (1 - t) ** 3;
      this.apply({ k: from.k + (target.k - from.k) * e, x: from.x + (target.x - from.x) * e, y: from.y + (target.y - from.y) * e });
      if (t < 1) this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }
  apply(view) {
    this.view = view;
    this.layer.setAttribute("transform", `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.k.toFixed(4)})`);
    this.onView(-view.y / view.k);
  }
  destroy() {
    cancelAnimationFrame(this.frame);
    for (const f of this.undo) f();
  }
};

// ts/step_player/graph_pane.ts
var GraphPane = class {
  // predicting: this gradient stays a question mark
  constructor(options) {
    this.options = options;
    const { t } = options;
    this.svg = svg(
      "svg",
      { class: "dzl-svg", role: options.folder.run.scene.groups.length > 0 ? "group" : "img", "aria-label": t("graph_label") },
      svg("defs", null, this.marker(this.marks.back, "dzl-m-back"), this.marker(this.marks.on, "dzl-m-on")),
      this.layer
    );
    this.view = new Viewport(this.svg, this.layer);
    if (options.tight) this.view.readable = 0.65;
    this.view.onFit = (top, bottom) => this.tall(top, bottom);
    this.view.onView = (top) => {
      for (const name of this.bandNames) attr(name, "y", (Math.max(this.bandTop, top + 8) + 17).toFixed(1));
    };
    const button = (text, label, onClick) => h("button", { class: "dzl-btn", type: "button", title: label, "aria-label": label, onClick }, text);
    this.el = h(
      "div",
      { class: "dzl-canvas" },
      this.svg,
      h(
        "div",
        { class: "dzl-zoom" },
        button("+", t("zoom_in"), () => this.view.zoom(1.3)),
        button("−", t("zoom_out"), () => this.view.zoom(1 / 1.3)),
        button("⤢", t("fit"), () => this.view.fit())
      )
    );
    for (const group of allGroups(options.folder.run.scene)) this.members.set(group.id, group.members.map(reference));
    this.build();
  }
  options;
  el;
  svg;
  layer = svg("g");
  view;
  open = /* @__PURE__ */ new Set();
  placement;
  rep = /* @__PURE__ */ new Map();
  members = /* @__PURE__ */ new Map();
  nodes = [];
  edges = [];
  tokens = svg("g", { class: "dzl-tokens" });
  animation = 0;
  last = null;
  bandNames = [];
  // stay at the top edge while the rest is panned
  bandTop = 4;
  marks = { back: uid("m"), on: uid("m") };
  hideGrad = null;
  marker(id, name) {
    return svg(
      "marker",
      { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 5, markerHeight: 5, orient: "auto-start-reverse", class: name },
      svg("path", { d: "M0 0L8 4L0 8z" })
    );
  }
  build() {
    const { folder, t } = this.options;
    const p = this.placement = place(folder.run.scene, this.open);
    this.rep = representatives(folder.run.scene, this.open);
    const bands = svg("g", { class: "dzl-bands" });
    this.bandNames = [];
    for (const band of p.bands) {
      const middle = band.x + band.w / 2;
      const name = band.last > band.gen ? `${band.gen}–${band.last}` : String(band.gen);
      const roomy = band.w > 84;
      const text = svg("text", { x: middle, y: 21, "text-anchor": "middle" }, folder.run.generations === false ? "" : roomy ? t("generation", { n: name }) : name);
      this.bandNames.push(text);
      bands.append(svg("rect", { x: band.x, y: 4, width: band.w, height: Math.max(0, p.h - 8), rx: 8 }), text);
    }
    this.edges = p.edges.map((edge) => ({ edge, path: svg("path", { d: edge.path, class: `dzl-wire${edge.kind ? ` dzl-${edge.kind}` : ""}` }) }));
    this.nodes = p.nodes.map((node) => this.nodeView(node, p));
    const frameNodes = this.nodes.filter((n) => n.node.open).map((n) => n.g);
    this.layer.replaceChildren(
      bands,
      ...frameNodes,
      svg("g", null, ...this.edges.map((e) => e.path)),
      svg("g", null, ...this.nodes.filter((n) => !n.node.open).map((n) => n.g)),
      this.tokens
    );
    const pad = 18;
    this.el.style.setProperty("--scene-h", String(Math.round(p.h + pad)));
    this.view.setContent(p.w, p.h + pad);
  }
  /** Bands reach from the top to the bottom of the pane when the whole graph is in sight. */
  tall(top, bottom) {
    const [y0, y1] = [Math.min(4, top + 8), Math.max(this.placement.h - 4, bottom - 8)];
    for (const band of this.layer.querySelectorAll(".dzl-bands rect")) {
      attr(band, "y", y0);
      attr(band, "height", y1 - y0);
    }
    this.bandTop = y0;
  }
  nodeView(node, p) {
    const { t } = this.options;
    const round = node.kind === "variable" ? Math.min(26, node.h / 2) : node.kind === "group" ? 12 : 6;
    const shape = svg("rect", { x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h, rx: round });
    const text = (y, name) => svg("text", { x: node.x, y, "text-anchor": "middle", class: name });
    const room = Math.floor((node.w - 14) / 7.2);
    const label = text(node.kind === "variable" ? node.y - 4 : node.y + 4.5, "dzl-label");
    label.textContent = clip(node.label, room);
    const value = text(node.y + 14, "dzl-value");
    const below = node.y > p.h * 0.56;
    const grad = text(below ? node.y + node.h / 2 + 16 : node.y - node.h / 2 - 8, "dzl-gradtext");
    const note = text(below ? node.y + node.h / 2 + 31 : node.y - node.h / 2 - 23, "dzl-note");
    const title = svg("title");
    const thumb = svg("g", { class: "dzl-thumb" });
    const g = svg("g", { class: `dzl-node dzl-${node.kind}`, "data-id": node.id }, title, shape, thumb, label, value, grad, note);
    if (node.kind === "group") this.groupNode(node, g, label, value);
    else g.addEventListener("click", () => this.options.onPick([node.ref]));
    if (this.options.focus === node.ref) g.classList.add("dzl-focus");
    title.textContent = `${node.label}
${t("jump", { name: node.label })}`;
    return { node, g, shape, label, value, grad, note, title, thumb };
  }
  groupNode(node, g, label, value) {
    const { t } = this.options;
    const isOpen = node.open === true;
    const name = isOpen ? t("close_group", { name: node.label }) : t("open_group", { name: node.label, n: node.parts ?? 0 });
    for (const [k, v] of Object.entries({ tabindex: "0", role: "button", "aria-expanded": String(isOpen), "aria-label": name })) attr(g, k, v);
    if (isOpen) {
      g.classList.add("dzl-open");
      attr(label, "x", node.x - node.w / 2 + 14);
      attr(label, "text-anchor", "start");
      attr(label, "y", node.y - node.h / 2 + 18);
      label.textContent = `− ${node.label}`;
    } else {
      attr(label, "y", node.y - 2);
      label.textContent = `+ ${clip(node.label, Math.floor((node.w - 24) / 7.2))}`;
      value.textContent = node.parts ? `×${node.parts}` : "";
    }
    const toggle = () => {
      if (isOpen) this.open.delete(node.id);
      else this.open.add(node.id);
      this.build();
      if (this.last) this.draw(this.last, false);
      this.layer.querySelector(`[aria-label="${CSS.escape(name)}"]`)?.focus();
    };
    g.addEventListener("click", toggle);
    g.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" && e.key !== " ") return;
      e.preventDefault();
      e.stopPropagation();
      toggle();
    });
  }
  refs(node) {
    return node.kind === "group" ? this.members.get(node.id) ?? [node.id] : [node.ref];
  }
  draw(state, animate) {
    this.last = state;
    const { step } = state;
    const on = new Set(step.on ?? []);
    const backward = step.back === 1 || step.p !== "forward" && !["leaf", "call", "result"].includes(step.k);
    for (const view of this.nodes) {
      const refs = this.refs(view.node);
      const shown = view.node.open || refs.some((id) => state.shown.has(id));
      const active = !view.node.open && refs.some((id) => on.has(id));
      view.g.classList.toggle("dzl-off", !shown);
      view.g.classList.toggle("dzl-on", active);
      view.g.classList.toggle("dzl-fwd", active && !backward);
      if (view.node.kind === "variable") this.variable(view, state);
    }
    this.drawEdges(state, backward);
    cancelAnimationFrame(this.animation);
    this.tokens.replaceChildren();
    if (animate && !reducedMotion()) this.fly(state);
    this.follow(on);
  }
  variable(view, state) {
    const { folder, t } = this.options;
    const id = view.node.ref;
    const room = Math.floor((view.node.w - 12) / 7);
    const data = folder.snap(state.data.get(id));
    const gradIndex = state.grad.get(id);
    const text = state.data.has(id) ? data ? short(data, room) : "None" : "";
    if (view.value.textContent !== text) view.value.textContent = text;
    this.thumbnail(view, data, state.data.get(id) ?? -1);
    const change = state.step.grad?.v === id ? state.step.grad : null;
    let grad = gradIndex === void 0 || gradIndex === null ? "" : `${t("grad")} ${short(folder.snap(gradIndex), 16)}`;
    let note = "";
    if (change) {
      const [before, now] = [folder.snap(change.old), folder.snap(change.new)];
      if (change.how === "cleared") note = t("cleared");
      else if (before && now) {
        grad = `${t("grad")} ${short(before, 12)} → ${short(now, 12)}`;
        const part = folder.snap(change.part);
        if (change.how === "added" && part) note = t("there_plus", { old: short(before, 12), part: short(part, 12) });
        if (change.how === "replaced") note = t("replaced", { old: short(before, 12) });
        if (change.how === "inplace") note = t("inplace");
      }
    }
    if (this.hideGrad === id) {
      grad = `${t("grad")} ?`;
      note = "";
    }
    view.grad.textContent = grad;
    view.note.textContent = note;
    view.g.classList.toggle("dzl-warn", change?.how === "replaced");
    const gradText = this.hideGrad === id ? "?" : gradIndex === void 0 ? "" : long(folder.snap(gradIndex));
    view.title.textContent = `${view.node.label} = ${long(data)}${gradText ? `
grad = ${gradText}` : ""}
${t("jump", { name: view.node.label })}`;
  }
  /** Arrays show their pattern as a strip in the pill, so that a broadcast, a mask or a zero gradient is seen at a glance. */
  thumbnail(view, snap, index) {
    if (view.thumb.getAttribute("data-snap") === String(index)) return;
    view.thumb.setAttribute("data-snap", String(index));
    view.thumb.replaceChildren();
    const rows = snap && sizeOf(snap) > 1 ? grid(snap) : null;
    view.g.classList.toggle("dzl-array", rows !== null);
    if (!rows) return;
    const { node } = view;
    const columns = Math.min(10, rows[0]?.length ?? 1), lines = Math.min(2, rows.length);
    const w = Math.min(7, (node.w - 26) / columns), h2 = lines === 1 ? 8 : 5;
    const most = Math.max(1e-12, ...rows.flat().map((v) => typeof v === "number" ? Math.abs(v) : 0));
    for (let r = 0; r < lines; r += 1) {
      for (let c = 0; c < columns; c += 1) {
        const value = rows[Math.floor(r * rows.length / lines)]?.[Math.floor(c * (rows[0]?.length ?? 1) / columns)];
        const n = typeof value === "number" ? value : 0;
        view.thumb.append(svg("rect", {
          x: node.x - columns * w / 2 + c * w + 0.5,
          y: node.y + 10 + r * h2,
          width: w - 1,
          height: h2 - 1,
          rx: 1,
          class: typeof value === "string" ? "dzl-nan" : n < 0 ? "dzl-neg" : "dzl-pos",
          opacity: (0.12 + 0.88 * Math.abs(n) / most).toFixed(2)
        }));
      }
    }
  }
  key(from, to) {
    return `${this.rep.get(from) ?? from}>${this.rep.get(to) ?? to}`;
  }
  drawEdges(state, backward) {
    const lit = new Set((state.step.wires ?? []).map(([from, to]) => this.key(from, to)));
    const shownNode = new Set(this.nodes.filter((v) => !v.g.classList.contains("dzl-off")).map((v) => v.node.id));
    for (const { edge, path } of this.edges) {
      const shown = shownNode.has(edge.from) && shownNode.has(edge.to);
      const on = shown && lit.has(`${reference(edge.from)}>${reference(edge.to)}`);
      path.classList.toggle("dzl-off", !shown);
      path.classList.toggle("dzl-on", on);
      path.classList.toggle("dzl-fwd", on && !backward);
      attr(path, "marker-start", on && backward ? `url(#${this.marks.back})` : null);
      attr(path, "marker-end", on && !backward ? `url(#${this.marks.on})` : null);
    }
  }
  /** Values travel along the active edges for half a second. */
  fly(state) {
    const backward = state.step.back === 1;
    const flights = (state.step.tokens ?? []).flatMap(([from, to, index]) => {
      const key = this.key(from, to);
      const view = this.edges.find(({ edge, path }) => `${reference(edge.from)}>${reference(edge.to)}` === key && !path.classList.contains("dzl-off"));
      if (!view) return [];
      const hidden = this.hideGrad === from && backward;
      const text = hidden ? "?" : short(this.options.folder.snap(index), 12);
      const w = Math.max(26, text.length * 7 + 12);
      const g = svg(
        "g",
        { class: `dzl-token${backward ? "" : " dzl-fwd"}` },
        svg("rect", { x: -w / 2, y: -10, width: w, height: 20, rx: 10 }),
        svg("text", { y: 4, "text-anchor": "middle" }, text)
      );
      this.tokens.append(g);
      return [{ g, path: view.path, length: view.path.getTotalLength() }];
    });
    if (flights.length === 0) return;
    const begin = performance.now();
    const tick = (now) => {
      const t = Math.min(1, (now - begin) / 520);
      const ease = t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2;
      for (const f of flights) {
        const at = f.path.getPointAtLength(f.length * (backward ? 1 - ease : ease));
        f.g.setAttribute("transform", `translate(${at.x} ${at.y})`);
        f.g.setAttribute("opacity", t > 0.85 ? String((1 - t) / 0.15) : "1");
      }
      if (t < 1) this.animation = requestAnimationFrame(tick);
      else this.tokens.replaceChildren();
    };
    tick(begin);
  }
  follow(on) {
    const boxes = this.nodes.filter((v) => this.refs(v.node).some((id) => on.has(id)) && !v.node.open).map((v) => v.node);
    if (boxes.length === 0) return;
    const x0 = Math.min(...boxes.map((n) => n.x - n.w / 2)), x1 = Math.max(...boxes.map((n) => n.x + n.w / 2));
    const y0 = Math.min(...boxes.map((n) => n.y - n.h / 2)) - 24, y1 = Math.max(...boxes.map((n) => n.y + n.h / 2)) + 24;
    this.view.follow({ x: x0, y: y0, w: x1 - x0, h: y1 - y0 });
  }
  /** Marks the nodes of one call while the pointer is on its chip. */
  point(id) {
    for (const view of this.nodes) view.g.classList.toggle("dzl-point", id !== null && this.refs(view.node).includes(id) && !view.node.open);
  }
  set maxScale(k) {
    this.view.maxFit = k;
    this.view.fit(false);
  }
  zoom(factor) {
    this.view.zoom(factor);
  }
  get picture() {
    return this.svg;
  }
  get contentSize() {
    return { w: this.placement.w, h: this.placement.h };
  }
  destroy() {
    cancelAnimationFrame(this.animation);
    this.view.destroy();
  }
};
function allGroups(scene) {
  return scene.groups.flatMap((g) => [g, ...g.scene ? allGroups(g.scene) : []]);
}

// ts/step_player/twin_pane.ts
function calls(scene, known = /* @__PURE__ */ new Map()) {
  const kind = new Map(scene.nodes.map((n) => [n.id, n.kind]));
  const get = (id) => {
    const call = known.get(id) ?? { id, inputs: [], outputs: [] };
    known.set(id, call);
    return call;
  };
  for (const edge of scene.edges) {
    if (kind.get(edge.to) === "function") push(get(reference(edge.to)).inputs, reference(edge.from));
    if (kind.get(edge.from) === "function") push(get(reference(edge.from)).outputs, reference(edge.to));
  }
  for (const group of scene.groups) if (group.scene) calls(group.scene, known);
  return known;
}
function push(list, id) {
  if (!list.includes(id)) list.push(id);
}
var TwinPane = class {
  constructor(folder, t) {
    this.folder = folder;
    this.t = t;
    this.el.setAttribute("aria-label", t("twin"));
    const order = /* @__PURE__ */ new Map();
    folder.run.steps.forEach((step) => step.show?.forEach((id) => {
      if (!order.has(id)) order.set(id, order.size);
    }));
    this.calls = [...calls(folder.run.scene).values()].sort((a, b) => (order.get(a.id) ?? 1e9) - (order.get(b.id) ?? 1e9));
  }
  folder;
  t;
  el = h("div", { class: "dzl-sp-twin", tabindex: 0, role: "group" });
  calls;
  draw(state, hide) {
    const { t, folder } = this;
    const variable = (id) => {
      const data = state.data.has(id) ? short(folder.snap(state.data.get(id)), 24) : t("not_yet");
      const grad = state.grad.get(id);
      const shown = hide === id ? ", grad ?" : grad === void 0 || grad === null ? "" : `, grad ${short(folder.snap(grad), 24)}`;
      return `${folder.label(id)} = ${data}${shown}`;
    };
    const list = (ids) => h("td", null, ...ids.filter((id) => state.shown.has(id)).map((id) => h("div", null, variable(id))));
    const rows = this.calls.filter((call) => state.shown.has(call.id)).map((call) => {
      const now = state.step.on?.includes(call.id) === true;
      return h(
        "tr",
        { class: now ? "dzl-sp-rownow" : null },
        h("th", { scope: "row" }, folder.label(call.id), now ? h("span", { class: "dzl-tag" }, ` ← ${t("here")}`) : null),
        list(call.inputs),
        list(call.outputs)
      );
    });
    fill(this.el, h(
      "table",
      { class: "dzl-table" },
      h("thead", null, h("tr", null, ...[t("call"), t("takes"), t("makes")].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", null, ...rows)
    ));
  }
};

// ts/step_player/value_pane.ts
var ROWS = 60;
function heat(snap, t) {
  const rows = grid(snap);
  const box = h("div", { class: "dzl-sp-heat" });
  if (rows) {
    const numbers = rows.flat().map((v) => typeof v === "number" ? Math.abs(v) : 0);
    const most = Math.max(...numbers, 1e-12);
    const columns = rows[0]?.length ?? 1;
    const exact = !snap.th && columns <= 4 && rows.length <= 12;
    const side = Math.max(3, Math.min(12, Math.floor(130 / columns)));
    const table2 = h("div", { class: exact ? `dzl-sp-cells dzl-sp-exact${columns > 3 ? " dzl-sp-tight" : ""}` : "dzl-sp-cells", style: { "grid-template-columns": exact ? `repeat(${columns}, auto)` : `repeat(${columns}, ${side}px)`, "grid-auto-rows": exact ? "auto" : `${Math.max(6, side)}px` } });
    for (const value of rows.flat()) table2.append(cell(value, most, exact ? columns > 3 ? 2 : 3 : 0, isFloat(snap)));
    box.append(table2);
  }
  const facts = [snap.s ? shapeText(snap.s) : "", snap.d ?? ""].filter(Boolean).join(" ");
  const stats = snap.st ? t("stats", { min: num(snap.st.min), max: num(snap.st.max), mean: num(snap.st.mean) }) : "";
  const nan = snap.st && snap.st.nan > 0 ? t("nan_count", { n: snap.st.nan }) : "";
  box.append(h("div", { class: "dzl-sp-facts" }, [facts, stats, nan].filter(Boolean).join(" · ")));
  return box;
}
function cell(value, most, digits, float) {
  const n = typeof value === "number" ? value : 0;
  const strength = Math.round(Math.abs(n) / most * 55);
  const colour = n < 0 ? "var(--funline)" : "var(--varline)";
  const bad = typeof value === "string";
  return h("span", {
    class: bad ? "dzl-sp-cell dzl-sp-nan" : "dzl-sp-cell",
    title: num(value, float),
    style: { background: bad ? "var(--badcell)" : `color-mix(in srgb, ${colour} ${strength}%, var(--soft))` }
  }, digits > 0 ? num(typeof value === "number" ? Number(value.toPrecision(digits)) : value, float) : "");
}
var ValuePane = class {
  constructor(folder, t) {
    this.folder = folder;
    this.t = t;
    this.el.setAttribute("aria-label", t("values"));
  }
  folder;
  t;
  el = h("div", { class: "dzl-sp-values", tabindex: 0, role: "group" });
  draw(state, hide) {
    const { t, folder } = this;
    const shared = folder.shared(state);
    const body = h("tbody");
    const known = folder.run.variables.filter(({ id }) => state.data.has(id) || state.grad.has(id) || state.shown.has(id));
    const centre = Math.max(0, known.findIndex(({ id }) => state.step.on?.includes(id)));
    const start = Math.max(0, Math.min(known.length - ROWS, centre - ROWS / 2));
    const rows = known.slice(start, start + ROWS);
    if (known.length > rows.length) {
      body.append(h("tr", null, h("td", { colspan: 3, class: "dzl-sp-none" }, t("window", { from: start + 1, to: start + rows.length, total: known.length }))));
    }
    for (const variable of rows) {
      const now = state.step.on?.includes(variable.id) || state.step.grad?.v === variable.id;
      body.append(h(
        "tr",
        { class: now ? "dzl-sp-rownow" : null },
        h("th", { scope: "row" }, variable.label),
        this.entry(state, variable.id, "data", shared, false),
        this.entry(state, variable.id, "grad", shared, hide === variable.id)
      ));
    }
    const scroll = this.el.scrollTop;
    fill(this.el, h(
      "table",
      { class: "dzl-table" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("name")), h("th", { scope: "col" }, t("value")), h("th", { scope: "col" }, t("gradient")))),
      body
    ));
    this.el.scrollTop = scroll;
    const row = this.el.querySelector(".dzl-sp-rownow");
    if (row && (row.offsetTop < this.el.scrollTop || row.offsetTop + row.offsetHeight > this.el.scrollTop + this.el.clientHeight)) {
      this.el.scrollTop = Math.max(0, row.offsetTop - 40);
    }
  }
  entry(state, id, what, shared, hidden) {
    const { t, folder } = this;
    const cellEl = h("td", { class: state.changed.has(`${id}.${what}`) ? "dzl-sp-fresh" : null });
    const index = state[what].get(id);
    const snap = folder.snap(index);
    if (hidden) cellEl.append("?");
    else if (!state[what].has(id)) cellEl.append(h("span", { class: "dzl-sp-none" }, what === "grad" ? "None" : t("not_yet")));
    else if (!snap) cellEl.append(h("span", { class: "dzl-sp-none" }, "None"));
    else if (sizeOf(snap) > 1 && (snap.th || flat(snap))) cellEl.append(heat(snap, t));
    else cellEl.append(h("code", null, short(snap, 40)));
    const others = shared.get(`${id}.${what}`);
    if (others && !hidden) {
      const names = others.map((place2) => {
        const [v = "", w = ""] = place2.split(".");
        return `${folder.label(v)}.${w}`;
      }).join(", ");
      cellEl.append(h("div", { class: "dzl-sp-shared" }, `≡ ${t("shares", { names })}`));
    }
    return cellEl;
  }
};

// ts/step_player/work_pane.ts
var WorkPane = class {
  constructor(folder, t, onPoint) {
    this.folder = folder;
    this.t = t;
    this.onPoint = onPoint;
    this.keepsList = folder.run.steps.some((step) => step.work);
  }
  folder;
  t;
  onPoint;
  el = h("div", { class: "dzl-sp-work" });
  keepsList;
  draw(state) {
    this.el.hidden = this.folder.run.sources.length === 0;
    fill(this.el, ...this.list(state), ...this.stack(state));
  }
  chip(id, gen, name, note = "") {
    const chip = h(
      "span",
      { class: `dzl-chip ${name}`, title: note || null },
      this.folder.label(id),
      gen === null ? null : h("i", null, this.t("gen", { n: gen })),
      note ? h("span", { class: "dzl-sr" }, ` (${note})`) : null
    );
    chip.addEventListener("pointerenter", () => this.onPoint(id));
    chip.addEventListener("pointerleave", () => this.onPoint(null));
    return chip;
  }
  list(state) {
    const { work } = state;
    const { t } = this;
    if (!work) {
      return [h("h4", null, t("no_queue")), h("div", { class: "dzl-sp-chips" }, h("span", { class: "dzl-sp-none" }, state.step.p === "backward" && !this.keepsList ? t("no_queue_text") : "—"))];
    }
    const key = work.take === "right" ? "queue_right" : work.take === "left" ? "queue_left" : work.take === "sorted" ? "queue_sorted" : "queue";
    const fresh = state.step.work === work ? work.pushed ?? [] : [];
    const max = 14;
    const hiddenCount = Math.max(0, work.items.length - max);
    const items = work.items.slice(-max).map(([id, gen], i) => {
      const isNew = fresh.includes(i + hiddenCount);
      return this.chip(id, gen, isNew ? "dzl-sp-pushed" : "", isNew ? t("pushed") : "");
    });
    const chips = hiddenCount ? [h("span", { class: "dzl-sp-none" }, `… ${t("more_frames", { n: hiddenCount })}`), ...items] : [...items];
    if (items.length === 0) chips.push(h("span", { class: "dzl-sp-none" }, t("empty")));
    if (work.out) {
      const arrow = h("span", { class: "dzl-sp-none" }, work.take === "left" ? t("pop_left") : t("pop"));
      const out = this.chip(work.out, null, "dzl-sp-out");
      if (work.take === "left") chips.unshift(out, arrow);
      else chips.push(arrow, out);
    }
    for (const id of state.step.work === work ? work.refused ?? [] : []) chips.push(this.chip(id, null, "dzl-sp-refused", t("refused")));
    const refusal = state.step.work === work && work.refused?.length ? h("span", { class: "dzl-sp-none" }, t("refused")) : null;
    return [h("h4", null, t(key, { name: work.name })), h("div", { class: "dzl-sp-chips" }, ...chips, refusal)];
  }
  stack(state) {
    const { t } = this;
    const frames = state.stack;
    const shown = frames.length > 7 ? [...frames.slice(0, 2), null, ...frames.slice(-4)] : frames;
    const chips = shown.map((frame) => frame === null ? h("span", { class: "dzl-sp-none" }, `… ${t("more_frames", { n: frames.length - 6 })} …`) : h("span", { class: "dzl-chip dzl-sp-frame" }, frame[0], h("i", null, t("line", { n: frame[2] }))));
    if (chips.length === 0) chips.push(h("span", { class: "dzl-sp-none" }, t("no_stack")));
    return [h("h4", null, frames.length > 1 ? `${t("stack")} (${frames.length})` : t("stack")), h("div", { class: "dzl-sp-chips" }, ...chips)];
  }
};

// ts/step_player/run_view.ts
var TABS = ["code", "values", "dot", "twin"];
var RunView = class {
  constructor(run, t, lang, focus, named, other, onPick) {
    this.run = run;
    this.t = t;
    this.lang = lang;
    this.folder = new Folder(run);
    this.state = this.folder.at(0);
    this.graph = new GraphPane({ folder: this.folder, t, focus, tight: named, onPick });
    this.code = new CodePane(this.folder, t);
    this.values = new ValuePane(this.folder, t);
    this.twin = new TwinPane(this.folder, t);
    this.work = new WorkPane(this.folder, t, (id) => this.graph.point(id));
    this.dot = this.dotPane();
    this.say = h("div", { class: "dzl-say dzl-sp-sentence", "aria-live": "polite", "aria-atomic": "true" });
    const tabButton = (tab) => h("button", { class: "dzl-sp-tab", type: "button", role: "tab", "aria-selected": String(tab === "code"), onClick: () => this.show(tab) }, t(tab === "code" && other ? "code_other" : tab));
    this.tabs = { code: tabButton("code"), values: tabButton("values"), dot: tabButton("dot"), twin: tabButton("twin") };
    this.el = h(
      "div",
      { class: "dzl-sp-run" },
      h("div", { class: "dzl-sp-graph" }, named ? h("div", { class: "dzl-sp-runtitle" }, run.title) : null, this.graph.el, this.say),
      h("div", { class: "dzl-sp-side" }, h("div", { class: "dzl-sp-tabs", role: "tablist" }, ...TABS.map((tab) => this.tabs[tab])), this.panel, this.work.el)
    );
    this.show(run.sources.length > 0 ? "code" : "values");
  }
  run;
  t;
  lang;
  el;
  folder;
  graph;
  say;
  code;
  values;
  twin;
  work;
  dot;
  tabs;
  panel = h("div", { class: "dzl-sp-panel", role: "tabpanel" });
  tab = "code";
  state;
  dotPane() {
    const { t, run } = this;
    const copy = h("button", { class: "dzl-btn dzl-sp-copy", type: "button" }, t("copy"));
    copy.addEventListener("click", () => {
      void navigator.clipboard?.writeText(run.dot).then(() => {
        copy.textContent = t("copied");
      });
    });
    return h("div", { class: "dzl-sp-dot", tabindex: 0, role: "group", "aria-label": t("dot") }, copy, h("pre", null, run.dot));
  }
  show(tab) {
    this.tab = tab;
    for (const name of TABS) this.tabs[name].setAttribute("aria-selected", String(name === tab));
    fill(this.panel, { code: this.code.el, values: this.values.el, dot: this.dot, twin: this.twin.el }[tab]);
    this.drawTab();
  }
  drawTab() {
    if (this.tab === "code") this.code.draw(this.state);
    if (this.tab === "values") this.values.draw(this.state, this.graph.hideGrad);
    if (this.tab === "twin") this.twin.draw(this.state, this.graph.hideGrad);
  }
  draw(k, animate) {
    this.state = this.folder.at(k);
    this.graph.draw(this.state, animate);
    this.drawTab();
    this.work.draw(this.state);
    return this.state;
  }
  /** The sentence of the step; `lead` is the bold beginning. */
  speak(lead, extra = []) {
    const { step } = this.state;
    const text = this.sentence();
    this.say.classList.toggle("dzl-bad", step.k === "error");
    this.say.classList.toggle("dzl-sayfwd", step.p === "forward");
    const error = step.error && !text.includes(step.error.message) ? h("p", { class: "dzl-sp-error" }, h("code", null, `${step.error.type}: ${step.error.message}`)) : null;
    const formula = step.formula ? h("p", { class: "dzl-sp-formula" }, h("code", null, step.formula)) : null;
    fill(this.say, h("p", null, h("b", null, lead), " ", ...rich(text)), formula, error, ...extra);
    this.say.scrollTop = 0;
  }
  sentence() {
    const { say, k } = this.state.step;
    if (!say || k === "line") return this.lineSentence();
    return say[this.lang] ?? pick({ en: say.en ?? say.ko ?? "", ko: say.ko ?? say.en ?? "" }, this.lang);
  }
  lineSentence() {
    const { at } = this.state;
    const source = at ? this.run.sources[at[0]] : void 0;
    if (!at || !source) return "";
    return this.t("line_next", { n: at[1], title: source.title, code: (source.lines[at[1] - source.first] ?? "").trim() });
  }
  destroy() {
    this.graph.destroy();
  }
};

// ts/step_player/transport.ts
var ICONS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M12 3v10L4 8z",
  play: "M4 3l9 5-9 5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M4 3l8 5-8 5z",
  last: "M3 3l7 5-7 5zM11 3h2v10h-2z"
};
var SPEEDS = [0.5, 1, 2, 4];
function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, svg("path", { d: ICONS[name], fill: "currentColor" }));
}
var Transport = class {
  constructor(options) {
    this.options = options;
    const { t, total } = options;
    const last = total - 1;
    const button = (name, label, onClick) => h("button", { class: "dzl-btn dzl-sp-icon", type: "button", title: label, "aria-label": label, onClick }, icon(name));
    this.buttons = {
      first: button("first", t("first"), () => options.go(0, "jump")),
      back: button("back", t("back"), () => options.go(this.k - 1, "back")),
      next: button("next", t("next"), () => options.go(this.k + 1, "next")),
      last: button("last", t("last"), () => options.go(last, "jump"))
    };
    this.playButton = h("button", { class: "dzl-btn dzl-sp-play", type: "button", onClick: () => options.toggle() });
    this.speedButton = h("button", { class: "dzl-btn dzl-sp-speed", type: "button", title: t("speed"), onClick: () => options.speed() });
    this.slider = this.scrubber();
    this.el = h(
      "div",
      { class: "dzl-sp-bar" },
      h("div", { class: "dzl-sp-buttons" }, this.buttons.first, this.buttons.back, this.playButton, this.buttons.next, this.buttons.last),
      this.slider,
      h(
        "div",
        { class: "dzl-sp-right" },
        h("span", { class: "dzl-sp-keys" }, t("keys")),
        h("span", { class: "dzl-sp-pkeys" }, t("present_keys")),
        this.speedButton,
        options.language ? h("button", { class: "dzl-btn dzl-sp-language", type: "button", onClick: options.language }, t("other_language")) : null
      )
    );
    this.playing(false);
    this.speed(1);
  }
  options;
  el;
  slider;
  done = h("div", { class: "dzl-sp-done" });
  knob = h("div", { class: "dzl-sp-knob" });
  playButton;
  speedButton;
  buttons;
  k = 0;
  x(k) {
    return this.options.total < 2 ? 0 : k / (this.options.total - 1) * 100;
  }
  scrubber() {
    const { t, phases, total, ticks } = this.options;
    const slider = h("div", { class: "dzl-sp-track", role: "slider", tabindex: 0, "aria-label": t("scrub"), "aria-valuemin": 1, "aria-valuemax": total });
    for (const phase of phases) {
      const left = this.x(Math.max(0, phase.from - (phase.from > 0 ? 0.5 : 0)));
      const right = this.x(Math.min(total - 1, phase.to + (phase.to < total - 1 ? 0.5 : 0)));
      const name = phase.p === "backward" && phase.n ? t("backward_n", { n: phase.n }) : t(phase.p);
      const place2 = { left: `${left}%`, width: `calc(${right - left}% - 2px)` };
      slider.append(
        h("div", { class: `dzl-sp-seg dzl-sp-${phase.p}`, style: place2 }),
        h("div", { class: "dzl-sp-segname", style: place2 }, right - left > 9 ? name : "")
      );
    }
    slider.append(this.done);
    for (const tick of ticks) slider.append(h("div", { class: `dzl-sp-tick dzl-sp-tick-${tick.kind}`, style: { left: `${this.x(tick.at)}%` } }));
    slider.append(this.knob);
    const move = (e) => {
      const box = slider.getBoundingClientRect();
      const ratio = Math.min(1, Math.max(0, (e.clientX - box.left) / Math.max(1, box.width)));
      this.options.go(Math.round(ratio * (total - 1)), "jump");
    };
    slider.addEventListener("pointerdown", (e) => {
      slider.setPointerCapture(e.pointerId);
      slider.focus();
      move(e);
      e.preventDefault();
    });
    slider.addEventListener("pointermove", (e) => {
      if (slider.hasPointerCapture(e.pointerId)) move(e);
    });
    return slider;
  }
  draw(k, step, spoken) {
    const { t, total, phases } = this.options;
    this.k = k;
    const phase = phases.find((p) => k >= p.from && k <= p.to);
    const left = this.x(Math.max(0, (phase?.from ?? 0) - ((phase?.from ?? 0) > 0 ? 0.5 : 0)));
    this.done.className = `dzl-sp-done dzl-sp-${step.p}`;
    this.done.style.left = `${left}%`;
    this.done.style.width = `${Math.max(0, this.x(k) - left)}%`;
    this.knob.style.left = `${this.x(k)}%`;
    this.knob.className = `dzl-sp-knob dzl-sp-${step.p}`;
    this.slider.setAttribute("aria-valuenow", String(k + 1));
    this.slider.setAttribute("aria-valuetext", t("step_value", { n: k + 1, total, phase: t(step.p), text: spoken }));
    for (const name of ["first", "back"]) this.buttons[name].setAttribute("aria-disabled", String(k <= 0));
    for (const name of ["next", "last"]) this.buttons[name].setAttribute("aria-disabled", String(k >= total - 1));
  }
  playing(on) {
    const { t } = this.options;
    fill(this.playButton, icon(on ? "pause" : "play"), on ? t("pause") : t("play"));
    this.playButton.setAttribute("aria-pressed", String(on));
  }
  speed(value) {
    this.speedButton.textContent = `${value}×`;
    this.speedButton.setAttribute("aria-label", `${this.options.t("speed")} ${value}`);
  }
};

// ts/step_player/player.ts
var Player = class {
  constructor(root, payload, options) {
    this.root = root;
    this.payload = payload;
    this.options = options;
    this.lang = options.lang ?? payload.lang;
    const t = this.t = translator(table, this.lang);
    const compare = payload.runs.length > 1;
    this.linesOn = payload.lines === true;
    this.order = this.steps();
    const focus = options.focus ?? payload.focus ?? null;
    this.views = payload.runs.map((run, i) => new RunView(run, t, this.lang, focus, compare, i > 0, (ids) => this.jumpTo(ids)));
    this.predictor = new Predictor(this.main.folder, t, () => this.afterQuestion(), () => this.refresh());
    this.predictOn = (options.predict ?? payload.predict) && this.predictor.any;
    this.predictButton = h("button", { class: "dzl-btn", type: "button", title: t("predict_hint"), onClick: () => this.setPredict(!this.predictOn) });
    this.linesButton = h("button", { class: "dzl-btn", type: "button", title: t("lines_hint"), onClick: () => this.setLines(!this.linesOn) });
    this.transport = this.newTransport();
    const body = h("div", { class: compare ? "dzl-sp-player-body dzl-sp-compare" : "dzl-sp-player-body" }, ...this.views.map((v) => v.el));
    const presentButton = h("button", { class: "dzl-btn dzl-sp-presentbtn", type: "button", title: t("present_hint"), onClick: () => this.presenter.toggle() }, t("present"));
    root.append(this.head(presentButton), body, this.transport.el);
    root.tabIndex = -1;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", `${t("title")}: ${payload.title}`);
    this.presenter = new Presenter(root, (on) => {
      presentButton.textContent = t(on ? "leave_present" : "present");
      for (const view of this.views) view.graph.maxScale = on ? 3 : 1.3;
      this.refresh();
      root.focus({ preventScroll: true });
    });
    this.setPredict(this.predictOn);
    this.labelLines();
    this.undo.push(bindKeys(root, this.keys(), () => this.presenter.leave()));
    this.go(options.step ?? this.position(payload.start ?? 0), "jump");
    if (options.present) this.presenter.toggle();
  }
  root;
  payload;
  options;
  t;
  lang;
  views;
  transport;
  order = [];
  // what each position of the scrubber shows of each run
  linesOn;
  predictor;
  presenter;
  linesButton;
  predictButton;
  tally = h("span", { class: "dzl-sp-tally", role: "status" });
  toast = h("span", { class: "dzl-sp-toast", role: "status" });
  predictOn;
  timer = 0;
  speed = 1;
  undo = [];
  step = -1;
  get main() {
    const view = this.views[0];
    if (!view) throw new Error("a step player needs at least one run");
    return view;
  }
  get total() {
    return this.order.length;
  }
  steps() {
    if (this.payload.pairs) return this.payload.pairs;
    const all = this.payload.runs[0]?.steps ?? [];
    const wanted = all.flatMap((step, k) => step.k === "line" && !this.linesOn ? [] : [[k]]);
    return wanted.length > 0 ? wanted : all.map((_, k) => [k]);
  }
  /** The position that shows step `k` of the first run, or the last one before it. */
  position(k) {
    if (this.payload.pairs) return k;
    const after = this.order.findIndex(([i]) => (i ?? 0) > k);
    return after < 0 ? this.total - 1 : Math.max(0, after - 1);
  }
  newTransport() {
    return new Transport({
      t: this.t,
      total: this.total,
      phases: this.phases(),
      ticks: this.ticks(),
      go: (k, how) => {
        this.stop();
        if (how === "next") this.forward();
        else this.go(k, how);
      },
      toggle: () => this.timer ? this.stop() : this.play(),
      speed: () => this.setSpeed(SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length] ?? 1),
      language: this.bilingual && this.options.onLanguage ? () => this.options.onLanguage?.(this.lang === "en" ? "ko" : "en", this.step) : void 0
    });
  }
  get bilingual() {
    const told = this.main.run.steps.find((step) => step.say)?.say;
    return told?.en !== void 0 && told.ko !== void 0;
  }
  setLines(on) {
    this.stop();
    const here = this.pair(this.step)[0] ?? 0;
    this.linesOn = on;
    this.order = this.steps();
    const old = this.transport.el;
    this.transport = this.newTransport();
    this.transport.speed(this.speed);
    old.replaceWith(this.transport.el);
    this.labelLines();
    this.go(this.position(here), "jump");
  }
  labelLines() {
    this.linesButton.textContent = this.t(this.linesOn ? "lines_on" : "lines_off");
    this.linesButton.setAttribute("aria-pressed", String(this.linesOn));
  }
  head(presentButton) {
    const { t, payload, options } = this;
    const button = (label, hint, onClick) => h("button", { class: "dzl-btn", type: "button", title: hint, onClick }, label);
    return h(
      "div",
      { class: "dzl-head" },
      h("b", { class: "dzl-title" }, payload.title || t("title")),
      payload.subtitle ? h("span", { class: "dzl-tag", title: payload.subtitle }, payload.subtitle) : null,
      h("span", { class: "dzl-grow" }),
      this.toast,
      this.tally,
      !payload.pairs && this.main.run.steps.some((step) => step.k === "line") ? this.linesButton : null,
      this.predictor.any ? this.predictButton : null,
      presentButton,
      options.source ? button(t("save"), t("save_hint"), () => {
        this.say(saveReplay(payload, options.source ?? "", this.lang, t, options.raw));
      }) : null,
      button(t("png"), t("png_hint"), () => {
        void savePicture(this.main, payload, this.step, this.total, t);
      }),
      options.onClose ? h("button", { class: "dzl-btn dzl-sp-icon", type: "button", "aria-label": "×", onClick: options.onClose }, "×") : null
    );
  }
  say(text) {
    this.toast.textContent = text;
    setTimeout(() => {
      this.toast.textContent = "";
    }, 6e3);
  }
  keys() {
    const next = () => {
      this.stop();
      this.forward();
    };
    const back = () => {
      this.stop();
      this.go(this.step - 1, "back");
    };
    const unless = (move) => (event) => event.target instanceof Element && event.target.closest("[role=region]") ? false : move();
    return {
      ArrowRight: next,
      ArrowLeft: back,
      ArrowDown: unless(next),
      ArrowUp: unless(back),
      PageDown: unless(next),
      PageUp: unless(back),
      "Shift+ArrowRight": () => {
        this.stop();
        this.go(this.step + 10, "jump");
      },
      "Shift+ArrowLeft": () => {
        this.stop();
        this.go(this.step - 10, "jump");
      },
      Home: () => {
        this.stop();
        this.go(0, "jump");
      },
      End: () => {
        this.stop();
        this.go(this.total - 1, "jump");
      },
      Space: () => this.timer ? this.stop() : this.play(),
      "+": () => this.main.graph.zoom(1.25),
      "=": () => this.main.graph.zoom(1.25),
      "-": () => this.main.graph.zoom(0.8)
    };
  }
  pair(k) {
    return this.order[k] ?? [0];
  }
  phases() {
    const run = this.main.run;
    const where = (step) => {
      const found = this.order.findIndex(([i]) => (i ?? 0) >= step);
      return found < 0 ? this.total : found;
    };
    return run.phases.map((p, i) => {
      const next = run.phases[i + 1];
      return { ...p, from: i === 0 ? 0 : where(p.from), to: next ? where(next.from) - 1 : this.total - 1 };
    }).filter((p) => p.to >= p.from);
  }
  ticks() {
    const out = [];
    const { steps } = this.main.run;
    let before = -1;
    for (let k = 0; k < this.total; k += 1) {
      const i = this.pair(k)[0] ?? 0;
      const step = steps[i];
      if (i !== before && step?.k === "error") out.push({ at: k, kind: "error" });
      if (i !== before && step?.grad && this.total <= 140) out.push({ at: k, kind: "grad" });
      before = i;
    }
    if (typeof this.payload.differs === "number") out.push({ at: this.payload.differs, kind: "differs" });
    return out;
  }
  setPredict(on) {
    this.predictOn = on;
    this.predictButton.textContent = this.t(on ? "predict_on" : "predict_off");
    this.predictButton.setAttribute("aria-pressed", String(on));
    if (!on && this.predictor.open) {
      this.predictor.cancel();
      this.refresh();
    }
  }
  setSpeed(value) {
    this.speed = value;
    this.transport.speed(value);
    if (this.timer) {
      this.stop();
      this.play();
    }
  }
  /** → : one step on, or the answer of an open question. */
  forward() {
    if (this.predictor.open) this.predictor.advance();
    else this.go(this.step + 1, "next");
  }
  go(target, how) {
    const k = Math.min(this.total - 1, Math.max(0, target));
    const fresh = k !== this.step;
    const asks = this.predictOn || this.presenter?.on;
    if (how === "next" && fresh && asks) {
      if (this.predictor.open) return;
      const i = this.pair(k)[0] ?? 0;
      if (i !== this.pair(this.step)[0] && this.predictor.ask(i, this.presenter.on)) {
        this.stop();
        return;
      }
    }
    this.predictor.cancel();
    this.render(k, how === "next" && fresh);
  }
  render(k, animate) {
    const { t } = this;
    const old = this.pair(this.step);
    this.step = k;
    const now = this.pair(k);
    this.views.forEach((view, side) => {
      view.graph.hideGrad = null;
      const i = now[side] ?? 0;
      const waits = this.views.length > 1 && k > 0 && old[side] === i && this.pair(k - 1)[side] === i;
      view.el.classList.toggle("dzl-sp-waits", waits);
      const state = view.draw(i, animate && !waits);
      const lead = this.views.length > 1 ? waits ? `${t("waits")}.` : "" : t("of_steps", { n: k + 1, total: this.total });
      view.speak(lead, this.compareNote(side));
      if (side === 0) this.transport.draw(k, state.step, view.sentence().replaceAll("`", ""));
    });
    this.root.dataset.step = String(k);
    this.options.onStep?.(k);
  }
  compareNote(side) {
    const { differs, runs } = this.payload;
    if (runs.length < 2 || side !== runs.length - 1) return [];
    const text = differs === null || differs === void 0 ? this.t("compare_same") : this.step === differs ? this.t("differs") : this.step < differs ? this.t("same_so_far") : this.t("compare_differs", { n: differs + 1 });
    return [h("p", { class: this.step === differs ? "dzl-sp-differs dzl-sp-no" : "dzl-sp-differs" }, text)];
  }
  /** Draws the open question (or the plain step) again. */
  refresh() {
    if (this.step < 0) return;
    const question = this.predictor.current;
    const { right, total } = this.predictor.tally;
    this.tally.textContent = total > 0 ? this.t("tally", { right, total }) : "";
    if (!question) {
      this.render(this.step, false);
      return;
    }
    this.main.graph.hideGrad = question.v;
    this.main.draw(this.pair(this.step)[0] ?? 0, false);
    if (this.predictor.el.parentElement !== this.main.say) this.main.say.replaceChildren(this.predictor.el);
  }
  afterQuestion() {
    this.root.focus({ preventScroll: true });
    this.render(Math.min(this.total - 1, this.step + 1), true);
  }
  /** The next step (cyclic) in which one of these nodes takes part. */
  jumpTo(ids) {
    this.stop();
    for (let d = 1; d <= this.total; d += 1) {
      const k = (this.step + d) % this.total;
      const step = this.main.run.steps[this.pair(k)[0] ?? 0];
      if (step?.on?.some((id) => ids.includes(id))) {
        this.go(k, "jump");
        return;
      }
    }
  }
  play() {
    if (this.predictor.open) {
      this.predictor.advance();
      return;
    }
    if (this.step >= this.total - 1) this.go(0, "jump");
    this.transport.playing(true);
    const tick = () => {
      if (this.step >= this.total - 1) {
        this.stop();
        return;
      }
      this.timer = window.setTimeout(tick, this.pause());
      this.go(this.step + 1, "next");
    };
    this.timer = window.setTimeout(tick, 120);
  }
  /** Time to read: longer sentences stay longer, lines of code go fast. */
  pause() {
    const step = this.main.run.steps[this.pair(this.step + 1)[0] ?? 0];
    const text = step?.say?.[this.lang] ?? step?.say?.en ?? "";
    const base = step?.k === "line" ? 650 : 1100 + Math.min(1600, text.length * 9);
    return (reducedMotion() ? base * 1.2 : base) / this.speed;
  }
  stop() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.transport.playing(false);
  }
  destroy() {
    this.stop();
    this.presenter.destroy();
    for (const view of this.views) view.destroy();
    for (const f of this.undo) f();
  }
};

// ts/step_player/mount.ts
function mountStepPlayer(el, payload, options = {}) {
  let player = null;
  let undo = () => void 0;
  const open = (lang, more) => {
    undo();
    fill(el);
    const { root, stop } = themedRoot(el, "player", PLAYER_CSS, lang);
    undo = () => {
      player?.destroy();
      player = null;
      stop();
    };
    if (!payload.runs[0]?.steps.length) {
      root.append(h("div", { class: "dzl-body" }, translator(table, lang)("nothing")));
      return;
    }
    player = new Player(root, payload, {
      ...more,
      lang,
      onStep: (step) => {
        el.dataset.step = String(step);
        options.onStep?.(step);
      },
      onLanguage: (other, step) => {
        open(other, { ...more, present: false, step });
        root.focus({ preventScroll: true });
      }
    });
  };
  open(options.lang ?? asLang(payload.lang), options);
  el.dataset.ready = "1";
  return {
    go: (step) => player?.go(step, "jump"),
    get step() {
      return player?.step ?? 0;
    },
    destroy: () => {
      undo();
      fill(el);
    }
  };
}
function boot() {
  const data = document.getElementById("dzl-replay");
  const app = document.getElementById("dzl-app");
  if (!data || !app || app.dataset.ready) return;
  const raw = data.textContent ?? "null";
  mountStepPlayer(app, JSON.parse(raw), { raw, source: document.getElementById("dzl-bundle")?.textContent ?? void 0 });
}
if (typeof document !== "undefined") boot();

// ts/step_player.ts
var step_player_default = {
  render({ model, el }) {
    let player = null;
    const draw = () => {
      player?.destroy();
      const source = model.get("_esm");
      const raw = model.get("payload");
      player = mountStepPlayer(el, payloadOf(model), {
        lang: asLang(model.get("lang")),
        raw: typeof raw === "string" ? raw : void 0,
        source: typeof source === "string" ? source : void 0
      });
    };
    const jump = () => {
      const step = model.get("step");
      if (typeof step === "number") player?.go(step);
    };
    draw();
    model.on("change:step", jump);
    model.on("change:payload", draw);
    model.on("change:lang", draw);
    return () => {
      model.off("change:step", jump);
      model.off("change:payload", draw);
      model.off("change:lang", draw);
      player?.destroy();
    };
  }
};
export {
  step_player_default as default,
  mountStepPlayer
};
