"""What comes in: saved once, sealed first, for the team that is nearest."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from voices.test_envelopes import sealed


def test_the_same_report_twice_is_one_concern_and_one_receipt(town):
    from spean.voices.models import Concern
    from spean.voices.operations import intake

    sent = uuid4()
    codes = {intake.receive_public(town.report(), sent).code for _twice in range(2)}

    assert (len(codes), Concern.objects.count()) == (1, 1)


def test_what_is_on_the_disk_is_acknowledged_by_its_id_alone(town):
    from spean.voices.operations import intake

    sent, by_hand = uuid4(), uuid4()
    saved = intake.receive_public(town.report(), sent)
    intake.receive_from_volunteer(town.actor("volunteer"), town.report(), by_hand)

    assert intake.acknowledged(sent) == saved
    assert (intake.acknowledged(by_hand), intake.acknowledged(uuid4())) == (None, None)


def test_files_of_one_sending_stay_in_their_order(town):
    from spean.collect.uploads import CleanFile
    from spean.voices.models import Concern
    from spean.voices.operations import intake, triage

    pages = [CleanFile("image", "image/jpeg", bytes([n])) for n in range(9)]
    intake.receive_public(town.report(files=pages), uuid4())
    concern, worker = Concern.objects.get(), town.actor("worker")

    ids = concern.attachments.order_by("id").values_list("id", flat=True)
    assert [triage.read_file(worker, concern.id, pk)[1] for pk in ids] == [page.data for page in pages]


def test_what_is_told_stands_nowhere_in_clear(town):
    from django.core import serializers

    from spean.voices.models import Concern

    town.concern(told="ពាក្យសម្ងាត់", contact={"phone": "012345678"})

    stored = serializers.serialize("json", Concern.objects.all())
    assert "ពាក្យសម្ងាត់" not in stored
    assert "012345678" not in stored
    assert "14010101" not in stored


def test_only_the_commune_is_counted(town):
    assert town.concern().place.code == "140101"
    assert town.concern(place=None).place is None


def test_the_team_with_the_smallest_place_around_it_receives(town):
    near, elsewhere = town.concern(place=town.place("14010201")), town.concern()

    assert (near.team, elsewhere.team) == (town.teams["partner"], town.teams["team"])


def test_without_a_team_that_can_read_nothing_is_saved(town):
    from spean.kernel.errors import Unavailable
    from spean.voices.models import Concern

    for team in town.teams.values():
        team.receives_reports = False
        team.save()

    with pytest.raises(Unavailable):
        town.concern()
    assert Concern.objects.count() == 0


def test_a_volunteers_report_twice_is_one_and_belongs_to_the_sender(town):
    from spean.kernel.errors import NotAllowed, NotYours
    from spean.voices.operations import intake

    sent = uuid4()
    first = intake.receive_from_volunteer(town.actor("volunteer"), town.report(), sent)

    assert intake.receive_from_volunteer(town.actor("volunteer"), town.report(), sent) == first
    with pytest.raises(NotYours):
        intake.receive_from_volunteer(town.actor("faraway"), town.report(), sent)
    with pytest.raises(NotAllowed):
        intake.receive_from_volunteer(town.actor("worker"), town.report(), uuid4())


def test_more_by_receipt_is_added_once_and_the_team_sees_it(town):
    from spean.voices.models import Concern
    from spean.voices.operations import intake, threads, triage

    code = intake.receive_public(town.report(), uuid4()).code
    concern, sent = Concern.objects.get(), uuid4()
    triage.read(town.actor("worker"), concern.id)
    triage.close(town.actor("worker"), concern.id, "ចប់", uuid4())

    for _twice in range(2):
        threads.add_to_thread(code, "នៅមានទៀត", sent)

    concern.refresh_from_db()
    said = triage.read(town.actor("worker"), concern.id).messages
    assert (concern.state, [m.text for m in said]) == ("open", ["ចប់", "នៅមានទៀត"])


@pytest.mark.parametrize("typed", ["", "12", "nonsense", "000000000000000000000000"])
def test_a_wrong_receipt_number_is_refused(town, typed):
    from spean.kernel.errors import Invalid
    from spean.voices.operations import threads

    with pytest.raises(Invalid):
        threads.open_thread(typed)


def test_a_group_is_one_write_and_each_is_acknowledged_by_itself(town, django_assert_max_num_queries):
    from spean.kernel.errors import Conflict
    from spean.privacy import audit, receipts
    from spean.voices.models import Concern
    from spean.voices.operations import intake, threads

    def arrival(report, sent, code=None):
        code = code or receipts.code_for(sent, 0)
        return intake.Arrival(report, sent, code, receipts.seal_receipt(code))

    sents = [uuid4() for _each in range(10)]
    arrivals = [arrival(town.report(), sent) for sent in sents]
    twice = arrival(town.report(), sents[0])
    same_locator = arrival(town.report(), uuid4(), arrivals[3].code)
    refused = uuid4()
    refused = arrival(town.report(told="", envelope=sealed(town.teams["partner"], refused)), refused)
    intake.receive_public(town.report(), sents[9])

    with django_assert_max_num_queries(20):
        done = intake._write_public([*arrivals, twice, same_locator, refused])

    assert [d.code for d in done[:11]] == [a.code for a in [*arrivals, twice]]
    assert (done[11], type(done[12])) == (None, Conflict)
    assert Concern.objects.count() == 10
    assert audit.verify(town.teams["team"].organisation_id).ok
    assert all(threads.open_thread(a.code) for a in arrivals)


def test_many_at_once_are_each_saved_once(many_town):
    from spean.voices.models import Concern
    from spean.voices.operations import intake

    def send(sent):
        try:
            return intake.receive_public(many_town.report(), sent).code
        finally:
            connection.close()

    sents = [uuid4() for _each in range(12)] * 2
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(send, sents))

    assert codes[:12] == codes[12:]
    assert (len(set(codes)), Concern.objects.count()) == (12, 12)


def test_a_replay_finds_its_number_though_its_first_locator_was_somebody_elses(town, monkeypatch):
    from spean.privacy import receipts
    from spean.voices.models import Concern, Receipt
    from spean.voices.operations import intake

    taken = intake.receive_public(town.report(), uuid4())
    right, sent_id = receipts.code_for, uuid4()

    def code_for(sent, attempt):
        return taken.code if (sent, attempt) == (sent_id, 0) else right(sent, attempt)

    monkeypatch.setattr(receipts, "code_for", code_for)
    first, again = (intake.receive_public(town.report(), sent_id) for _n in range(2))
    assert (first.code, again.code) == (right(sent_id, 1), right(sent_id, 1))
    Receipt.objects.filter(locator=taken.code[:6]).delete()  # erased since: its locator is free again
    assert intake.receive_public(town.report(), sent_id).code == first.code
    assert Concern.objects.count() == 2


def test_a_report_that_another_server_wrote_at_this_very_moment_has_the_number_from_there(town, monkeypatch):
    from spean.voices.models import Concern
    from spean.voices.operations import intake

    sent_id, seen = uuid4(), intake._held
    other = intake.receive_public(town.report(), sent_id)
    answers = [{}]  # what was there when this server looked
    monkeypatch.setattr(intake, "_held", lambda group: answers.pop() if answers else seen(group))
    assert intake.receive_public(town.report(), sent_id) == other
    assert (Concern.objects.count(), answers) == (1, [])
