"""Refusals: a short closed list. One middleware answers them in the reader's language; anything else is a bug."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A reasoned no. `status` is the HTTP status, `message` a lazy sentence for the reader."""

    status = 400
    message: Any = _("That could not be done.")

    def __init__(self, message: Any = None) -> None:
        self.message = message or self.message
        super().__init__(str(self.__class__.__name__))


class NotYours(Refusal):
    """Missing and forbidden look the same from outside."""

    status = 404
    message = _("There is nothing here for you. It may have moved, or it may belong to another team.")


class NotAllowed(Refusal):
    """The thing is yours to see, but not yours to change this way."""

    status = 403
    message = _("Your role does not allow this. Ask your supervisor if you need it.")


class Locked(Refusal):
    """A key is needed that this session does not hold at the moment."""

    status = 423
    message = _("Your keys are locked. Enter your password to open them again.")


class Invalid(Refusal):
    """Input that cannot be taken; `fields` maps a field's name to its message ('' for the whole)."""

    status = 422
    message = _("Some answers need another look.")

    def __init__(self, fields: Mapping[str, Any] | None = None, message: Any = None) -> None:
        self.fields = dict(fields or {})
        super().__init__(message or next(iter(self.fields.values()), None))


class Conflict(Refusal):
    """The thing has moved on: the state no longer allows the change."""

    status = 409
    message = _("This has changed since you opened it. Look again before you go on.")


class TooMany(Refusal):
    """Asked too often; `wait` is in seconds."""

    status = 429
    message = _("Too many attempts. Wait a little and try again.")

    def __init__(self, wait: int = 60, message: Any = None) -> None:
        self.wait = wait
        super().__init__(message)


class Unavailable(Refusal):
    """A part that we need is not working; nothing was saved."""

    status = 503
    message = _("A part of the system is not working. Nothing was saved. Try again in a few minutes.")


class Unsure(Unavailable):
    """A part that we need broke while it worked: whether something was saved is not known."""

    message = _(
        "A part of the system is not working. We do not know whether this was saved. Look again in a few minutes, and send it "
        "again only if it is not there."
    )
