"""What an administrator of the organisation and the administrator of the database can do together, one route each.

Each route changes whatever it likes in the tables and uses the administrator's own account and opened keys; a partner
organisation's supervisor may help. It returns those in whose name the concern is then tried.
"""

import os
import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection
from nacl.public import PrivateKey
from town import Town

from spean.accounts import operations
from spean.accounts.models import Membership, Team, User
from spean.kernel import clock
from spean.kernel.errors import Refusal
from spean.privacy import keys, receipts, sessions
from spean.privacy.keys import KeyRing, wraps
from spean.privacy.keys.certificates import Claim
from spean.privacy.models import Certificate, DataKeyWrap, TeamKey, TeamWrap, UnlockSession, UserKey
from spean.privacy.sealing import BrokenSeal, seal_bytes
from spean.voices.models import Concern, Receipt

OWN_PASSWORD = "nine quiet boats under the moon"
Route = Callable[[Town, Concern], list[str]]
ROUTES: dict[str, Route] = {}


def route(function: Route) -> Route:
    """Register."""
    ROUTES[function.__name__] = function
    return function


def seat(town: Town, name: str, role: str, team: str = "team", place: str = "") -> None:
    """A membership, written into the table."""
    where = town.place(place) if place else None
    user = town.users[name]
    Membership.objects.get_or_create(user=user, team=town.teams[team], role=role, place=where, defaults={"since": clock.today()})


def quietly(run: Callable[[], Any]) -> Any:
    """Try something that the application may refuse."""
    from django.db import transaction

    try:
        with transaction.atomic():
            return run()
    except (Refusal, BrokenSeal, ValueError, DatabaseError):
        return None


def rogue(town: Town) -> KeyRing:
    """The administrator's own opened keys."""
    return town.rings["administrator"]


@route
def the_role_is_changed(town: Town, concern: Concern) -> list[str]:
    Membership.objects.filter(user=town.users["administrator"]).update(role="supervisor")
    return ["administrator"]


@route
def a_membership_is_inserted(town: Town, concern: Concern) -> list[str]:
    seat(town, "administrator", "case_worker")
    seat(town, "administrator", "supervisor")
    return ["administrator"]


@route
def members_wraps_are_copied(town: Town, concern: Concern) -> list[str]:
    seat(town, "administrator", "supervisor")
    for wrap in TeamWrap.objects.filter(user=town.users["worker"].id):
        TeamWrap.objects.create(team=wrap.team, epoch=wrap.epoch, user=rogue(town).user, blob=wrap.blob)
    return ["administrator"]


@route
def the_wrap_of_the_concern_is_rewritten(town: Town, concern: Concern) -> list[str]:
    seat(town, "administrator", "supervisor")
    for subject in (concern.id, concern.thread_id):
        blob = bytes(DataKeyWrap.objects.get(subject=subject, kind="team").blob)
        DataKeyWrap.objects.create(subject=subject, kind="user", recipient=rogue(town).user, blob=blob)
        own = wraps.to_public(os.urandom(32), bytes(rogue(town).box.public_key))
        DataKeyWrap.objects.create(subject=subject, kind="user", recipient=rogue(town).user, epoch=1, blob=own)
    return ["administrator"]


@route
def a_password_is_replaced(town: Town, concern: Concern) -> list[str]:
    """The worker's password hash becomes one of a known password; then the sign-in page."""
    mine = User.objects.get(pk=rogue(town).user).password
    User.objects.filter(username="worker").update(password=mine)
    return ["sign in as worker"]


@route
def a_password_and_the_sealed_keys_are_replaced(town: Town, concern: Concern) -> list[str]:
    mine = User.objects.get(pk=rogue(town).user).password
    User.objects.filter(username="worker").update(password=mine)
    own = UserKey.objects.get(user=rogue(town).user)
    UserKey.objects.filter(user=town.users["worker"].id).update(salt=own.salt, sealed_by_password=own.sealed_by_password)
    return ["sign in as worker"]


