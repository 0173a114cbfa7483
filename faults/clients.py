"""People who report, leave plans and check in; and again what was not acknowledged. Each answer is judged for its honesty."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Self
from urllib.parse import urlencode
from uuid import UUID, uuid4

from faults.ledger import Ledger, Sent
from faults.verdict import Verdict

OK = 200
TELLS = "ឈ្មួញយកលិខិតឆ្លងដែនរបស់ខ្ញុំ"
_CODE = re.compile(r'data-speak="(\d{24})"')
_SHORT = re.compile(r'font-mono text-xl" lang="en">([\d ]{14})<')
_SAVED = ("It is saved.", "រក្សាទុករួចហើយ")
_BOUNDARY = "a-line-that-no-photo-holds"


def somewhere() -> str:
    """An address in a neighbourhood of its own, as a proxy would pass it on: limits are tested elsewhere."""
    return ".".join(str(random.randint(1, 254)) for _n in range(4))


def honest_sentences() -> set[str]:
    """What may be said to somebody whose report is not saved, in both languages, as a page shows it."""
    from django.utils import translation
    from django.utils.html import escape

    from spean.collect import room, uploads
    from spean.kernel import errors
    from spean.surfaces.public.views import plans
    from spean.surfaces.public.views.reports import MANY_FILES
    from spean.voices.operations import intake

    lazy = [errors.Unavailable.message, errors.Unsure.message, intake.UNSURE, room.NO_FILES, room.NO_WORDS]
    lazy += [uploads.REASONS["cut"], uploads.REASONS["slow"], MANY_FILES, plans.FULL, plans.CROWDED]
    found = set()
    for language in ("km", "en"):
        with translation.override(language):
            found |= {escape(str(words)) for words in lazy}
    return found


class Load:
    """`with Load(...) as load:` clients post until the block ends."""

    def __init__(
        self, port: int, ledger: Ledger, *, clients: int = 8, photos: float = 0.0, patience: float = 60, plans: float = 0.0
    ) -> None:
        self.port, self.ledger = port, ledger
        self.photos, self.patience, self.plans = photos, patience, plans
        self.answers: Counter[int] = Counter()
        self.dishonest: list[str] = []
        self.longest = 0.0
        self._honest = honest_sentences()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._photo = _photo()
        self._threads = [threading.Thread(target=self._client) for _n in range(clients)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def ask_to_stop(self) -> None:
        """No more reports begin."""
        self._stop.set()

    @property
    def is_on(self) -> bool:
        """Whether reports still come."""
        return not self._stop.is_set()

    def judge(self, verdict: Verdict) -> None:
        """What was untrue of what was said."""
        verdict.untrue += len(self.dishonest) + len(self.ledger.changed)
        verdict.notes += [f"untrue: {words}" for words in self.dishonest[:3]]
        self.ledger.changed.clear()

    def stop(self) -> None:
        """Let each finish what it does."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int, seconds: float = 60) -> None:
        """Until so many more are acknowledged."""
        until, wanted = time.monotonic() + seconds, len(self.ledger.codes) + more
        while len(self.ledger.codes) < wanted and time.monotonic() < until:
            time.sleep(0.01)

    def settle(self, seconds: float = 60) -> float:
        """Send again what is not acknowledged; the seconds it took. A photo that is refused twice is left out, as we advise."""
        began, connection, tries = time.monotonic(), self._connect(), 0
        while (waiting := self.ledger.waiting()) and time.monotonic() - began < seconds:
            tries += 1
            for report in waiting:
                if report.photo and tries > 2:
                    report = self.ledger.without_photo(report)  # noqa: PLW2901
                connection = self._send(connection, report)
            time.sleep(0.1 if self.ledger.waiting() else 0)
        connection.close()
        return time.monotonic() - began

    def once(self, *, photo: bool = False) -> int:
        """One new report; the status, 0 without an answer."""
        before = self.answers.copy()
        self._send(self._connect(), self._new(photo=photo)).close()
        return next(iter((self.answers - before).elements()), 0)

    def _client(self) -> None:
        connection = self._connect()
        while not self._stop.is_set():
            if random.random() < self.plans and (known := list(self.ledger.short)):
                connection = self._sign(connection, random.choice(known), random.randrange(2))
            else:
                connection = self._send(connection, self._next())
        connection.close()

    def _next(self) -> Sent:
        again = random.random()
        waiting = self.ledger.waiting()
        if waiting and (again < 0.25 or len(waiting) > 30):  # while nobody answers, people do not multiply
            return random.choice(waiting)
        if again > 0.95 and (known := self.ledger.acknowledged()):
            return random.choice(known)
        if random.random() < self.plans:
            return self._new(photo=False, is_plan=True)
        return self._new(photo=random.random() < self.photos)

    def _new(self, *, photo: bool, is_plan: bool = False) -> Sent:
        sent_id = uuid4()
        report = Sent(sent_id, f"{TELLS} {sent_id.hex}", photo, is_plan)
        self.ledger.sends(report)
        return report

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)

    def _send(self, connection: http.client.HTTPConnection, report: Sent) -> http.client.HTTPConnection:
        """One try. No answer at all is no promise; the connection is then opened anew."""
        kind, body = self._body(report)
        began = time.monotonic()
        connection, status, page = self._post(connection, "plan" if report.is_plan else "report", kind, body)
        if status:
            self._judge(report, status, page, time.monotonic() - began)
        return connection

    def _sign(self, connection: http.client.HTTPConnection, sent_id: UUID, sign: int) -> http.client.HTTPConnection:
        """One check-in with a short code: Sun or Rain. It is not tried again; the next one is as good."""
        body = urlencode({"digits": self.ledger.short[sent_id][sign]}).encode()
        connection, status, page = self._post(connection, "day", "application/x-www-form-urlencoded", body)
        if status == OK:
            self.ledger.thanks(sent_id, sign)
        with self._lock:
            if status and status != OK and not any(words in page for words in self._honest):
                self.dishonest.append(f"{status}: {_gist(page)}")
        return connection

    def _post(
        self, connection: http.client.HTTPConnection, door: str, kind: str, body: bytes
    ) -> tuple[http.client.HTTPConnection, int, str]:
        """(the connection to go on with, status, page); status 0 without an answer."""
        try:
            path = f"/{random.choice(('km', 'en'))}/{door}/"
            connection.request("POST", path, body, {"Content-Type": kind, "X-Forwarded-For": somewhere()})
            answer = connection.getresponse()
            page = answer.read().decode("utf-8", "replace")
            if not (answer.chunked or "Content-Length" in answer.headers):
                raise http.client.IncompleteRead(b"")  # its head was cut short by a kill: no length, no end
        except (OSError, http.client.HTTPException):
            connection.close()
            self._stop.wait(0.05)
            return self._connect(), 0, ""
        return connection, answer.status, page

    def _judge(self, report: Sent, status: int, page: str, seconds: float) -> None:
        found = _CODE.search(page)
        if status == OK and found:
            self.ledger.shows(report.sent_id, found[1])
            if report.is_plan:
                sun, rain = _SHORT.findall(page)
                self.ledger.can_sign(report.sent_id, (sun, rain))
        with self._lock:
            self.answers[status] += 1
            self.longest = max(self.longest, seconds)
            if status == OK and found:
                return
            claims = found is not None or status == OK or any(words in page for words in _SAVED)
            if claims or not any(words in page for words in self._honest):
                self.dishonest.append(f"{status}: {_gist(page)}")

    def _body(self, report: Sent) -> tuple[str, bytes]:
        if report.is_plan:
            today = datetime.now(UTC).astimezone(timezone(timedelta(hours=7))).date().isoformat()
            plan = {"sent_id": str(report.sent_id), "destination": "TH", "way": report.words, "on_1": today, "send": "1"}
            return "application/x-www-form-urlencoded", urlencode(plan).encode()
        fields = {"told": report.words, "kind": "documents_kept", "danger": "no", "sent_id": str(report.sent_id)}
        if not report.photo:
            return "application/x-www-form-urlencoded", urlencode(fields).encode()
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
        head = b'Content-Disposition: form-data; name="files"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(head + self._photo)
        body = b"".join(b"--" + _BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in parts)
        return f"multipart/form-data; boundary={_BOUNDARY}", body + f"--{_BOUNDARY}--\r\n".encode()


PHOTO_MARK = b"TAKEN-AT-11.4875N-104.9E"


def _photo() -> bytes:
    """A photo of some size, with a mark that must be nowhere on the disk."""
    from PIL import Image

    made = BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(made, "JPEG", quality=80, comment=PHOTO_MARK)
    return made.getvalue()


def _gist(page: str) -> str:
    """The words of a page that is not understood."""
    body = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())[:160]
