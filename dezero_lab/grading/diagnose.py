"""From findings to words: what was observed, and what it usually means.

Observation first. A cause is only named when the evidence fits one explanation; a constant ratio in a graph where a
variable is shared proves nothing and is not called a cause.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dezero_lab.grading import values
from dezero_lab.grading.checks import Case
from dezero_lab.grading.exercise import T
from dezero_lab.grading.findings import Finding

_PACKAGE = Path(__file__).parents[1]

GENERIC = {
    "D01": T(
        "Every value is {k} times the right one; look for a factor such as 2, N or 1/N.",
        "모든 값이 정답의 {k}배입니다. 2, N, 1/N 같은 계수를 확인하세요.",
    ),
    "D02": T(
        "Right size, opposite sign; which input is subtracted?",
        "크기는 맞고 부호가 반대입니다. 빼는 쪽이 어느 입력인가요?",
    ),
    "D03": T(
        "The values are right but two axes are exchanged; compare the axes.",
        "값은 맞지만 축이 서로 바뀌었습니다. 축의 순서를 비교해 보세요.",
    ),
    "D04": T(
        "Nothing reached this variable; where does the path end?",
        "이 변수에는 기울기가 도착하지 않았습니다. 경로가 어디서 끊겼나요?",
    ),
    "D05": T("The incoming gradient is ignored.", "출력 쪽에서 온 기울기를 쓰지 않았습니다."),
    "D06": T("The last branch replaced the earlier ones.", "마지막 경로의 값만 남았습니다."),
    "D07": T("One path was counted twice.", "한 경로의 몫이 두 번 더해졌습니다."),
    "D08": T(
        "The shapes only agree by broadcasting; a gradient must have the shape of its data.",
        "형상이 다른데 브로드캐스트로만 맞습니다. 기울기의 형상은 데이터의 형상과 같아야 합니다.",
    ),
    "D09": T(
        "Integers cannot take small steps; use floats.",
        "정수 배열이라 작은 변화가 사라집니다. float 배열을 쓰세요.",
    ),
    "D10": T(
        "Find the first node whose value is not finite.", "값이 처음으로 유한하지 않게 된 노드를 찾으세요."
    ),
    "D11": T("Two names share one array.", "두 이름이 같은 배열을 가리킵니다."),
    "D12": T("Something is kept from the previous call.", "이전 호출의 값이 남아 있습니다."),
    "D13": T("Expected a Variable (or an array) here.", "여기서는 Variable(또는 배열)이어야 합니다."),
    "D14": T("The same function is visited again and again.", "같은 함수를 끝없이 방문합니다."),
    "D15": T(
        "The class cell was run again; create the objects again.",
        "클래스 셀을 다시 실행했습니다. 객체를 새로 만드세요.",
    ),
    "D16": T("A setting was not put back.", "설정이 원래대로 돌아오지 않았습니다."),
}


@dataclass(frozen=True)
class Diagnosis:
    """observation: what was seen. cause: (id, text) of a wrong answer or a generic diagnosis, or None when unsure."""

    observation: T
    cause: tuple[str | None, T] | None = None


def diagnose(case: Case, cases: Sequence[Case]) -> Diagnosis:
    """Name what the failing case shows, in the light of all cases of the check."""
    found = case.failure
    if found is None:
        raise ValueError("diagnose was given a case that holds; give it a failing one.")
    code, evidence = _explain(found, case, cases)
    observation = found.text or evidence or _observe(found)
    if isinstance(found.cause, T):
        return Diagnosis(observation, (None, found.cause))
    if code is None:
        return Diagnosis(observation)
    text = GENERIC[code]
    if code == "D01":
        text = text.format(k=_factor(_ratio(found, cases)))
    return Diagnosis(observation, (code, text))


def _explain(found: Finding, case: Case, cases: Sequence[Case]) -> tuple[str | None, T | None]:
    """The id of the generic diagnosis that fits, and the evidence in words."""
    if isinstance(found.cause, str):
        return found.cause, None
    if found.kind not in ("gradient", "value"):
        return ("D13", None) if found.kind == "type" else (None, None)
    yours, expected, n = found.yours, found.expected, found.name
    if not values.is_numeric(yours):
        if yours is None:
            return ("D04" if found.kind == "gradient" else None), None
        return ("D13" if _wraps(yours) or values.is_numeric(expected) else None), None
    a, b = np.asarray(yours), np.asarray(expected)
    if b.dtype.kind not in "fiub" or a.dtype.kind not in "fiub":
        return None, None
    if a.dtype.kind in "fc" and not np.isfinite(a).all():
        return "D10", None
    if a.shape != b.shape:
        if a.ndim == 2 and a.T.shape == b.shape and np.allclose(a.T, b, rtol=1e-4, atol=1e-6):
            return "D03", None
        return ("D08" if found.kind == "gradient" and _broadcast(a.shape, b.shape) else None), None
    if found.kind == "gradient" and a.size and not a.any() and b.any():
        return "D04", T(
            f"`{n}` is zero, the numerical gradient is not.", f"`{n}`: 0입니다. 수치 기울기는 0이 아닙니다."
        )
    if found.shares:
        for share in found.shares:
            if share.shape == a.shape and np.allclose(a, share, rtol=1e-4, atol=1e-6):
                return "D06", T(
                    f"`{n}` equals the share of one path alone.", f"`{n}`: 한 경로의 몫과 같습니다."
                )
        for share in found.shares:
            if share.shape == a.shape and np.allclose(a, b + share, rtol=1e-4, atol=1e-6):
                return "D07", T(
                    f"`{n}` has the share of one path twice.", f"`{n}`: 한 경로의 몫이 두 번 들어 있습니다."
                )
    if found.kind == "gradient":
        other = _same_for_other_upstream(found, cases)
        if other is not None:
            u, v, g = values.short(found.upstream), values.short(other), values.short(yours)
            return "D05", T(
                f"`{n}` stays {g} when the upstream gradient changes from {u} to {v}.",
                f"상류 기울기를 {u}에서 {v} 값으로 바꾸어도 `{n}`의 값은 {g} 그대로입니다.",
            )
    if a.ndim == 2 and a.T.shape == b.shape and a.size > 1 and np.allclose(a.T, b, rtol=1e-4, atol=1e-6):
        return "D03", None
    if case.shared:
        return None, None
    k = _ratio(found, cases)
    if k is not None:
        what = (
            ("the numerical gradient", "수치 기울기")
            if found.kind == "gradient"
            else ("the expected value", "기댓값")
        )
        f = _factor(k)
        return ("D02" if abs(k + 1) < 1e-4 else "D01"), T(
            f"`{n}` is {f} times {what[0]}.", f"`{n}`의 값이 {what[1]}의 {f}배입니다."
        )
    if a.dtype.kind in "iu" and b.dtype.kind == "f":
        return "D09", None
    return None, None


def _ratio(found: Finding, cases: Sequence[Case]) -> float | None:
    """The one factor between yours and expected in all failing comparisons of this name, if there is one."""
    pairs: list[tuple[np.ndarray, np.ndarray]] = []
    for c in cases:
        for f in c.findings:
            if f.kind != found.kind or f.name != found.name or c.shared:
                continue
            if not values.is_numeric(f.yours) or np.shape(f.yours) != np.shape(f.expected):
                return None
            pairs.append(
                (
                    np.asarray(f.yours, dtype=float).reshape(-1),
                    np.asarray(f.expected, dtype=float).reshape(-1),
                )
            )
    if not pairs:
        return None
    a, b = np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])
    big = np.abs(b) > 1e-6
    if big.sum() < 2 or np.unique(np.round(b[big], 9)).size < 2 or (np.abs(a[~big]) > 1e-6).any():
        return None  # one number is always some multiple of another
    k = a[big] / b[big]
    return (
        float(k[0]) if np.allclose(k, k[0], rtol=1e-4) and abs(k[0] - 1) > 1e-4 and abs(k[0]) > 1e-9 else None
    )


def _same_for_other_upstream(found: Finding, cases: Sequence[Case]) -> object | None:
    """Another upstream gradient, same inputs, for which the learner's value is the same although it should differ."""
    if found.upstream is None:
        return None
    for f in (f for c in cases for f in c.findings):
        if f is found or f.kind != "gradient" or f.name != found.name or f.upstream is None:
            continue
        if not values.same(values.canonical(f.at), values.canonical(found.at)):
            continue
        if values.same(values.canonical(f.upstream), values.canonical(found.upstream)):
            continue
        alike = values.same(values.canonical(f.yours), values.canonical(found.yours))
        if alike and not values.same(values.canonical(f.expected), values.canonical(found.expected)):
            return f.upstream
    return None


