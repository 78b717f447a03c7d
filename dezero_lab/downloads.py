"""Files from the network, checked: https only, mirrors in order, size limit, SHA-256, all or nothing.

Files are kept in the platform's cache folder. Environment variables: DEZERO_LAB_CACHE names another folder,
DEZERO_LAB_MIRROR a folder (or an https address) that is asked first, so that a class room needs no network.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .weights import allow_reading

TIMEOUT = 30.0  # seconds without any data
LARGEST = 1_000_000_000  # bytes
CHUNK = 1 << 16


class DownloadError(OSError):
    """No source gave the file; the message lists what each of them said and what to do."""


def cache_folder() -> Path:
    """Where downloads are kept: the platform's cache folder, or DEZERO_LAB_CACHE."""
    if chosen := os.environ.get("DEZERO_LAB_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return base / "dezero_lab"


def __getattr__(name: str) -> str:
    if name == "cache_dir":
        return str(cache_folder())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def get_file(
    url: str | Sequence[str],
    file_name: str | None = None,
    *,
    sha256: str | None = None,
    largest: int = LARGEST,
    progress: bool = True,
) -> str:
    """The path of a file from the cache, downloaded first when it is not there.

    url: one address or several mirrors, asked in order. sha256: what the file must hash to; a file in the cache that does
    not is fetched again. largest: bytes after which a download is given up. Raises DownloadError when no source works,
    ValueError for an address that is not https or a file name with folders in it.
    """
    urls = [url] if isinstance(url, str) else list(url)
    for address in urls:
        if urllib.parse.urlsplit(address).scheme != "https":
            raise ValueError(f"downloads need an https address, but this is {address}")
    name = file_name or urllib.parse.unquote(urls[0].rsplit("/", 1)[-1])
    if not name or Path(name).name != name or name in (".", ".."):
        raise ValueError(f"a file name without folders is needed, but it is {name!r}")
    target = cache_folder() / name
    if target.exists() and (sha256 is None or _digest(target) == sha256):
        return str(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    said = []
    for source in [*_mirror(name), *urls]:
        try:
            _fetch(source, target, sha256, largest, progress)
            return str(target)
        except (OSError, ValueError, http.client.HTTPException) as error:
            said.append(f"  {source}: {str(error) or type(error).__name__}")
    raise DownloadError(
        f"{name} could not be had:\n" + "\n".join(said) + "\n"
        f"Without a network: put the file into {target.parent}, or set DEZERO_LAB_MIRROR to a folder that holds it"
    )


def _mirror(name: str) -> list[str]:
    mirror = os.environ.get("DEZERO_LAB_MIRROR")
    if not mirror:
        return []
    if mirror.startswith("https://"):
        return [f"{mirror.rstrip('/')}/{urllib.parse.quote(name)}"]
    return [str(Path(mirror) / name)]


def _fetch(source: str, target: Path, sha256: str | None, largest: int, progress: bool) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            if source.startswith("https://"):
                request = urllib.request.Request(source, headers={"User-Agent": "dezero_lab"})
                with _https_only.open(request, timeout=TIMEOUT) as reply:
                    _copy(
                        reply,
                        out,
                        int(reply.headers.get("Content-Length") or 0),
                        largest,
                        target.name,
                        progress,
                    )
            else:
                with open(source, "rb") as file:
                    shutil.copyfileobj(file, out)
        if sha256 is not None and (found := _digest(Path(temporary))) != sha256:
            raise ValueError(f"the file is not the expected one (SHA-256 {found}, expected {sha256})")
        allow_reading(temporary)
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


class _NoDowngrade(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not newurl.startswith("https://"):
            raise urllib.error.URLError(f"redirected to {newurl}, which is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_https_only = urllib.request.build_opener(_NoDowngrade)


def _copy(reply: Any, out: Any, total: int, largest: int, name: str, progress: bool) -> None:
    if total > largest:
        raise ValueError(f"the file has {total:,} bytes, more than the {largest:,} that are allowed")
    bar = _bar(total, name) if progress else None
    done = 0
    try:
        while chunk := reply.read(CHUNK):
            done += len(chunk)
            if done > largest:
                raise ValueError(f"the file has more than the {largest:,} bytes that are allowed")
            out.write(chunk)
            if bar is not None:
                bar.update(len(chunk))
    finally:
        if bar is not None:
            bar.close()
    if total and done != total:
        raise ValueError(f"the connection ended after {done:,} of {total:,} bytes")


def _bar(total: int, name: str) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(total=total or None, unit="B", unit_scale=True, desc=name)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
