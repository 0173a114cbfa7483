"""Words of this app: roles, kinds of organisation, levels of work, states of a membership and an invitation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does in a team. A person may have several memberships."""

    VOLUNTEER = "volunteer", _("Volunteer")
    CASE_WORKER = "case_worker", _("Case worker")
    SUPERVISOR = "supervisor", _("Supervisor")
    FOCAL_PERSON = "focal_person", _("Focal person")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    NETWORK_COORDINATOR = "network_coordinator", _("Network coordinator")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
    ORGANISATION_ADMINISTRATOR = "organisation_administrator", _("Organisation administrator")
    ANALYST = "analyst", _("Analyst")


#: roles whose work needs a team's key; nobody else is ever given one
KEY_ROLES = frozenset({Role.CASE_WORKER, Role.SUPERVISOR})
#: roles whose own key a member of the team vouches for, so that something can be sealed to them
VOUCHED_ROLES = KEY_ROLES | {Role.VOLUNTEER}
#: who write and check what everybody is told, of whichever organisation: nobody checks their own words
EDITORS = (Role.PROGRAMME_MANAGER, Role.NETWORK_COORDINATOR)
#: whom each role may invite: a supervisor those she leads, an administrator everybody
INVITES = {
    Role.SUPERVISOR: (Role.VOLUNTEER, Role.CASE_WORKER, Role.SUPERVISOR),
    Role.ORGANISATION_ADMINISTRATOR: tuple(Role),
}


class OrganisationKind(TextChoices):
    """What an organisation is."""

    NGO = "ngo", _("Non-governmental organisation")
    COMMUNITY = "community", _("Community organisation")
    FAITH = "faith", _("Faith-based organisation")
    UNION = "union", _("Trade union")
    COMMUNE_COMMITTEE = "commune_committee", _("Commune committee")
    DISTRICT_COMMITTEE = "district_committee", _("District committee")
    PROVINCIAL_COMMITTEE = "provincial_committee", _("Provincial committee")
    NATIONAL_COMMITTEE = "national_committee", _("National committee")
    REGIONAL_BODY = "regional_body", _("Regional body (Pan-Asia)")
    INTERNATIONAL_BODY = "international_body", _("International body")
    MINISTRY = "ministry", _("Ministry")
    SHELTER = "shelter", _("Shelter")
    TRAINING_PROVIDER = "training_provider", _("Training provider")
    EMBASSY = "embassy", _("Embassy or consulate")
    DONOR = "donor", _("Donor")


#: the ladder: committees belong to a place of that level
COMMITTEE_LEVELS = {
    OrganisationKind.COMMUNE_COMMITTEE: "commune",
    OrganisationKind.DISTRICT_COMMITTEE: "district",
    OrganisationKind.PROVINCIAL_COMMITTEE: "province",
    OrganisationKind.NATIONAL_COMMITTEE: "country",
}


class WorkLevel(TextChoices):
    """How far an organisation's work reaches."""

    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional (Pan-Asia)")
    INTERNATIONAL = "international", _("International")


class MembershipState(TextChoices):
    """A membership is active until it is ended; it is never deleted."""

    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class InvitationState(TextChoices):
    """An invitation waits, is accepted once, or is withdrawn."""

    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Digest(TextChoices):
    """How often a person gets an e-mail that says how much is due, and nothing else."""

    NONE = "none", _("Never")
    DAILY = "daily", _("Every day on which something is due")
    WEEKLY = "weekly", _("Once a week")


class CustodianState(TextChoices):
    """A custodian is named by an administrator, then vouched for by a supervisor, and one day no more."""

    NAMED = "named", _("Waits for a supervisor to compare the digits")
    ACTIVE = "active", _("Keeps shares")
    ENDED = "ended", _("Ended")


class Way(TextChoices):
    """How somebody who lost password and sheet comes back."""

    CUSTODIANS = "custodians", _("Two custodians open the same keys")
    NEW_KEYS = "new_keys", _("New keys, which open nothing until they are given the team's key again")
    PRACTICE = "practice", _("Practice with a made-up secret")


class RequestState(TextChoices):
    """A request is opened by somebody who met the person, taken up in the person's browser, and done or stopped."""

    OPEN = "open", _("Opened")
    TAKEN = "taken", _("Taken up by the person")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


#: requests in these states can still lead to something
LIVE = (RequestState.OPEN, RequestState.TAKEN)


class DeviceKind(TextChoices):
    """What somebody is signed in with, no finer than this."""

    PHONE = "phone", _("Telephone")
    TABLET = "tablet", _("Tablet")
    COMPUTER = "computer", _("Computer")
    OTHER = "other", _("Another device")


class Browser(TextChoices):
    """And with which browser; their names are the same in every language."""

    CHROME = "chrome", "Chrome"
    FIREFOX = "firefox", "Firefox"
    SAFARI = "safari", "Safari"
    OTHER = "other", _("another browser")
