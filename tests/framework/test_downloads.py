"""Downloads, against an opener that is made up here: no test of this file reaches a network."""

import hashlib
import http.client
import io
import os
import stat
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

from dezero_lab import downloads, utils
from dezero_lab.downloads import DownloadError, get_file

CONTENT = b"some numbers\n" * 10_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
URL = "https://one.example/files/data.bin"
OTHER = "https://two.example/data.bin"


class Reply(io.BytesIO):
    def __init__(self, content, length=None):
        super().__init__(content)
        self.headers = {"Content-Length": str(len(content) if length is None else length)}


@pytest.fixture
def web(tmp_path, monkeypatch):
    """What each address answers: bytes, a Reply or an exception. Also the list of addresses that were asked."""

    class Web(dict):
        asked: list[str]

        def open(self, request, timeout):
            assert timeout == downloads.TIMEOUT
            self.asked.append(request.full_url)
            answer = self.get(
                request.full_url, urllib.error.HTTPError(request.full_url, 404, "Not Found", Message(), None)
            )
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, Reply) else Reply(answer)

    web = Web()
    web.asked = []
    monkeypatch.setattr(downloads, "_https_only", web)
    monkeypatch.setenv("DEZERO_LAB_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DEZERO_LAB_MIRROR", raising=False)
    return web


def left_in(folder):
    return sorted(os.listdir(folder))


def test_a_file_is_fetched_once(web, tmp_path):
    web[URL] = CONTENT
    path = get_file(URL, sha256=SHA256)
    assert path == str(tmp_path / "cache" / "data.bin")
    assert Path(path).read_bytes() == CONTENT
    assert get_file(URL, sha256=SHA256) == path
    assert web.asked == [URL]


def test_under_another_name(web):
    web[URL] = CONTENT
    assert os.path.basename(get_file(URL, "numbers.bin")) == "numbers.bin"


def test_a_changed_file_in_the_cache_is_fetched_again(web, tmp_path):
    web[URL] = CONTENT
    path = get_file(URL, sha256=SHA256)
    with open(path, "ab") as file:
        file.write(b"!")
    get_file(URL, sha256=SHA256)
    assert Path(path).read_bytes() == CONTENT
    assert len(web.asked) == 2


def test_mirrors_are_asked_in_order(web):
    web[OTHER] = CONTENT
    get_file([URL, OTHER], sha256=SHA256)
    assert web.asked == [URL, OTHER]


def test_a_mirror_with_another_content_is_passed_over(web, tmp_path):
    web[URL], web[OTHER] = b"<html>sorry</html>", CONTENT
    path = get_file([URL, OTHER], sha256=SHA256)
    assert Path(path).read_bytes() == CONTENT
    assert left_in(tmp_path / "cache") == ["data.bin"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"other bytes", "the file is not the expected one"),
        (urllib.error.URLError("Name or service not known"), "Name or service not known"),
        (TimeoutError("timed out"), "timed out"),
        (http.client.IncompleteRead(b"half"), "IncompleteRead"),
        (Reply(CONTENT, length=len(CONTENT) + 5), r"the connection ended after 130,000 of 130,005 bytes"),
    ],
)
def test_a_failure_leaves_nothing_and_says_what_to_do(web, tmp_path, answer, said):
    web[URL] = answer
    with pytest.raises(DownloadError, match=said) as error:
        get_file(URL, sha256=SHA256)
    text = str(error.value)
    assert text.startswith("data.bin could not be had:")
    assert URL in text
    assert f"put the file into {tmp_path / 'cache'}, or set DEZERO_LAB_MIRROR" in text
    assert left_in(tmp_path / "cache") == []


def test_a_failure_keeps_the_old_file(web, tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "data.bin").write_bytes(b"old")
    with pytest.raises(DownloadError):
        get_file(URL, sha256=SHA256)
    assert (tmp_path / "cache" / "data.bin").read_bytes() == b"old"


@pytest.mark.parametrize("honest", [True, False])
def test_too_large_a_file_is_given_up(web, tmp_path, honest):
    web[URL] = Reply(CONTENT, length=len(CONTENT) if honest else 0)
    with pytest.raises(DownloadError, match="more than the 1,000"):
        get_file(URL, largest=1_000)
    assert left_in(tmp_path / "cache") == []


@pytest.mark.parametrize(
    "url", ["http://one.example/data.bin", "ftp://one.example/a", "file:///etc/passwd", "data.bin"]
)
def test_only_https(web, url):
    with pytest.raises(ValueError, match="downloads need an https address"):
        get_file([URL, url])
    assert web.asked == []


@pytest.mark.parametrize("name", ["../data.bin", "a/b", "..", "/etc/passwd", ""])
def test_names_have_no_folders(web, name):
    with pytest.raises(ValueError, match="a file name without folders is needed"):
        get_file(URL if name else "https://one.example/", name)
    assert web.asked == []


def test_a_redirect_away_from_https_is_refused():
    handler = downloads._NoDowngrade()
    request = urllib.request.Request(URL)
    arguments = (request, io.BytesIO(), 302, "Found", Message())
    with pytest.raises(
        urllib.error.URLError, match=r"redirected to http://evil\.example/, which is not https"
    ):
        handler.redirect_request(*arguments, "http://evil.example/")
    assert handler.redirect_request(*arguments, OTHER).full_url == OTHER


def test_the_opener_in_use_refuses_downgrades():
    assert any(isinstance(handler, downloads._NoDowngrade) for handler in downloads._https_only.handlers)


def test_a_folder_as_mirror_is_asked_first(web, tmp_path, monkeypatch):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "data.bin").write_bytes(CONTENT)
    monkeypatch.setenv("DEZERO_LAB_MIRROR", str(tmp_path / "room"))
    assert Path(get_file(URL, sha256=SHA256)).read_bytes() == CONTENT
    assert web.asked == []


def test_a_file_of_the_mirror_is_checked_too(web, tmp_path, monkeypatch):
    (tmp_path / "data.bin").write_bytes(b"changed")
    monkeypatch.setenv("DEZERO_LAB_MIRROR", str(tmp_path))
    web[URL] = CONTENT
    assert Path(get_file(URL, sha256=SHA256)).read_bytes() == CONTENT


def test_an_address_as_mirror(web, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_MIRROR", "https://school.example/pub/")
    web["https://school.example/pub/data.bin"] = CONTENT
    get_file(URL, sha256=SHA256)
    assert web.asked == ["https://school.example/pub/data.bin"]


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/dezero_lab"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/dezero_lab"),
        ("darwin", {"HOME": "/Users/kim"}, "/Users/kim/Library/Caches/dezero_lab"),
        ("linux", {"DEZERO_LAB_CACHE": "/mine", "XDG_CACHE_HOME": "/x"}, "/mine"),
    ],
)
def test_the_cache_lies_where_the_platform_says(monkeypatch, platform, variables, expected):
    for name in ("DEZERO_LAB_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(downloads.sys, "platform", platform)
    if os.name != "nt":
        assert downloads.cache_folder().as_posix() == expected


def test_dezeros_names(web, tmp_path):
    web[URL] = CONTENT
    assert utils.get_file(URL) == str(tmp_path / "cache" / "data.bin")
    assert utils.cache_dir == str(tmp_path / "cache")


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_files_have_the_rights_of_new_files(web, tmp_path):
    web[URL] = CONTENT
    path = Path(get_file(URL, progress=False))
    (tmp_path / "other").touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)
