"""What a clock calls: every day, every hour; and the search indexes, when something was wrong."""

import argparse
from datetime import date

from spean.commands.ready import bring_up_django, mended, organisations


def daily(options: argparse.Namespace) -> int:
    """What has to be done once a day: figures of the past month, signed heads, erasures, old sessions and tasks."""
    bring_up_django()
    from spean.kernel import acting

    with acting.house():
        return _daily(confirmed=options.clock_is_right)


def _daily(*, confirmed: bool) -> int:
    from django.core.management import call_command

    from spean.evidence.tasks import release_last_month, release_outcomes
    from spean.kernel import engine
    from spean.kernel.errors import Refusal
    from spean.privacy import audit, days
    from spean.surfaces.desk.feeds import send_digests
    from spean.voices.operations import ladder, rhythm

    try:
        passed = days.passed(confirmed=confirmed)
    except Refusal as refusal:
        words = "Nothing was done. Look at the clock; if it is right, run `spean daily --clock-is-right` once."
        raise SystemExit(f"spean daily: {refusal.message} {words}") from None
    reminded, sent_up = ladder.day()
    print(f"{rhythm.day()} meetings planned of committees that meet regularly")
    print(mended(anew=False))
    print(_round())
    print(f"{reminded} offices reminded, {sent_up} issues sent to the next level")
    print(f"{send_digests()} e-mails sent that say only how much is due")
    release_last_month.call()
    release_outcomes.call()
    heads = [audit.checkpoint(org) for org in organisations(None)]
    print(f"the past month's figures are released; {len(heads)} trails are signed")
    _erase(passed)
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
    engine.count_rows()
    days.note_today()
    return 0


def _erase(passed: date) -> None:
    """What is not kept for ever, and what a stop left behind. `passed` is the day up to which time has surely passed."""
    from spean.accounts import operations as people
    from spean.cases.operations import referral_days, unasked, visits
    from spean.cases.operations import retention as cases
    from spean.collect import operations as reading
    from spean.library.operations import media
    from spean.privacy import keys, sessions
    from spean.programme.operations import complaints, volunteers
    from spean.voices.operations import importing, plan_keepers, plan_rounds, retention

    erased, finished = retention.erase_expired(passed=passed), keys.finish_erasures()
    print(f"{erased} concerns erased whose time was over, {finished} erasures finished")
    lapsed, over = referral_days.day(passed)
    print(f"{lapsed} offers ended that nobody answered in a week, {over} packets destroyed whose day was over")
    print(f"{unasked.day(passed)} times it was too late to tell something without consent")
    print(f"{visits.day(passed)} cards of visits ended whose 72 hours were over")
    print(f"{cases.erase_expired(passed=passed)} cases erased whose time was over")
    print(f"{complaints.erase_closed(passed)} complaints about one of us erased whose time was over")
    print(f"{volunteers.erase_left(passed)} records erased of volunteers who left, whose time was over")
    print(f"{plan_rounds.erase_over(passed)} travel plans erased, {plan_keepers.end_old_requests()} requests to open one ended")
    print(f"{people.stop_old_requests()} ways back stopped after a day, {people.forget_old_devices()} old sign-ins forgotten")
    print(f"{retention.sweep_files()} files without a report and {sessions.forget_old()} old sessions removed")
    print(f"{reading.forget_old()} readings of photographed contracts deleted whose time was over")
    print(f"{media.sweep()} pictures and recorded readings removed that no text names")
    print(f"{importing.sweep()} uploaded sheets discarded that nobody imported within a week")


def hourly(options: argparse.Namespace) -> int:
    """What has to be done every hour: missed check-ins of travel plans."""
    bring_up_django()
    print(_round())
    return 0


def _round() -> str:
    from spean.voices.operations import plan_rounds

    done = plan_rounds.hour()
    if done["leap"]:
        return "the clock has leapt since the last round: look at it. Nothing was done about travel plans; the next round goes on"
    asked, missed, raised = done["asked"], done["missed"], done["raised"]
    return f"{asked} trusted people written to, {missed} plans for which to call, {raised} concerns raised, {done['stuck']} stuck"


def search_rebuild(options: argparse.Namespace) -> int:
    """Make the search indexes what the tables are: what differs, or with --all every row."""
    bring_up_django()
    print(mended(anew=options.all))
    return 0
