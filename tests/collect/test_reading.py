"""Photos of contracts: read by the real engine, sealed while they wait, gone afterwards; hostile ones answered in words."""

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from PIL import Image

from bench import photographs
from spean.collect import legible, operations, pagefiles, pagereader, pages, queries, tessdata
from spean.collect.models import Reading
from spean.collect.pages import Sent
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotYours, TooMany
from spean.privacy.keystore import keystore
from tests.collect import files

KHMER = "និយោជករក្សាទុកលិខិតឆ្លងដែនរបស់កម្មករ\nកម្មករធ្វើការ ១៤ ម៉ោងក្នុងមួយថ្ងៃ\nប្រាក់ឈ្នួល ៦០០០ បាត ក្នុងមួយខែ"
THAI = "นายจ้างเก็บหนังสือเดินทางของลูกจ้างไว้ที่สำนักงาน\nลูกจ้างทำงานวันละสิบสี่ชั่วโมงโดยไม่มีค่าล่วงเวลา"
ENGLISH = "The employer keeps the passport of the worker.\nThe worker works 14 hours per day without overtime pay."
IN_THE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", settings.READING_QUEUE]}}


def sheet(text: str, language: str = "en") -> Image.Image:
    """A narrow strip of a page, so that it is quickly read."""
    return photographs.pages(text, language)[0].crop((0, 60, photographs.WIDE, 560))


