"""Pictures and readings: part of a version, seen once a second person publishes; a reading of other words is not played."""

import copy
import time
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from collect.files import GPS_MARK, archive, picture, png_of, sound, tagged_jpeg
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.library import amounts, media, mediafiles
from spean.library.models import FileUse, MediaFile, Text
from spean.library.operations import facts, texts
from spean.library.operations import media as operations
from spean.library.queries import media as queries
from spean.library.queries import pages
from spean.library.queries import texts as text_queries

WORDS = {"alt_km": "រូប", "alt_en": "A drawing of a passport"}
JPEG, OGG = picture("JPEG", (40, 30)), b"OggS" + b"a voice"


@pytest.fixture
def town(small_town):
    return small_town


def _text(slug="malaysia", kind="way"):
    return Text.objects.get(kind=kind, slug=slug)


def _read(town, number=1, **more):
    """A picture and a Khmer reading beside a step, as a draft."""
    actor = town.actor("manager")
    shown = {"picture": operations.keep(actor, JPEG, "image/jpeg"), **WORDS}
    heard = {"reading_km": operations.keep(actor, OGG, "audio/ogg"), "heard_km": operations.NOW}
    return operations.put(actor, _text().id, number, {**shown, **heard, **more}, uuid4())


def _publish(town, made):
    texts.propose(town.actor("manager"), made.text_id, made.number)
    texts.publish(town.actor("coordinator"), made.text_id, made.number)


def _rewrite(town, **step):
    body = copy.deepcopy(_text().versions.get(state="published").body)
    first = body["steps"][0]
    first |= {name: first[name] + more for name, more in step.items()}
    made = texts.write(town.actor("manager"), _text().id, body, uuid4())
    _publish(town, made)
    return made


def _step(language="km"):
    with override(language):
        return pages.way_page("malaysia").steps[0].media


def test_picture_and_reading_are_a_version_of_the_text_and_seen_once_another_publishes_it(town):
    made = _read(town)
    assert (_step().picture, _step().reading, FileUse.objects.count()) == (None, "", 0)
    _publish(town, made)
    shown = _step("en").picture
    assert (shown.alt, shown.wide, shown.high) == ("A drawing of a passport", 40, 30)
    assert (_step().reading, _step("en").reading) == (mediafiles.name_of(OGG, "audio/ogg"), "")
    assert sorted(FileUse.objects.values_list("file", flat=True)) == sorted([shown.name, _step().reading])


def test_other_words_silence_a_reading_until_it_is_confirmed_or_recorded_anew(town):
    _publish(town, _read(town))
    _rewrite(town, text_km="\nអ្វីផ្សេង")
    assert (_step().reading, bool(_step().picture)) == ("", True)
    _begun, _all, part = queries.part(town.actor("manager"), _text().id, 1)
    assert [one.is_old for one in part.readings] == [True, False]
    _publish(town, operations.put(town.actor("manager"), _text().id, 1, {**part.media, "heard_km": operations.NOW}, uuid4()))
    assert _step().reading


def test_a_word_of_the_other_language_silences_nothing(town):
    _publish(town, _read(town))
    _rewrite(town, text_en="\nSomething else")
    assert _step().reading


@pytest.mark.parametrize("then", ["another value", "withdrawn"])
def test_a_reading_is_silent_when_a_fact_that_it_says_has_changed(town, then):
    from spean.library.models import Fact

    fact = Fact.objects.get(key="my.wage")
    facts.publish(town.actor("coordinator"), fact.id, 1)
    _rewrite(town, text_km="\nប្រាក់ឈ្នួល {fact:my.wage}", text_en="\nWage {fact:my.wage}")
    _publish(town, _read(town))
    assert _step().reading
    if then == "withdrawn":
        facts.withdraw(town.actor("manager"), fact.id)
    else:
        from dataclasses import replace

        facts.propose(town.actor("manager"), fact.id, replace(facts.said_of(fact), amount="1800"), uuid4())
        facts.publish(town.actor("coordinator"), fact.id, 2)
    assert _step().reading == ""


@pytest.mark.parametrize("desk", ["km", "en"])
def test_what_is_to_be_read_aloud_is_in_the_language_of_the_reading_its_facts_too(town, desk):
    from spean.library.models import Fact

    fact = Fact.objects.get(key="my.wage")
    facts.publish(town.actor("coordinator"), fact.id, 1)
    mark = f"\n{{fact:{fact.key}}}"
    _rewrite(town, text_km=mark, text_en=mark)
    with override(desk):
        _begun, _all, part = queries.part(town.actor("manager"), _text().id, 1)
    said = {one.code: [f.value for line in one.told.paragraphs for p in line for f in p.facts] for one in part.readings}
    for code in ("km", "en"):
        with override(code):
            assert said[code][-1] == amounts.told(fact.amount, fact.unit)
    assert said["km"][-1] != said["en"][-1]


