"""Photos and recordings, and case conferences."""

from django.utils.translation import gettext_lazy as _

from spean.cases.operations import conferring, keeping
from spean.cases.queries import kept
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.fields import plain
from spean.surfaces.desk.kept_forms import ConferenceForm, file_form
from spean.surfaces.desk.ledger_forms import RowForm
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form

FILES = Ledger(
    "desk/case_files.html",
    _("Photos and recordings"),
    kept.files,
    keeping.read,
    {
        "add": Act(
            file_form,
            lambda a, pk, d: keeping.add(
                a, pk, d["made"], d["sent_id"], about=d["about"], words=d["words"], readers=d["readers"]
            ),
            _("Added and sealed. What the camera wrote into it is gone."),
            needs="keep",
        )
    },
    {
        "remove": Act(
            row_form(RowForm),
            lambda a, pk, d: keeping.remove(a, pk, d["row"]),
            _("Taken away. That it was there stays written."),
            needs="keep",
        )
    },
)

CONFERENCES = Ledger(
    "desk/case_conferences.html",
    _("Case conferences"),
    kept.conferences,
    conferring.read,
    {
        "confer": Act(
            plain(ConferenceForm),
            lambda a, pk, d: conferring.confer(a, pk, d["held"], d["sealed"], d["sent_id"]),
            _("Written down and sealed. Write a task for each thing that was decided, and tell the person."),
            needs="confer",
        )
    },
    {},
)
