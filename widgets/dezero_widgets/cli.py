"""The command `dezero-lab`: open the lab, look at the machine, carry progress from one machine to another."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .doctor import doctor

START_PAGE = "00_start.ipynb"


def find_chapters(start: Path) -> Path:
    """The `chapters` folder of the clone: below `start` or one of its parents, or beside this package."""
    for folder in (start, *start.parents, Path(__file__).resolve().parents[2]):
        if (folder / "chapters" / "en" / START_PAGE).is_file():
            return folder / "chapters"
    raise SystemExit(
        f"dezero-lab: no chapters/en/{START_PAGE} in {start} or above it.\n"
        "The notebooks are part of the clone, not of the installed package: run this inside the cloned folder."
    )


def copy_notebooks(chapters: Path, target: Path) -> list[Path]:
    """Copy each notebook that is not in `target` yet; what the learner has worked on is never overwritten."""
    copied = []
    for source in sorted(chapters.glob("*/*.ipynb")):
        copy = target / source.parent.name / source.name
        if source.parent.name in ("en", "ko") and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            copied.append(copy)
    return copied


def open_lab(arguments: argparse.Namespace) -> int:
    """`dezero-lab lab`: copy what is new, then JupyterLab on the start page until it is closed."""
    folder = Path(arguments.folder).expanduser().resolve()
    copied = copy_notebooks(find_chapters(Path.cwd()), folder)
    print(f"dezero-lab: your notebooks are in {folder} ({len(copied)} new)")
    page = folder / arguments.lang / START_PAGE
    # One BLAS thread is faster and steadier than two for arrays of this size.
    environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **os.environ}
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        f"--ServerApp.root_dir={folder}",
        str(page),
        *arguments.jupyter,
    ]
    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 0


def look(arguments: argparse.Namespace) -> int:
    """`dezero-lab doctor`: the findings; 1 when something that is needed does not work."""
    diagnosis = doctor(arguments.lang)
    print(repr(diagnosis))
    return 0 if diagnosis.healthy else 1


def carry_progress(arguments: argparse.Namespace) -> int:
    """`dezero-lab progress`: print the learner's record, write it to a file, or add what such a file holds."""
    from dezero_lab.grading.progress import Progress

    record = Progress.open()
    if arguments.read:
        try:
            added = record.import_text(Path(arguments.read).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SystemExit(f"dezero-lab: {arguments.read} was not read: {error}") from None
        print(f"dezero-lab: {added} new entries from {arguments.read}")
        if record.message is not None:
            print(record.message.en)
        return 0
    text = record.export_text()
    if arguments.file:
        Path(arguments.file).write_text(text, encoding="utf-8")
        print(f"dezero-lab: wrote {arguments.file}")
    else:
        print(text)
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    root = argparse.ArgumentParser(
        prog="dezero-lab", description="Learn a deep-learning framework by building one."
    )
    commands = root.add_subparsers(dest="command", required=True)

    lab = commands.add_parser(
        "lab", help="open JupyterLab on the start page, in your own copy of the notebooks"
    )
    lab.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the start page")
    lab.add_argument("--folder", default="my", help="where your copies live (default: my)")
    lab.add_argument("jupyter", nargs="*", help="after --, further arguments for jupyter lab")
    lab.set_defaults(run=open_lab)

    check = commands.add_parser("doctor", help="look at this machine and say what to do")
    check.add_argument("--lang", choices=("en", "ko"), default="en")
    check.set_defaults(run=look)

    progress = commands.add_parser(
        "progress", help="write what you have done as text, or read it in elsewhere"
    )
    way = progress.add_mutually_exclusive_group()
    way.add_argument("file", nargs="?", help="write to this file; without it, print")
    way.add_argument(
        "--read", metavar="FILE", help="add what such a file holds to the progress on this machine"
    )
    progress.set_defaults(run=carry_progress)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may use a code page without the marks and the Hangul that are printed here.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    arguments = parser().parse_args(argv)
    return arguments.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
