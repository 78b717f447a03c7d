import { strings } from "../shared/strings";

export const LINKED = strings({
  en: {
    title: "The graph behind a variable", tag: "drawn from your own pointers; the program that ran made it",
    reach: "{n} of {total} nodes can be reached from `{y}`.", all: "All {total} nodes can be reached from `{y}`.",
    fewer: "{n} fewer than last time.", more: "{n} more than last time.", leaf: "`{v}` has no creator: nobody made it.", only: "`{y}` leads nowhere: its `creator` is None.",
    follow: "Go to {name}", cut: "cut", join: "join", cut_label: "Cut {link} in the picture", join_label: "Join {link} again", reset: "Join all",
    here: "you are here", pointers: "pointers", none: "None", value: "data", grad: "grad", unreachable: "cannot be reached any more",
    keys: "← to what made it · → back · click a pointer", picture: "in the picture only; your objects stay as they are", graph: "Graph that {y} links to",
  },
  ko: {
    title: "변수 뒤의 그래프", tag: "내 객체의 포인터로 그렸습니다. 실행된 프로그램이 만든 그래프입니다",
    reach: "`{y}`에서 노드 {total}개 중 {n}개에 닿습니다.", all: "`{y}`에서 노드 {total}개 모두에 닿습니다.",
    fewer: "지난번보다 {n}개 적습니다.", more: "지난번보다 {n}개 많습니다.", leaf: "`{v}`에는 창조자가 없습니다. 아무도 만들지 않았습니다.", only: "`{y}`에서 갈 곳이 없습니다. `creator`가 None입니다.",
    follow: "{name} 쪽으로 가기", cut: "끊기", join: "잇기", cut_label: "그림에서 {link} 끊기", join_label: "{link} 다시 잇기", reset: "모두 잇기",
    here: "현재 위치", pointers: "포인터", none: "None", value: "data", grad: "grad", unreachable: "이제 닿을 수 없음",
    keys: "← 만든 쪽으로 · → 돌아오기 · 포인터를 눌러 이동", picture: "그림에서만 끊습니다. 실제 객체는 그대로입니다", graph: "{y}에서 이어진 그래프",
  },
});
