import { strings } from "../shared/strings";

export const LANES = strings({
  en: {
    title: "Two lanes", values: "values →", slopes: "← derivatives", check: "numerical", step: "Step",
    right: "at its own input", wrong: "all at x (wrong)", where: "Where each local derivative is taken",
    value: "`{name} = {f}({before})` = {v}", start: "The chain starts with `x` = {v}.",
    seed: "The lower lane starts at the output: `dy/dy` = 1. Nothing was measured for this.",
    slope: "`dy/d{name} = dy/d{after} · {rule}` = {a} · {b} = {v}. It needs `{name}` = {value} from the upper lane.",
    wrong_slope: "`{f}` received `{name}`, but its derivative was taken at `x` = {x}: {b} instead of {good}. So `dy/d{name}` is {v}; right is {truth}.",
    inherits: "Its own factor {b} is right, but the damage to its right is multiplied in: {v}; right is {truth}.",
    needs: "needs {name} = {v}", all: "All derivatives in one sweep. The numbers in the bottom row were measured one by one.",
  },
  ko: {
    title: "두 줄로 보는 역전파", values: "값 →", slopes: "← 미분", check: "수치 미분", step: "단계",
    right: "자기 입력에서", wrong: "모두 x에서 (틀림)", where: "국소 미분을 계산하는 점",
    value: "`{name} = {f}({before})` = {v}", start: "사슬은 `x` = {v}에서 시작합니다.",
    seed: "아랫줄은 출력에서 시작합니다. `dy/dy` = 1이며 따로 잴 것이 없습니다.",
    slope: "`dy/d{name} = dy/d{after} · {rule}` = {a} · {b} = {v}. 윗줄에서 가져온 값은 `{name}` = {value}입니다.",
    wrong_slope: "`{f}` 함수가 받은 것은 `{name}`인데 `x` = {x}에서 미분했습니다. 국소 미분이 {good} 대신 {b}입니다. 그래서 `dy/d{name}` = {v}입니다. 옳은 값은 {truth}입니다.",
    inherits: "자기 국소 미분 {b} 값은 맞지만 오른쪽에서 온 오차가 곱해졌습니다. 결과는 {v}, 옳은 값은 {truth}입니다.",
    needs: "{name} = {v} 필요", all: "한 번 되짚어 가서 모든 미분을 얻었습니다. 맨 아랫줄의 수는 하나씩 따로 잰 값입니다.",
  },
});
