export const PLAYER_CSS = `
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
