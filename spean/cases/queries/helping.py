"""Which services of the directory can take the person of a case: by need, home, age, sex, and how many places are free."""

from spean.accounts.access import Actor
from spean.cases.fitting import Fit, fits
from spean.cases.queries.cases import CaseHead
from spean.directory.enums import Need
from spean.directory.queries import public as directory
from spean.directory.queries.free import free_places
from spean.kernel import clock
from spean.places.models import Place


def helping(actor: Actor, need: str, head: CaseHead) -> tuple[Fit, ...]:
    """Who can take the person first, then who is asked, who is full, and who cannot, with the reason. None for no such need."""
    if need not in Need:
        return ()
    home = Place.objects.filter(pk=head.place_id) if head.place_id else Place.objects.none()
    path = home.values_list("path", flat=True).first() or ""
    near, all_ = (directory.find(directory.Wanted(need=need, path=at)).rows for at in (path, ""))
    free = free_places(actor, {one.id for one in (*near, *all_)})
    return fits(near, all_, head.facts["sex"], head.facts["age"], clock.today(), free)
