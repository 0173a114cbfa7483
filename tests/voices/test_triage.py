"""What a team does with a concern, and what nobody else can."""

from uuid import uuid4

import pytest
from town import PEOPLE

OUTSIDERS = sorted(set(PEOPLE) - {"worker", "supervisor"})


def test_reading_opens_it_writes_the_trail_and_shows_everything(town):
    from spean.privacy import audit
    from spean.voices.operations import triage

    concern = town.concern(told="បាត់លុយ", contact={"phone": "012"})
    told = triage.read(town.actor("worker"), concern.id)

    concern.refresh_from_db()
    assert (told.told, told.contact, told.place["code"], concern.state) == ("បាត់លុយ", {"phone": "012"}, "14010101", "open")
    assert audit.entries(town.teams["team"].organisation_id)[0].verb == "concern.read"


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_outside_the_team_finds_a_concern(town, name):
    from spean.kernel.errors import Locked, NotYours
    from spean.voices import queries
    from spean.voices.operations import triage

    concern = town.concern()

    with pytest.raises((NotYours, Locked)):
        triage.read(town.actor(name), concern.id)
    with pytest.raises(NotYours):
        queries.concern_head(town.actor(name), concern.id)
    assert queries.inbox(town.actor(name)).rows == ()


def test_locked_keys_open_nothing(town):
    from spean.kernel.errors import Locked
    from spean.voices.operations import triage

    with pytest.raises(Locked):
        triage.read(town.actor("worker", locked=True), town.concern().id)


def test_the_rule_alone_opens_nothing_without_the_key(town):
    from spean.kernel.errors import NotYours
    from spean.privacy import audit, keys
    from spean.voices.operations import triage

    concern = town.concern()
    keys.revoke_team(concern.team_id, town.users["worker"].id)
    before = len(list(audit.entries(town.teams["team"].organisation_id)))

    with pytest.raises(NotYours):
        triage.read(town.actor("worker"), concern.id)
    concern.refresh_from_db()
    assert (concern.state, len(list(audit.entries(town.teams["team"].organisation_id)))) == ("new", before)


@pytest.mark.parametrize(("verb", "state"), [("answer", "answered"), ("ask", "waiting"), ("close", "closed")])
def test_words_are_sent_once_and_move_it(town, verb, state):
    from spean.voices.operations import triage

    concern, sent = town.concern(read=True), uuid4()
    for _twice in range(2):
        getattr(triage, verb)(town.actor("worker"), concern.id, "យើងបានទទួល", sent)

    concern.refresh_from_db()
    assert (concern.state, concern.messages.count()) == (state, 1)


def test_nothing_closes_in_silence(town):
    from spean.kernel.errors import Invalid
    from spean.voices.operations import triage

    concern = town.concern(read=True)
    with pytest.raises(Invalid):
        triage.close(town.actor("worker"), concern.id, "  \n", uuid4())
    concern.refresh_from_db()
    assert concern.state == "open"


def test_the_person_reads_the_answer_with_the_receipt(town):
    from spean.voices.models import Concern
    from spean.voices.operations import intake, threads, triage

    code = intake.receive_public(town.report(), uuid4()).code
    concern = Concern.objects.get()
    triage.read(town.actor("worker"), concern.id)
    triage.answer(town.actor("worker"), concern.id, "យើងនឹងជួយ", uuid4())

    thread = threads.open_thread(code)
    assert [threads.text_of(concern, thread.key, m) for m in concern.messages.all()] == ["យើងនឹងជួយ"]


def test_assigned_to_a_member_with_a_key_role_only(town):
    from spean.kernel.errors import Invalid
    from spean.voices.operations import triage

    concern = town.concern(read=True)
    triage.assign(town.actor("worker"), concern.id, town.users["supervisor"].id)
    concern.refresh_from_db()
    assert concern.assigned_to == town.users["supervisor"]
    for name in ("volunteer", "stranger", "manager"):
        with pytest.raises(Invalid):
            triage.assign(town.actor("worker"), concern.id, town.users[name].id)


def test_passing_on_moves_the_keys(town):
    from spean.kernel.errors import NotYours
    from spean.privacy import keys
    from spean.voices.operations import triage

    concern = town.concern(read=True, told="បាត់លុយ")
    triage.answer(town.actor("worker"), concern.id, "ទីមួយ", uuid4())
    triage.pass_on(town.actor("worker"), concern.id, town.teams["partner"].id)

    told = triage.read(town.actor("stranger"), concern.id)
    assert (told.told, [m.text for m in told.messages]) == ("បាត់លុយ", ["ទីមួយ"])
    assert {r.id for r in keys.readers(concern.id)} == {town.teams["partner"].id}
    with pytest.raises(NotYours):
        triage.read(town.actor("worker"), concern.id)
    for subject in (concern.id, concern.thread_id):
        with pytest.raises(NotYours):
            town.rings["worker"].data_key(subject)


@pytest.mark.parametrize("team", ["team", "committee"])
def test_it_is_passed_only_to_another_team_that_can_read(town, team):
    from spean.kernel.errors import Invalid
    from spean.voices.operations import triage

    concern = town.concern(read=True)
    with pytest.raises(Invalid):
        triage.pass_on(town.actor("worker"), concern.id, town.teams[team].id)


def test_a_file_is_read_back_as_it_was_and_only_through_its_own_concern(town):
    from spean.collect.uploads import CleanFile
    from spean.kernel.errors import NotYours
    from spean.voices.operations import triage

    photo = CleanFile(kind="image", mime="image/jpeg", data=b"a photo")
    concern, other = town.concern(files=[photo]), town.concern()
    file_id = concern.attachments.get().id

    assert triage.read_file(town.actor("worker"), concern.id, file_id) == ("image/jpeg", b"a photo")
    with pytest.raises(NotYours):
        triage.read_file(town.actor("worker"), other.id, file_id)


def test_a_volunteer_reads_the_answers_to_her_own_report_only(town):
    from spean.kernel.errors import NotYours
    from spean.voices.operations import triage

    own, public = town.concern(public=False, read=True), town.concern(read=True)
    for concern in (own, public):
        triage.answer(town.actor("worker"), concern.id, "យើងនឹងជួយ", uuid4())

    assert [m.text for m in triage.read_own_thread(town.actor("volunteer"), own.id)] == ["យើងនឹងជួយ"]
    with pytest.raises(NotYours):
        town.rings["volunteer"].data_key(own.id)
    for name, concern in (("volunteer", public), ("faraway", own), ("worker", own)):
        with pytest.raises(NotYours):
            triage.read_own_thread(town.actor(name), concern.id)