@route
def a_rogue_key_row_stands_for_the_worker(town: Town, concern: Concern) -> list[str]:
    """The worker's whole key row is the administrator's, sealed anew in the worker's name."""
    worker, own = town.users["worker"].id, UserKey.objects.get(user=rogue(town).user)
    User.objects.filter(pk=worker).update(password=User.objects.get(pk=own.user).password)
    made = KeyRing.from_bytes(b"KR1" + worker.bytes + rogue(town).secret_bytes()[19:])
    derived = keys.derive(OWN_PASSWORD, bytes(own.salt))
    sealed = seal_bytes(derived.kek, made.secret_bytes(), f"uk1|{worker}|password".encode())
    UserKey.objects.filter(user=worker).update(
        salt=own.salt, public_box=own.public_box, public_sign=own.public_sign, sealed_by_password=sealed
    )
    return ["sign in as worker"]


@route
def a_recovery_code_is_forged(town: Town, concern: Concern) -> list[str]:
    """The administrator's printed code in the worker's row; then the page for forgotten passwords."""
    code = keys.new_recovery_code(rogue(town).user, rogue(town))
    own = UserKey.objects.get(user=rogue(town).user)
    UserKey.objects.filter(user=town.users["worker"].id).update(sealed_by_recovery=own.sealed_by_recovery)
    quietly(lambda: operations.recover("worker", code=code, password=OWN_PASSWORD))
    return ["sign in as worker"]


@route
def a_session_row_is_forged(town: Town, concern: Concern) -> list[str]:
    """A session in the worker's name, with the row of the administrator's own opened keys."""
    return ["worker with the administrator's cookie"]


@route
def an_unlocked_session_is_copied(town: Town, concern: Concern) -> list[str]:
    """The worker's unlocked row under the administrator's handle, with a hash of the administrator's own secret."""
    seat(town, "administrator", "supervisor")
    sessions.open_for("the worker's handle", town.rings["worker"])
    victim = UnlockSession.objects.get(user=town.users["worker"].id)
    secret = sessions.open_for("my handle", rogue(town))
    mine = UnlockSession.objects.get(user=rogue(town).user)
    for box, user in ((victim.box, rogue(town).user), (victim.box, victim.user), (mine.box, victim.user)):
        UnlockSession.objects.filter(pk=mine.pk).update(box=box, user=user)
        found = sessions.ring_for("my handle", secret)
        if found is not None:
            town.rings["administrator"] = found
    return ["administrator"]


def _forged_epoch(town: Town, team: UUID, epoch: int) -> wraps.TeamSecret:
    secret = wraps.TeamSecret(os.urandom(32))
    org = town.teams["team"].organisation_id
    TeamKey.objects.update_or_create(team=team, epoch=epoch, defaults={"org": org, "public_box": secret.public})
    blob = wraps.to_public(secret.seed, bytes(rogue(town).box.public_key))
    TeamWrap.objects.update_or_create(team=team, epoch=epoch, user=rogue(town).user, defaults={"blob": blob})
    return secret


def _signed(town: Town, claim: Claim) -> None:
    own = rogue(town)
    issuer_key = bytes(own.signer.verify_key)
    signature = own.signer.sign(claim.message(own.user, issuer_key)).signature
    Certificate.objects.create(
        kind=claim.kind, owner=claim.owner, epoch=claim.epoch, org=claim.org, public_box=claim.public_box,
        public_sign=claim.public_sign, issuer=own.user, issuer_key=issuer_key, signature=signature,
    )  # fmt: skip


@route
def the_teams_key_is_swapped(town: Town, concern: Concern) -> list[str]:
    seat(town, "administrator", "supervisor")
    _forged_epoch(town, town.teams["team"].id, 1)
    return ["administrator"]


@route
def the_teams_key_is_swapped_and_certified(town: Town, concern: Concern) -> list[str]:
    """With a certificate in due form, signed by the administrator, who certified herself too."""
    seat(town, "administrator", "supervisor")
    team, org, own = town.teams["team"], town.teams["team"].organisation_id, rogue(town)
    secret = _forged_epoch(town, team.id, 1)
    _signed(town, Claim("user", own.user, 0, org, bytes(own.box.public_key), bytes(own.signer.verify_key)))
    _signed(town, Claim("team", team.id, 1, org, secret.public, b""))
    return ["administrator"]


@route
def a_new_epoch_is_inserted(town: Town, concern: Concern) -> list[str]:
    seat(town, "administrator", "supervisor")
    team, org = town.teams["team"], town.teams["team"].organisation_id
    secret = _forged_epoch(town, team.id, 2)
    _signed(town, Claim("team", team.id, 2, org, secret.public, b""))
    quietly(lambda: operations.tend_keys(town.actor("supervisor")))
    return ["administrator"]