def test_a_step_that_moves_takes_its_media_along_and_versions_keep_theirs(town):
    made = _read(town)
    _publish(town, made)
    body = copy.deepcopy(made.body)
    body["steps"] = [*body["steps"][1:], body["steps"][0]]
    _publish(town, texts.write(town.actor("manager"), _text().id, body, uuid4()))
    with override("km"):
        assert [bool(step.media.reading) for step in pages.way_page("malaysia").steps][-1]
    assert _text().versions.get(number=made.number).body["steps"][0]["media"]["picture"]


def test_two_versions_say_that_a_picture_or_a_reading_is_another(town):
    made = _read(town)
    with override("en"):
        _row, change = text_queries.compare(town.actor("coordinator"), made.text_id, 1, made.number)
    new = {code: [line.text for line in getattr(change, code) if line.mark == "new"] for code in ("km", "en")}
    assert [line.split(" (")[0] for line in new["en"]] == ["Picture: A drawing of a passport"]
    assert (len(new["km"]), new["km"][1].endswith("និយាយដូចអ្វីដែលសរសេរ")) == (2, True)


def test_a_question_has_its_own(town):
    kept = operations.keep(town.actor("manager"), JPEG, "image/jpeg")
    law = _text("agreed", "law")
    made = operations.put(town.actor("manager"), law.id, 0, {"picture": kept, **WORDS}, uuid4())
    _publish(town, made)
    assert pages.question("agreed").media.picture.name == kept
    with pytest.raises(NotYours):
        operations.put(town.actor("manager"), law.id, 1, {}, uuid4())


NOT_KEPT = [
    ("alt_en", {"alt_en": ""}),
    ("alt_km", {"alt_km": "ក" * 161}),
    ("picture", {"picture": "0" * 64 + ".jpg"}),
    ("picture", {"picture": "../../secret_key"}),
    ("reading_km", {"reading_km": mediafiles.name_of(JPEG, "image/jpeg")}),
    ("reading_km", {"heard_km": "yes"}),
]


@pytest.mark.parametrize(("name", "more"), NOT_KEPT, ids=str)
def test_what_cannot_be_kept_is_refused_with_its_place(town, name, more):
    with pytest.raises(Invalid) as caught:
        _read(town, **more)
    assert set(caught.value.fields) == {name}


def test_who_keeps_no_texts_keeps_no_files(town):
    with pytest.raises(NotAllowed):
        operations.keep(town.actor("worker"), JPEG, "image/jpeg")


def test_a_file_too_large_for_a_telephone_is_refused(town):
    for data, mime in ((bytes(401 * 1024), "image/jpeg"), (bytes(3001 * 1024), "audio/ogg")):
        with pytest.raises(Invalid):
            operations.keep(town.actor("manager"), data, mime)
    assert MediaFile.objects.count() == 0


def test_what_no_version_names_is_swept_after_some_days_and_what_one_names_never(town):
    _read(town)
    loose = operations.keep(town.actor("manager"), JPEG + b"x", "image/jpeg")
    assert operations.sweep() == 0
    with clock.at(clock.now() + timedelta(days=operations.ORPHANS_WAIT_DAYS + 1)):
        assert operations.sweep() == 1
    assert (mediafiles.read(loose), MediaFile.objects.count()) == (None, 2)
    assert mediafiles.read(mediafiles.name_of(OGG, "audio/ogg")) == OGG


def test_what_a_stop_left_on_the_disk_is_swept(town, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "MEDIA_DIR", tmp_path / "media")
    name = mediafiles.store(OGG, "audio/ogg")
    assert operations.sweep() == 0
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert (operations.sweep(), mediafiles.read(name)) == (1, None)


def test_only_what_a_public_page_shows_is_given_to_everybody(town, client):
    made = _read(town)
    address = reverse("public:media", args=[mediafiles.name_of(OGG, "audio/ogg")])
    assert client.get(address).status_code == 404
    _publish(town, made)
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (
        OGG, "audio/ogg", "no-store",
    )  # fmt: skip
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == ("default-src 'none'; sandbox", "nosniff")
    assert not answer.cookies
    part = client.get(address, headers={"Range": "bytes=4-"})
    assert (part.status_code, part.content) == (206, b"a voice")
    texts.withdraw(town.actor("manager"), made.text_id)
    assert client.get(address).status_code == 404


def test_a_file_that_a_backup_lost_is_no_fault_of_the_page(town, client):
    _publish(town, _read(town))
    mediafiles.path_of(_step().reading).unlink()
    assert client.get(reverse("public:media", args=[_step().reading])).status_code == 404
    assert client.get(reverse("public:way", args=["malaysia"])).status_code == 200


@given(st.text(max_size=90) | st.from_regex(r"[0-9a-f]{64}\.[a-z]{3}", fullmatch=True))
def test_no_name_leads_out_of_the_folder(name):
    try:
        path = mediafiles.path_of(name)
    except ValueError:
        return
    assert path.parent.parent == settings.MEDIA_DIR


