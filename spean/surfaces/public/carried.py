"""Pages of a contract that were read, on their way into a report or a travel plan.

The form carries what stood in the reader's address and the numbers of the chosen pages, never a picture. The pictures are
opened in memory, sealed where they go, and only then is the reading ended: a stop in between loses nothing, and the form sent
again is answered with the number that it has.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spean.collect import operations, queries
from spean.collect.uploads import CleanFile
from spean.kernel.errors import NotYours, Unsure
from spean.kernel.trouble import told

LONGEST_NUMBER = 2  # digits
GONE = _(
    "The pages of the contract are no longer here: their time was over, or they were deleted. Everything that you typed is still "
    "here. Press the button again to send it without the pages, or choose photos of them below."
)


class Choice(NamedTuple):
    """A page that can go along."""

    number: int
    wide: int
    high: int
    chosen: bool


@dataclass(frozen=True)
class Carried:
    """What a form carries."""

    token: str
    numbers: Sequence[int]
    unseen: bool = False  # the machine fails at this moment: nothing of it can be looked at

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """Out of a form; nothing of it has been looked at yet."""
        typed = {n for n in data.getlist("page") if n.isascii() and n.isdecimal() and len(n) <= LONGEST_NUMBER}
        token = data.get("reading", "")
        return cls(token, sorted(int(n) for n in typed) if token else ())

    def open(self) -> list[CleanFile]:
        """The chosen pages in clear, for the moment in which they are sealed anew; NotYours when one is no longer there."""
        return queries.pictures(self.token, self.numbers) if self.numbers else []

    def context(self, most: int = 0) -> dict[str, Any]:
        """What a form shows of it: each page with its mark; or that they are gone. At most so many, where there is a limit."""
        if not self.token:
            return {}
        if self.unseen:
            return {"carried": {"token": self.token, "unseen": self.numbers}}
        try:
            sheets, far = queries.sheets(self.token), queries.progress(self.token)
        except NotYours:
            return {"carried": {"gone": True}}
        choices = [Choice(*sheet, chosen=sheet.number in self.numbers) for sheet in sheets]
        return {"carried": {"token": self.token, "choices": choices, "minutes": far.minutes, "most": most}}

    def not_looked_at(self) -> Self:
        """The same, when the database does not answer."""
        return replace(self, unseen=True)

    def end(self) -> str:
        """Delete it as "Delete now" does: "deleted"; "later" where the machine refuses, for then its time ends it; "" without."""
        if not self.token:
            return ""
        with suppress(Unsure), told():
            with suppress(NotYours):  # it was gone before
                operations.end(queries.progress(self.token).id)
            return "deleted"
        return "later"