@route
def a_true_certificate_is_copied(town: Town, concern: Concern) -> list[str]:
    """Of the team's key and of the worker's, onto keys of the administrator."""
    seat(town, "administrator", "supervisor")
    secret = _forged_epoch(town, town.teams["team"].id, 1)
    for row in list(Certificate.objects.all()):
        row.pk = None
        if row.kind == "team":
            row.public_box = secret.public
        else:
            row.owner, row.public_box = rogue(town).user, bytes(rogue(town).box.public_key)
            row.public_sign = bytes(rogue(town).signer.verify_key)
        row.save()
    return ["administrator"]


@route
def the_partners_certificate_is_copied(town: Town, concern: Concern) -> list[str]:
    """The key of a team that an accomplice holds takes the team's place, with its own true certificate."""
    seat(town, "stranger", "supervisor")
    team, partner = town.teams["team"], town.teams["partner"]
    theirs, cert = TeamKey.objects.get(team=partner.id), Certificate.objects.get(kind="team", owner=partner.id)
    TeamKey.objects.filter(team=team.id).update(public_box=theirs.public_box)
    cert.pk, cert.owner, cert.org = None, team.id, team.organisation_id
    cert.save()
    wrap = TeamWrap.objects.get(team=partner.id)
    TeamWrap.objects.create(team=team.id, epoch=1, user=town.users["stranger"].id, blob=wrap.blob)
    return ["stranger"]


@route
def an_honest_supervisor_changes_the_key(town: Town, concern: Concern) -> list[str]:
    """The administrator is written among the holders, then somebody leaves and the supervisor makes a new key for all."""
    seat(town, "administrator", "supervisor")
    TeamWrap.objects.create(team=town.teams["team"].id, epoch=1, user=rogue(town).user, blob=os.urandom(100))
    TeamKey.objects.filter(team=town.teams["team"].id).update(stale=True)
    quietly(lambda: operations.tend_keys(town.actor("supervisor")))
    assert keys.current_epoch(town.teams["team"].id) == 2, "she did change it"
    return ["administrator"]


@route
def an_honest_supervisor_gives_the_key(town: Town, concern: Concern) -> list[str]:
    """The worker's public keys are the administrator's; the supervisor compares the digits that the worker reads out."""
    heard = keys.fingerprint(town.users["worker"].id)
    own = UserKey.objects.get(user=rogue(town).user)
    UserKey.objects.filter(user=town.users["worker"].id).update(public_box=own.public_box, public_sign=own.public_sign)
    grant = {"team_id": town.teams["team"].id, "user_id": town.users["worker"].id, "fingerprint": heard}
    quietly(lambda: operations.grant_key(town.actor("supervisor"), **grant))
    blob = TeamWrap.objects.get(user=town.users["worker"].id).blob
    TeamWrap.objects.create(team=town.teams["team"].id, epoch=1, user=rogue(town).user, blob=blob)
    seat(town, "administrator", "case_worker")
    return ["administrator"]


@route
def the_concern_is_moved_to_an_accomplice(town: Town, concern: Concern) -> list[str]:
    Concern.objects.filter(pk=concern.pk).update(team=town.teams["partner"])
    return ["stranger"]


@route
def the_concern_and_its_wraps_are_moved(town: Town, concern: Concern) -> list[str]:
    partner = town.teams["partner"]
    Concern.objects.filter(pk=concern.pk).update(team=partner, org_id=partner.organisation_id)
    DataKeyWrap.objects.filter(subject__in=(concern.id, concern.thread_id), kind="team").update(recipient=partner.id)
    return ["stranger"]


@route
def the_seal_is_moved_into_a_concern_of_the_accomplice(town: Town, concern: Concern) -> list[str]:
    own = town.concern(place=town.place("14010201"))
    assert own.team_id == town.teams["partner"].id
    Concern.objects.filter(pk=own.pk).update(told=concern.told)
    return ["stranger"]


