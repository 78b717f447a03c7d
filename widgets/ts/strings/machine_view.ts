import { strings } from "../shared/strings";

export const MACHINE = strings({
  en: {
    title: "The machine and its slot", tag: "`{base}.__call__` is the machine; a subclass is only the formula in the slot",
    slot: "Formula in the slot", step: "Beat", open: "open", formula: "formula", wrap: "wrap", in: "box in", out: "box out",
    b0: "A box arrives: `{in}`. The machine is the same for every formula.",
    b1: "Open the box: take `{took}` out of `data`.",
    b2: "The formula in the slot works on the plain array: `{formula}`.",
    b3: "It gives `{gave}`.",
    b4: "The machine puts it into a new box: `{out}`.",
    empty: "Define a class with `Function` as its base, then run this cell again.", nothing: "nothing",
  },
  ko: {
    title: "기계와 공식을 끼우는 자리", tag: "기계는 `{base}.__call__`, 자식 클래스는 끼우는 공식일 뿐",
    slot: "끼운 공식", step: "박자", open: "열기", formula: "공식", wrap: "담기", in: "들어간 상자", out: "나온 상자",
    b0: "상자가 들어옵니다: `{in}`. 어떤 공식이든 기계는 같습니다.",
    b1: "상자를 열어 `data`에서 값을 꺼냅니다: `{took}`.",
    b2: "끼운 공식은 배열만 다룹니다: `{formula}`.",
    b3: "결과는 `{gave}`입니다.",
    b4: "기계가 새 상자에 담습니다: `{out}`.",
    empty: "`Function`을 기반으로 하는 클래스를 만든 뒤 이 셀을 다시 실행하세요.", nothing: "없음",
  },
});
