"""Telling what is wrong: limits, places without a script, a replay, and that nothing readable is kept."""

import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from spean.kernel.text import khmer_digits
from spean.voices.models import Attachment, Concern, Receipt
from tests.collect import files
from tests.reading import file_bytes, files_in
from tests.surfaces.public.reading import Page, receipt_of

PLANTED = "ស្រីមុំ-PLANTED-77"
PHONE = "012345678"


def photo(data: bytes | None = None, name: str = "my-village.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data if data is not None else files.tagged_jpeg(), "image/jpeg")


def everything_stored() -> bytes:
    """Every value of every table, and every file of the data folder."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the database itself
            parts += [
                bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for row in cursor.fetchall() for v in row
            ]
    parts.append(file_bytes(*(path for path in files_in(Path(settings.DATA_DIR)) if path.suffix != ".sqlite3")))
    return b"\0".join(parts)


def test_a_report_is_sealed_and_its_receipt_is_shown(send, visitor):
    place = {"place-province": "14", "place-district": "1401", "place-commune": "140101", "place-village": "14010101"}
    wish = {"answer_wish": "phone", "phone": "០១២ ៣៤៥ ៦៧៨", "hours": "after dark " + PLANTED, "how": "not my name"}
    chosen = {"danger": "now", "kind": "fees", "happened": "month"}
    response = send(language="km", told=PLANTED, files=photo(), **chosen, **wish, **place)
    concern = Concern.objects.get()
    facts = (concern.kind, concern.danger, concern.happened, concern.answer_wish, concern.channel, concern.place.code)
    assert facts == ("fees", "now", "month", "phone", "public", "140101")
    assert (concern.received_on, Attachment.objects.get().kind) == (timezone.localdate(), "image")
    code = receipt_of(response)
    shown = Page(response).text
    assert response.status_code == 200
    assert [khmer_digits(code[i : i + 4]) in shown and code[i : i + 4] in shown for i in range(0, 24, 4)] == [True] * 6
    assert "Set-Cookie" not in response.headers
    assert PLANTED not in response.content.decode()
    stored = everything_stored()
    assert b"fees" in stored  # what is counted is found, so what is not found is not there
    planted = (PLANTED, PHONE, "012 345 678", "my-village", code, "អន្ទង់-only", files.GPS_MARK)
    assert [word for word in planted if word.encode() in stored] == []


def test_the_team_reads_what_was_told(send, readers):
    from spean.privacy.sealing import open_sealed
    from spean.voices.contexts import context_of

    send(told=PLANTED, answer_wish="phone", phone="012 345-678", **{"place-pick": "14010101"})
    concern = Concern.objects.get()
    told = open_sealed(readers.ring.data_key(concern.id), concern.told, context_of(concern))
    assert told["told"] == PLANTED
    assert told["contact"] == {"phone": "012 345-678"}
    assert (told["place"]["code"], told["language"]) == ("14010101", "en")


def test_a_number_is_kept_only_by_who_asked_to_be_called(send, readers):
    from spean.privacy.sealing import open_sealed
    from spean.voices.contexts import context_of

    send(answer_wish="receipt", phone="012345678", hours="never")
    concern = Concern.objects.get()
    assert open_sealed(readers.ring.data_key(concern.id), concern.told, context_of(concern))["contact"] == {}


def test_every_question_may_be_left_open(send):
    assert send().status_code == 200
    concern = Concern.objects.get()
    assert (concern.kind, concern.danger, concern.happened, concern.answer_wish, concern.place) == (
        "other", "unknown", "not_said", "receipt", None,
    )  # fmt: skip


def test_a_recording_alone_is_enough(send):
    assert send(told="", files=SimpleUploadedFile("a.ogg", files.sound("ogg", "libopus"))).status_code == 200
    assert Attachment.objects.get().kind == "audio"


def test_sent_twice_is_saved_once_with_the_same_receipt(send):
    sent_id = str(uuid.uuid4())
    first, second = send(sent_id=sent_id), send(sent_id=sent_id)
    assert receipt_of(first) == receipt_of(second)
    assert (Concern.objects.count(), Receipt.objects.count()) == (1, 1)


def test_without_a_team_nothing_is_saved_and_nothing_is_lost(visitor, places):
    response = visitor.post("/en/report/", {"sent_id": str(uuid.uuid4()), "told": PLANTED, "kind": "fees"})
    page = Page(response)
    assert response.status_code == 503
    assert (page.values["told"], page.values["kind"]) == (PLANTED, "fees")
    assert "No team can receive reports at the moment" in page.text
    assert Concern.objects.count() == 0


WRONG = {
    "nothing": ({"told": "", "files": ""}, "Write some words"),
    "blank": ({"told": " \u200b\u2060 \n"}, "Write some words"),
    "long": ({"told": "ក" * 5001}, "This is 5001 letters long. We can take 5000."),
    "turned": ({"told": "abc\u202edcba"}, "hidden signs"),
    "turned elsewhere": ({"how": "\u2067x"}, "hidden signs"),
    "kind": ({"kind": "gold"}, "Choose one of the answers, or none."),
    "danger": ({"danger": "NOW"}, "Choose one of the answers, or none."),
    "volunteer's way": ({"answer_wish": "volunteer"}, "Choose one of the answers, or none."),
    "no number": ({"answer_wish": "phone"}, "Write the number that we may call"),
    "short number": ({"answer_wish": "phone", "phone": "12345"}, "6 to 15 digits"),
    "long number": ({"answer_wish": "phone", "phone": "1" * 16}, "6 to 15 digits"),
    "word for a number": ({"answer_wish": "phone", "phone": "call me 012345678"}, "6 to 15 digits"),
    "no id": ({"sent_id": ""}, "This page was not complete."),
    "broken id": ({"sent_id": "1 OR 1=1"}, "This page was not complete."),
    "id that tells the time": ({"sent_id": "019d0f2e-7b6c-7000-8000-000000000000"}, "This page was not complete."),
    "unknown place": ({"place-village": "99999999"}, "This place is not in the list."),
    "place of another": ({"place-province": "03", "place-district": "1401"}, "This district is not in the province above."),
    "place is no code": ({"place-pick": "../../etc"}, "This place is not in the list."),
    "svg": ({"files": photo(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.jpg")}, "This is another kind of file."),
    "empty file": ({"files": photo(b"")}, "This file is empty."),
    "broken photo": ({"files": photo(files.picture()[:500])}, "damaged or not complete"),
    "large file": ({"files": photo(bytes(10 * 1024 * 1024 + 1))}, "larger than 10 MB"),
    "larger than memory": ({"files": photo(bytes(13 * 1024 * 1024))}, "larger than 10 MB"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(send, name):
    fields, words = WRONG[name]
    kept = {"told": "kept words", "hours": "kept hours", **{k: v for k, v in fields.items() if isinstance(v, str)}}
    response = send(**{**kept, **fields})
    page = Page(response)
    assert response.status_code == 422
    assert words in page.text
    assert page.values["told"].strip() == kept["told"].strip()
    assert page.values["hours"] == "kept hours"
    assert uuid.UUID(page.values["sent_id"]).version == 4
    assert page.forbidden == []
    assert Concern.objects.count() == 0


def test_errors_come_in_the_readers_language_and_digits(send):
    page = Page(send(language="km", told="ក" * 5001))
    assert page.lang == "km"
    assert page.values["told"] == "ក" * 5001


def test_a_photo_has_to_be_chosen_again_and_that_is_said(send):
    assert "has to be chosen again" in Page(send(told="x" * 5001, files=photo())).text


def test_places_open_one_after_the_other_without_a_script(visitor, places):
    data = {"sent_id": str(uuid.uuid4()), "told": PLANTED, "kind": "debt", "answer_wish": "none"}
    first = Page(visitor.get("/en/report/"))
    assert first.options["place-province"] == ["", "03", "14"]
    assert first.options["place-district"] == [""]
    for level, code, opened in (
        ("province", "14", "district"),
        ("district", "1401", "commune"),
        ("commune", "140101", "village"),
    ):
        data[f"place-{level}"] = code
        response = visitor.post("/en/report/", {**data, "show": f"place-{level}"})
        page = Page(response)
        assert response.status_code == 200
        assert len(page.options[f"place-{opened}"]) > 1
        assert {k: page.values[k] for k in data} == data
    assert page.options["place-village"] == ["", "14010101", "14010102"]
    assert Concern.objects.count() == 0


def test_a_place_is_found_by_its_name_without_a_script(visitor, places):
    sent = {"sent_id": str(uuid.uuid4()), "told": PLANTED, "place-search": "antong", "show": "search"}
    page = Page(visitor.post("/en/report/", sent))
    assert 'name="place-pick" value="14010101"' in page.html
    page = Page(visitor.post("/en/report/", {**sent, "place-pick": "14010101", "show": "pick"}))
    chosen = [page.values[f"place-{level}"] for level in ("province", "district", "commune", "village")]
    assert (chosen, page.values["told"]) == (["14", "1401", "140101", "14010101"], PLANTED)


def test_the_first_page_load_is_small(visitor, places):
    import gzip

    folder = Path(settings.PACKAGE) / "surfaces/public/static/built"
    page = gzip.compress(visitor.get("/km/report/").content)
    wanted = set(re.findall(r"/static/built/([\w.-]+)", visitor.get("/km/report/").content.decode()))
    assets = sum((folder / f"{name}.br").stat().st_size for name in wanted)
    font = max(p.stat().st_size for p in folder.glob("*400-normal*.woff2"))
    icons = len(gzip.compress((folder.parent / "spean/icons.svg").read_bytes()))
    assert len(page) + assets + font + icons < 60_000


def test_a_page_that_is_asked_for_is_sent_packed_and_an_answer_is_not(visitor, places):
    packed = visitor.get("/km/report/", headers={"accept-encoding": "gzip"})
    answered = visitor.post("/km/receipt/", {"code": "1"}, headers={"accept-encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < 8_000
    assert "Content-Encoding" not in answered.headers
