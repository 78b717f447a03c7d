import { strings } from "../shared/strings";

export const table = strings({
  en: { title: "Share card", copy: "Copy as Markdown", copied: "Copied", by_hand: "Press Ctrl+C to copy", text: "Markdown of the card" },
  ko: { title: "공유 카드", copy: "Markdown으로 복사", copied: "복사했습니다", by_hand: "Ctrl+C를 눌러 복사하세요", text: "카드의 Markdown" },
});
