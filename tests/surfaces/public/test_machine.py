"""The machine fails while somebody reports: an honest sentence, everything typed still there, the same id again."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.test import Client

from spean.kernel.errors import Unavailable, Unsure
from spean.kernel.trouble import told
from spean.voices.models import Concern
from spean.voices.operations import intake
from tests.collect.files import picture


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_refuses_the_photo_is_told_and_nothing_is_saved(readers, settings, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    settings.SEALED_FILES_DIR = tmp_path / "file"
    photo = SimpleUploadedFile("p.jpg", picture("JPEG"), "image/jpeg")

    answer = Client().post("/en/report/", {"sent_id": str(uuid.uuid4()), "told": "A broker.", "send": "1", "files": photo})
    assert (answer.status_code, Concern.objects.count()) == (503, 0)
    assert str(Unavailable.message) in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("which", ["SELECT", "INSERT"])
def test_a_database_that_goes_leaves_everything_typed_and_the_same_report(readers, which):
    data = {"sent_id": str(uuid.uuid4()), "told": "A broker took 500 dollars.", "send": "1", "place-pick": "14010101"}

    def gone(execute, sql, *more):
        if sql.startswith(which):
            raise OperationalError
        return execute(sql, *more)

    with connection.execute_wrapper(gone):
        answer = Client().post("/en/report/", data)
    page = answer.content.decode()
    assert (answer.status_code, Concern.objects.count()) == (503, 0)
    assert str(intake.UNSURE) in page
    assert "Not saved yet." not in page, "that would be a claim"
    assert all(word in page for word in (data["sent_id"], data["told"]))
    assert re.search(r'type="hidden" name="place-pick" value="14010101"', page)

    assert Client().post("/en/report/", data).status_code == 200
    assert Concern.objects.get().place.code == "140101"


def test_a_database_that_is_gone_is_no_bug_on_any_page(rf):
    from spean.surfaces.public.views import server_error

    def answer(error: Exception, method: str) -> tuple[int, str]:
        try:
            raise error  # noqa: TRY301 - as a view does
        except Exception:  # noqa: BLE001
            found = server_error(rf.generic(method, "/en/desk/"))
        return found.status_code, found.content.decode()

    assert answer(OperationalError(), "GET")[0] == 503
    assert "We do not know whether this was saved." in answer(OperationalError(), "POST")[1]
    assert answer(ProgrammingError(), "POST")[0] == answer(KeyError(), "GET")[0] == 500


def test_only_the_machine_s_failures_become_refusals():
    for error in (OperationalError(), OSError(28, "full"), DatabaseError()):
        with pytest.raises(Unsure), told():
            raise error
    with pytest.raises(ProgrammingError), told():
        raise ProgrammingError
