"""Fill it: tables, places, what we tell people, organisations."""

import argparse
from typing import Any

from spean.commands.ready import bring_up_django, mended, progress


def migrate(options: argparse.Namespace) -> int:
    """Bring the database's tables up to date; make the keystore where there is none."""
    bring_up_django()
    from spean.config import migrating
    from spean.privacy.keystore import keystore

    migrating.migrate(verbosity=1)
    keystore().pepper()
    keystore().audit_key()
    print(mended(anew=False))
    return 0


def gazetteer_import(options: argparse.Namespace) -> int:
    """Load countries, provinces, districts, communes and villages; the same edition again changes nothing."""
    bring_up_django()
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.queries import load_report

    for load in (load_countries(progress), load_gazetteer(progress)):
        report = load_report(load.source)
        print("\n".join(report.lines()) if report else f"{load.source} {load.version}: {load.counts}")
    return 0


def library_load(options: argparse.Namespace) -> int:
    """Load facts, ways and questions from their files; the same files again change nothing, and what a person wrote stays."""
    bring_up_django()
    from spean.library.operations import offering
    from spean.library.operations.loading import load
    from spean.library.seeds import DATA, Faulty

    folder = options.folder or DATA
    try:
        done = load(folder)
        made = offering.take(options.draft, folder) if options.draft else []
        left = offering.offers(folder)
    except Faulty as fault:
        raise SystemExit(f"spean library load: nothing was loaded. {fault}") from None
    print(
        f"{done['new']} new facts, {done['renewed']} renewed, {done['kept']} left as they were; nobody has checked the new ones"
    )
    print(f"{done['ways']} ways and {done['questions']} questions about the law")
    for one in made:
        print(f"{one.name}: a draft of what the file says is on the desk; somebody reads it, sends it and publishes it")
    for name in sorted({*options.draft} - {offering.ALL, *(one.name for one in (*made, *left))}):
        print(f"{name}: no draft is needed: the file says what is or was here, or there is no such text")
    return _tell_left(left, options.draft)


def _tell_left(left: list[Any], asked: list[str]) -> int:
    """Texts that stay as people wrote them; 1 where one that was asked for could not be made a draft."""
    if left:
        print(f"{len(left)} texts of the files say something else than what people wrote here; these stay as they are:")
    for one in left:
        told = "; ".join(filter(None, [one.note, one.hindrance])) or f"--draft {one.name} makes a draft of it"
        print(f"  {one.name}: {told}")
    return 1 if any(one.name in asked for one in left) else 0


def library_export(options: argparse.Namespace) -> int:
    """Write facts and public texts into a folder, as files that `spean library load --folder` reads, for Git or another Spean."""
    bring_up_django()
    from spean.library import files
    from spean.library.queries.exporting import public

    print(f"{files.write(options.folder, public())} files written to {options.folder}")
    return 0


def directory_load(options: argparse.Namespace) -> int:
    """Load the list with which the help directory begins, checked by nobody; what is there already stays as it is."""
    bring_up_django()
    from spean.directory.operations.seeding import load_seeds

    added, there = load_seeds()
    print(f"help directory: {added} entries added, {there} there already. Each waits on the desk for a second person.")
    return 0


def _place(code: str | None) -> Any:
    from spean.places.models import Place

    place = Place.objects.filter(code=code, until__isnull=True).first() if code else None
    if code and place is None:
        raise SystemExit(f"spean: no place has the code {code}.")
    return place


def organisation_add(options: argparse.Namespace) -> int:
    """Found an organisation with its first team, and print the invitations of its administrator and first supervisor."""
    bring_up_django()
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
    bring_up_django()
    from spean.accounts.models import Organisation

    for org in Organisation.objects.order_by("name_en").prefetch_related("teams__place"):
        print(f"{org.id}  {org.name_en} ({org.kind})")
        for team in org.teams.all():
            if team.receives_reports:
                print(f"    {team.name_en}: reports from {team.place.name_en if team.place else 'everywhere'}")
    return 0


def organisation_team(options: argparse.Namespace) -> int:
    """Add a team to an organisation, also one that reads reports from a new place: only the operator gives places."""
    bring_up_django()
    from spean.accounts import operations as people
    from spean.accounts.access import SYSTEM

    names = {"name_km": options.name_km, "name_en": options.name_en}
    reads = options.receives_reports
    team = people.add_team(SYSTEM, options.org, place=_place(options.place), receives_reports=reads, **names)
    print(f"{team.name_en} is there. Its organisation's administrator invites the supervisor, who makes its key.")
    return 0
