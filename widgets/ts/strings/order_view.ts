import { strings } from "../shared/strings";

export const ORDER = strings({
  en: {
    title: "In which order?", tag: "drag the cards, or move them with ← →", calls: "backward is called in this order", run: "Run backward", again: "Take back",
    earlier: "Call {f} earlier", later: "Call {f} later", seed: "`{y}.grad` is 1 before the first call. Put the cards in order, then run.",
    step: "{n}. `{f}.backward({gy})` gives {gx}. It goes to `{v}.grad`.", none: "{n}. `{f}.backward(None)`: nothing has arrived at `{v}` yet. {error}",
    stopped: "It stops here. Which function has to be called first?", failed: "{n}. `{f}.backward({gy})` stopped. {error}", nothing: "{n}. `{f}.backward({gy})` gave None.",
    done: "`{x}.grad` is {v}: this order works.", only: "From the output to the input: each call finds what the one before has left.", grad: "grad", card: "{f}, number {n} of {total}",
    error: "The forward pass stopped: {error}", empty: "Define functions with `backward` first, then run this cell again.",
  },
  ko: {
    title: "어떤 순서로?", tag: "카드를 끌거나 ← →로 옮기세요", calls: "이 순서로 backward를 호출합니다", run: "역전파 실행", again: "되돌리기",
    earlier: "{f} 함수를 더 먼저 호출", later: "{f} 함수를 더 나중에 호출", seed: "첫 호출 전 `{y}.grad`는 1입니다. 카드를 순서대로 놓고 실행하세요.",
    step: "{n}. `{f}.backward({gy})`의 결과는 {gx}. `{v}.grad`에 넣습니다.", none: "{n}. `{f}.backward(None)`: `{v}`에 아직 아무것도 오지 않았습니다. {error}",
    stopped: "여기서 멈춥니다. 어떤 함수를 먼저 불러야 할까요?", failed: "{n}. `{f}.backward({gy})`에서 멈췄습니다. {error}", nothing: "{n}. `{f}.backward({gy})`의 결과가 None입니다.",
    done: "`{x}.grad`의 값은 {v}입니다. 이 순서면 됩니다.", only: "출력에서 입력 쪽으로 차례로 부르면, 앞의 호출이 남긴 값을 다음 호출이 씁니다.", grad: "grad", card: "{f}, {total}개 중 {n}번째",
    error: "순전파가 멈췄습니다: {error}", empty: "`backward`가 있는 함수를 먼저 만든 뒤 이 셀을 다시 실행하세요.",
  },
});
