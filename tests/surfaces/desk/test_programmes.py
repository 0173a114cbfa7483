"""Programmes and projects on the desk: the lists, one of each, their forms, who may."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.programme.models import Programme, Project
from tests.surfaces.public.reading import Page


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


def said(**more):
    days = {"starts_on": "2012-01-01", "ends_on": "2014-12-31"}
    return {"code": "SMART", "name_km": "ស្មាត", "name_en": "Smart", **days, "sent_id": str(uuid4()), "send": "1", **more}


def made(town, noun="programme", who="manager", **more):
    """The programme or project that the form made."""
    form = said(level="local", **more) if noun == "programme" else said(**more)
    answer = town.client(who).post(at(f"{noun}_new"), form)
    assert answer.status_code == 302, Page(answer).text
    return {"programme": Programme, "project": Project}[noun].objects.get(pk=answer.headers["Location"].split("/")[-2])


def shown(town, name, *args, who="manager", query=""):
    return Page(town.client(who).get(at(name, *args) + query))


def act(town, thing, verb, who="manager", **body):
    noun = type(thing).__name__.lower()
    return town.client(who).post(at(f"{noun}_act", thing.id, verb), body)


def test_a_programme_is_made_and_everybody_of_the_organisation_reads_it(town):
    programme = made(town, strategy_km="យុទ្ធសាស្ត្រ", strategy_en="Know before you go")
    project = made(town, "project", programme=str(programme.id), teams=[str(town.teams["team"].id)])
    act(town, project, "partner", role="funding", name_km="សហភាពអឺរ៉ុប", name_en="European Union", identifier="XI-IATI-EC_INTPA")
    town.client("manager").post(at("project_place", project.id), {"place-province": "14", "send": "1"})
    for who in ("manager", "volunteer", "worker", "officer"):
        page = shown(town, "programme", programme.id, who=who)
        for words in ("Know before you go", "European Union", "Prey Veng", "Local"):
            assert words in page.text
    assert "XI-IATI-EC_INTPA" in shown(town, "project", project.id, who="analyst").text
    assert "Smart" in shown(town, "projects", who="volunteer").text
    assert town.client("stranger").get(at("programme", programme.id)).status_code == 404


def test_a_form_sent_twice_makes_one(town):
    form = said(level="local")
    first, second = (town.client("manager").post(at("programme_new"), form).headers["Location"] for _time in range(2))
    assert (first, Programme.objects.count()) == (second, 1)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ends_on": "2011-01-01"}, "It cannot end before it begins."),
        ({"ends_on": "2099-01-01"}, "These days cannot be."),
        ({"strategy_en": "Alone"}, "Write it in Khmer and in English"),
        ({"name_km": ""}, "Please fill this in."),
        ({"level": "moon"}, "Choose one of the answers."),
    ],
)
def test_what_is_refused_keeps_what_was_typed(town, more, words):
    answer = town.client("manager").post(at("programme_new"), said(**{"level": "local", **more}))
    page = Page(answer)
    assert (answer.status_code, words in page.text, "SMART" in page.html) == (422, True, True)


def test_a_code_is_of_one_programme_of_an_organisation(town):
    made(town)
    answer = town.client("manager").post(at("programme_new"), said(level="national"))
    assert "Another one has this code." in Page(answer).text


def test_a_coordinator_makes_those_of_several_countries_and_no_others(town):
    refused = town.client("coordinator").post(at("programme_new"), said(level="local"))
    network = town.client("coordinator").post(at("programme_new"), said(level="regional"))
    assert (refused.status_code, network.status_code, Programme.objects.count()) == (422, 302, 1)
    alone = town.client("coordinator").post(at("project_new"), said(code="P"))
    inside = town.client("coordinator").post(at("project_new"), said(code="P", programme=str(Programme.objects.get().id)))
    assert (alone.status_code, inside.status_code, Project.objects.count()) == (422, 302, 1)
    local = made(town, code="L")
    assert town.client("coordinator").get(at("programme_change", local.id)).status_code == 404


def test_it_starts_and_ends_after_its_projects(town):
    programme = made(town)
    project = made(town, "project", programme=str(programme.id))
    assert [act(town, one, "start").status_code for one in (programme, project)] == [302, 302]
    assert act(town, programme, "end").status_code == 409
    assert [act(town, one, "end").status_code for one in (project, programme)] == [302, 302]
    assert [act(town, project, verb).status_code for verb in ("start", "drop", "end")] == [409, 409, 409]
    assert town.client("manager").get(at("project_change", project.id)).status_code == 409
    assert act(town, project, "dance").status_code == 404


def test_it_is_changed(town):
    project = made(town, "project")
    form = said(name_en="Smarter", about_km="ក", about_en="What it does")
    assert town.client("manager").post(at("project_change", project.id), form).status_code == 302
    page = shown(town, "project", project.id)
    assert "Smarter" in page.text
    assert "What it does" in page.text
    assert [town.client(who).get(at("project_change", project.id)).status_code for who in ("worker", "officer")] == [403, 403]


def test_a_partner_is_known_or_named_and_is_taken_away(town):
    project = made(town, "project")
    partner = str(town.teams["partner"].organisation_id)
    assert act(town, project, "partner", role="implementing").status_code == 422
    assert act(town, project, "partner", role="implementing", organisation=partner, name_en="Too much").status_code == 422
    assert act(town, project, "partner", role="implementing", name_en="Half").status_code == 422
    for _time in range(2):
        assert act(town, project, "partner", role="implementing", organisation=partner).status_code == 302
    row = project.partners.get()
    assert act(town, project, "leave_partner", row=str(row.pk)).status_code == 302
    assert (project.partners.count(), act(town, project, "leave_partner", row="no").status_code) == (0, 404)


def test_a_whole_country_is_a_place_and_leaves(town):
    project = made(town, "project")
    nothing = town.client("manager").post(at("project_place", project.id), {"send": "1"})
    town.client("manager").post(at("project_place", project.id), {"country": "TH", "send": "1"})
    assert (nothing.status_code, project.places.get().path) == (422, "TH/")
    act(town, project, "leave_place", row=str(project.places.get().pk))
    assert project.places.count() == 0


@pytest.mark.parametrize("many", [1, 3])
def test_lists_take_as_many_queries_for_one_as_for_three(town, many):
    for number in range(many):
        programme = made(town, code=f"P{number}")
        made(town, "project", code=f"P{number}", programme=str(programme.id))
    client = town.client("manager")
    client.get(at("programmes"))  # the first page of a session notes its device
    for name in ("programmes", "projects"):
        with CaptureQueriesContext(connection) as found:
            client.get(at(name))
        assert len(found) == 7


def test_lists_are_paged(town):
    for number in range(26):
        made(town, code=f"P{number}", name_en=f"Name {number}")
    first = shown(town, "programmes")
    assert first.text.count("Name ") == 25
    link = first.html.split('class="btn btn-outline" href="?after=')[1].split('"')[0]
    assert shown(town, "programmes", query=f"?after={link}").text.count("Name ") == 1
    assert "Name " not in shown(town, "programmes", query="?state=running").text
