import { strings } from "../shared/strings";

export const BOXES = strings({
  en: {
    title: "Names, boxes, arrays", play: "click a statement, or drag it onto the picture", snap: "your objects, as they are now",
    names: "names", boxes: "boxes", arrays: "arrays", undo: "Undo", reset: "Start again", apply: "Run {code}",
    start: "`a` and the box that `x` names hold the very same array.",
    nothing: "Nothing changed.", unknown: "not defined yet", stopped: "It stopped: {error}",
    alias: "`{a}` and `{b}` are two names of one box. No second box was made.",
    named: "`{name}` now names {what}.", new_array: "another array; everything else still points at the old one", new_box: "a new box", array: "this array",
    refilled: "The box stayed where it was; its `data` now points at another array.",
    in_place: "The array itself changed. All who point at it see {text}: {who}.",
    in_place_one: "The array itself changed to {text}.",
    limit: "Four statements are enough for one story. Undo one, or start again.", done: "run so far", snapshot: "Snapshot",
    shared: "`{a}` and `{b}` share one array.", apart: "Every name has its own.", waiting: "Not there yet: {names}.",
  },
  ko: {
    title: "이름, 상자, 배열", play: "문장을 누르거나 그림 위로 끌어 보세요", snap: "지금 내 객체의 모습",
    names: "이름", boxes: "상자", arrays: "배열", undo: "되돌리기", reset: "처음부터", apply: "{code} 실행",
    start: "`a`와 `x`의 상자가 똑같은 배열 하나를 가리킵니다.",
    nothing: "바뀐 것이 없습니다.", unknown: "아직 없는 이름", stopped: "실행이 멈췄습니다: {error}",
    alias: "`{a}`와 `{b}`는 한 상자의 두 이름입니다. 상자가 새로 생기지 않았습니다.",
    named: "이제 이름 `{name}`의 대상: {what}.", new_array: "다른 배열. 나머지는 예전 배열을 그대로 가리킵니다", new_box: "새 상자", array: "이 배열",
    refilled: "상자는 그대로이고, `data`가 다른 배열을 가리킵니다.",
    in_place: "배열 자체가 바뀌었습니다: {text}. 이 배열을 가리키는 모두에게 보입니다: {who}.",
    in_place_one: "배열 자체가 바뀌었습니다: {text}.",
    limit: "이야기 하나에 문장 네 개면 충분합니다. 되돌리거나 처음부터 시작하세요.", done: "지금까지 실행", snapshot: "스냅샷",
    shared: "`{a}`와 `{b}`는 배열 하나를 함께 씁니다.", apart: "이름마다 자기 것이 따로 있습니다.", waiting: "아직 없는 이름: {names}.",
  },
});
