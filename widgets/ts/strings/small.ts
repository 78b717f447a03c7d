import { strings } from "../shared/strings";

export const SMALL = strings({
  en: {
    first: "First step", back: "Back", play: "Play", pause: "Pause", next: "Next", last: "Last step",
    keys: "← → step   space play", step: "step {n} of {total}",
  },
  ko: {
    first: "처음으로", back: "뒤로", play: "재생", pause: "멈춤", next: "다음", last: "끝으로",
    keys: "← → 이동   스페이스 재생", step: "{total}단계 중 {n}단계",
  },
});
