"""Draws the tables of states for the documentation: `python -m spean.cases.diagram > docs/reference/states.md`."""

import sys
from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

HEAD = """# States

How things move: drawn by `python -m spean.cases.diagram > docs/reference/states.md` from the tables of moves in the files of
words (`*enums.py`) of `spean/voices`, `spean/programme`, `spean/handed` and `spean/cases`. A test compares this page with them.
"""


def diagram(moves: Mapping[str, tuple[frozenset[str], str]], states: type[TextChoices], first: str) -> str:
    """A Mermaid state diagram: one arrow for each state that each verb may leave."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    for verb, (leaves, enters) in moves.items():
        lines += [f"    {state.value} --> {states(enters).value}: {verb}" for state in states if state in leaves]
    return "\n".join([*lines, "```"])


def table(moves: Mapping[str, tuple[frozenset[str], str]], states: type[TextChoices]) -> str:
    """The same as a table: what each verb leaves and enters."""
    lines = ["| verb | from | to |", "| --- | --- | --- |"]
    for verb, (leaves, enters) in moves.items():
        lines.append(f"| {verb} | {', '.join(s.value for s in states if s in leaves)} | {states(enters).value} |")
    return "\n".join(lines)


def words(states: type[TextChoices]) -> str:
    """What the screens call each state."""
    return "\n".join(["| state | on the screen |", "| --- | --- |", *(f"| {s.value} | {s.label} |" for s in states)])


Moving = tuple[str, Mapping[str, Any], type[TextChoices]]


def tables() -> tuple[Moving, ...]:
    """Of what moves: how it is called, its table of moves, its states."""
    return (*_of_voices_and_programmes(), *_of_practices(), *_of_persons())


def _of_voices_and_programmes() -> tuple[Moving, ...]:
    from spean.network import agreement_enums
    from spean.programme import activity_enums as activities
    from spean.programme import complaint_enums, report_enums, result_enums, volunteer_enums
    from spean.programme import enums as programmes
    from spean.voices import enums, plan_enums

    return (
        ("A concern", enums.CONCERN_MOVES, enums.ConcernState),
        ("An issue", enums.ISSUE_MOVES, enums.IssueState),
        ("An uploaded sheet", enums.IMPORT_MOVES, enums.ImportState),
        ("A travel plan", plan_enums.PLAN_MOVES, plan_enums.PlanState),
        ("An activity", activities.ACTIVITY_MOVES, activities.ActivityState),
        ("A programme or project", programmes.PROJECT_MOVES, programmes.ProjectState),
        ("A number of a project", result_enums.VALUE_MOVES, result_enums.ValueState),
        ("A report of a project", report_enums.REPORT_MOVES, report_enums.ReportState),
        ("A threat against a volunteer", volunteer_enums.THREAT_MOVES, volunteer_enums.ThreatState),
        ("A complaint about one of us", complaint_enums.COMPLAINT_MOVES, complaint_enums.ComplaintState),
        ("An agreement between organisations", agreement_enums.AGREEMENT_MOVES, agreement_enums.AgreementState),
        ("A claim of a volunteer", volunteer_enums.CLAIM_MOVES, volunteer_enums.ClaimState),
    )


def _of_practices() -> tuple[Moving, ...]:
    from spean.network import advice_enums as advice
    from spean.network import practice_enums as practices

    return (
        ("A good practice", practices.PRACTICE_MOVES, practices.PracticeState),
        ("A practice that is tried elsewhere", practices.TRIAL_MOVES, practices.TrialState),
        ("A request for advice", advice.ADVICE_MOVES, advice.AdviceState),
        ("A mentoring pair", advice.PAIR_MOVES, advice.PairState),
    )


def _of_persons() -> tuple[Moving, ...]:
    from spean.cases import enums as cases
    from spean.cases import fact_enums as facts
    from spean.cases import law_enums as law
    from spean.cases import ledger_enums as ledgers
    from spean.cases import letter_enums as letters
    from spean.cases import rebuild_enums, referral_enums, training_enums, unasked_enums, visit_enums, way_enums
    from spean.handed import enums as handed

    return (
        ("A case", cases.CASE_MOVES, cases.CaseState),
        ("A way home", way_enums.WAY_MOVES, way_enums.WayState),
        ("An identification by an authority", facts.IDENTIFY_MOVES, facts.Identified),
        ("A referral", referral_enums.REFERRAL_MOVES, referral_enums.ReferralState),
        ("A packet for an organisation without an account", handed.PACKET_MOVES, handed.PacketState),
        ("What is told without consent", unasked_enums.UNASKED_MOVES, unasked_enums.UnaskedState),
        ("A visit by a volunteer", visit_enums.VISIT_MOVES, visit_enums.VisitState),
        ("A place in the queue of a crossing", cases.ARRIVAL_MOVES, cases.ArrivalState),
        ("A document that somebody keeps", ledgers.DOCUMENT_MOVES, ledgers.DocumentState),
        ("A letter or receipt of a case", letters.LETTER_MOVES, letters.LetterState),
        ("A legal matter", law.MATTER_MOVES, law.MatterState),
        ("Legal aid", law.AID_MOVES, law.AidState),
        ("A hearing", law.HEARING_MOVES, law.HearingState),
        ("Protection in a legal matter", law.MEASURE_MOVES, law.MeasureState),
        ("The plan of a case", cases.CARE_MOVES, cases.CarePlanState),
        ("A goal of a plan", cases.GOAL_MOVES, cases.GoalState),
        ("A livelihood", rebuild_enums.LIVELIHOOD_MOVES, rebuild_enums.LivelihoodState),
        ("A training course", training_enums.TRAINING_MOVES, training_enums.TrainingState),
        ("A person and a training course", training_enums.ENROLMENT_MOVES, training_enums.EnrolmentState),
        ("A follow-up", rebuild_enums.FOLLOW_MOVES, rebuild_enums.FollowState),
    )


def page() -> str:
    """The whole page, in English."""
    from django.utils import translation

    with translation.override("en"):
        parts = [HEAD]
        for title, moves, states in tables():
            first = next(iter(states)).value
            parts += [f"## {title}\n", words(states), "", diagram(moves, states, first), "", table(moves, states), ""]
    return "\n".join(parts)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")
    django.setup()
    sys.stdout.write(page())
