import { strings } from "../shared/strings";

export const MODES = strings({
  en: {
    title: "Three ways to a slope", step: "Step", forward: "forward mode: pairs", symbolic: "symbolic: one formula", reverse: "reverse mode: a walk back",
    pair: "(value, slope)", nodes: "{n} nodes", total: "total",
    f_do: "`{name} = {text}`: each pair is made from the pairs before it. The formula now has {n} nodes.",
    start: "The input carries slope 1: it moves as fast as itself.", back_start: "Now backward: the output's own share is 1.",
    back: "`{name}` hands its total to what it was made of: {shares}.", end: "All three agree: {v}.",
    differ: "They do not agree here: {a} forward, {b} backward.",
    cost: "the bill for n inputs and m outputs", n: "inputs n", m: "outputs m", numeric: "numerical (central)", sweeps: "{n} runs", sweeps1: "1 run",
    fwd: "forward mode", rev: "reverse mode", dual_ok: "your `Dual`: ({v}, {s})", dual_bad: "your `Dual`: ({v}, {s}), but the slope is {r}", dual_error: "your `Dual` stopped: {e}",
    larger: "tree of {n} nodes, too large to draw", error: "This function could not be followed: {e}",
  },
  ko: {
    title: "기울기로 가는 세 갈래 길", step: "단계", forward: "전진 모드: 쌍", symbolic: "기호 미분: 식 하나", reverse: "후진 모드: 되짚어 가기",
    pair: "(값, 기울기)", nodes: "노드 {n}개", total: "합계",
    f_do: "`{name} = {text}`: 쌍마다 앞의 쌍에서 만들어집니다. 이제 식의 노드는 {n}개입니다.",
    start: "입력의 기울기는 1입니다. 자기 자신과 같은 빠르기로 움직입니다.", back_start: "이제 거꾸로 갑니다. 출력 자신의 몫은 1입니다.",
    back: "`{name}`의 합계를 그 재료가 된 값에 나눠 줍니다: {shares}.", end: "세 값이 모두 같습니다: {v}.",
    differ: "두 값이 다릅니다. 전진 {a}, 후진 {b}.",
    cost: "입력 n개, 출력 m개일 때의 비용", n: "입력 n", m: "출력 m", numeric: "수치 미분(중앙차분)", sweeps: "{n}번 실행", sweeps1: "1번 실행",
    fwd: "전진 모드", rev: "후진 모드", dual_ok: "내 `Dual`: ({v}, {s})", dual_bad: "내 `Dual`: ({v}, {s}), 옳은 기울기는 {r}", dual_error: "내 `Dual`이 멈췄습니다: {e}",
    larger: "노드 {n}개짜리 트리는 그리기에 너무 큽니다", error: "이 함수는 따라갈 수 없습니다: {e}",
  },
});
