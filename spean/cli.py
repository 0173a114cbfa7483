"""`spean`: what an operator types. Each command is one function; Django is brought up only where it is needed."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

EPILOG = """\
Settings come from the environment: docs/reference/settings.md has them all.
SPEAN_DATABASE_URL chooses PostgreSQL; without it the data is in SQLite, in the folder SPEAN_DATA_DIR.
"""


def _bring_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise SystemExit(f"spean: {error}") from None
    from django.utils import translation

    translation.activate("en")  # the command line speaks one language


def _progress(done: int, total: int, what: object) -> None:
    """One line that rewrites itself on a terminal; one line at the end elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  {what}: {done:,} of {total:,} " + ("\n" if done >= total else ""))
        sys.stderr.flush()
    elif done >= total:
        sys.stderr.write(f"  {what}: {total:,}\n")


# -- commands -------------------------------------------------------------------------------------------


def demo(options: argparse.Namespace) -> int:
    """Make the believable town, serve it, and take the tour."""
    _bring_up_django()
    from spean.demo import main as run

    return run(options) or 0


def _size(typed: str) -> float | str:
    return typed if typed == "country" else float(typed)


def serve(options: argparse.Namespace) -> int:
    """Serve the pages and work through the background tasks, until a signal comes."""
    _bring_up_django()
    from spean.config.serving import Server

    with Server(options.host, options.port) as server:
        server.wait_until_ready()
        print(f"Spean answers at {server.address} (Ctrl-C ends it)", flush=True)
        return server.run()


def migrate(options: argparse.Namespace) -> int:
    """Bring the database's tables up to date; make the keystore where there is none."""
    _bring_up_django()
    from django.core.management import call_command

    from spean.privacy.keystore import keystore

    call_command("migrate", interactive=False, verbosity=1)
    keystore().pepper()
    keystore().audit_key()
    print(_mended(anew=False))
    return 0


def gazetteer_import(options: argparse.Namespace) -> int:
    """Load countries, provinces, districts, communes and villages; the same edition again changes nothing."""
    _bring_up_django()
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.queries import load_report

    for load in (load_countries(_progress), load_gazetteer(_progress)):
        report = load_report(load.source)
        print("\n".join(report.lines()) if report else f"{load.source} {load.version}: {load.counts}")
    return 0


def library_load(options: argparse.Namespace) -> int:
    """Load facts, ways and questions from their files; the same files again change nothing, and what a person wrote stays."""
    _bring_up_django()
    from spean.library.operations.loading import load
    from spean.library.seeds import Faulty

    try:
        done = load(options.folder) if options.folder else load()
    except Faulty as fault:
        raise SystemExit(f"spean library load: nothing was loaded. {fault}") from None
    print(
        f"{done['new']} new facts, {done['renewed']} renewed, {done['kept']} left as they were; nobody has checked the new ones"
    )
    print(f"{done['ways']} ways and {done['questions']} questions about the law")
    return 0


def library_export(options: argparse.Namespace) -> int:
    """Write facts and public texts into a folder, as files that `spean library load --folder` reads, for Git or another Spean."""
    _bring_up_django()
    from spean.library import files
    from spean.library.queries.exporting import public

    print(f"{files.write(options.folder, public())} files written to {options.folder}")
    return 0


def directory_load(options: argparse.Namespace) -> int:
    """Load the list with which the help directory begins, checked by nobody; what is there already stays as it is."""
    _bring_up_django()
    from spean.directory.operations.seeding import load_seeds

    added, there = load_seeds()
    print(f"help directory: {added} entries added, {there} there already. Each waits on the desk for a second person.")
    return 0


def audit_verify(options: argparse.Namespace) -> int:
    """Recompute the trail and hold it against its signed head and every checkpoint."""
    witnesses = [path.read_text(encoding="utf-8") for path in options.checkpoint]
    if options.export:
        if not options.public_key:
            raise SystemExit("spean audit verify: --export needs --public-key, as the organisation made it known.")
        from spean.privacy.verifying import verify_export

        with options.export.open(encoding="utf-8") as lines:
            return _tell("export", verify_export(lines, bytes.fromhex(options.public_key), witnesses))
    _bring_up_django()
    from spean.privacy import audit

    worst = 0
    for org in _organisations(options.org):
        report = audit.verify(org)
        if witnesses:
            export = audit.export_for_offline(org)
            mine = [text for text in witnesses if str(org) in text]
            report.problems += audit.verify_export(export.lines, export.public_key, mine).problems
            report.checkpoints += len(mine)
        worst |= _tell(str(org), report)
    return worst


