"""The pictures of the docs: taken anew with `--pictures`, and always there."""

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from bench import contracts, photographs
from journeys.content import Story, furnish
from journeys.hands import at, fill, send
from journeys.test_photos import send as send_photos
from spean.kernel import clock

IMAGES = Path(__file__).resolve().parents[2] / "docs/images"
LARGEST = 150_000
#: width -> the heights between which a picture may be
HEIGHTS = {360: (640, 1500), 1280: (800, 1700)}
LANGUAGES = ("km", "en")
TOLD = {
    "km": "មេខ្យល់យកអត្តសញ្ញាណប័ណ្ណ និងសៀវភៅគ្រួសាររបស់ប្អូនស្រីខ្ញុំទុក ៣ ខែហើយ។ គេទារ ៥០០ ដុល្លារ ទើបប្រគល់វិញ។",
    "en": "A broker has kept my sister's identity card and family book for three months. He wants 500 dollars to give them back.",
}
ASKED = {"km": "សុំថៅកែប្រគល់លិខិតឆ្លងដែនវិញ", "en": "Ask the captain to give the passport back"}
NOTED = {"km": "គាត់សុខសប្បាយ ប៉ុន្តែចុះពីទូកមិនបាន។", "en": "He is well, and cannot leave the boat."}


def home(page: Page, story: Story, language: str) -> None:
    page.goto(at("public:home", language=language))


def report(page: Page, story: Story, language: str) -> None:
    page.goto(at("public:report", language=language))
    fill(page, told=TOLD[language], danger="no", kind="documents_kept")


def receipt(page: Page, story: Story, language: str) -> None:
    report(page, story, language)
    send(page)
    expect(page.locator(".receipt-code").first).to_be_visible()


def said(page: Page, story: Story, language: str) -> None:
    page.goto(at("public:said", language=language))


def sign_in(page: Page, story: Story, language: str) -> None:
    page.goto(at("account_login", language=language))
    fill(page, login="dara")


