"""Files for Git: what is written reads back as the same, whatever the words; and what the desk published goes along."""

import copy
import tempfile
from pathlib import Path
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from spean.library import files, seeds, texts
from spean.library.enums import Destination, Kind, PageKind, Paper, Picture, Work
from spean.library.models import Fact, LawQuestion, Step, Text, Way
from spean.library.operations import facts, loading
from spean.library.operations import texts as operations
from spean.library.queries.exporting import public

KEYS = st.from_regex(r"[a-z0-9]{1,4}([.-][a-z0-9]{1,4}){0,2}", fullmatch=True)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="{\r\x85\u2028\u2029") | st.sampled_from(
    '"\\\n\t\x00\x7f\'ក្រ#]"""'
)
WORDS = st.text(LETTERS, max_size=30)
FILLED = WORDS.map(lambda words: f"a{words}b")


@st.composite
def _said(draw):
    unit, amount = draw(st.sampled_from([("words", ""), ("usd", "100"), ("thb_day", "337-400"), ("corridor", "closed")]))
    words = {name: draw(FILLED) for name in ("words_km", "words_en", "name_km", "name_en", "claimant_km", "claimant_en")}
    day = draw(st.none() | st.dates())
    more = {
        "source_tag": draw(FILLED),
        "source_text": draw(WORDS),
        "as_of": draw(st.sampled_from(["2025", "2025-02", "2025-02-01"])),
    }
    return facts.checked(facts.Said(unit=unit, amount=amount, valid_until=day, **words, **more))


def _pair(draw, name, filled):
    return {f"{name}_{code}": draw(filled) for code in ("km", "en")}


@st.composite
def _told(draw, kind, subjects, keys):
    reference = draw(st.sampled_from([""] + [f" {{fact:{key}}}" for key in keys]))
    told = FILLED.map(lambda words: words + reference)
    body = {"position": draw(st.integers(0, 30_000))}
    for name in texts.PAIRS[kind]:
        body |= _pair(draw, name, told if name in texts.TOLD else FILLED)
    if kind == PageKind.WAY:
        some = st.lists(st.sampled_from(subjects), max_size=2) if subjects else st.just([])
        step = st.fixed_dictionaries(
            {
                "name": st.sampled_from(["", *Picture.values]),
                "gives": st.lists(st.sampled_from(Paper.values), max_size=2),
                "documents": st.lists(st.tuples(FILLED, FILLED).map(list), max_size=2),
                **{f"title_{c}": FILLED for c in ("km", "en")},
                **{f"authority_{c}": FILLED for c in ("km", "en")},
                **{f"text_{c}": told for c in ("km", "en")},
            }
        )
        body |= {
            "kind": draw(st.sampled_from(Kind.values)),
            "destination": draw(st.sampled_from(Destination.values)),
            "works": draw(st.lists(st.sampled_from(Work.values), min_size=1, max_size=2)),
            "state_subject": draw(st.sampled_from(["", *subjects])),
            "glance": {name: draw(some) for name in texts.GLANCE},
            "steps": draw(st.lists(step, min_size=1, max_size=3)),
        }
    return texts.normal(kind, body)


@st.composite
def _everything(draw):
    known = draw(st.dictionaries(KEYS, st.tuples(KEYS, _said()), max_size=4))
    subjects = sorted({subject for subject, _one in known.values()})
    slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
    pages = {
        kind: {slug: draw(_told(kind, subjects, sorted(known))) for slug in draw(st.lists(slugs, max_size=2, unique=True))}
        for kind in PageKind.values
    }
    return seeds.Seeds(known, pages)


@settings(deadline=None, max_examples=120)
@given(_everything())
def test_what_is_written_reads_back_as_the_same(everything):
    with tempfile.TemporaryDirectory() as folder:
        files.write(Path(folder), everything)
        assert seeds.read(Path(folder)) == everything


def test_the_files_of_the_project_read_back_as_the_same(tmp_path):
    ours = seeds.read()
    files.write(tmp_path, ours)
    assert seeds.read(tmp_path) == ours


def _rows():
    ways = [{n: v for n, v in row.items() if n != "id"} for row in Way.objects.order_by("slug").values()]
    steps = list(Step.objects.order_by("way__slug", "position").values_list("way__slug", "title_km", "text_en", "documents"))
    said = {fact.key: (fact.subject, facts.said_of(fact)) for fact in Fact.objects.all()}
    return ways, steps, list(LawQuestion.objects.order_by("slug").values_list("slug", "position", "answer_km")), said


def test_an_installation_goes_through_files_into_an_empty_one(town, tmp_path):
    from spean import cli

    text = Text.objects.get(kind="way", slug="malaysia")
    body = {**copy.deepcopy(text.versions.get().body), "title_en": 'Written "here"'}
    made = operations.write(town.actor("manager"), text.id, body, uuid4())
    operations.propose(town.actor("manager"), text.id, made.number)
    operations.publish(town.actor("coordinator"), text.id, made.number)
    operations.write(town.actor("manager"), text.id, {**body, "title_en": "Only a draft"}, uuid4())
    operations.withdraw(town.actor("manager"), Text.objects.get(slug="japan").id)
    assert cli.main(["library", "export", str(tmp_path)]) == 0
    before = _rows()
    for model in (Step, Way, LawQuestion):
        model.objects.all().delete()
    for one in Text.objects.all():
        one.versions.all().delete()
    Text.objects.all().delete()
    for fact in Fact.objects.all():
        fact.versions.all().delete()
    Fact.objects.all().delete()

    loading.load(tmp_path)

    assert _rows() == before
    assert Way.objects.get(slug="malaysia").title_en == 'Written "here"'
    assert not Way.objects.filter(slug="japan").exists()


def test_written_again_nothing_differs_and_what_is_gone_is_taken_away(town, tmp_path):
    files.write(tmp_path, public())
    (tmp_path / "ways/own.toml").write_text("# by hand\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.toml")}
    files.write(tmp_path, public())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.toml")} == before
    operations.withdraw(town.actor("manager"), Text.objects.get(slug="japan").id)
    files.write(tmp_path, public())
    assert {path.name for path in before} - {path.name for path in tmp_path.rglob("*.toml")} == {"japan.toml"}


def test_a_withdrawn_fact_goes_along_only_where_a_text_names_it(town):
    for key in ("my.wage", "kr.count"):
        facts.withdraw(town.actor("manager"), Fact.objects.get(key=key).id)
    assert {key for key in ("my.wage", "kr.count") if key in public().facts} == {"my.wage"}
