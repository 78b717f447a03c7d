"""Look at this machine and say what works, what is missing and what to do about it.

`dezero-lab doctor` prints the findings; `lab.doctor()` shows the same table in a notebook.
"""

from __future__ import annotations

import html
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

Level = Literal["ok", "optional", "problem"]

MARKS: dict[Level, str] = {"ok": "✓", "optional": "○", "problem": "✗"}
WORDS: dict[str, dict[str, str]] = {
    "en": {"ok": "fine", "optional": "not there, not needed", "problem": "please fix"},
    "ko": {"ok": "정상", "optional": "없어도 됩니다", "problem": "고쳐 주세요"},
}
NAMES_KO = {
    "Python": "파이썬",
    "widget bundles": "위젯 파일",
    "progress": "진도 기록",
    "Korean font": "한글 글꼴",
    "CuPy and a GPU": "CuPy와 GPU",
}
# A font file whose name holds one of these can draw Hangul.
HANGUL_FONTS = (
    "NotoSansCJK",
    "NotoSansKR",
    "Nanum",
    "malgun",
    "AppleSDGothic",
    "AppleGothic",
    "UnDotum",
    "batang",
    "gulim",
)


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, what was found, and what to do (empty when nothing)."""

    name: str
    level: Level
    found: str | tuple[str, str]
    advice: tuple[str, str] = ("", "")

    def name_in(self, lang: str) -> str:
        return NAMES_KO.get(self.name, self.name) if lang == "ko" else self.name

    def found_in(self, lang: str) -> str:
        """What was found, in English or Korean; versions and paths read the same in both."""
        return self.found if isinstance(self.found, str) else self.found[lang == "ko"]

    def advice_in(self, lang: str) -> str:
        return self.advice[lang == "ko"]


class Diagnosis(list[Finding]):
    """The findings as a list; text in a terminal, a table in a notebook."""

    def __init__(self, findings: list[Finding], lang: str = "en") -> None:
        super().__init__(findings)
        self.lang = "ko" if lang == "ko" else "en"

    @property
    def healthy(self) -> bool:
        return all(finding.level != "problem" for finding in self)

    def __repr__(self) -> str:
        words = WORDS[self.lang]
        lines = []
        for finding in self:
            lines.append(
                f"{MARKS[finding.level]} {finding.name_in(self.lang):<22} {finding.found_in(self.lang)}  ({words[finding.level]})"
            )
            if finding.advice_in(self.lang):
                lines.append(f"    {finding.advice_in(self.lang)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        words = WORDS[self.lang]
        colours = {"ok": "#0a7d55", "optional": "#7a7f8a", "problem": "#c0392b"}
        rows = []
        for finding in self:
            advice = finding.advice_in(self.lang)
            rows.append(
                f'<tr><td style="color:{colours[finding.level]};font-weight:600;text-align:left;white-space:nowrap">'
                f"{MARKS[finding.level]} {html.escape(words[finding.level])}</td>"
                f'<td style="text-align:left;white-space:nowrap">{html.escape(finding.name_in(self.lang))}</td>'
                f'<td style="text-align:left">{html.escape(finding.found_in(self.lang))}'
                + (f"<br><span style='opacity:.8'>{html.escape(advice)}</span>" if advice else "")
                + "</td></tr>"
            )
        return f"<table>{''.join(rows)}</table>"


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def check_python() -> Finding:
    return Finding("Python", "ok", f"{platform.python_version()} on {platform.system()}")


def check_package(package: str, title: str, oldest: tuple[int, ...]) -> Finding:
    version = _version(package)
    advice = (
        f'Run: pip install -c constraints.txt -e ".[lab]" in the folder of the project (it installs {package}).',
        f'프로젝트 폴더에서 실행해 주세요: pip install -c constraints.txt -e ".[lab]" ({package} 설치)',
    )
    if version is None:
        return Finding(title, "problem", ("not installed", "설치되어 있지 않음"), advice)
    numbers = tuple(int(part) for part in version.split(".")[: len(oldest)] if part.isdigit())
    if numbers < oldest:
        wanted = ".".join(map(str, oldest))
        return Finding(
            title, "problem", (f"{version}, older than {wanted}", f"{version}, {wanted}보다 오래됨"), advice
        )
    return Finding(title, "ok", version)


def check_bundles() -> Finding:
    folder = Path(__file__).parent / "static"
    bundles = sorted(folder.glob("*.js"))
    if "step_player" not in {bundle.stem for bundle in bundles}:
        advice = (
            "The browser half of the widgets is missing. Clone again, or build it: cd widgets && npm ci && npm run build.",
            "위젯의 브라우저 쪽 파일이 없습니다. 저장소를 다시 클론하거나 빌드해 주세요: cd widgets && npm ci && npm run build",
        )
        return Finding("widget bundles", "problem", f"{len(bundles)}: {folder}", advice)
    size = sum(bundle.stat().st_size for bundle in bundles) / 1000
    return Finding(
        "widget bundles",
        "ok",
        (f"{len(bundles)} files, {size:.0f} kB", f"파일 {len(bundles)}개, {size:.0f} kB"),
    )


def check_graphviz() -> Finding:
    program = shutil.which("dot")
    if program:
        return Finding("Graphviz", "ok", program)
    advice = (
        "Graphs are drawn without it. Install Graphviz only if you want PNG or PDF files from DOT text.",
        "Graphviz가 없어도 그래프는 그려집니다. DOT 텍스트로 PNG나 PDF를 만들 때만 설치하면 됩니다.",
    )
    return Finding("Graphviz", "optional", ("no `dot` program", "`dot` 프로그램 없음"), advice)


def check_gpu() -> Finding:
    try:
        import cupy  # pyright: ignore[reportMissingImports]

        count = int(cupy.cuda.runtime.getDeviceCount())
    except ImportError:
        return Finding(
            "CuPy and a GPU",
            "optional",
            ("no CuPy", "CuPy 없음"),
            ("NumPy does everything.", "모든 계산은 NumPy로 됩니다."),
        )
    except Exception as error:  # a driver that is missing or too old reports itself in many ways
        advice = (
            "CuPy is installed but finds no device; NumPy is used.",
            "CuPy는 있지만 장치가 없어 NumPy를 씁니다.",
        )
        return Finding("CuPy and a GPU", "optional", f"CuPy ({type(error).__name__})", advice)
    return Finding("CuPy and a GPU", "ok" if count else "optional", f"CuPy {cupy.__version__}, GPU {count}")


def check_korean_font() -> Finding:
    try:
        from matplotlib import font_manager

        files = font_manager.findSystemFonts()
    except ImportError:
        files = []
    for file in files:
        if any(name.lower() in Path(file).name.lower() for name in HANGUL_FONTS):
            return Finding("Korean font", "ok", Path(file).name)
    advice = (
        "Korean labels in Matplotlib figures would be boxes. Debian/Ubuntu: apt install fonts-noto-cjk.",
        "Matplotlib 그림의 한글이 네모로 보일 수 있습니다. Debian/Ubuntu: apt install fonts-noto-cjk",
    )
    return Finding("Korean font", "optional", ("none found", "찾지 못함"), advice)


def check_progress() -> Finding:
    from dezero_lab.grading.progress import Progress

    progress = Progress.open()
    if progress.message is None:
        return Finding("progress", "ok", str(progress.path))
    advice = (
        "Set the environment variable DEZERO_LAB_DATA to a folder that you may write to.",
        "환경 변수 DEZERO_LAB_DATA를 쓰기 권한이 있는 폴더로 정해 주세요.",
    )
    return Finding("progress", "problem", (progress.message.en, progress.message.ko), advice)


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_python,
    lambda: check_package("numpy", "NumPy", (2, 0)),
    lambda: check_package("jupyterlab", "JupyterLab", (4, 4)),
    lambda: check_package("anywidget", "anywidget", (0, 11)),
    check_bundles,
    check_progress,
    check_korean_font,
    check_graphviz,
    check_gpu,
)


def doctor(lang: str = "en") -> Diagnosis:
    """Look at everything that the lab needs or can use.

    Returns a list of `Finding`; `.healthy` is False when something that is needed does not work. Never raises:
    a check that fails itself becomes a finding.

    >>> doctor()[0].name
    'Python'
    """
    findings = []
    for check in CHECKS:
        try:
            findings.append(check())
        except Exception as error:  # the doctor must be able to speak about a broken installation
            name = getattr(check, "__name__", "check").removeprefix("check_").strip("<>")
            findings.append(Finding(name, "problem", f"{type(error).__name__}: {error}"))
    return Diagnosis(findings, lang)