def _observe(found: Finding) -> T:
    """The plain observation of one failed assertion."""
    n, yours, expected = found.name, values.short(found.yours), values.short(found.expected)
    if found.kind == "exception":
        return _exception(found.yours)
    if found.kind == "stopped":
        return T(
            "The check was stopped: your code does not come to an end.",
            "코드가 끝나지 않아 확인을 중단했습니다.",
        )
    if found.kind == "unchanged":
        return T(
            f"`{n}` was {expected} and is {yours} after your code ran.",
            f"`{n}`: 실행 전 {expected}, 실행 후 {yours}.",
        )
    if found.kind == "switch":
        return T(f"`Config.{n}` differs after the call.", f"호출이 끝난 뒤 `Config.{n}` 값이 달라졌습니다.")
    if found.kind == "type":
        return T(
            f"`{n}` is of type {found.yours}, expected {found.expected}.",
            f"`{n}`의 자료형은 {found.yours}입니다. 나와야 하는 것은 {found.expected}입니다.",
        )
    if found.kind == "dtype":
        return T(
            f"`{n}` has dtype {found.yours}, expected {found.expected}.",
            f"`{n}`의 dtype은 {found.yours}입니다. 기댓값은 {found.expected}입니다.",
        )
    if found.kind == "identity":
        return T(f"`{n}` is False.", f"`{n}`의 결과가 False입니다.")
    if found.kind == "raises":
        return T(
            f"{n}: expected {found.expected}, got {found.yours}.",
            f"{n}: {found.yours}. 나와야 하는 것: {found.expected}.",
        )
    if found.kind == "shape":
        return T(
            f"`{n}` has shape {yours}, expected {expected}.",
            f"`{n}`의 형상은 {yours}입니다. 기댓값은 {expected}입니다.",
        )
    if found.kind == "twice":
        return T(
            f"{n} gave {yours}, the first gave {expected}.",
            f"{n}: 첫 번째 결과는 {expected}, 두 번째 결과는 {yours}입니다.",
        )
    if found.yours is None:
        return T(f"`{n}` is None.", f"`{n}`의 값이 None입니다.")
    if found.kind in ("value", "gradient") and not values.is_numeric(found.yours):
        kind = values.type_name(found.yours)
        return T(
            f"`{n}` is of type {kind}, expected numbers.", f"`{n}`의 자료형은 {kind}입니다. 숫자여야 합니다."
        )
    if values.is_numeric(found.yours) and np.shape(found.yours) != np.shape(found.expected):
        a, b = np.shape(found.yours), np.shape(found.expected)
        return T(f"`{n}` has shape {a}, expected {b}.", f"`{n}`의 형상은 {a}입니다. 기댓값은 {b}입니다.")
    if values.is_array(found.yours) and found.yours.size > 6 and values.is_numeric(found.expected):
        far = int((~np.isclose(found.yours, found.expected, rtol=1e-4, atol=1e-6)).sum())
        return T(
            f"{far} of {found.yours.size} entries of `{n}` differ.",
            f"`{n}`의 원소 {found.yours.size}개 중 {far}개가 다릅니다.",
        )
    return T(f"`{n}` is {yours}, expected {expected}.", f"`{n}`: {yours}. 기댓값: {expected}.")


