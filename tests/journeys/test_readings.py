"""An editor draws and reads a step, a second publishes, the reader hears it; other words silence it until it is read anew."""

from uuid import uuid4

import pytest
from collect.files import picture, sound
from playwright.sync_api import expect

from journeys.hands import at, fill, words
from journeys.test_accessible import look

ALT = "រូបភាពការិយាល័យ"


@pytest.fixture
def library(town):
    """The files as they are loaded."""
    from spean.library.operations.loading import load

    load()
    return town


def _way():
    from spean.library.models import Text

    return Text.objects.get(kind="way", slug="malaysia")


def _record(page):
    """Two seconds of the browser's own hum, as the Khmer reading."""
    tools = page.locator("[data-recorder]").first
    tools.locator('[data-do="start"]').click()
    expect(tools.locator('[data-do="stop"]')).to_be_visible()
    page.wait_for_timeout(1500)
    tools.locator('[data-do="stop"]').click()
    expect(tools.locator('[data-do="listen"]')).to_be_visible()


def _publish(editor, second):
    """Send it, and let somebody else read and publish it."""
    editor.goto(at("desk:text", _way().id))
    editor.locator('form[action$="/propose/"] button').click()
    expect(editor.locator(".alert-success")).to_be_visible()
    second.goto(editor.url)
    second.locator('form[action$="/publish/"] button').click()
    expect(second.locator(".alert-success")).to_be_visible()


def _plays(page, player):
    """Whether it really sounds: the browser has decoded it and goes on in it."""
    player.evaluate("(audio) => audio.play()")
    page.wait_for_function("() => { const a = document.querySelector('main li audio'); return a.currentTime > 0.1 && !a.error }")
    return True


def test_a_step_is_drawn_read_heard_and_silent_once_its_words_are_others(library, browse):
    editor, second = (browse(who, town=library, width=1280) for who in ("manager", "coordinator"))
    _draw_and_read(editor)
    reader = browse()
    reader.goto(at("public:way", "malaysia"))
    expect(reader.locator("main li audio")).to_have_count(0)
    _publish(editor, second)
    _is_seen_and_heard(reader)

    _write_another_word(editor)
    _publish(editor, second)
    reader.reload()
    expect(reader.locator("main li audio")).to_have_count(0)
    expect(reader.get_by_alt_text(ALT)).to_have_count(1)

    editor.goto(at("desk:text_part", _way().id, 1))
    expect(editor.locator("main .due").first).to_be_visible()
    _record(editor)
    editor.locator("main [name=save]").click()
    _publish(editor, second)
    reader.reload()
    assert _plays(reader, reader.locator("main li audio"))


def _draw_and_read(editor):
    editor.goto(at("desk:text", _way().id))
    editor.locator('main a[href$="/media/"]').click()
    editor.locator('main a[href$="/media/1/"]').click()
    editor.locator("[name=picture]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture("PNG")})
    fill(editor, alt_km=ALT, alt_en="A drawing of an office")
    _record(editor)
    editor.locator("main [name=save]").click()
    expect(editor.locator(".alert-success")).to_be_visible()


def _is_seen_and_heard(reader):
    """The picture when it is scrolled to, the reading when it is played; nothing of them before, and no cookie."""
    asked = []
    reader.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)
    reader.reload()
    expect(reader.locator("main li audio")).to_have_count(1)
    assert not [url for url in asked if not url.endswith(".jpg")]
    reader.get_by_alt_text(ALT).scroll_into_view_if_needed()
    reader.wait_for_function("() => document.querySelector('main li img').naturalWidth > 0")
    assert _plays(reader, reader.locator("main li audio"))
    assert reader.context.cookies() == []


def _write_another_word(editor):
    editor.goto(at("desk:text_change", _way().id))
    field = editor.locator("[name=step-0-title_km]")
    field.fill(field.input_value() + " ថ្មី")
    editor.locator("main [name=draft]").first.click()


def test_without_a_script_files_are_chosen_and_nothing_is_lost(library, browse):
    page = browse("manager", town=library, width=360, java_script_enabled=False)
    page.goto(at("desk:text_part", _way().id, 1, language="en"))
    page.locator("[name=picture]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    voice = {"name": "a.webm", "mimeType": "audio/webm", "buffer": sound("webm", "libopus")}
    page.locator("[name=reading_en]").set_input_files(voice)
    fill(page, alt_en="An office")
    page.locator("main [name=next]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    fill(page, alt_km="ការិយាល័យ")
    page.locator("main [name=next]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    kept = _way().versions.latest("number").body["steps"][0]["media"]
    assert {name for name in kept if not name.startswith(("alt", "heard"))} == {"picture", "wide", "high", "reading_en"}


@pytest.mark.parametrize("language", ["km", "en"])
def test_pages_with_pictures_and_readings_can_be_read_and_used(library, browse, language):
    from spean.library.operations import media, texts

    actor, law = library.actor("manager"), _way()
    shown = {"picture": media.keep(actor, picture(), "image/jpeg"), "alt_km": "រូប", "alt_en": "A drawing"}
    voice = media.keep(actor, sound("ogg", "libopus"), "audio/ogg")
    for number in (0, 1):
        heard = {f"reading_{code}": voice for code in ("km", "en")} | {"heard_km": media.NOW, "heard_en": media.NOW}
        made = media.put(actor, law.id, number, {**shown, **heard}, uuid4())
    texts.propose(actor, law.id, made.number)
    texts.publish(library.actor("coordinator"), law.id, made.number)
    media.put(actor, law.id, 1, {**shown, "reading_km": voice, "heard_km": "0" * 16}, uuid4())

    reader = browse()
    reader.goto(at("public:way", "malaysia", language=language))
    expect(reader.locator("main audio")).to_have_count(2)
    assert look(reader, public=True) == []
    page = browse("manager", town=library)
    for name, args in (("text_media", ()), ("text_part", (1,)), ("text_version", (made.number,)), ("text", ())):
        page.goto(at(f"desk:{name}", law.id, *args, language=language))
        assert (name, look(page, public=False)) == (name, [])
    page.goto(at("desk:text_part", law.id, 1, language=language))
    page.locator("[name=picture]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"none"})
    page.locator("main [name=save]").click()
    expect(page.get_by_role("alert")).to_contain_text(words("Not saved yet. Some answers need another look.", language))
    assert look(page, public=False) == []