def _tell(name: str, report: Any) -> int:
    print(f"{name}: {report.size} entries, {report.checkpoints} checkpoints: {'whole' if report.ok else 'NOT WHOLE'}")
    for problem in report.problems:
        print(f"  - {problem}")
    return 0 if report.ok else 1


def audit_checkpoint(options: argparse.Namespace) -> int:
    """Sign the head of each trail: give the note to a witness outside."""
    _bring_up_django()
    from spean.privacy import audit

    for org in _organisations(options.org):
        print(audit.checkpoint(org))
    return 0


def audit_export(options: argparse.Namespace) -> int:
    """Write one organisation's trail for an offline check by anyone: ids and codes, no content, no secret."""
    _bring_up_django()
    from spean.privacy import audit

    export = audit.export_for_offline(options.org)
    options.file.write_text("\n".join(export.lines) + "\n", encoding="utf-8")
    print(f"{len(export.lines) - 1} entries. Verify anywhere with:")
    print(f"  spean audit verify --export {options.file} --public-key {export.public_key.hex()}")
    return 0


def _organisations(only: UUID | None) -> list[UUID]:
    from spean.privacy.models import TreeHead

    return [only] if only else list(TreeHead.objects.order_by("org").values_list("org", flat=True))


def keys_status(options: argparse.Namespace) -> int:
    """Say what the keystore holds, without opening anything."""
    _bring_up_django()
    from spean.config.checks import keystore_state

    state = keystore_state()
    for name, value in state.items():
        print(f"{name:12} {value}")
    return 0 if state.get("pepper") == "present" else 1


def keys_backup(options: argparse.Namespace) -> int:
    """Copy the keystore to a new file. Keep it apart from the database's backup."""
    _bring_up_django()
    from spean.privacy.keystore import keystore

    if options.file.exists():
        raise SystemExit(f"spean keys backup: {options.file} exists; name a new file.")
    keystore().copy_to(options.file)
    print("The keystore is copied. Keep this copy where the database's backup is not: each is useless without the other.")
    return 0


def _place(code: str | None) -> Any:
    from spean.places.models import Place

    place = Place.objects.filter(code=code, until__isnull=True).first() if code else None
    if code and place is None:
        raise SystemExit(f"spean: no place has the code {code}.")
    return place


def organisation_add(options: argparse.Namespace) -> int:
    """Found an organisation with its first team, and print the invitations of its administrator and first supervisor."""
    _bring_up_django()
    from spean.accounts import operations as people
    from spean.accounts.access import SYSTEM
    from spean.accounts.enums import Role
    from spean.kernel.errors import Refusal

    place, names = _place(options.place), {"name_km": options.name_km, "name_en": options.name_en}
    committee = options.kind.endswith("_committee")
    try:
        made = people.found_organisation(
            SYSTEM, kind=options.kind, level=options.level, place=place, second_factor=options.second_factor, **names
        )
        team = people.add_team(SYSTEM, made.id, place=place, receives_reports=options.receives_reports, **names)
        roles = [Role.ORGANISATION_ADMINISTRATOR, Role.FOCAL_PERSON if committee else Role.SUPERVISOR]
        tokens = {role: people.invite(SYSTEM, team, role) for role in roles}
    except Refusal as refusal:
        raise SystemExit(f"spean organisation add: {refusal.message}") from None
    print(f"{made.name_en} is founded. Give each person their own link, by hand; it works once, for 14 days:")
    for role, token in tokens.items():
        print(f"  {role.value:27} /km/desk/join/{token}/")
    return 0


def organisation_list(options: argparse.Namespace) -> int:
    """Every organisation with its id, and its teams that read reports, with the place they read them from."""
    _bring_up_django()
    from spean.accounts.models import Organisation

    for org in Organisation.objects.order_by("name_en").prefetch_related("teams__place"):
        print(f"{org.id}  {org.name_en} ({org.kind})")
        for team in org.teams.all():
            if team.receives_reports:
                print(f"    {team.name_en}: reports from {team.place.name_en if team.place else 'everywhere'}")
    return 0