NAMED = st.sampled_from([*media.FILES, *media.ALTS, *media.SIZE, "heard_km", "x"])
SAID = st.none() | st.text(max_size=5) | st.integers() | st.lists(st.text(max_size=2), max_size=2)


@given(SAID | st.dictionaries(NAMED, SAID, max_size=9))
def test_whatever_is_given_becomes_a_normal_one_that_stays_so(given_one):
    made = media.normal(given_one)
    assert media.normal(made) == made
    assert all(made.values())


@given(st.integers(1, 300), st.integers(1, 300))
def test_the_size_of_a_picture_is_read_without_opening_it(wide, high):
    out = BytesIO()
    Image.new("RGB", (wide, high)).save(out, "JPEG")
    assert mediafiles.size_of(out.getvalue()) == (wide, high)


@given(st.binary(max_size=200))
def test_any_bytes_have_a_size_or_none(data):
    assert len(mediafiles.size_of(b"\xff\xd8" + data)) == 2


def _send(town, **fields):
    client = town.client("manager")
    address = reverse("desk:text_part", args=[_text().id, 1])
    with override("en"):
        return client.post(address, {"sent_id": str(uuid4()), "seen": "1", **fields})


def test_a_picture_is_drawn_anew_and_small_without_place_or_owner(town):
    assert _send(town, picture=SimpleUploadedFile("a.jpg", tagged_jpeg()), **WORDS).status_code == 302
    file = MediaFile.objects.get()
    data = mediafiles.read(file.name)
    assert GPS_MARK.encode() not in data
    assert (max(file.wide, file.high) <= 800, data[:3]) == (True, b"\xff\xd8\xff")


def test_a_recording_is_packed_anew_and_marked_with_what_is_written(town):
    assert _send(town, reading_km=SimpleUploadedFile("a", sound("webm", "libopus"))).status_code == 302
    kept = _text().versions.latest("number").body["steps"][0]["media"]
    assert kept["reading_km"].endswith(".ogg")
    assert len(kept["heard_km"]) == 16
    assert GPS_MARK.encode() not in mediafiles.read(kept["reading_km"])


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("picture", archive()),
        ("picture", png_of(50_000, 50_000)),
        ("picture", b"<svg onload=alert(1)>"),
        ("picture", picture("GIF")),
        ("picture", b""),
        ("picture", sound("ogg", "libopus")),
        ("reading_km", picture("PNG")),
        ("reading_km", b"OggS" + bytes(400)),
        ("reading_en", archive()),
    ],
)  # fmt: skip
def test_what_is_no_picture_and_no_recording_is_refused_beside_its_field(town, field, data):
    answer = _send(town, **{field: SimpleUploadedFile("x.jpg", data)}, **WORDS)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert (MediaFile.objects.count(), _text().versions.count()) == (0, 1)


def test_a_picture_with_a_page_behind_it_leaves_the_page_behind(town):
    _send(town, picture=SimpleUploadedFile("a.jpg", picture("JPEG") + archive()), **WORDS)
    assert b"<script>" not in mediafiles.read(MediaFile.objects.get().name)


def test_a_picture_without_words_is_kept_for_the_form_that_comes_back(town):
    answer = _send(town, picture=SimpleUploadedFile("a.png", picture("PNG")), alt_km="រូប")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["alt_en"])
    kept = answer.context["form"]["kept_picture"].value()
    assert _send(town, kept_picture=kept, **WORDS).status_code == 302
    assert _text().versions.latest("number").body["steps"][0]["media"]["picture"] == kept


def test_files_go_out_with_the_texts_and_come_into_another_spean(town, tmp_path, monkeypatch):
    from spean.library import files
    from spean.library.operations.loading import load
    from spean.library.queries.exporting import public

    _publish(town, _read(town))
    for _n in range(2):
        files.write(tmp_path, public())
    assert len(list((tmp_path / "media").iterdir())) == 2
    Text.objects.filter(slug="malaysia").update(by_people=False)
    FileUse.objects.all().delete()
    MediaFile.objects.all().delete()
    monkeypatch.setattr(settings, "MEDIA_DIR", tmp_path / "elsewhere")
    load(tmp_path)
    assert (mediafiles.read(_step().reading), FileUse.objects.count()) == (OGG, 2)
    assert _text().versions.count() == 2


def test_a_file_that_is_not_what_it_was_is_not_loaded(town, tmp_path, monkeypatch):
    from spean.library import files, seeds
    from spean.library.operations.loading import load
    from spean.library.queries.exporting import public

    _publish(town, _read(town))
    files.write(tmp_path, public())
    (tmp_path / "media" / mediafiles.name_of(OGG, "audio/ogg")).write_bytes(b"OggS something else")
    with pytest.raises(seeds.Faulty):
        load(tmp_path)
