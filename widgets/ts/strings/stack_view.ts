import { strings } from "../shared/strings";

export const STACK = strings({
  en: {
    title: "Call stack and work list", tag: "chain of {n}", length: "Length of the chain", step: "Moment", stack: "call stack", list: "work list",
    frame: "backward", line: "line {n}", empty: "empty", none: "this engine keeps no list", running: "runs {f}",
    peak: "deepest: {d} · longest list: {l}", says: "{title}: frames on the stack {d}, functions in the list {l}.", says_plain: "{title}: frames on the stack {d}.",
    long: "{title}: {d} frames deep for a chain of {n}.", long_list: "{title}: {d} frame, a list of at most {l}, for a chain of {n}.",
    overflow: "{title}: RecursionError after {d} frames, {r} of {n} functions done. The limit here is {limit}.",
    endless: "{title}: does not end on a chain of {n}.", other: "{title}: stopped with {e} on a chain of {n}.", failed: "{title}: {e}",
    still: "{title}: `backward` returned without asking any function for a gradient.", limit: "limit {n}", frames: "{n} frames", done: "finished: the stack is empty again", measured: "measured in one plain run, not recorded step by step",
  },
  ko: {
    title: "호출 스택과 작업 목록", tag: "길이 {n}인 사슬", length: "사슬의 길이", step: "시점", stack: "호출 스택", list: "작업 목록",
    frame: "backward", line: "{n}번째 줄", empty: "비어 있음", none: "이 엔진에는 목록이 없습니다", running: "{f} 실행 중",
    peak: "가장 깊을 때 {d} · 가장 긴 목록 {l}", says: "{title}: 스택에 프레임 {d}개, 목록에 {l}개.", says_plain: "{title}: 스택에 프레임 {d}개.",
    long: "{title}: 길이 {n}인 사슬에 프레임 {d}개.", long_list: "{title}: 길이 {n}인 사슬에 프레임 {d}개, 목록은 많아야 {l}개.",
    overflow: "{title}: 프레임 {d}개에서 RecursionError, 함수 {n}개 중 {r}개만 끝났습니다. 이 환경의 한도는 {limit}입니다.",
    endless: "{title}: 길이 {n}인 사슬에서 끝나지 않습니다.", other: "{title}: 길이 {n}인 사슬에서 {e} 오류로 멈췄습니다.", failed: "{title}: {e}",
    still: "{title}: `backward`가 어느 함수에도 기울기를 묻지 않고 끝났습니다.", limit: "한도 {n}", frames: "프레임 {n}개", done: "끝났습니다. 스택이 다시 비었습니다", measured: "한 번 그냥 실행해 쟀고, 단계별로 기록하지는 않았습니다",
  },
});
