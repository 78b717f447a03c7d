"""Print how large the project is: lines of code per part, the longest files, the bundles. `make size`."""

from __future__ import annotations

import io
import tokenize
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("dezero_lab", "widgets/dezero_widgets", "widgets/ts", "chapters", "tests", "benchmarks", "tools")
GENERATED = {".venv", "node_modules", "static", "stages", "solutions", "starters", "en", "ko"}
SKIPPED_TOKENS = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
}


def python_code_lines(source: str) -> int:
    """Lines that carry a token of code: neither blank, nor comment, nor docstring."""
    lines: set[int] = set()
    statement_starts = True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        is_docstring = token.type == tokenize.STRING and statement_starts
        if token.type not in SKIPPED_TOKENS and not is_docstring:
            lines.update(range(token.start[0], token.end[0] + 1))
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            statement_starts = token.type in (
                tokenize.NEWLINE,
                tokenize.INDENT,
                tokenize.DEDENT,
                tokenize.ENCODING,
            )
    return len(lines)


def code_lines(path: Path) -> int:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return python_code_lines(source)
    return sum(
        1 for line in source.splitlines() if line.strip() and not line.strip().startswith(("//", "*", "/*"))
    )


def main() -> None:
    files: dict[str, list[tuple[int, Path]]] = defaultdict(list)
    for part in PARTS:
        for path in (ROOT / part).rglob("*"):
            relative = path.relative_to(ROOT)
            if path.suffix in (".py", ".ts", ".mjs") and not GENERATED & set(relative.parts):
                files[part].append((code_lines(path), relative))
    print(f"{'part':26} {'files':>5} {'code lines':>10} {'median':>6}  longest")
    for part, entries in files.items():
        entries.sort()
        longest = entries[-1]
        median = entries[len(entries) // 2][0]
        print(
            f"{part:26} {len(entries):5} {sum(n for n, _ in entries):10} {median:6}  {longest[0]} {longest[1]}"
        )
    print("\nbundles")
    for bundle in sorted((ROOT / "widgets" / "dezero_widgets" / "static").glob("*.js")):
        print(f"{bundle.name:26} {bundle.stat().st_size / 1000:8.1f} kB")


if __name__ == "__main__":
    main()
