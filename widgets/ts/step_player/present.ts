// Presenting: the whole screen, type that survives a video call, nothing but arrow keys.

export class Presenter {
  on = false;

  constructor(private readonly root: HTMLElement, private readonly changed: (on: boolean) => void) {
    root.ownerDocument.addEventListener("fullscreenchange", this.left);
  }

  private readonly left = (): void => {
    if (this.on && this.root.ownerDocument.fullscreenElement !== this.root && !this.root.hasAttribute("popover")) this.leave();
  };

  toggle(): void {
    if (this.on) { this.leave(); return; }
    this.on = true;
    this.root.classList.add("dzl-sp-present");
    // The top layer escapes the notebook's scrolling boxes; where full screen is not allowed a popover does the same.
    const popover = (): void => {
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
  leave(): boolean {
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

  destroy(): void {
    this.leave();
    this.root.ownerDocument.removeEventListener("fullscreenchange", this.left);
  }
}