def _exception(error: BaseException) -> T:
    """The learner's own line that raised, if one did."""
    message = str(error).splitlines()[0][:160] if str(error) else ""
    what = f"{type(error).__name__}: {message}" if message else type(error).__name__
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.line and not _is_ours(f.filename)]
    if isinstance(error, RecursionError):
        what = "RecursionError"
    if not frames:
        return T(f"Your code stopped with {what}.", f"코드가 {what} 오류로 멈췄습니다.")
    where = frames[-1]
    return T(
        f"`{where.name}` stopped at `{where.line}` with {what}.",
        f"`{where.name}`의 `{where.line}` 줄에서 {what} 오류가 났습니다.",
    )


def _is_ours(filename: str) -> bool:
    """Whether a file belongs to this package or to an installed one. A clone may be called dezero_lab as well."""
    path = Path(filename)
    return _PACKAGE in path.parents or "site-packages" in path.parts


def _factor(k: float | None) -> str:
    if k is None:
        return "?"
    nearest = round(k)
    text = str(nearest) if nearest and abs(k - nearest) < 1e-4 * abs(k) else f"{k:.4g}"
    return text.replace("-", "−")


def _broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    try:
        np.broadcast_shapes(a, b)
    except ValueError:
        return False
    return True


def _wraps(x: object) -> bool:
    return "data" in getattr(x, "__dict__", {})
