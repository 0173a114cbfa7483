"""What is done on the ladder of an issue, and the page on which a programme sets its deadlines."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spean.accounts import access
from spean.accounts.enums import Role
from spean.kernel.errors import NotAllowed, NotYours
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.fields import PlainForm
from spean.surfaces.desk.forms import ChoiceForm, DeclineForm
from spean.surfaces.desk.issue_acts import Act, plain
from spean.surfaces.desk.ladder_forms import AvoidForm, DeadlineForm, NamesForm, SplitForm, TallyForm
from spean.surfaces.pages import page
from spean.voices import enums, queries
from spean.voices.operations import joining, ladder, tallies
from spean.voices.queries import IssuePage


def _merge(verb: str, found: IssuePage, data: Any) -> Form:
    return ChoiceForm.of(verb, data, options=list(found.others), label=_("Which issue it becomes part of"))


def _split(verb: str, found: IssuePage, data: Any) -> Form:
    options = [(pk, _("Concern %(n)s") % {"n": n}) for n, pk in enumerate(found.concern_ids, 1)]
    return SplitForm.of(verb, data, options=options)


def _names(verb: str, found: IssuePage, data: Any) -> Form:
    return NamesForm.of(verb, data)


ACTS: dict[str, Act] = {
    "lift": Act(
        ("lift",),
        plain(DeclineForm),
        lambda a, pk, d, _f: ladder.lift(a, pk, **d),
        _("Saved. The next level is asked now; your reason goes with the issue."),
        checked="issue.lift",
    ),
    "escalate": Act(
        ("escalate",),
        plain(PlainForm),
        lambda a, pk, _d, _f: ladder.escalate(a, pk),
        _("The next level is asked now, and its time to answer begins."),
        checked="issue.escalate",
    ),
    "avoid": Act(
        ("avoid",),
        plain(AvoidForm),
        lambda a, pk, d, _f: ladder.avoid(a, pk, d["level"]),
        _("Saved. This level is not asked, does not see the issue, and is told nothing. Only your organisation sees why."),
        checked="issue.avoid",
    ),
    "border": Act(
        ("border",),
        plain(PlainForm),
        lambda a, pk, _d, _f: ladder.across_border(a, pk),
        _("Saved. After the nation, a regional or international body may be asked."),
        checked="issue.border",
    ),
    "reopen": Act(
        ("reopen",),
        plain(PlainForm),
        lambda a, pk, _d, _f: ladder.reopen(a, pk),
        _("The issue is open again. The same committee is asked, with a new day."),
        checked="issue.reopen",
    ),
    "merge": Act(
        ("merge",),
        _merge,
        lambda a, pk, d, _f: joining.merge(a, pk, d["choice"]),
        _("It is part of the other issue now. Its history stays here."),
        checked="issue.merge",
    ),
    "split": Act(
        ("split",),
        _split,
        lambda a, pk, d, form: joining.split(a, pk, d["concerns"], form.summary(), d["sent_id"]),
        _("The concerns are an issue of their own now: a draft, which somebody else has to approve."),
        checked="issue.split",
    ),
    "tally": Act(
        ("tally",),
        plain(TallyForm),
        lambda a, pk, d, form: tallies.tally(a, pk, form.counts(), on=d["on"], sent_id=d["sent_id"]),
        _("Saved. The office sees these numbers, and no names."),
        checked="issue.tally",
    ),
    "name": Act(
        ("name",),
        _names,
        lambda a, pk, d, _f: joining.name_parties(a, pk, d["names"].splitlines()),
        _("Saved and sealed. New concerns that name them are offered this issue."),
        checked="issue.name",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: HttpRequest) -> HttpResponse:
    """The days that each level has; what is raised from now on follows them."""
    actor = acting(request)
    if not access.may(actor, "deadline.set"):
        raise NotAllowed
    org = actor.having([Role.PROGRAMME_MANAGER])[0].org
    wanted = request.POST.get("level", "")
    if request.method == "POST" and wanted not in enums.Level.values:
        raise NotYours
    forms = {
        level: _form(level, days, request.POST if level == wanted else None) for level, days in queries.deadlines(org).items()
    }
    if wanted and attempt(forms[wanted], lambda _d: ladder.set_deadline(actor, org, wanted, forms[wanted].days())):
        say(request, _("Saved. It holds for what is raised or sent up from now on."))
        return redirect("desk:deadlines")
    levels = [(level, level.label, forms[level.value]) for level in enums.Level]
    return page(request, "desk/deadlines.html", status=status_of(*forms.values()), levels=levels)


def _form(level: str, days: enums.Days, data: Any) -> DeadlineForm:
    initial = {"answer": days.answer, "remind": days.remind, "grace": days.grace}
    return DeadlineForm(data, auto_id=f"{level}-%s", initial=initial)


def names(actor: Any, pk: UUID) -> tuple[str, ...]:
    """The names kept with an issue; the trail says that they were read."""
    return joining.names_of(actor, pk)
