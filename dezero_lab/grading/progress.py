"""What a learner has done: one small SQLite file, safe with several kernels, readable as text.

Every call opens the file, does one short transaction and closes it, so that two notebooks can work at once. Nothing is
ever thrown away silently: a damaged file is moved aside and said so, and where nothing can be written the record lives
in memory for this session, and that is said too (`message`).
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
import threading
import weakref
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from dezero_lab.grading.exercise import T
from dezero_lab.grading.report import Report

VERSION = 1
FILE = "progress.sqlite3"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS checks (at TEXT NOT NULL, exercise TEXT NOT NULL, verdict TEXT NOT NULL,
    seconds REAL NOT NULL, cause TEXT, verified INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS help (at TEXT NOT NULL, exercise TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS predictions (at TEXT NOT NULL, question TEXT NOT NULL, answer TEXT,
    is_right INTEGER, confidence INTEGER);
CREATE TABLE IF NOT EXISTS notes (at TEXT NOT NULL, chapter TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sources (at TEXT NOT NULL, chapter TEXT NOT NULL, source TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS checks_by_exercise ON checks (exercise);
"""
_TABLES = ("checks", "help", "predictions", "notes", "sources")


class Progress:
    """The record of one learner. `Progress.open()` is how one gets it.

    path: the file, or None when the record lives in memory only. message: what the learner should know about the file
    (a `T`), or None.

    >>> p = Progress.in_memory()
    >>> p.save_note("07", "the graph is drawn by running")
    >>> p.notes("07")
    ['the graph is drawn by running']
    >>> p.passed("E07.1")
    False
    """

    def __init__(self, path: Path | None, message: T | None = None) -> None:
        self.path = path
        self.message = message
        self._lock = threading.Lock()
        self._memory: sqlite3.Connection | None = None
        if path is None:
            self._keep(sqlite3.connect(":memory:", check_same_thread=False))

    def _keep(self, memory: sqlite3.Connection) -> None:
        """Take over a record in memory; it is closed when this object goes."""
        memory.executescript(_SCHEMA)
        self._memory = memory
        self._closing = weakref.finalize(self, memory.close)

    @classmethod
    def in_memory(cls, message: T | None = None) -> Progress:
        """A record that ends with the session."""
        return cls(None, message)

    @classmethod
    def open(cls, folder: str | os.PathLike[str] | None = None) -> Progress:
        """The record in the user's data folder (or `folder`, or the environment variable DEZERO_LAB_DATA). Never raises."""
        path = Path(folder) / FILE if folder is not None else data_folder() / FILE
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls._open(path)
        except (OSError, sqlite3.Error) as error:
            return cls._without_file(path, error)

    @classmethod
    def _open(cls, path: Path) -> Progress:
        message = None
        try:
            version = _prepare(path)
        except sqlite3.DatabaseError as error:
            if isinstance(
                error, sqlite3.OperationalError
            ):  # locked, read only, no disk: the file itself is fine
                raise
            aside = _move_aside(path)
            message = T(
                f"Your progress file was damaged. It was kept as {aside}, and a new one was begun.",
                f"진행 기록 파일이 손상되어 {aside}에 따로 보관하고, 새 파일을 만들었습니다.",
            )
            version = _prepare(path)
        if version > VERSION:
            return cls.in_memory(
                T(
                    f"{path} was written by a newer dezero_lab. It is left alone; this session is kept in memory only. "
                    "Update dezero_lab, then restart the kernel.",
                    f"{path} 파일은 더 새로운 dezero_lab에서 만든 것입니다. 파일은 그대로 두고 이번 기록은 메모리에만 둡니다. "
                    "dezero_lab을 업데이트한 뒤 커널을 다시 시작하세요.",
                )
            )
        return cls(path, message)

    @classmethod
    def _without_file(cls, path: Path, error: Exception) -> Progress:
        message = T(
            f"Progress cannot be written to {path} ({error}). It is kept in memory until the kernel stops; "
            "set DEZERO_LAB_DATA to a folder you may write to, or call export_text() before you leave.",
            f"{path}에 진행 기록을 쓸 수 없습니다({error}). 커널이 끝날 때까지 메모리에만 둡니다. "
            "쓰기 권한이 있는 폴더를 DEZERO_LAB_DATA로 정하거나, 끝내기 전에 export_text()를 부르세요.",
        )
        progress = cls.in_memory(message)
        if not path.exists() or progress._memory is None:
            return progress
        try:  # what is there can still be read
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            with contextlib.closing(sqlite3.connect(uri, uri=True)) as old:
                old.backup(progress._memory)
            progress._memory.executescript(_SCHEMA)  # the copy may lack a table
            return progress
        except (OSError, sqlite3.Error):
            return cls.in_memory(message)

    # Writing

    def record_check(self, report: Report, *, verified: bool = False) -> None:
        """Keep the verdict of a check. `verified` is for `verify` alone. "Not attempted" is not kept."""
        if report.verdict == "not_attempted":
            return
        cause = report.cause[0] if report.cause else None
        self._write(
            "INSERT INTO checks VALUES (?, ?, ?, ?, ?, ?)",
            (_now(), report.exercise, report.verdict, report.seconds, cause, int(verified)),
        )

    def record_help(self, exercise: str, what: str) -> None:
        """Keep that help was asked for: "hint 1", "hint 2", "hint 3", "solution"."""
        self._write("INSERT INTO help VALUES (?, ?, ?)", (_now(), exercise, what))

    def record_prediction(
        self, question: str, answer: Any, right: bool | None, confidence: int | None = None
    ) -> None:
        """Keep an answer (None: skipped, then `right` is None too)."""
        text = None if answer is None else json.dumps(answer, ensure_ascii=False)
        marked = None if right is None else int(right)
        self._write(
            "INSERT INTO predictions VALUES (?, ?, ?, ?, ?)", (_now(), question, text, marked, confidence)
        )

    def save_note(self, chapter: str, text: str) -> None:
        """Keep a note; earlier ones stay."""
        self._write("INSERT INTO notes VALUES (?, ?, ?)", (_now(), str(chapter), text))

    def save_source(self, chapter: str, source: str) -> None:
        """Keep the learner's classes of a chapter; earlier versions stay in the file. The same text twice is kept once."""
        if self.saved_source(chapter) != source:
            self._write("INSERT INTO sources VALUES (?, ?, ?)", (_now(), str(chapter), source))

    # Reading

    def passed(self, exercise: str) -> bool:
        """Whether a check of this exercise has passed, in the notebook or in a fresh process."""
        return bool(
            self._read("SELECT 1 FROM checks WHERE exercise = ? AND verdict = 'pass' LIMIT 1", (exercise,))
        )

    def verified(self, exercise: str) -> bool:
        """Whether the saved source passed in a fresh process."""
        rows = self._read(
            "SELECT 1 FROM checks WHERE exercise = ? AND verdict = 'pass' AND verified = 1 LIMIT 1",
            (exercise,),
        )
        return bool(rows)

    def failed_attempts(self, exercise: str) -> int:
        """How many checks of this exercise did not pass."""
        return self._read(
            "SELECT COUNT(*) FROM checks WHERE exercise = ? AND verdict != 'pass'", (exercise,)
        )[0][0]

    def helped(self, exercise: str) -> list[str]:
        """What help was asked for, oldest first: "hint 1", "solution", ..."""
        return [
            r[0] for r in self._read("SELECT what FROM help WHERE exercise = ? ORDER BY rowid", (exercise,))
        ]

    def prediction(self, question: str) -> dict[str, Any] | None:
        """The last answer to a question: {"answer", "right", "confidence", "at"}, or None."""
        rows = self._read(
            "SELECT answer, is_right, confidence, at FROM predictions WHERE question = ? ORDER BY rowid DESC LIMIT 1",
            (question,),
        )
        if not rows:
            return None
        answer, right, confidence, at = rows[0]
        return {
            "answer": None if answer is None else json.loads(answer),
            "right": None if right is None else bool(right),
            "confidence": confidence,
            "at": at,
        }

    def notes(self, chapter: str) -> list[str]:
        """All notes of a chapter, oldest first."""
        return [
            r[0]
            for r in self._read("SELECT text FROM notes WHERE chapter = ? ORDER BY rowid", (str(chapter),))
        ]

    def saved_source(self, chapter: str) -> str | None:
        """The learner's classes as saved last in a chapter, or None."""
        rows = self._read(
            "SELECT source FROM sources WHERE chapter = ? ORDER BY rowid DESC LIMIT 1", (str(chapter),)
        )
        return rows[0][0] if rows else None

    def summary(self) -> dict[str, Any]:
        """Everything at a glance, plain values only.

        {"exercises": {id: {"passed", "verified", "checks", "helped"}}, "predictions": {"answered", "right", "skipped"},
        "notes": count, "saved": [chapters]}
        """
        found: dict[str, dict[str, Any]] = {}
        rows = self._read(
            "SELECT exercise, MAX(verdict = 'pass'), MAX(verdict = 'pass' AND verified = 1), COUNT(*) FROM checks "
            "GROUP BY exercise ORDER BY exercise"
        )
        for exercise, passed, verified, count in rows:
            found[exercise] = {
                "passed": bool(passed),
                "verified": bool(verified),
                "checks": count,
                "helped": [],
            }
        for exercise, what in self._read("SELECT exercise, what FROM help ORDER BY rowid"):
            empty = {"passed": False, "verified": False, "checks": 0, "helped": []}
            found.setdefault(exercise, empty)["helped"].append(what)
        right, wrong, skipped = self._read(
            "SELECT COALESCE(SUM(is_right = 1), 0), COALESCE(SUM(is_right = 0), 0), COALESCE(SUM(is_right IS NULL), 0) "
            "FROM predictions"
        )[0]
        return {
            "exercises": found,
            "predictions": {"answered": right + wrong, "right": right, "skipped": skipped},
            "notes": self._read("SELECT COUNT(*) FROM notes")[0][0],
            "saved": [r[0] for r in self._read("SELECT DISTINCT chapter FROM sources ORDER BY chapter")],
        }

    def export_text(self) -> str:
        """The whole record as text: JSON lines, one per entry, that `import_text` of another machine reads."""
        lines = [json.dumps({"dezero_lab.progress": VERSION})]
        for table in _TABLES:
            columns = [r[1] for r in self._read(f"PRAGMA table_info({table})")]
            for row in self._read(f"SELECT * FROM {table} ORDER BY rowid"):
                lines.append(
                    json.dumps({"table": table, **dict(zip(columns, row, strict=True))}, ensure_ascii=False)
                )
        return "\n".join(lines) + "\n"

    def import_text(self, text: str) -> int:
        """Add what `export_text` wrote elsewhere; entries that are there already are skipped. Returns how many were new.

        Raises ValueError, and adds nothing, when the text is not such a record.
        """
        try:
            first, *rest = [json.loads(line) for line in text.splitlines() if line.strip()]
            if first.get("dezero_lab.progress") != VERSION:
                raise ValueError(f"version {first.get('dezero_lab.progress')!r}")
            entries = [(d.pop("table"), d) for d in rest]
            if any(table not in _TABLES for table, _ in entries):
                raise ValueError("an unknown table")
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise ValueError(
                f"this is not an exported progress record ({error}); give the text that export_text() returned."
            ) from None
        added = 0
        with self._connection() as db:
            for table, entry in entries:
                columns = [r[1] for r in db.execute(f"PRAGMA table_info({table})")]
                values = [entry.get(c) for c in columns]
                same = " AND ".join(f"{c} IS ?" for c in columns)
                if db.execute(f"SELECT 1 FROM {table} WHERE {same} LIMIT 1", values).fetchone() is None:
                    db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", values)
                    added += 1
        return added

    # The file

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        if self._memory is not None:
            with self._lock, self._memory:
                yield self._memory
            return
        assert self.path is not None
        db = sqlite3.connect(self.path, timeout=5.0)
        try:
            with db:
                yield db
        finally:
            db.close()

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        """Never raises into a cell: when the file cannot be written any more, the session goes on in memory."""
        try:
            with self._connection() as db:
                db.execute(statement, values)
        except sqlite3.Error as error:
            self._recover(error)
            with self._connection() as db:
                db.execute(statement, values)

    def _read(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._connection() as db:
                return db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            self._recover(error)
            with self._connection() as db:
                return db.execute(statement, values).fetchall()

    def _recover(self, error: sqlite3.Error) -> None:
        """The file went away, was damaged or became read only since it was opened."""
        if self.path is None:
            raise error
        again = Progress.open(self.path.parent)
        if (
            again.path is not None
            and isinstance(error, sqlite3.OperationalError)
            and "no such table" not in str(error)
        ):
            again = Progress._without_file(self.path, error)  # opening works, this does not
        self.path, self.message = again.path, again.message
        if again._memory is not None:
            again._closing.detach()
            self._keep(again._memory)


def data_folder() -> Path:
    """Where the record is kept: DEZERO_LAB_DATA, or the user's data folder."""
    chosen = os.environ.get("DEZERO_LAB_DATA")
    if chosen:
        return Path(chosen)
    try:
        import platformdirs
    except ImportError:
        return Path.home() / ("AppData/Local" if sys.platform == "win32" else ".local/share") / "dezero-lab"
    return Path(platformdirs.user_data_dir("dezero-lab", appauthor=False))


def _prepare(path: Path) -> int:
    """Make the tables if needed; returns the version of the file. Raises sqlite3.DatabaseError when it is damaged."""
    db = sqlite3.connect(path, timeout=5.0)
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            return version
        if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check failed")
        with db:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            if version != VERSION:
                db.execute(f"PRAGMA user_version = {VERSION:d}")
        db.execute("BEGIN IMMEDIATE")  # is it writable?
        db.rollback()
        return VERSION
    finally:
        db.close()


def _move_aside(path: Path) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    for k in range(1000):
        aside = path.with_name(f"{path.stem}-damaged-{stamp}{f'-{k}' if k else ''}{path.suffix}")
        if not aside.exists():
            with contextlib.suppress(FileNotFoundError):  # another kernel was quicker
                path.rename(aside)
            return aside
    raise OSError(f"no free name beside {path}")


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")