def organisation_team(options: argparse.Namespace) -> int:
    """Add a team to an organisation, also one that reads reports from a new place: only the operator gives places."""
    _bring_up_django()
    from spean.accounts import operations as people
    from spean.accounts.access import SYSTEM

    names = {"name_km": options.name_km, "name_en": options.name_en}
    reads = options.receives_reports
    team = people.add_team(SYSTEM, options.org, place=_place(options.place), receives_reports=reads, **names)
    print(f"{team.name_en} is there. Its organisation's administrator invites the supervisor, who makes its key.")
    return 0


def daily(options: argparse.Namespace) -> int:
    """What has to be done once a day: figures of the past month, signed heads, erasures, old sessions and tasks."""
    _bring_up_django()
    from django.core.management import call_command

    from spean.accounts import operations as people
    from spean.collect import operations as reading
    from spean.evidence.tasks import release_last_month
    from spean.kernel.errors import Refusal
    from spean.privacy import audit, days, keys, sessions
    from spean.surfaces.desk.feeds import send_digests
    from spean.voices.operations import importing, ladder, plan_keepers, plan_rounds, retention, rhythm

    try:
        passed = days.passed(confirmed=options.clock_is_right)
    except Refusal as refusal:
        words = "Nothing was done. Look at the clock; if it is right, run `spean daily --clock-is-right` once."
        raise SystemExit(f"spean daily: {refusal.message} {words}") from None
    reminded, sent_up = ladder.day()
    print(f"{rhythm.day()} meetings planned of committees that meet regularly")
    print(_mended(anew=False))
    print(_round())
    print(f"{reminded} offices reminded, {sent_up} issues sent to the next level")
    print(f"{send_digests()} e-mails sent that say only how much is due")
    release_last_month.call()
    heads = [audit.checkpoint(org) for org in _organisations(None)]
    print(f"the past month's figures are released; {len(heads)} trails are signed")
    erased, finished = retention.erase_expired(passed=passed), keys.finish_erasures()
    print(f"{erased} concerns erased whose time was over, {finished} erasures finished")
    print(f"{plan_rounds.erase_over(passed)} travel plans erased, {plan_keepers.end_old_requests()} requests to open one ended")
    print(f"{people.stop_old_requests()} ways back stopped after a day, {people.forget_old_devices()} old sign-ins forgotten")
    print(f"{retention.sweep_files()} files without a report and {sessions.forget_old()} old sessions removed")
    print(f"{reading.forget_old()} readings of photographed contracts deleted whose time was over")
    print(f"{importing.sweep()} uploaded sheets discarded that nobody imported within a week")
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
    days.note_today()
    return 0


def hourly(options: argparse.Namespace) -> int:
    """What has to be done every hour: missed check-ins of travel plans."""
    _bring_up_django()
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
    _bring_up_django()
    print(_mended(anew=options.all))
    return 0


def _mended(*, anew: bool) -> str:
    from spean.directory import indexing as directory
    from spean.evidence import finding
    from spean.voices import indexing

    known = (("issues", indexing.mend), ("stories", finding.mend), ("recruiters", directory.mend))
    done = [(what, *mend(anew=anew)) for what, mend in known]
    return "search: " + "; ".join(f"{what} {written} written, {forgotten} forgotten" for what, written, forgotten in done)


def check(options: argparse.Namespace) -> int:
    """Look at the installation as an operator should before readers come."""
    _bring_up_django()
    from spean.config.checks import installation

    failed = False
    for finding in installation():
        print(f"{'ok  ' if finding.ok else 'FAIL' if finding.fatal else 'note'}  {finding.name}: {finding.words}")
        failed |= finding.fatal and not finding.ok
    return 1 if failed else 0


# -- what can be typed ----------------------------------------------------------------------------------


