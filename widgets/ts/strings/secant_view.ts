import { strings } from "../shared/strings";

export const SECANT = strings({
  en: {
    title: "The slope, measured", own: "your numerical_diff", lab: "central difference of the lab",
    tag: "at x = {x} · {who}", which: "Which difference", central: "central", forward: "forward",
    curve: "the curve", glass: "magnified: x ± 2h", valley: "error", step: "Step h",
    left: "f(x − h)", right: "f(x + h)", here: "f(x)",
    says: "h = {h}: measured {m}, error {e}.",
    lost: "The two values are equal in every digit: the difference is 0.",
    best: "This is the bottom of the valley.",
    cancel: "With a step this small the digits run out: subtracting nearly equal numbers leaves noise.",
    truncation: "With a step this large the curve bends away from the secant.",
    error: "Not usable yet: {error}", estimate: "true slope {s}",
    runs: "f runs {n} times per slope",
  },
  ko: {
    title: "직접 잰 기울기", own: "내 numerical_diff", lab: "준비된 중앙차분",
    tag: "x = {x}에서 · {who}", which: "차분 방법", central: "중앙차분", forward: "전진차분",
    curve: "곡선", glass: "확대: x ± 2h", valley: "오차", step: "간격 h",
    left: "f(x − h)", right: "f(x + h)", here: "f(x)",
    says: "h = {h}: 측정값 {m}, 오차 {e}.",
    lost: "두 값이 모든 자리에서 같아 차이가 0입니다.",
    best: "골짜기의 바닥입니다.",
    cancel: "간격이 이렇게 작으면 자릿수가 모자랍니다. 거의 같은 두 수를 빼면 잡음만 남습니다.",
    truncation: "간격이 이렇게 크면 그 사이에서 곡선이 휘어 할선과 벌어집니다.",
    error: "아직 쓸 수 없습니다: {error}", estimate: "참 기울기 {s}",
    runs: "기울기 하나에 f를 {n}번 실행",
  },
});
