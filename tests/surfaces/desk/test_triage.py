"""A volunteer's triage: the gate, the questions, the one concern it becomes, and that nothing of it comes back."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from town import PEOPLE

from spean.checks.screening import triage_version

OPEN_GATE = {"gate_alone": "yes", "gate_willing": "yes", "gate_language": "yes"}
WORDS = "ពាក្យសម្ងាត់របស់ខ្ញុំ"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def text(answer):
    return answer.content.decode()


def at(language="en"):
    with translation.override(language):
        return reverse("desk:triage")


def answers(**more):
    given = {
        "ask_papers": "yes",
        "ask_paid": "no",
        "ask_rest": "unknown",
        "told": WORDS,
        "kind": "documents_kept",
        "sex": "woman",
    }
    given |= {"age": "25-59", "answer_wish": "volunteer", "place-pick": "14010101", "sent_id": str(uuid4()), "send": "1"}
    return {**OPEN_GATE, **given, **more}


def concerns():
    from spean.voices.models import Concern

    return Concern.objects.all()


def read(town, concern):
    """What a case worker reads."""
    from spean.voices.operations import triage

    return triage.read(town.actor("worker"), concern.id)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_report_may_ask(town, name):
    status = 200 if name in {"volunteer", "faraway"} else 403

    assert town.client(name).get(at()).status_code == status
    assert town.client(name).post(at(), answers()).status_code == status
    assert concerns().count() == (status == 200)


@pytest.mark.parametrize("code", ["alone", "willing", "language"])
def test_with_any_no_nobody_asks_and_nothing_is_kept(town, code):
    page = text(town.client("volunteer").post(at(), answers(**{f"gate_{code}": "no"}, urgent=["danger"])))

    assert "Do not ask more now" in page
    assert "If somebody is in danger now" in page
    assert "ask_papers" not in page
    assert WORDS not in page
    assert not concerns().exists()


def test_the_gate_needs_all_three_answers(town):
    client, part = town.client("volunteer"), {"gate_alone": "yes", "gate_willing": "yes"}
    for sent in ({}, part, {**part, "gate_language": "maybe"}):
        refused = client.post(at(), {**answers(), "gate_alone": "", **sent, "gate_language": sent.get("gate_language", "")})

        assert refused.status_code == 422
        assert "Answer all three first" in text(refused)
        assert "ask_papers" not in text(refused)
    assert not concerns().exists()


def test_behind_the_gate_nothing_is_answered_yet_and_the_own_village_is_chosen(town):
    page = text(town.client("volunteer").post(at(), {**OPEN_GATE, "begin": "1"}))

    assert page.count('type="radio" name="ask_') == 5 * 8
    assert page.count("checked") == 8 + 1  # "not asked" eight times, and how we may answer
    assert 'name="ask_free" value="" class="radio"' in page
    assert '<option value="14010101" selected>' in page
    assert page.count('type="hidden" name="gate_') == 3
    assert not concerns().exists()


@pytest.mark.parametrize(
    ("given", "heading", "danger"),
    [
        ({"urgent": ["confined", "medical"]}, "Tell the team now", "now"),
        ({}, "A case worker talks with the person", "unknown"),
        ({"ask_papers": "no", "ask_rest": "no"}, "A case worker talks with the person", "unknown"),
        ({"ask_papers": "no"}, "One of the answers is a reason to look closer", "unknown"),
        ({"ask_papers": "refused", "ask_paid": "unknown"}, "Nothing that we ask about was said so far", "unknown"),
    ],
)
def test_it_becomes_a_concern_and_says_what_to_do_next(town, given, heading, danger):
    answer = town.client("volunteer").post(at(), answers(**given))

    concern = concerns().get()
    assert answer.status_code == 200
    assert heading in text(answer)
    assert "victim" not in text(answer)
    assert (concern.danger, concern.kind, concern.channel, concern.sex) == (danger, "documents_kept", "volunteer", "woman")
    assert concern.place.code == "140101"


def test_an_open_question_that_could_change_it_is_named(town):
    page = text(town.client("volunteer").post(at(), answers(ask_papers="no", ask_free="refused", ask_debt="no", ask_afraid="no")))

    named = page.partition("What is still open")[2].partition("If danger comes")[0]
    assert "Can you go out, and leave this work" in named
    assert "Do you have a day of rest" in named  # with what worries already it is the second
    assert "Does somebody else keep your papers" not in named


def test_sent_twice_it_is_kept_once_and_nobody_elses_id_is_taken(town):
    client, data = town.client("volunteer"), answers(urgent=["danger"])
    pages = [text(client.post(at(), data)) for _twice in range(2)]

    assert concerns().count() == 1
    assert all("Tell the team now" in page for page in pages)
    assert town.client("faraway").post(at(), data).status_code == 404


def test_the_team_reads_it_laid_out_in_the_volunteers_language(town):
    sent = answers(urgent=["suicide"], name="Demo Person", phone="012 000 000", answer_wish="phone", may_call="yes")
    town.client("volunteer").post(at(), sent)

    told = read(town, concerns().get())

    assert told.told.splitlines() == [
        f"Triage by a volunteer, version {triage_version()}",
        "Before asking: alone with the person, who wanted to talk, in a language that both know.",
        "What to do next: Tell the team now",
        "Asked: 3 of 8 questions",
        "",
        "In danger now",
        "• Thinks of ending life",
        "",
        "What worries",
        "• Does somebody else keep your papers? — Yes (strong sign)",
        "• Do you get the wage that was promised? — No",
        "",
        "What is open",
        "• Do you have a day of rest, and time to sleep? — Does not know",
        "",
        "In the volunteer's own words",
        WORDS,
    ]
    assert told.language == "en"
    assert told.contact["phone"] == "012 000 000"
    page = text(town.client("worker").get(reverse("desk:concern", args=[concerns().get().id])))
    assert 'class="my-3 whitespace-pre-line' in page
    assert "• Thinks of ending life\n" in page


def test_in_khmer_every_word_is_khmer(town):
    client = town.client("volunteer")
    pages = [text(client.get(at("km"))), text(client.post(at("km"), {**OPEN_GATE, "begin": "1"}))]
    pages += [text(client.post(at("km"), answers(gate_alone="no"))), text(client.post(at("km"), answers()))]

    told = read(town, concerns().get())

    assert all('<html lang="km">' in page for page in pages)
    assert told.language == "km"
    assert "តើអ្នកដទៃរក្សាទុកឯកសាររបស់អ្នកទេ? — បាទ/ចាស (សញ្ញាខ្លាំង)" in told.told
    head = told.told.replace(triage_version(), "")
    assert not any(letter.isascii() and letter.isalpha() for letter in head)


def test_what_was_typed_comes_back_with_the_reasons(town):
    client = town.client("volunteer")
    sent = answers(answer_wish="phone", kind="", ask_free="maybe", urgent=["danger", "child"], how="say nothing")
    refused = client.post(at(), sent)
    page = text(refused)

    assert refused.status_code == 422
    assert "Write the number that we may call" in page
    assert page.count("Choose one of the answers.") == 2
    assert WORDS in page
    assert "say nothing" in page
    assert 'name="ask_papers" value="yes" class="radio"' in page
    assert page.count("checked") == 2 + 7 + 1  # the signs, the questions but the one that was made up, the wish
    assert page.count('type="hidden" name="gate_') == 3
    assert not concerns().exists()


def test_the_buttons_beside_the_place_keep_what_was_typed(town):
    sent = {k: v for k, v in answers(urgent=["danger", "child"]).items() if k != "send"}
    page = text(town.client("volunteer").post(at(), {**sent, "place-pick": "", "place-search": "Andoung"}))

    assert "14010102" in page
    assert WORDS in page
    assert page.count("checked") == 2 + 8 + 1
    assert not concerns().exists()


def test_a_triage_without_any_answer_is_none(town):
    empty = {"ask_papers": "", "ask_paid": "", "ask_rest": "", "told": " "}
    refused = town.client("volunteer").post(at(), answers(**empty))

    assert refused.status_code == 422
    assert "Nothing is answered yet" in text(refused)
    assert not concerns().exists()


def test_nothing_that_was_answered_comes_back(town):
    """Not on the page after sending, nor on any that the volunteer opens later; in the tables it is sealed."""
    client = town.client("volunteer")
    sent = answers(name="Demo Person", code_word="mango tree", ask_afraid="refused")
    after = text(client.post(at(), sent))
    concern = concerns().get()
    pages = [after, text(client.get(reverse("desk:today"))), text(client.get(at()))]
    for door, args in (("reports", []), ("report", [concern.id]), ("report_sent", [concern.id])):
        pages.append(text(client.get(reverse(f"desk:{door}", args=args))))

    for page in pages:
        for hidden in (WORDS, "Demo Person", "mango tree", "Does somebody else keep your papers", "Does not want to say"):
            assert hidden not in page
    assert WORDS.encode() not in bytes(concern.told)
    assert b"Triage" not in bytes(concern.told)


def test_whom_to_call_is_who_helps_in_danger_with_a_number_that_was_called(town, monkeypatch):
    from types import SimpleNamespace

    from spean.surfaces.desk.views import triaging

    checked = SimpleNamespace(source="A list", on=None, by="Demo Network", overdue=False)
    number = SimpleNamespace(shown="023 000 111", href="tel:023000111", checked=checked)
    asked = []

    def find(wanted):
        asked.append(wanted)
        rows = [SimpleNamespace(provider=f"Helper {n}", name="", numbers=(number,) if n else ()) for n in range(6)]
        return SimpleNamespace(rows=rows)

    monkeypatch.setattr(triaging.directory, "find", find)
    page = text(town.client("volunteer").post(at(), answers(gate_alone="no")))

    assert [name in page for name in ("Helper 0", "Helper 1", "Helper 3", "Helper 4")] == [False, True, True, False]
    assert 'href="tel:023000111"' in page
    assert (asked[0].need, asked[0].path) == ("danger", town.place("14010101").path)


def test_it_is_reached_from_where_a_report_begins(town):
    client = town.client("volunteer")

    for door in ("today", "reports", "report_new"):
        assert f'href="{at()}"' in text(client.get(reverse(f"desk:{door}"))), door
    assert at() not in text(town.client("worker").get(reverse("desk:today")))
