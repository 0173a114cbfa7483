"""What a telephone may keep: pages that say the same to everybody, no larger than a poor network bears; an icon of nobody."""

import gzip
import json
from urllib.parse import urlsplit

import pytest

from tests.surfaces.public.reading import Page

pytestmark = pytest.mark.django_db
PERSONAL = ("report", "receipt", "contract", "offer", "ways/list", "said", "desk", "account", "calendar", "places")
MOST = 400_000  # bytes on the wire for everything: 8 seconds at 400 kbit/s


@pytest.fixture
def listed(visitor, checked) -> dict:
    return json.loads(visitor.get("/km/keep/list.json").content)


def test_the_list_has_every_way_and_nothing_personal(listed):
    from spean.library.models import Way

    assert {f"/km/ways/{slug}/" for slug in Way.objects.values_list("slug", flat=True)} < set(listed["pages"])
    assert {"/km/", "/km/law/", "/km/help/", "/km/help/?need=danger", "/km/keep/none/"} < set(listed["pages"])
    assert [one for one in listed["pages"] if any(f"/{name}" in one for name in PERSONAL)] == []


def test_everything_on_the_list_is_there_and_small(visitor, listed):
    answers = {one: visitor.get(one) for one in listed["pages"]}
    assert {one: a.status_code for one, a in answers.items() if a.status_code != 200} == {}
    assert all(not Page(a).forbidden and not a.cookies for a in answers.values())
    pages = sum(len(gzip.compress(a.content, 6)) for a in answers.values())
    files = sum(len(b"".join(visitor.get(one))) for one in listed["files"] if urlsplit(one).path.endswith(".woff2"))
    assert pages + files < MOST, f"{len(answers)} pages: {pages:,} bytes; letters {files:,}"


def test_every_file_of_a_page_is_on_the_list(visitor, listed):
    for address in ("/km/", "/km/help/?need=danger", "/km/ways/thailand/"):
        html = Page(visitor.get(address)).html
        worn = {part.split('"')[1] for part in html.split() if part.startswith(('href="/static/', 'src="/static/'))}
        assert {one.partition("#")[0] for one in worn} <= set(listed["files"])


def test_the_words_are_those_of_the_language(visitor, listed):
    english = json.loads(visitor.get("/en/keep/list.json").content)["words"]
    assert (listed["words"]["digits"], english["digits"]) == ("០១២៣៤៥៦៧៨៩", "")
    assert (listed["words"]["months"][10], english["months"][10]) == ("វិច្ឆិកា", "November")
    assert "{day}" in listed["words"]["kept"]
    assert "{day}" in english["old"]


def test_the_worker_is_a_script_under_our_policy(visitor, db):
    answer = visitor.get("/km/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert "import" not in answer.content.decode()[:200]


def test_the_sign_on_a_screen_names_nobody_and_only_one_page_offers_it(visitor, checked):
    said = json.loads(visitor.get("/en/pages.webmanifest").content)
    assert (said["name"], said["start_url"], said["scope"]) == ("Pages", "/en/", "/en/")
    for icon in said["icons"]:
        assert b"".join(visitor.get(icon["src"])).startswith(b"\x89PNG")
    with_sign = [
        path for path in ("", "ways/", "law/", "help/", "keep/") if 'rel="manifest"' in Page(visitor.get(f"/en/{path}")).html
    ]
    assert with_sign == ["keep/"]
