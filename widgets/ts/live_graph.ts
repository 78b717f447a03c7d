// The graph of a running block. Numbered batches arrive at most thirty times a second; a missing number asks for the whole
// page. When the block has ended and its recording has come, the same place becomes a step player.
import { fill, h, rich } from "./shared/dom";
import { bindKeys } from "./shared/keys";
import { translator } from "./shared/strings";
import { reducedMotion } from "./shared/theme";
import { widget } from "./shared/widget";
import { PLAYER_CSS } from "./step_player/css";
import { mountStepPlayer, type Mounted, type StepPayload } from "./step_player/mount";
import { Page, type Batch } from "./live_graph/page";
import { LIVE } from "./strings/live_graph";

interface Payload { title: string; generations?: boolean }

const CSS = `${PLAYER_CSS}
.dzl-live-graph{max-width:1280px}
/* as high as the player that takes this place, so that nothing below jumps */
.dzl-live-graph .dzl-canvas{height:clamp(452px,56vh,640px);flex:none;cursor:default}
@container (max-width:960px){.dzl-live-graph .dzl-canvas{height:588px}}
.dzl-live-graph .dzl-svg{cursor:default}
.dzl-live-graph .dzl-node{cursor:default}
.dzl-live-graph .counts{font-size:12.5px;color:var(--muted);font-variant-numeric:tabular-nums;display:flex;gap:12px;flex-wrap:wrap}
.dzl-live-graph .pulse{display:inline-flex;gap:7px;align-items:center;font-size:12.5px;font-weight:600;color:var(--ok)}
.dzl-live-graph .pulse::before{content:"";width:9px;height:9px;border-radius:50%;background:currentColor;animation:dzl-pulse 1.1s ease-in-out infinite}
.dzl-live-graph .pulse.done{color:var(--muted)}.dzl-live-graph .pulse.done::before{animation:none}
.dzl-live-graph .dzl-sayfwd{border-left-color:var(--funline)}
.dzl-live-graph .foot{border-top:1px solid var(--line);padding:10px 14px;min-height:58px}
.dzl-live-graph .wait{position:absolute;inset:0;display:grid;place-items:center;color:var(--muted);padding:20px;text-align:center}
.dzl-live-graph .dzl-new{animation:dzl-appear .28s ease-out}
@keyframes dzl-appear{from{opacity:0}to{opacity:1}}
@keyframes dzl-pulse{50%{opacity:.25}}
`;

interface Ended { seconds: number; ended: number } // how long the block ran, and when it ended (epoch seconds)
const SLOW_STEPS = 60;

/** The block ran in this sitting, too quickly to be followed. */
function justRan(live: Ended): boolean {
  return live.seconds < 1.5 && Math.abs(Date.now() / 1000 - live.ended) < 15;
}

/** Shows how the graph grew, step by step, until the end or until the reader takes over. */
function growSlowly(el: HTMLElement, player: Mounted, last: number): void {
  let step = 0;
  const stop = (): void => {
    window.clearInterval(timer);
    for (const kind of ["pointerdown", "keydown"]) el.removeEventListener(kind, stop, true);
  };
  const timer = window.setInterval(() => {
    if (!el.isConnected || player.step !== step) { stop(); return; }
    step += 1;
    player.go(step);
    if (step >= last || player.step !== step) stop();
  }, Math.max(120, Math.min(420, 4500 / last)));
  for (const kind of ["pointerdown", "keydown"]) el.addEventListener(kind, stop, true);
}

