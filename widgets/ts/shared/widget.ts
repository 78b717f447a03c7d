// What every anywidget entry does the same way: unpack the payload, follow the theme, redraw on change, say when it is ready.
import { h } from "./dom";
import { asLang, type Lang } from "./strings";
import { addStyle, BASE_CSS, followTheme } from "./theme";
import type { Model } from "./types";

export interface Context {
  model: Model;
  lang: Lang;
  el: HTMLElement; // the host's element: el.dataset.ready and el.dataset.step live here
  save(key: string, value: unknown): void; // write a trait and sync it
  onMessage(callback: (content: unknown) => void): void; // custom messages of the kernel
}
export type Cleanup = (() => void) | void;

/** The payload trait: JSON text (preferred, cheap to sync) or an object. */
export function payloadOf<P>(model: Model, key = "payload"): P {
  const raw = model.get(key);
  return (typeof raw === "string" ? JSON.parse(raw || "null") : raw) as P;
}

/** Appends a themed `.dzl` box with the base style and the widget's own style. */
export function themedRoot(el: HTMLElement, name: string, css: string, lang: Lang): { root: HTMLElement; stop: () => void } {
  const root = h("div", { class: `dzl dzl-${name}`, lang });
  el.appendChild(root);
  addStyle(root, BASE_CSS);
  addStyle(root, css);
  const stop = followTheme(root);
  return { root, stop };
}

/**
 * `export default widget("step-player", css, (root, payload, ctx) => cleanup)`.
 * Draws again when `payload` or `lang` changes. A viewer never throws into the page: an error becomes a line of text.
 */
export function widget<P>(name: string, css: string, draw: (root: HTMLElement, payload: P, ctx: Context) => Cleanup) {
  return {
    render({ model, el }: { model: Model; el: HTMLElement }): () => void {
      let undo: (() => void)[] = [];
      const clear = (): void => { for (const f of undo.reverse()) f(); undo = []; el.textContent = ""; };
      const redraw = (): void => {
        clear();
        delete el.dataset.ready;
        const lang = asLang(model.get("lang"));
        const { root, stop } = themedRoot(el, name, css, lang);
        undo.push(stop);
        const ctx: Context = {
          model, lang, el,
          save: (key, value) => { model.set(key, value); model.save_changes(); },
          onMessage: (callback) => {
            const handler = (content: never): void => callback(content);
            model.on("msg:custom", handler);
            undo.push(() => model.off("msg:custom", handler));
          },
        };
        try {
          const done = draw(root, payloadOf<P>(model), ctx);
          if (done) undo.push(done);
        } catch (error) {
          console.error(error);
          root.replaceChildren(h("div", { class: "dzl-body", role: "alert" },
            lang === "ko" ? "이 위젯을 그리지 못했습니다. 셀을 다시 실행해 보세요. " : "This widget could not be drawn. Run the cell again. ",
            h("code", null, String(error))));
        }
        el.dataset.ready = "1";
      };
      redraw();
      model.on("change:payload", redraw);
      model.on("change:lang", redraw);
      return () => { model.off("change:payload", redraw); model.off("change:lang", redraw); clear(); };
    },
  };
}
