"""What the views of the desk share: who acts, and how a form runs an operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotAllowed


@dataclass(frozen=True)
class Act:
    """One thing that is done with what a page shows: its form (of verb, actor, head, data), the operation, what is said after."""

    form: Callable[[str, Actor, Any, Any], Form]
    run: Callable[[Actor, UUID, dict[str, Any]], Any]
    saved: Any
    told: bool = False  # the person will read it
    needs: str = ""  # the verb of the rules, where it is not the act's own name
    then: Callable[[Actor, UUID, Any], str] | None = None  # what else is said after, of what the operation returned


def acting(request: HttpRequest) -> Actor:
    """The signed-in actor itself, not the lazy object that stands for it."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor:
        raise NotAllowed
    return getattr(actor, "_wrapped", actor)


def attempt(form: Form, run: Callable[[dict[str, Any]], Any]) -> Any:
    """What the operation returned (True for nothing), or None with its reasons written on the form."""
    if not form.is_valid():
        return None
    try:
        done = run(form.cleaned_data)
    except Invalid as error:
        for name, message in (error.fields or {"": error.message}).items():
            form.add_error(name if name in form.fields else None, message)
        return None
    return True if done is None else done


def say(request: HttpRequest, *sentences: Any) -> None:
    """What was saved, who will see it, what comes next: shown on the next page."""
    messages.success(request, " ".join(str(s) for s in sentences))


def status_of(*forms: Form) -> int:
    """422 when a form came back with reasons, else 200."""
    return 422 if any(form.is_bound and form.errors for form in forms) else 200


def with_query(given: Mapping[str, str], **changed: str) -> str:
    """The address's query with some values changed; empty ones are left out."""
    kept = {k: v for k, v in {**dict(given), **changed}.items() if v}
    return f"?{urlencode(kept)}"


def query_of(text: str) -> dict[str, str]:
    """What stands behind the question mark, as a dict."""
    return dict(parse_qsl(text))
