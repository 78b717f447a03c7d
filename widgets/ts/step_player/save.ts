// One HTML file that plays without network and without Python. dezero_widgets/export_html.py writes the same bytes.
import type { Lang } from "../shared/strings";
import type { Translate } from "./player";
import { sha256Base64 } from "./sha256";
import type { StepPayload } from "./types";

export const LIMIT = 2_000_000; // bytes
const PAGE_CSS = "html{background:#eceff4;color:#4d5768}@media(prefers-color-scheme:dark){html{background:#12161d;color:#a3adbd}}"
  + "body{margin:0 auto;padding:20px;max-width:1480px;font:14px/1.5 system-ui,sans-serif}";

const escapeText = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** A bundle as the text of a script element. */
export function inlineScript(source: string): string {
  return source.replace(/<(\/script|!--)/gi, "<\\$1");
}

export function replayPage(payload: StepPayload, source: string, lang: Lang, t: Translate, raw?: string): string {
  const footer = t("opens_offline");
  const script = inlineScript(source);
  const title = escapeText(payload.title || "dezero_lab");
  const about = escapeText(payload.subtitle || footer);
  const policy = `default-src 'none'; script-src 'sha256-${sha256Base64(script)}'; style-src 'sha256-${sha256Base64(PAGE_CSS)}'; `
    + "img-src data: blob:; base-uri 'none'; form-action 'none'";
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
<script type="application/json" id="dzl-replay">${json}</script>
<script type="module" id="dzl-bundle">${script}</script>
</body>
</html>
`;
}

/** Hands a file to the browser's download. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function fileName(title: string, ending: string): string {
  const stem = title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 40).toLowerCase();
  return `${stem || "pass"}.${ending}`;
}

/** Downloads the replay; returns what to tell the learner. */
export function saveReplay(payload: StepPayload, source: string, lang: Lang, t: Translate, raw?: string): string {
  const blob = new Blob([replayPage(payload, source, lang, t, raw)], { type: "text/html;charset=utf-8" });
  if (blob.size > LIMIT) return t("too_big", { mb: (blob.size / 1e6).toFixed(1) });
  const name = fileName(payload.title, "html");
  download(blob, name);
  return t("saved", { name, kb: Math.round(blob.size / 1000) });
}
