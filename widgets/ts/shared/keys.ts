// Keyboard without side effects: keys act only while the focus is inside, never reach the notebook, never trap Tab.

/** An action that returns false leaves the key to the browser (scrolling, for example). */
export type KeyMap = Record<string, (event: KeyboardEvent) => unknown>;

/** "ArrowLeft", "Shift+ArrowLeft", "Space", "a" */
export function keyName(event: KeyboardEvent): string {
  const key = event.key === " " ? "Space" : event.key;
  return event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/**
 * Binds keys to a widget root. Every key typed inside stops there (JupyterLab would delete a cell on "d d"), Tab passes,
 * Ctrl/Alt/Meta chords pass, Escape hands the focus back to whatever holds the widget. Returns the undo.
 */
export function bindKeys(root: HTMLElement, map: KeyMap, onEscape?: () => boolean): () => void {
  const passes = (event: KeyboardEvent): boolean => event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey;
  const down = (event: KeyboardEvent): void => {
    if (passes(event)) return;
    if (event.isComposing) { event.stopPropagation(); return; } // Hangul being composed
    if (event.key === "Escape") {
      if (onEscape?.()) { event.stopPropagation(); event.preventDefault(); return; }
      const host = root.parentElement?.closest<HTMLElement>("[tabindex]"); // the notebook's cell gets its keys back
      (document.activeElement as HTMLElement | null)?.blur();
      host?.focus({ preventScroll: true });
      event.stopPropagation();
      return;
    }
    event.stopPropagation();
    if (typing(event.target)) return;
    const button = event.target instanceof HTMLElement && event.target.closest("button, [role=tab], summary, a[href]");
    if (button && (event.key === "Enter" || event.key === " ")) return; // the button's own click
    const action = map[keyName(event)];
    if (action && action(event) !== false) event.preventDefault();
  };
  const stop = (event: KeyboardEvent): void => { if (event.key !== "Tab") event.stopPropagation(); };
  // Notebook 7 listens on the way down to us, too early to be stopped, but looks at nothing inside this attribute.
  const guard = (event: KeyboardEvent): void => { root.toggleAttribute("data-lm-suppress-shortcuts", !passes(event)); };
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
