"""Reads a page as a browser without a script does: its fields, its text, and what the Content-Security-Policy forbids."""

import re
from html.parser import HTMLParser

from django.http import HttpResponse


class Page(HTMLParser):
    """What stands in a page."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.html = response.content.decode()
        self.title, self.lang, self.texts = "", "", []
        self.values: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.links: list[str] = []
        self.forbidden: list[str] = []
        self._tag, self._select, self._area = "", "", ""
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fields, links, and what is forbidden."""
        given = dict(attrs)
        self._tag = tag
        self.forbidden += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.forbidden.append(tag)
        outside = [
            v for n, v in given.items() if n in {"src", "href", "action"} and v and re.match(r"(https?:)?//|data:|javascript:", v)
        ]
        self.forbidden += outside
        if tag == "html":
            self.lang = given.get("lang") or ""
        if tag == "a":
            self.links.append(given.get("href") or "")
        self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str | None]) -> None:
        name = given.get("name") or ""
        if tag == "input" and name:
            if given.get("type") not in {"radio", "checkbox", "file"} or "checked" in given:
                self.values[name] = given.get("value") or ""
        elif tag == "select":
            self._select = name
            self.options[name] = []
        elif tag == "option":
            self.options[self._select].append(given.get("value") or "")
            if "selected" in given:
                self.values[self._select] = given.get("value") or ""
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        """The end of a text field."""
        self._tag = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._area:
            self.values[self._area] = (self.values[self._area] + data).removeprefix("\n")
        elif self._tag == "title":
            self.title += data
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All words, with single spaces."""
        return re.sub(r"\s+", " ", " ".join(self.texts))


def receipt_of(response: HttpResponse) -> str:
    """The receipt number on the page after sending."""
    return re.search(r'name="code" value="(\d{24})"', response.content.decode())[1]
