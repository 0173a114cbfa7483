"""The tour's browser fills forms as a person would, and refuses fields that are not there."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from spean.demo.browser import Stopped, Visitor
from spean.demo.showing import is_taken

PAGE = """<a href="/next/1/">one</a><form action="/send/" method="post">
<input type="hidden" name="token" value="t&amp;1"><textarea name="told">\nold</textarea>
<select name="kind"><option value="">-</option><option value="a" selected>A</option></select>
<input type="radio" name="danger" value="no"><input type="radio" name="danger" value="now">
<button name="send" value="1">Send</button>
</form>"""


class Door(BaseHTTPRequestHandler):
    """Shows the form, and what was sent."""

    def do_GET(self) -> None:
        """The form, at one address only."""
        self._say(200 if self.path == "/" else 404, PAGE)

    def do_POST(self) -> None:
        """What was sent."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(200, f"<p>{parse_qs(body, keep_blank_values=True)}</p>")

    def _say(self, status: int, html: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(html.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def visitor():
    server = HTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    found = Visitor(f"http://127.0.0.1:{server.server_port}", "visitor")
    yield found
    found.close()
    server.shutdown()
    server.server_close()


def test_a_form_is_sent_with_what_it_held(visitor: Visitor) -> None:
    visitor.open("/")
    assert visitor.links("/next/") == ["/next/1/"]
    assert visitor.form("token").offered == {"kind": ["", "a"], "danger": ["no", "now"]}
    assert visitor.form("told").values["told"] == ["old"]
    visitor.submit("/send/", {"told": "new", "danger": "now"}, send="1")
    assert visitor.text == "{'token': ['t&1'], 'told': ['new'], 'kind': ['a'], 'danger': ['now'], 'send': ['1']}"


def test_a_field_that_is_not_there_is_refused(visitor: Visitor) -> None:
    visitor.open("/")
    with pytest.raises(Stopped, match="has no name"):
        visitor.submit("/send/", {"name": "x"})


def test_a_port_where_somebody_answers_is_not_taken_for_ours() -> None:
    with HTTPServer(("127.0.0.1", 0), Door) as server:
        assert is_taken(server.server_port)
        port = server.server_port
    assert not is_taken(port)


def test_a_page_that_is_missing_stops_the_tour(visitor: Visitor) -> None:
    with pytest.raises(Stopped, match="404"):
        visitor.open("/elsewhere/")
