"""The verbs of an entry of the help directory, and where its public words go."""

from spean.directory.drafts import Draft, judge
from spean.directory.models import Entry, Service, Version
from spean.directory.operations.keeping import DAYS, Keeper
from spean.directory.operations.projecting import places, project

__all__ = ["ENTRIES", "ENTRY_DAYS", "begin", "check", "codes", "find", "propose", "publish", "withdraw", "write"]
ENTRY_DAYS = DAYS


class Entries(Keeper[Entry, Draft]):
    """Entries: what is public of them stands in tables of its own."""

    noun, things, versions, drafts = "entry", Entry, Version, Draft

    def judge(self, draft: Draft) -> None:
        """Its words and codes, and that its places exist."""
        judge(draft)
        places(codes(draft))

    def name(self, thing: Entry, draft: Draft) -> None:
        """What it is called, who helps, in which country."""
        thing.title_km, thing.title_en = draft.name_km, draft.name_en
        thing.provider_km, thing.provider_en = draft.provider_km, draft.provider_en
        thing.country = draft.country

    def show(self, version: Version, draft: Draft) -> None:
        """Write the tables of the public door anew."""
        project(version, draft)

    def hide(self, thing: Entry) -> None:
        """Nothing of it stays there."""
        Service.objects.filter(pk=thing.pk).delete()


def codes(draft: Draft) -> list[str]:
    """All places of an entry."""
    return [*draft.areas, *([draft.place] if draft.place else [])]


ENTRIES = Entries()
write, begin, propose, publish = ENTRIES.write, ENTRIES.begin, ENTRIES.propose, ENTRIES.publish
check, withdraw, find = ENTRIES.check, ENTRIES.withdraw, ENTRIES.find