export default widget<Payload>("live-graph", CSS, (root, data, ctx) => {
  const t = translator(LIVE, ctx.lang);
  let player: Mounted | null = null;

  const mount = (raw: string): Mounted => {
    const source = ctx.model.get("_esm");
    const payload = JSON.parse(raw) as StepPayload & { live?: Ended };
    const last = (payload.runs[0]?.steps ?? []).filter((step) => step.k !== "line").length - 1; // lines are skipped at first
    const slow = payload.live !== undefined && justRan(payload.live) && last > 0 && last <= SLOW_STEPS && !reducedMotion();
    const mounted = mountStepPlayer(ctx.el, payload, {
      lang: ctx.lang, raw, source: typeof source === "string" ? source : undefined, step: slow ? 0 : Number.MAX_SAFE_INTEGER,
    });
    ctx.el.dataset.live = "done";
    if (slow) growSlowly(ctx.el, mounted, last);
    return mounted;
  };
  const started = ctx.model.get("player");
  if (typeof started === "string" && started) {
    player = mount(started);
    return () => player?.destroy();
  }

  const page = new Page(t("canvas"), { grad: t("grad"), generation: (n) => data?.generations === false ? "" : t("generation", { n }) });
  const pulse = h("span", { class: "pulse" }, t("running")), counts = h("span", { class: "counts" });
  const wait = h("div", { class: "wait" }, t("waiting"));
  const say = h("div", { class: "dzl-say dzl-sayfwd" }, t("waiting")), spoken = h("div", { class: "dzl-sr", "aria-live": "polite" });
  page.el.append(wait);
  root.append(
    h("div", { class: "dzl-head" }, h("b", null, t("title")), h("span", { class: "dzl-tag" }, data?.title ?? ""), h("span", { class: "dzl-grow" }), counts, pulse),
    page.el, h("div", { class: "foot" }, say, spoken));

  let last = 0, lost = true, frame = 0, asked = 0, heard = 0;
  let queue: Batch[] = [];

  function take(batch: Batch): void {
    if (batch.number <= last) return;
    if (!batch.fresh && (lost || batch.number !== last + 1)) {
      lost = true;
      resync();
      return;
    }
    if (batch.fresh) { lost = false; queue = []; } // everything before it is on an older page
    last = batch.number;
    queue.push(batch);
    if (!frame) frame = requestAnimationFrame(draw);
  }
  function resync(): void {
    if (performance.now() - asked < 500) return;
    asked = performance.now();
    ctx.model.send?.({ type: "resync", last });
    whole(); // the last page in the trait may be newer than what is shown
  }
  function whole(): void {
    const text = ctx.model.get("whole");
    if (typeof text === "string" && text && lost) take(JSON.parse(text) as Batch);
  }
  function draw(): void {
    frame = 0;
    const batch = queue[queue.length - 1];
    if (!batch) return;
    for (const one of queue) page.add(one);
    queue = [];
    wait.hidden = wait.style.display === "none" || page.count > 0;
    if (page.count > 0) wait.style.setProperty("display", "none");
    const c = batch.counts;
    fill(counts, h("span", null, t("calls", { n: c.calls.toLocaleString() })), c.visits ? h("span", null, t("visits", { n: c.visits.toLocaleString() })) : null,
      c.sweeps ? h("span", null, t("sweeps", { n: c.sweeps.toLocaleString() })) : null);
    const text = [
      batch.error ? batch.error
        : batch.phase === "backward" ? t("now_backward", { f: batch.doing })
        : batch.phase === "forward" ? t("now_forward", { f: batch.doing }) : t("between", { n: page.count }),
      c.folded ? `${t("folded", { n: c.folded.toLocaleString() })}.` : "",
    ].join(" ");
    say.className = `dzl-say${batch.error ? " dzl-bad" : batch.phase === "backward" ? "" : " dzl-sayfwd"}`;
    fill(say, ...rich(text));
    if (performance.now() - heard > 2500) { // a screen reader hears a sample, not thirty lines a second
      heard = performance.now();
      spoken.textContent = text.replaceAll("`", "");
    }
    ctx.el.dataset.step = String(c.calls);
    ctx.el.dataset.nodes = String(page.count);
  }
  function finish(): void {
    const text = ctx.model.get("player");
    if (typeof text !== "string" || !text || player) return;
    pulse.classList.add("done");
    pulse.textContent = t("finished");
    page.destroy();
    cancelAnimationFrame(frame);
    player = mount(text); // at its last step: the picture that was just there, complete
  }

  ctx.onMessage((content) => {
    const message = content as { type?: string } & Batch;
    if (message?.type === "grow" && !player) take(message);
  });
  ctx.model.on("change:whole", whole);
  ctx.model.on("change:player", finish);
  whole();
  if (lost) resync();
  ctx.el.dataset.step = "0";
  const unbind = bindKeys(root, {});
  return () => {
    ctx.model.off("change:whole", whole);
    ctx.model.off("change:player", finish);
    cancelAnimationFrame(frame);
    page.destroy();
    player?.destroy();
    unbind();
  };
});
