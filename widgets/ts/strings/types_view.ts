import { strings } from "../shared/strings";

export const TYPES = strings({
  en: {
    title: "Type meter", tag: "what travels on every wire", shape: "shape {s}", gave: "gave {type}",
    fine: "`{input}`: an `ndarray` on every wire.", lost: "`{input}`: after `{f}` the wire carries `{type}`, no longer an `ndarray`.",
    saved: "`{input}`: `{f}` gives `{type}`, and your `__call__` turns it back into an `ndarray`.", stopped: "`{input}`: {error}", none: "nothing came through",
  },
  ko: {
    title: "자료형 측정기", tag: "선마다 무엇이 지나가는지", shape: "형상 {s}", gave: "결과는 {type}",
    fine: "`{input}`: 모든 선에 `ndarray`가 지나갑니다.", lost: "`{input}`: `{f}` 다음부터 `ndarray`가 아니라 `{type}`입니다.",
    saved: "`{input}`: `{f}`의 결과는 `{type}`이지만 `__call__`이 다시 `ndarray`로 바꿉니다.", stopped: "`{input}`: {error}", none: "아무것도 지나가지 않았습니다",
  },
});
