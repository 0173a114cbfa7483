"""Words that come sealed by the person's own page: read by the team, whole or broken, in the right hands only."""

import json
import os
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from nacl.public import PublicKey, SealedBox

from spean.kernel.errors import Conflict
from spean.privacy import envelopes, keys
from spean.privacy.envelopes import Address
from spean.privacy.keys.wraps import public_id
from spean.privacy.sealing import open_sealed, pad, seal_bytes
from spean.voices.contexts import context_of
from spean.voices.models import Concern
from spean.voices.operations import intake, threads, triage, unfolding

TOLD = {"told": "ពាក្យដែលបិទត្រា", "contact": {"phone": "012345678", "told": "x", "how": "h" * 900}}


def sealed(team, sent_id: UUID, content: object = TOLD, cls: str = "concern.told") -> bytes:
    """As the page's script does."""
    offer, key = unfolding.offer_of(team), os.urandom(32)
    aad = Address(cls, offer.org, offer.team, envelopes.mark_of(sent_id)).aad()
    box = SealedBox(PublicKey(offer.key)).encrypt(key)
    body = seal_bytes(key, pad(json.dumps(content).encode()), aad, envelopes.ALG_ENVELOPE)
    return envelopes.MAGIC + public_id(offer.key) + box + body


@pytest.fixture
def received(town):
    """A function that receives a report in an envelope, changed by `change`, and returns its concern and its number."""

    def receive(content: object = TOLD, change=bytes) -> tuple[Concern, str]:
        sent = uuid4()
        blob = change(sealed(town.teams["team"], sent, content))
        code = intake.receive_public(town.report(told="", envelope=blob), sent).code
        return Concern.objects.get(sent_hash=intake.sent_hash(sent)), code

    return receive


def inside(town, concern: Concern) -> dict:
    concern.refresh_from_db()
    return open_sealed(town.rings["worker"].data_key(concern.id), bytes(concern.told), context_of(concern))


def flipped(blob: bytes) -> bytes:
    return blob[:-1] + bytes([blob[-1] ^ 1])


def test_the_first_reading_opens_the_envelope_and_seals_the_words_anew(town, received):
    concern, _code = received()
    assert envelopes.is_kept(inside(town, concern))
    told = triage.read(town.actor("worker"), concern.id)
    assert (told.told, told.broken) == (TOLD["told"], False)
    assert told.contact == {"phone": "012345678", "how": "h" * 200}
    assert set(inside(town, concern)) == {"told", "contact", "place", "language"}
    assert triage.read(town.actor("supervisor"), concern.id).told == TOLD["told"]


def test_a_changed_envelope_is_said_to_be_broken_and_kept_as_it_came(town, received):
    concern, _code = received(change=flipped)
    for _time in range(2):
        page = town.client("worker").get(reverse("desk:concern", args=[concern.id]))
        assert page.status_code == 200
        assert page.context["told"].broken is True
    assert envelopes.is_kept(inside(town, concern))


@pytest.mark.parametrize("content", [[], {"told": ["x"], "contact": "y"}, {"contact": {"phone": 7}}, {}], ids=repr)
def test_content_that_no_page_of_ours_writes_is_nothing_or_broken(town, received, content):
    concern, _code = received(content)
    told = triage.read(town.actor("worker"), concern.id)
    assert (told.told, told.contact, told.broken) == ("", {}, content == [])


def test_marks_that_turn_the_direction_are_taken_out(town, received):
    concern, _code = received({"told": "a\u202eb\ud800\x00c", "contact": {}})
    assert triage.read(town.actor("worker"), concern.id).told == "abc"


def test_an_envelope_for_another_key_is_refused_before_anything_is_saved(town):
    sent = uuid4()
    blob = sealed(town.teams["partner"], sent)
    with pytest.raises(Conflict):
        intake.receive_public(town.report(told="", envelope=blob), sent)
    assert Concern.objects.count() == 0


def test_an_envelope_that_was_seen_opens_in_no_other_report(town):
    seen = sealed(town.teams["team"], uuid4())
    concern = town.concern(told="", envelope=seen)
    assert triage.read(town.actor("worker"), concern.id).broken is True


def test_an_envelope_of_an_older_epoch_is_still_read(town, received):
    concern, _code = received()
    ring, team = town.rings["worker"], town.teams["team"]
    keys.rotate_team(ring, team.organisation_id, team.id)
    keys.rewrap_some(ring, team.id, 100)
    assert triage.read(town.actor("supervisor"), concern.id).told == TOLD["told"]


def test_what_is_added_by_receipt_is_read_and_an_envelope_outlives_passing_on(town, received):
    concern, code = received()
    sent, team = uuid4(), town.teams["team"]
    triage.read(town.actor("worker"), concern.id)
    threads.add_to_thread(code, "", sent, envelope=sealed(team, sent, {"told": "more"}, "thread.message"))
    triage.pass_on(town.actor("worker"), concern.id, town.teams["partner"].id)
    told = triage.read(town.actor("stranger"), concern.id)
    assert (told.told, [m.text for m in told.messages]) == (TOLD["told"], ["more"])
    assert [line.text for line in threads.thread_view(code).lines] == [""]


def test_a_broken_message_is_said_to_be_broken(town, received):
    concern, code = received()
    sent = uuid4()
    threads.add_to_thread(code, "", sent, envelope=flipped(sealed(town.teams["team"], sent, {"told": "more"}, "thread.message")))
    assert [(m.text, m.broken) for m in triage.read(town.actor("worker"), concern.id).messages] == [("", True)]
