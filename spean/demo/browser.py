"""A small browser without JavaScript: pages, their forms and links, cookies kept. It sends what a form holds."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx


class Stopped(Exception):
    """A page was not what the visitor expected."""


@dataclass
class Form:
    """One form of a page: where it goes, and what it would send now."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)  # of selects, radios and boxes

    @property
    def names(self) -> set[str]:
        """The fields that can be filled."""
        return set(self.values) | set(self.offered)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        """Forms, fields and links."""
        a = {name: value or "" for name, value in given}
        name = a.get("name", "")
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        elif tag == "form":
            self._form = Form(a.get("action", ""), a.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "textarea" and name:
            self._area = name
            self._form.values[name] = [""]
        elif tag == "select" and name:
            self._select = name
            self._form.offered.setdefault(name, [])
        elif tag == "option" and self._select:
            self._offer(self._select, a, chosen="selected" in a)
        elif tag == "input" and name:
            self._input(name, a)

    def _input(self, name: str, a: dict[str, str]) -> None:
        kind = a.get("type", "text")
        if kind in {"radio", "checkbox"}:
            self._offer(name, a, chosen="checked" in a)
        elif kind not in {"submit", "button", "file", "image"} and self._form:
            self._form.values.setdefault(name, []).append(a.get("value", ""))

    def _offer(self, name: str, a: dict[str, str], *, chosen: bool) -> None:
        if self._form:
            self._form.offered.setdefault(name, []).append(a.get("value", "on"))
            if chosen:
                self._form.values[name] = [a.get("value", "on")]

    def handle_endtag(self, tag: str) -> None:
        """What ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area and self._form:
            held = self._form.values[self._area]
            held[0] = held[0].removeprefix("\r").removeprefix("\n")  # the first line end belongs to the markup
            self._area = ""

    def handle_data(self, data: str) -> None:
        """Words, and what stands in a large field."""
        if self._area and self._form:
            self._form.values[self._area][0] += data
        self.words.append(data)


class Visitor:
    """Somebody with a browser: one page at a time."""

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        self._client = httpx.Client(base_url=address, follow_redirects=True, timeout=30)
        self.url = ""
        self._page = _Reader()
        self.text = ""

    def close(self) -> None:
        """Close the browser: its cookies are gone."""
        self._client.close()

    def open(self, path: str) -> None:
        """Go to an address."""
        self._show(self._client.get(path))

    def submit(self, fits: str, values: dict[str, Any] | None = None, **button: str) -> None:
        """Fill the form whose action or field `fits` names, and press its button. Unknown fields are refused."""
        form = self.form(fits)
        unknown = set(values or {}) - form.names
        if unknown:
            raise Stopped(f"{self.name}: the form {form.action or self.url} has no {', '.join(sorted(unknown))}.")
        sent: dict[str, Any] = {**form.values, **{k: [str(v)] for k, v in (values or {}).items()}, **button}
        self._show(self._client.request(form.method, urljoin(self.url, form.action), data=sent))

    def form(self, fits: str) -> Form:
        """The form whose action matches, or which has a field of this name."""
        for form in self._page.forms:
            if re.search(fits, form.action) or fits in form.names:
                return form
        raise Stopped(f"{self.name}: no form “{fits}” on {self.url}.")

    def has_form(self, fits: str) -> bool:
        """Whether there is such a form."""
        return any(re.search(fits, f.action) or fits in f.names for f in self._page.forms)

    def links(self, pattern: str) -> list[str]:
        """The links whose address matches, each once, in their order."""
        return list(dict.fromkeys(link for link in self._page.links if re.search(pattern, link)))

    def _show(self, answer: httpx.Response) -> None:
        self.url = str(answer.url)
        page = _Reader()
        page.feed(answer.text)
        self._page, self.text = page, " ".join(" ".join(page.words).split())
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise Stopped(f"{self.name}: {answer.status_code} on {self.url}: {self.text[:300]}")
