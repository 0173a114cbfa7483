"""Complaints on the desk: written by a volunteer, opened by another team, a page that says where nobody can look."""

from uuid import uuid4

from django.urls import reverse

from tests.programme.test_complaints import outside
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def test_a_complaint_from_its_form_to_its_end(town):
    from spean.programme.models import Complaint

    typed = {"about": str(town.teams["team"].id), "kind": "money", "words": "PLANTED words", "sent_id": str(uuid4())}
    writer = town.client("volunteer")
    refused = writer.post(at("complaint_new"), typed)
    assert (refused.status_code, "Nothing was saved" in Page(refused).text) == (503, True)
    outside(town)
    assert writer.post(at("complaint_new"), {**typed, "words": ""}).status_code == 422
    assert writer.post(at("complaint_new"), typed).status_code == 302
    pk = Complaint.objects.get().id
    for name in ("volunteer", "supervisor", "worker", "manager"):
        assert town.client(name).get(at("complaint", pk)).status_code == 404
        assert "Complaints about one of us" not in Page(town.client(name).get(at("today"))).text.replace("0 Complaints", "")
    handler = town.client("stranger")
    assert "Complaints about one of us" in Page(handler.get(at("today"))).text
    assert "Took money" in Page(handler.get(at("complaints"))).text
    assert "PLANTED words" in Page(handler.get(at("complaint", pk))).text
    handler.post(at("complaint_act", pk, "take"))
    assert handler.post(at("complaint_act", pk, "close"), {"outcome": ""}).status_code == 422
    assert handler.post(at("complaint_act", pk, "close"), {"outcome": "spoken"}).status_code == 302
    assert "Spoken with, and trained" in Page(handler.get(at("complaint", pk))).text
