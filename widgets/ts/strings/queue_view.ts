import { strings } from "../shared/strings";

export const QUEUE = strings({
  en: {
    title: "The work list", tag: "`{name}` in your `backward`", no_name: "your `backward`", step: "Step", empty: "empty", gen: "gen {n}",
    waits: "waiting, next to run is on the right", waits_front: "waiting, next to run is on the left", waits_heap: "waiting (a heap: the order on screen is its own)",
    runs: "runs now", history: "order of visits",
    push: "`{f}` is put into the list.", pop: "`{f}` is taken out of the list.", run: "`{f}.backward` runs.", again: "`{f}.backward` runs for the {n}th time. Nobody noticed it was already done.",
    refuse: "`{f}` is not put in again: it is already known.", none: "No work list was seen. Does your `backward` keep a list of functions?",
    finished: "The list is empty and the backward pass is over.", stopped: "It stopped: {error}", line: "line {n}",
  },
  ko: {
    title: "작업 목록", tag: "`backward` 안의 `{name}`", no_name: "내 `backward`", step: "단계", empty: "비어 있음", gen: "세대 {n}",
    waits: "기다리는 함수(오른쪽이 다음 차례)", waits_front: "기다리는 함수(왼쪽이 다음 차례)", waits_heap: "기다리는 함수(힙: 화면의 순서는 힙 내부의 순서)",
    runs: "지금 실행", history: "방문한 순서",
    push: "`{f}` 함수를 목록에 넣습니다.", pop: "`{f}` 함수를 목록에서 꺼냅니다.", run: "`{f}.backward`를 실행합니다.", again: "`{f}.backward`를 {n}번째로 실행합니다. 이미 끝난 함수라는 것을 아무도 알아채지 못했습니다.",
    refuse: "`{f}` 함수는 이미 만났으므로 다시 넣지 않습니다.", none: "작업 목록을 찾지 못했습니다. `backward`에 함수 목록이 있나요?",
    finished: "목록이 비었고 역전파가 끝났습니다.", stopped: "실행이 멈췄습니다: {error}", line: "{n}번째 줄",
  },
});
