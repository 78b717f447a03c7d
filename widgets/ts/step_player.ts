import { asLang } from "./shared/strings";
import type { Model } from "./shared/types";
import { payloadOf } from "./shared/widget";
import { mountStepPlayer, type Mounted, type StepPayload } from "./step_player/mount";

export { mountStepPlayer };

export default {
  render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    let player: Mounted | null = null;
    const draw = (): void => {
      player?.destroy();
      const source = model.get("_esm");
      const raw = model.get("payload");
      player = mountStepPlayer(el, payloadOf<StepPayload>(model), {
        lang: asLang(model.get("lang")),
        raw: typeof raw === "string" ? raw : undefined,
        source: typeof source === "string" ? source : undefined,
      });
    };
    // One way only: Python may jump; scrubbing never talks to a kernel, which may be gone.
    const jump = (): void => {
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
  },
};
