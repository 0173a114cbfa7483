"""What an answer must carry and must not do, whoever it is for: asked of every answer of the matrix and of the hostile forms."""

from html.parser import HTMLParser

from django.http import HttpResponse

#: elements and attributes that fetch something, or send somebody somewhere
FETCHES = {"src", "href", "action", "formaction", "data", "poster", "srcset", "manifest", "background", "ping", "cite"}


class Page(HTMLParser):
    """What a page would do in a browser that it must not."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element."""
        given = {name: value or "" for name, value in attrs}
        self._inside = tag if tag == "style" or (tag == "script" and not given.get("src")) else ""
        if tag in {"iframe", "object", "embed", "base", "applet"} or given.get("http-equiv", "").lower() == "refresh":
            self.wrong.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.wrong.append(f"<{tag} {name}>")
            if name in FETCHES and not self._own(value):
                self.wrong.append(f"<{tag} {name}={value}>")

    def _own(self, value: str) -> bool:
        """On this host, or a mark in the page."""
        return (
            value.startswith(("#", "?", "http://testserver/"))
            or value in {"", "."}
            or (value.startswith("/") and not value.startswith("//"))
        )

    def handle_data(self, data: str) -> None:
        """Text: inside a script or style element it is code."""
        if self._inside and data.strip():
            self.wrong.append(f"inline <{self._inside}>")
        self._inside = ""


def headers_lacking(response: HttpResponse) -> list[str]:
    """Headers that every answer must have."""
    got = response.headers
    policy = {part.split()[0]: part.split()[1:] for part in got.get("Content-Security-Policy", "").split(";") if part.strip()}
    words = {word for words in policy.values() for word in words}
    rules = {
        "default-src 'none'": policy.get("default-src") == ["'none'"],
        "frame-ancestors 'none'": policy.get("frame-ancestors") == ["'none'"] or "sandbox" in policy,
        "nothing unsafe": not [w for w in words if "unsafe" in w or "nonce" in w],
        "nothing foreign": words <= {"'none'", "'self'"},
        "base-uri": "base-uri" in policy or "sandbox" in policy,
        "nosniff": got.get("X-Content-Type-Options") == "nosniff",
        "DENY": got.get("X-Frame-Options") == "DENY",
        "no-store": "no-store" in got.get("Cache-Control", ""),
        "referrer": got.get("Referrer-Policy") in {"same-origin", "no-referrer"},
        "opener": got.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": got.get("Cross-Origin-Resource-Policy") == "same-origin",
        # the page of a gate may ask for the camera, for itself alone
        "permissions": any(word in got.get("Permissions-Policy", "") for word in ("camera=()", "camera=(self)")),
        "no server": not {"Server", "X-Powered-By"} & set(got),
    }
    return [name for name, there in rules.items() if not there]


def wrong_with(response: HttpResponse) -> list[str]:
    """All that is wrong with one answer."""
    found = headers_lacking(response)
    if response.get("Content-Type", "").startswith("text/html"):
        found += Page(response.content.decode()).wrong
    return found
