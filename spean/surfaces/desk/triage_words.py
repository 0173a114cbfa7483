"""The words of a volunteer's triage, as the team reads them: one text in the volunteer's language."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from spean.checks import screening
from spean.checks.screening import Answer, Next, Triaged
from spean.checks.screening.tables import Question
from spean.surfaces.templatetags.spean import digits

#: "" is what nobody asked, and what stands there at first
ANSWERS = {
    Answer.YES.value: _("Yes"),
    Answer.NO.value: _("No"),
    Answer.UNKNOWN.value: _("Does not know"),
    Answer.REFUSED.value: _("Does not want to say"),
    "": _("Not asked"),
}
STEPS = {
    Next.TELL_NOW: _("Tell the team now"),
    Next.TALK: _("A case worker talks with the person"),
    Next.COME_BACK: _("The person can come back"),
}


def composed(found: Triaged, answers: Mapping[str, str], told: str) -> str:
    """Head, result, what is urgent, what worries, what else was answered, the volunteer's own words.

    What nobody asked is only counted: its words would be found, and matched with issues, as if somebody had said them.
    """
    language = get_language() or "km"
    others = [q for q in screening.triage() if q not in found.worries and q not in found.open]
    left_open = [q for q in found.open if answers[q.code]]
    asked = {"n": digits(found.asked - len(found.open) + len(left_open)), "all": digits(found.asked)}
    head = [
        gettext("Triage by a volunteer, version %(version)s") % {"version": found.version},
        gettext("Before asking: alone with the person, who wanted to talk, in a language that both know."),
        f"{gettext('What to do next:')} {STEPS[found.next]}",
        gettext("Asked: %(n)s of %(all)s questions") % asked,
    ]
    signs = [f"• {words.of(language)}" for code, words in screening.urgent().items() if code in found.urgent]
    parts = [
        (gettext("In danger now"), signs),
        (gettext("What worries"), _lines(found.worries, answers, language, strong=True)),
        (gettext("What else was answered"), _lines(others, answers, language)),
        (gettext("What is open"), _lines(left_open, answers, language)),
        (gettext("In the volunteer's own words"), [told] if told else []),
    ]
    return "\n\n".join("\n".join(lines) for lines in (head, *([title, *lines] for title, lines in parts if lines)))


def _lines(questions: Iterable[Question], answers: Mapping[str, str], language: str, *, strong: bool = False) -> list[str]:
    """Each question with its answer; a strong one says so."""
    mark = f" ({gettext('strong sign')})"
    return [
        f"• {q.words.of(language)} — {ANSWERS.get(answers[q.code], ANSWERS[''])}{mark if strong and q.strong else ''}"
        for q in questions
    ]
