"""A photo of what was done: sealed to the team, opened by nobody else, kept with its answer."""

import pytest

from spean.collect.uploads import CleanFile
from spean.kernel.errors import Locked, NotAllowed, NotYours

PHOTO = CleanFile("image", "image/png", b"\x89PNG a notice on the wall of the commune")


@pytest.fixture
def done(town, settings, tmp_path):
    """An issue whose office says that it is done, with a photo."""
    from spean.voices.operations import answers

    settings.SEALED_FILES_DIR = tmp_path
    issue = town.issue("committed")
    answers.finish(town.actor("focal"), issue.pk, note="បានធ្វើ", proof=[PHOTO])
    return issue


def test_the_team_opens_it_and_the_trail_says_so(town, done, tmp_path):
    from spean.privacy.models import AuditEntry
    from spean.voices import queries
    from spean.voices.operations import answers

    worker = town.actor("worker")
    (proof,) = queries.issue_page(worker, done.pk).answers[0].proofs
    assert answers.read_proof(worker, done.pk, proof) == ("image/png", PHOTO.data)
    assert AuditEntry.objects.filter(verb="issue.proof", subject_id=str(proof)).count() == 1
    assert not any(b"notice" in f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())


def test_nobody_else_opens_it(town, done):
    from spean.voices.models import Proof
    from spean.voices.operations import answers

    proof = Proof.objects.get().pk
    for name in ("focal", "otherfocal", "volunteer", "manager", "stranger", "administrator"):
        with pytest.raises((NotYours, NotAllowed)):
            answers.read_proof(town.actor(name), done.pk, proof)
    with pytest.raises(Locked):
        answers.read_proof(town.actor("worker", locked=True), done.pk, proof)
    other = town.issue("committed")
    with pytest.raises(NotYours):
        answers.read_proof(town.actor("worker"), other.pk, proof)


def test_the_sweep_leaves_it(town, done, monkeypatch, tmp_path):
    from spean.voices.operations import retention

    monkeypatch.setattr(retention, "ORPHANS_WAIT_SECONDS", -1)
    (tmp_path / "aa").mkdir(exist_ok=True)
    (tmp_path / "aa" / "00000000-0000-4000-8000-000000000000.sealed").write_bytes(b"left behind")
    assert retention.sweep_files() == 1
    assert len([f for f in tmp_path.rglob("*") if f.is_file()]) == 1


def test_the_form_takes_a_photo_cleaned_and_refuses_another_file(town):
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from spean.voices.models import Proof

    issue, client = town.issue("committed"), town.client("focal")
    picture = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "JPEG")
    address = f"/en/desk/issues/{issue.pk}/finish/"
    wrong = client.post(address, {"note": "Done here", "photo": SimpleUploadedFile("a.pdf", b"%PDF-1.4 no picture")})
    assert (wrong.status_code, Proof.objects.count()) == (422, 0)
    assert "Done here" in wrong.content.decode()
    good = client.post(address, {"note": "Done here", "photo": SimpleUploadedFile("a.jpg", picture.getvalue())})
    assert (good.status_code, Proof.objects.count()) == (302, 1)
    shown = town.client("worker").get(f"/en/desk/issues/{issue.pk}/proof/{Proof.objects.get().pk}/")
    assert shown["Content-Type"].startswith("image/")
