import { strings } from "../shared/strings";

export const table = strings({
  en: {
    title: "Gradients of {y}",
    variable: "variable", yours: "your gradient", numerical: "numerical gradient", difference: "largest difference",
    agree: "agrees", differ: "differs", empty: "empty", shape: "shape",
    all_agree: "{n} of {n} agree", some: "{k} of {n} agree",
    entry: "{v}, should be {w}",
  },
  ko: {
    title: "{y}의 기울기",
    variable: "변수", yours: "내 기울기", numerical: "수치 기울기", difference: "최대 차이",
    agree: "일치", differ: "불일치", empty: "비어 있음", shape: "형상",
    all_agree: "{n}개 모두 일치", some: "{n}개 중 {k}개 일치",
    entry: "{v}, 기댓값 {w}",
  },
});
