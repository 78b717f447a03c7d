import { strings } from "../shared/strings";

export const WALL = strings({
  en: {
    title: "Eight engines", tag: "your tests against one right engine and seven with a planted fault", engine: "engine", aim: "aim: exactly one green lamp",
    green: "passes", red: "rejected", off: "no tests", again: "Light the lamps again", test: "test", right: "the right one",
    show: "Show the faults that survived", hide: "Hide them",
  },
  ko: {
    title: "엔진 여덟 개", tag: "올바른 엔진 하나와 결함을 심은 엔진 일곱 개에 돌린 내 테스트", engine: "엔진", aim: "목표: 초록 램프는 정확히 하나",
    green: "통과", red: "거부", off: "테스트 없음", again: "램프 다시 켜기", test: "테스트", right: "올바른 엔진",
    show: "살아남은 결함 보기", hide: "숨기기",
  },
});