def png(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def sent(text: str = ENGLISH, language: str = "en") -> Sent:
    return Sent("png", 1, png(sheet(text, language)))


def looked(data: bytes) -> Sent:
    return pages.look(SimpleUploadedFile("x", data))


def reason(data: bytes) -> str:
    """Why it is not taken."""
    with pytest.raises(Invalid) as refusal:
        looked(data)
    return next(name for name, words in pages.REASONS.items() if words == refusal.value.message)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


# -- reading ------------------------------------------------------------------------------------------
def test_the_machine_has_the_language_data():
    assert tessdata.missing() == (), f"apt-get install {tessdata.packages(tessdata.missing())}"
    assert photographs.lacks() == "", f"apt-get install {photographs.lacks()}"


@pytest.mark.parametrize(("text", "language", "model"), [(KHMER, "km", "khm"), (THAI, "th", "tha"), (ENGLISH, "en", "eng")])
def test_a_page_is_read_in_its_own_letters(text, language, model):
    page, picture = pages.read(png(sheet(text, language)), "png", 0)

    assert (page.model, page.trouble) == (model, "")
    assert sum(c in letters(page.text) for c in letters(text)) > 0.9 * len(letters(text))
    assert Image.open(io.BytesIO(picture)).size == (page.wide, page.high)
    assert all(0 <= w.left < w.right <= page.wide and 0 <= w.top < w.bottom <= page.high for w in page.words)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_is_turned_upright(turn):
    page, _picture = pages.read(png(sheet(KHMER, "km").rotate(turn, expand=True)), "png", 0)

    assert (page.turned, page.model) == ((360 - turn) % 360, "khm")
    assert page.wide > page.high


class Doubtful(pagereader.Eyes):
    """Reads the lines badly with one model, as on a page out of focus, worse upside down, and sees nothing across them."""

    def __init__(self, sure: float) -> None:
        super().__init__(str(tessdata.folder()))
        self.sure = sure

    def sees(self, model: str, picture: Image.Image) -> tuple[float, int]:
        """(how sure it is, in how many letters)."""
        if picture.height > picture.width / 3:
            return 0.0, 0
        self.sure -= 1
        return (self.sure if model == "khm" else 7.0), 405


@pytest.mark.parametrize(("sure", "model"), [(55.6, "khm"), (30.0, "")])
def test_a_page_that_no_model_is_sure_of_is_read_by_the_best_and_not_where_nothing_is_seen(sure, model):
    assert pagereader.upright(legible.flat(sheet(KHMER, "km")), Doubtful(sure)) == (0, 0.0, model)


def test_a_photo_is_turned_as_the_camera_says_and_loses_its_tags():
    tags = files.exif()
    _page, picture = pages.read(png(sheet(ENGLISH).rotate(90, expand=True).convert("RGB"), "JPEG", exif=tags), "jpeg", 0)

    assert files.GPS_MARK.encode() not in picture
    assert dict(Image.open(io.BytesIO(picture)).getexif()) == {}


def test_three_languages_on_a_page_are_read_line_by_line():
    three = Image.new("L", (photographs.WIDE, 1000), 255)
    for n, (text, language) in enumerate(((KHMER, "km"), (THAI, "th"), (ENGLISH, "en"))):
        three.paste(photographs.pages(text, language)[0].crop((0, 80, photographs.WIDE, 380)), (0, 50 + 300 * n))
    page, _picture = pages.read(png(three), "png", 0)

    assert "លិខិតឆ្លងដែន" in page.text.replace(" ", "")
    assert "หนังสือเดินทาง" in page.text.replace(" ", "")
    assert "passport" in page.text


def test_thai_is_read_without_spaces_between_its_letters():
    page, _picture = pages.read(png(sheet(THAI, "th")), "png", 0)

    assert "หนังสือเดินทาง" in page.text


def test_a_page_of_a_pdf_is_read_as_the_eye_sees_it():
    data = photographs.pdf(["First page. " + ENGLISH, "Second page. " + ENGLISH], "en")

    assert looked(data).pages == 2
    assert "Second page" in pages.read(data, "pdf", 1)[0].text


@pytest.mark.parametrize(
    ("make", "trouble"),
    [
        (lambda: Image.new("L", (1190, 1684), 250), "blank"),
        (lambda: Image.effect_noise((1190, 1684), 90), "unclear"),
        (lambda: sheet(KHMER, "km").resize((150, 63)), "unclear"),
        (lambda: photographs.script("अनुबंध में लिखा है कि श्रमिक को प्रतिदिन काम करना होगा", "Noto Sans Devanagari"), "unclear"),
    ],
    ids=["blank", "noise", "tiny", "letters of no language of ours"],
)
def test_what_cannot_be_read_says_why(make: Callable[[], Image.Image], trouble: str):
    page, _picture = pages.read(png(make()), "png", 0)

    assert (page.trouble, page.words) == (trouble, ())


# -- hostile files ------------------------------------------------------------------------------------
def locked_pdf() -> bytes:
    """A PDF whose password nobody knows."""
    body = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(body, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<aa><aa>]>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + table + end


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "a text": (lambda: b"Contract of work", "kind"),
    "a web page": (lambda: b"<!doctype html><script>alert(1)</script>", "kind"),
    "a drawing": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
    "an archive": (lambda: b"PK\x03\x04" + bytes(400), "kind"),
    "a TIFF": (lambda: png(Image.new("L", (9, 9)), "TIFF"), "kind"),
    "a HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(64), "kind"),
    "a sound": (lambda: b"OggS" + bytes(64), "kind"),
    "a bomb of pixels": (lambda: files.png_of(50_000, 50_000), "pixels"),
    "half a photo": (lambda: files.picture("JPEG", (900, 900))[:2000], "damaged"),
    "a photo of zeros": (lambda: b"\xff\xd8\xff" + bytes(5000), "damaged"),
    "half a PDF": (lambda: photographs.pdf([ENGLISH], "en")[:900], "damaged"),
    "a PDF of nothing": (lambda: b"%PDF-1.7\n%%EOF", "damaged"),
    "a locked PDF": (locked_pdf, "locked"),
    "a script that says it is a PDF": (lambda: b"#!/bin/sh\n%PDF-1.4\nrm -rf /", "damaged"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(what):
    make, wanted = HOSTILE[what]

    assert reason(make()) == wanted


def test_a_file_that_is_too_large_is_refused(settings):
    settings.PHOTO_MEGABYTES = 1

    assert reason(b"\xff\xd8\xff" + bytes(1024 * 1024)) == "large"


@pace(max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    head=st.sampled_from([b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBP", b"%PDF-1.4\n"]),
    tail=st.binary(max_size=300),
)
def test_any_bytes_are_answered_and_never_a_bug(head, tail):
    try:
        pages_found = looked(head + tail).pages
    except Invalid as refusal:
        pages_found = int(refusal.message in pages.REASONS.values())
    assert pages_found >= 1


def test_many_pages_are_told_and_nothing_is_kept(db):
    many = looked(photographs.pdf(["Page"] * 50, "en"))
    with pytest.raises(Invalid) as refusal:
        operations.take([many], uuid4())

    assert str(refusal.value.message).count("50") == 1
    assert Reading.objects.count() == 0


# -- one reading's life -------------------------------------------------------------------------------
@pytest.fixture
def taken(db, django_capture_on_commit_callbacks) -> str:
    """The token of a page that was read."""
    with django_capture_on_commit_callbacks(execute=True):
        return operations.take([sent()], uuid4())


def test_it_is_read_and_only_its_token_opens_it(taken):
    token, row = taken, Reading.objects.get()

    assert (row.pages, row.read, bytes(row.for_worker)) == (1, 1, b"")
    assert keystore().token(row.id) is None
    assert "passport" in queries.read_pages(token)[0].text
    assert queries.picture(token, 0).startswith(b"\xff\xd8")
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x" * 22, ""):
        with pytest.raises(NotYours):
            queries.progress(wrong)
    with pytest.raises(NotYours):
        queries.picture(token, 1)


def test_nothing_of_it_is_readable_on_the_disk_and_nothing_is_left(taken, caplog):
    token, row = taken, Reading.objects.get()
    kept = [path.read_bytes() for path in pagefiles.folder(row.id).iterdir()]

    assert sorted(path.suffix for path in pagefiles.folder(row.id).iterdir()) == [".shown", ".words"]
    begins = queries.picture(token, 0)[:20]  # three bytes alone would be met by chance in what is sealed
    assert not any(mark in data for data in kept for mark in (b"passport", begins, token.encode()))
    assert not any(word in caplog.text for word in ("passport", token, "employer"))
    operations.end(row.id)
    assert not pagefiles.folder(row.id).exists()
    assert Reading.objects.count() == 0
    with pytest.raises(NotYours):
        queries.progress(token)


def test_sent_twice_is_read_once(db):
    sent_id = uuid4()

    assert operations.take([sent()], sent_id) == operations.take([sent()], sent_id)
    assert Reading.objects.count() == 1


def test_its_time_is_over(taken):
    token, row = taken, Reading.objects.get()
    with clock.at(clock.now() + timedelta(minutes=settings.PHOTO_MINUTES, seconds=1)):
        with pytest.raises(NotYours):
            queries.read_pages(token)
        assert operations.forget_old() == 1

    assert not pagefiles.folder(row.id).exists()
    assert Reading.objects.count() == 0


def test_what_a_stop_left_behind_is_swept(db, monkeypatch):
    left = pagefiles.folder(uuid4())
    left.mkdir(parents=True)
    monkeypatch.setattr(pagefiles, "ORPHANS_WAIT_SECONDS", -1)

    assert operations.forget_old() >= 1  # those of tests whose transaction was undone are such too
    assert not left.exists()


# -- the queue ----------------------------------------------------------------------------------------
@pytest.fixture
def queue(transactional_db, settings) -> Callable[[int], None]:
    """Pages wait for a worker; it is called to read so many."""
    settings.TASKS = IN_THE_QUEUE

    def work(many: int) -> None:
        call_command(
            "db_worker", queue_name="reading", max_tasks=many, batch=True, startup_delay=False, reload=False, verbosity=0
        )

    return work


def test_each_sender_has_one_place_and_goes_to_the_end_after_a_page(queue):
    two = Sent("pdf", 2, photographs.pdf([ENGLISH, ENGLISH], "en"))
    first, second, third = operations.take([two], uuid4()), operations.take([sent()], uuid4()), operations.take([sent()], uuid4())

    assert [queries.progress(t).place for t in (first, second, third)] == [1, 2, 3]
    queue(1)
    assert [queries.progress(t).place for t in (second, third, first)] == [1, 2, 3]
    assert [queries.progress(t).read for t in (first, second, third)] == [1, 0, 0]
    queue(3)
    assert all(queries.progress(t).is_done for t in (first, second, third))
    assert [len(queries.read_pages(t)) for t in (first, second, third)] == [2, 1, 1]


def test_a_worker_that_was_killed_loses_no_page(queue):
    from django.tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from spean.config import serving

    token = operations.take([sent()], uuid4())
    waiting = DBTaskResult.objects.filter(queue_name="reading")
    waiting.update(status=TaskResultStatus.RUNNING, worker_ids=["reading-2"])  # as it stands when the power goes
    queue(1)
    assert queries.progress(token).read == 0
    assert serving.begin_again("reading-1") == 0  # another worker's
    assert serving.begin_again("reading-2") == 1
    queue(1)
    assert queries.progress(token).is_done


def test_a_page_that_ends_the_worker_each_time_is_left_unread(queue):
    token = operations.take([sent()], uuid4())
    Reading.objects.update(tries=operations.MOST_TRIES)
    queue(1)

    assert queries.progress(token).is_done
    assert queries.read_pages(token)[0].trouble == "damaged"


def test_what_its_sender_ended_is_not_read(queue):
    operations.take([sent()], uuid4())
    row = Reading.objects.get()
    operations.end(row.id)
    queue(1)

    assert not pagefiles.folder(row.id).exists()


def test_a_long_queue_takes_no_more(queue, monkeypatch):
    monkeypatch.setattr(operations, "MOST_WAITING", 1)
    operations.take([sent()], uuid4())
    with pytest.raises(TooMany):
        operations.take([sent()], uuid4())
