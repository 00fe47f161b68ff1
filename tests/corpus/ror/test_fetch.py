"""Fetching from a server of our own: the newest release, once, whole or not at all."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from extractor.cli import main
from extractor.corpus.ror.fetch import fetch_release
from extractor.errors import SourceError

BODY = b"PK release" * 10_000


@pytest.fixture
def server():
    """Answers with what ``pages`` holds; ``asked`` are the paths that were asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.path)
            body = self.server.pages.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_): ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.pages, server.asked = {}, []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def offer(server, body=BODY, name="v1.63-2025-04-03-ror-data.zip", md5=None):
    md5 = md5 or hashlib.md5(BODY).hexdigest()
    file = {"key": name, "checksum": f"md5:{md5}", "links": {"self": f"{server.address}/files/release"}}
    server.pages = {"/records": json.dumps({"hits": {"hits": [{"files": [file]}]}}).encode(), "/files/release": body}


def test_the_newest_release_is_fetched_once(server, tmp_path):
    offer(server)
    received = []
    path = fetch_release(tmp_path / "ror", releases=f"{server.address}/records", told=received.append)
    assert path == tmp_path / "ror" / "v1.63-2025-04-03-ror-data.zip"
    assert path.read_bytes() == BODY
    assert received[-1] == len(BODY)
    assert fetch_release(tmp_path / "ror", releases=f"{server.address}/records") == path
    assert server.asked == ["/records", "/files/release", "/records"]


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ({"md5": "0" * 32}, "came damaged"),
        ({"name": "../../evil.zip"}, "tells no release"),
        ({"name": "readme.txt"}, "tells no release"),
        ({"body": None}, "cannot be reached"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_left(server, tmp_path, pages, message):
    offer(server, **pages)
    with pytest.raises(SourceError, match=message):
        fetch_release(tmp_path, releases=f"{server.address}/records")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("page", [b"", b"{}", b"[]", b'{"hits": {"hits": []}}'])
def test_a_list_of_no_releases(server, tmp_path, page):
    server.pages = {"/records": page}
    with pytest.raises(SourceError, match="tells no release"):
        fetch_release(tmp_path, releases=f"{server.address}/records")


def test_only_web_addresses(tmp_path):
    with pytest.raises(SourceError, match="is no web address"):
        fetch_release(tmp_path, releases=f"file://{tmp_path}/records")


def test_no_server(tmp_path):
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch_release(tmp_path, releases="http://127.0.0.1:9/records")


def test_the_command_prints_the_file(server, tmp_path, capfd):
    offer(server)
    with pytest.raises(SystemExit) as left:
        main(["ror", "fetch", "--folder", str(tmp_path), "--source", f"{server.address}/records"])
    assert left.value.code == 0
    assert capfd.readouterr().out.strip() == str(tmp_path / "v1.63-2025-04-03-ror-data.zip")
