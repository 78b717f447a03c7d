import { strings } from "../shared/strings";

export const LIVE = strings({
  en: {
    title: "Live graph", waiting: "Nothing has been computed yet. Each call of a Function will appear here.",
    running: "running", finished: "finished", calls: "{n} calls", visits: "{n} backward visits", sweeps: "pass {n}",
    folded: "{n} earlier calls are counted, not drawn", now_forward: "`{f}` just ran forward.", now_backward: "`{f}` runs backward.",
    between: "{n} nodes drawn.", grad: "grad", generation: "generation {n}", canvas: "Computation graph, growing",
  },
  ko: {
    title: "실시간 그래프", waiting: "아직 계산한 것이 없습니다. 함수를 호출할 때마다 여기에 나타납니다.",
    running: "실행 중", finished: "끝", calls: "호출 {n}번", visits: "역전파 방문 {n}번", sweeps: "{n}번째 역전파",
    folded: "앞의 호출 {n}번은 세기만 하고 그리지 않습니다", now_forward: "방금 `{f}`의 순전파를 계산했습니다.", now_backward: "`{f}`의 역전파를 계산합니다.",
    between: "노드 {n}개를 그렸습니다.", grad: "grad", generation: "세대 {n}", canvas: "자라나는 계산 그래프",
  },
});