class _Commands:
    """All commands; each says in its help what its function says."""

    def __init__(self, top: argparse.ArgumentParser) -> None:
        self.all = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(self, name: str, run: Callable[[argparse.Namespace], int], group: Any = None) -> argparse.ArgumentParser:
        """One command, of a group or of none."""
        words = (run.__doc__ or "").strip()
        command = (group or self.all).add_parser(name, help=words.split("\n")[0].rstrip("."), description=words)
        command.set_defaults(run=run)
        return command

    def group(self, name: str, words: str) -> Any:
        """Commands about one thing."""
        about = self.all.add_parser(name, help=words, description=f"{words}.")
        return about.add_subparsers(title="commands", metavar="COMMAND", required=True)


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(
        prog="spean",
        description="Spean (ស្ពាន, bridge): a voice from a village is heard and answered.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = _Commands(top)
    _to_run(commands)
    _to_fill(commands)
    _to_look_after(commands)
    commands.add("check", check)
    return top


def _to_run(commands: _Commands) -> None:
    town = commands.add("demo", demo)
    town.add_argument("--port", type=int, default=8000, help="where it serves on 127.0.0.1 (%(default)s)")
    town.add_argument("--reset", action="store_true", help="throw the town away and make it again")
    town.add_argument("--no-serve", dest="serve", action="store_false", help="end after the tour, with its verdict")
    size = (
        'how large a town: 1 is about 2,000 concerns; "country" a volunteer in every village and 1,000,000 concerns (%(default)s)'
    )
    town.add_argument("--size", type=_size, default=1.0, help=size)
    server = commands.add("serve", serve)
    server.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    server.add_argument("--port", type=int, default=8000, help="(%(default)s)")


def _to_fill(commands: _Commands) -> None:
    commands.add("migrate", migrate)
    commands.add("import", gazetteer_import, commands.group("gazetteer", "The places of Cambodia and the world"))
    library = commands.group("library", "What we tell people: facts, ways, law")
    commands.add("export", library_export, library).add_argument(
        "folder", type=Path, help="the folder; it is made where it is not"
    )
    read = commands.add("load", library_load, library)
    read.add_argument("--folder", type=Path, help="a folder with files like those in spean/library/data, which are the default")
    helpers = commands.group("directory", "The help directory: who helps with what, where, when")
    commands.add("load", directory_load, helpers)
    organisations = commands.group("organisation", "Organisations and the places whose reports they read")
    commands.add("list", organisation_list, organisations)
    more = commands.add("team", organisation_team, organisations)
    more.add_argument("org", type=UUID, help="the organisation's id, from `spean organisation list`")
    _describe_organisation(commands.add("add", organisation_add, organisations), more)


def _to_look_after(commands: _Commands) -> None:
    once_a_day = commands.add("daily", daily)
    once_a_day.add_argument(
        "--clock-is-right", action="store_true", help="after a leap of the date: somebody has looked at the clock"
    )
    commands.add("hourly", hourly)
    rebuild = commands.add("rebuild", search_rebuild, commands.group("search", "The search among issues and stories"))
    rebuild.add_argument("--all", action="store_true", help="write every row again, as after a new version of the word list")
    trail = commands.group("audit", "The audit trail: who did what to which id")
    verify = commands.add("verify", audit_verify, trail)
    verify.add_argument("--org", type=UUID, help="only this organisation")
    verify.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE", help="a note that a witness kept")
    verify.add_argument("--export", type=Path, metavar="FILE", help="verify an export, without database and keystore")
    verify.add_argument("--public-key", metavar="HEX", help="the audit key's public half, for --export")
    commands.add("checkpoint", audit_checkpoint, trail).add_argument("--org", type=UUID, help="only this organisation")
    export = commands.add("export", audit_export, trail)
    export.add_argument("org", type=UUID)
    export.add_argument("file", type=Path)
    keystore = commands.group("keys", "The keystore: what must not be lost")
    commands.add("status", keys_status, keystore)
    commands.add("backup", keys_backup, keystore).add_argument("file", type=Path)


def _describe_organisation(first: argparse.ArgumentParser, more: argparse.ArgumentParser) -> None:
    """What is said of a new organisation, and of another team of it."""
    from spean.accounts.enums import OrganisationKind, WorkLevel

    for command in (first, more):
        command.add_argument("--name-km", required=True, help="its Khmer name")
        command.add_argument("--name-en", required=True, help="its English name")
        command.add_argument("--place", metavar="CODE", help="the place it works for, a committee's always: 14 is Prey Veng")
        command.add_argument("--receives-reports", action="store_true", help="its team reads what people report from that place")
    kinds = OrganisationKind.values
    first.add_argument("--kind", required=True, choices=kinds, metavar="KIND", help=", ".join(kinds))
    first.add_argument("--level", required=True, choices=WorkLevel.values, help="how far its work reaches")
    first.add_argument("--second-factor", action="store_true", help="its people must use a code from their telephone as well")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code is 0 when all is well."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `spean audit verify | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