@route
def the_team_is_moved_to_the_accomplices_organisation(town: Town, concern: Concern) -> list[str]:
    team, partner = town.teams["team"], town.teams["partner"]
    Team.objects.filter(pk=team.pk).update(organisation=partner.organisation_id)
    TeamKey.objects.filter(team=team.id).update(org=partner.organisation_id)
    seat(town, "stranger", "supervisor")
    quietly(lambda: operations.start_team_key(town.actor("stranger"), team.id))
    quietly(lambda: keys.grant_team(town.rings["supervisor"], partner.organisation_id, team.id, town.users["stranger"].id))
    return ["stranger"]


@route
def the_receipt_is_replaced(town: Town, concern: Concern) -> list[str]:
    """The administrator's own receipt number, of a report sent for this purpose, on the concern's row."""
    code = receipts.code_for(uuid4(), 0)
    made = receipts.seal_receipt(code)
    Receipt.objects.filter(concern=concern).update(
        locator=made.locator, salt=made.salt.hex(), verifier=made.verifier.hex(), public_key=made.public_key.hex(),
        sealed_private=made.sealed_private.hex(),
    )  # fmt: skip
    blob = wraps.to_public(os.urandom(32), made.public_key)
    recipient = UUID(bytes=wraps.public_id(made.public_key))
    DataKeyWrap.objects.create(subject=concern.thread_id, kind="receipt", recipient=recipient, blob=blob)
    return [f"receipt {code}"]


@route
def the_report_becomes_ones_own(town: Town, concern: Concern) -> list[str]:
    seat(town, "administrator", "volunteer", place="14010101")
    Concern.objects.filter(pk=concern.pk).update(reported_by=rogue(town).user, channel="volunteer")
    wrap = DataKeyWrap.objects.filter(subject=concern.thread_id, kind="team").get()
    DataKeyWrap.objects.create(subject=concern.thread_id, kind="user", recipient=rogue(town).user, blob=wrap.blob)
    return ["administrator"]


@route
def the_team_begins_again(town: Town, concern: Concern) -> list[str]:
    """All its keys are deleted from the tables, and a supervisor of one's own makes the team's first key."""
    team = town.teams["team"]
    seat(town, "administrator", "supervisor")
    TeamKey.objects.filter(team=team.id).delete()
    TeamWrap.objects.filter(team=team.id).delete()
    Certificate.objects.filter(org=team.organisation_id).delete()
    quietly(lambda: operations.start_team_key(town.actor("administrator"), team.id))
    return ["administrator"]


@route
def the_holders_are_sent_away(town: Town, concern: Concern) -> list[str]:
    """By the pages alone, without the database: the administrator ends the members and invites herself."""
    actor, team = town.actor("administrator"), town.teams["team"]
    for name in ("worker", "supervisor"):
        member = Membership.objects.get(user=town.users[name], team=team)
        quietly(lambda member=member: operations.end_membership(actor, member.id))
    token = operations.invite(actor, team, "supervisor")
    operations.accept_as(town.actor("administrator"), token)
    quietly(lambda: operations.start_team_key(town.actor("administrator"), team.id))
    quietly(lambda: operations.rotate_key(town.actor("administrator"), team.id))
    digits = keys.fingerprint(rogue(town).user)
    quietly(lambda: operations.grant_key(town.actor("administrator"), team.id, rogue(town).user, fingerprint=digits))
    return ["administrator"]


@route
def triggers_and_trail_are_removed(town: Town, concern: Concern) -> list[str]:
    """Without its trail nothing is shown: the table of the trail is taken away."""
    seat(town, "administrator", "supervisor")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_auditentry RENAME TO away")
    return ["administrator"]


@route
def a_key_is_guessed_from_the_keystore(town: Town, concern: Concern) -> list[str]:
    """The keystore is in their hands as well: tokens and pepper are no keys."""
    from spean.privacy.keystore import keystore

    seat(town, "administrator", "supervisor")
    for secret in (keystore().token(concern.id), keystore().pepper(), secrets.token_bytes(32)):
        assert secret is not None
        made = wraps.TeamSecret(secret)
        blob = wraps.to_public(made.seed, bytes(PrivateKey.generate().public_key))
        assert quietly(lambda blob=blob: wraps.open_with_private(blob, rogue(town).box)) is None
        DataKeyWrap.objects.filter(subject=concern.id, kind="user", recipient=rogue(town).user).delete()
        own = wraps.to_public(secret, bytes(rogue(town).box.public_key))
        DataKeyWrap.objects.create(subject=concern.id, kind="user", recipient=rogue(town).user, blob=own)
    return ["administrator"]