def today(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:today", language=language))


def inbox(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:inbox", language=language))


def triage(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:concern", story.concerns["documents_kept"].id, language=language))


def issue(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:issue", story.issues["documents_kept"], language=language))


def ladder(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:issue", story.issues["no_news"], language=language))


def lane(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:lane", language=language))


def meeting(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:meeting", story.meeting, language=language))


def volunteer(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:report_new", language=language))
    fill(page, told=TOLD[language], danger="now", kind="documents_kept")


def questions(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:triage", language=language))


def case(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:case", a_case(story, language)[0], language=language))


def screening(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:screening", *a_case(story, language), language=language))


def a_case(story: Story, language: str) -> tuple[UUID, UUID]:
    """A fisher's case with a task, a note and a screening, as the demo tells it; and the screening."""
    from spean.cases.models import Case
    from spean.cases.operations import screening as screenings
    from spean.cases.operations import working
    from spean.checks.screening.tables import gate

    known = Case.objects.first()
    if known is not None:
        return known.id, known.screenings.get().id
    pk, worker = story.town.case(risk="high").id, story.town.actor("worker")
    working.task(worker, pk, ASKED[language], uuid4(), kind="papers", response="days")
    working.note(worker, pk, NOTED[language], uuid4(), kind="call")
    answers = {"D501": "yes", "D514": "yes", "D401": "yes", "D402": "yes", "D404": "yes", "D102": "yes", "D504": "no"}
    asked = screenings.Asked("adult_labour", frozenset(gate()), frozenset(), answers, NOTED[language])
    return pk, screenings.screen(worker, pk, asked, uuid4())


def keep(page: Page, story: Story, language: str) -> None:
    page.goto(at("public:keep", language=language))
    expect(page.locator("[data-keep]")).to_be_visible()


def kept(page: Page, story: Story, language: str) -> None:
    show_library(story)
    page.goto(at("public:keep", language=language))
    page.locator("[data-keep]").click()
    expect(page.locator("[data-remove]")).to_be_visible(timeout=90_000)
    page.context.set_offline(True)
    page.goto(at("public:way", "malaysia", language=language))
    page.wait_for_load_state()
    page.context.set_offline(False)


def way(page: Page, story: Story, language: str) -> None:
    show_library(story)
    page.goto(at("public:way", "malaysia", language=language))


def contract(page: Page, story: Story, language: str) -> None:
    bad = next(c for c in contracts.contracts(language) if c.raises)
    sheet = photographs.taken(photographs.pages(bad.text, language)[0], "camera", language).jpeg()
    page.goto(at("public:photos", language=language))
    send_photos(page, [{"name": "page.jpg", "mimeType": "image/jpeg", "buffer": sheet}])
    page.locator("main ol > li").first.wait_for()


def helpers(page: Page, story: Story, language: str) -> None:
    show_helpers(story)
    page.goto(at("public:help", language=language) + "?need=law&place-province=14&place-district=1401&find=1")


def offices(page: Page, story: Story, language: str) -> None:
    page.goto(at("desk:directory", language=language) + "?view=verified")


def text(page: Page, story: Story, language: str) -> None:
    from spean.library.models import Text

    show_library(story)
    page.goto(at("desk:text_change", Text.objects.get(kind="way", slug="malaysia").pk, language=language))


def show_helpers(story: Story) -> None:
    from spean.demo.helping import HELPERS
    from spean.directory.drafts import Draft
    from spean.directory.models import Phone
    from spean.directory.operations import calling, writing

    writer, checker = story.town.actor("manager"), story.town.actor("coordinator")
    for _days, said in HELPERS[:3]:
        at_place = {"district": "1401"}.get(said.get("place", ""), "")
        draft = Draft(**{"areas": ("14",), **said, "place": at_place, "source": "Demonstration", "demonstration": True})
        pk = writing.write(writer, draft, uuid4())
        writing.publish(checker, pk, 1)
        for phone in Phone.objects.filter(entry=pk):
            calling.record(checker, phone.id, heard="right", on=clock.today(), words="", sent_id=uuid4())


def show_library(story: Story) -> None:
    from spean.demo.library import SHOWN
    from spean.library.operations import facts, loading

    loading.load()
    facts.show_for_demonstration(story.town.actor("coordinator"), list(SHOWN))


#: page -> who looks at it
PICTURES: dict[Callable[[Page, Story, str], None], str] = {
    home: "",
    report: "",
    receipt: "",
    said: "",
    sign_in: "",
    today: "worker",
    inbox: "worker",
    triage: "worker",
    issue: "worker",
    ladder: "worker",
    lane: "worker",
    meeting: "focal",
    volunteer: "volunteer",
    questions: "volunteer",
    case: "worker",
    screening: "worker",
    keep: "",
    kept: "",
    way: "",
    contract: "",
    helpers: "",
    offices: "manager",
    text: "manager",
}


def name_of(show: Callable, language: str, width: int) -> str:
    return f"{show.__name__.replace('_', '-')}-{language}-{width}.png"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_docs_stand_as_they_do_in_the_pictures(town, browse, request, language):
    story = furnish(town, language)
    browsers: dict[str, Page] = {}
    for show, person in PICTURES.items():
        page = browsers.get(person) or browsers.setdefault(person, browse(person, town=town))
        show(page, story, language)
        page.wait_for_load_state("networkidle")
        expect(page.locator("h1")).to_be_visible()
        for width in HEIGHTS:
            page.set_viewport_size({"width": width, "height": HEIGHTS[width][0]})
            if request.config.getoption("--pictures", default=False):
                take(page, IMAGES / name_of(show, language, width), width)


def take(page: Page, file: Path, width: int) -> None:
    """From the top of the page to its foot, or as far as a reader wants to see; in no more than 256 colours."""
    least, most = HEIGHTS[width]
    high = page.evaluate("document.scrollingElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(high, least), most)})
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file.parent.mkdir(exist_ok=True)
    for colours in (256, 64, 32):  # a photograph on the page takes fewer
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size < LARGEST:
            return


def agenda(story: Story, language: str) -> str:
    return at("desk:meeting_paper", story.meeting, language=language)


def letter(story: Story, language: str) -> str:
    from spean.voices import letters
    from spean.voices.operations import meetings

    worker, pk = story.town.actor("worker"), story.issues["unpaid_wages"]
    said = {"due": "១៧ វិច្ឆិកា ២០២៦", "number": "S-០០០៣", "title": "កម្មករសំណង់មិនបានប្រាក់ឈ្នួល", "places": "ត្រពាំងស្រែ, អណ្ដូង"}
    told = {"due": "17 November 2026", "number": "S-0003", "title": "Builders are not paid", "places": "Trapeang Srae, Andoung"}
    committees = {"km": "គណៈកម្មការឃុំបឹងព្រះ", "en": "Boeng Preah commune committee"}
    km, en = letters.begin("reminder", km={**said, "committee": committees["km"]}, en={**told, "committee": committees["en"]})
    made = meetings.write_letter(worker, pk, kind="reminder", text_km=km, text_en=en, sent_id=uuid4())
    return at("desk:letter", made, language=language)


def leaflet(story: Story, language: str) -> str:
    show_library(story)
    return at("public:way_paper", "malaysia", "leaflet", language=language)


def fold(story: Story, language: str) -> str:
    return at("public:way_paper", "malaysia", "fold", language=language)


def poster(story: Story, language: str) -> str:
    return at("public:way_paper", "warning-online", "poster", language=language)


#: paper -> who prints it
PAPERS: dict[Callable[[Story, str], str], str] = {agenda: "focal", letter: "worker", leaflet: "", fold: "", poster: ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_of_the_docs_are_printed_as_they_are_shown(town, request, tmp_path, language):
    story = furnish(town, language)
    for show, person in PAPERS.items():
        path = show(story, language)
        answer = (town.client(person) if person else Client()).get(path)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        if request.config.getoption("--pictures", default=False):
            (tmp_path / "paper.pdf").write_bytes(answer.content)
            shot = ["pdftoppm", "-png", "-r", "75", "-singlefile", tmp_path / "paper.pdf", tmp_path / "paper"]
            subprocess.run(shot, check=True)
            picture = Image.open(tmp_path / "paper.png").convert("RGB")
            picture.quantize(64, dither=Image.Dither.NONE).save(IMAGES / f"{show.__name__}-{language}.png", optimize=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", HEIGHTS)
def test_each_picture_is_there_and_small(language, width):
    for show in PICTURES:
        file = IMAGES / name_of(show, language, width)
        assert 5_000 < file.stat().st_size < LARGEST, file.name
        with Image.open(file) as picture:
            assert picture.width == width, file.name


def test_the_table_of_pictures_shows_them_all():
    shown = re.findall(r'src="../images/([\w-]+\.png)"', (IMAGES.parent / "reference/pictures.md").read_text(encoding="utf-8"))
    wanted = [name_of(show, language, width) for show in PICTURES for language in LANGUAGES for width in HEIGHTS]
    wanted += [f"{show.__name__}-{language}.png" for show in PAPERS for language in LANGUAGES]
    assert sorted(shown) == sorted(wanted)
