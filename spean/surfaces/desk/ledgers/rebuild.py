"""The months after: follow-ups, what was promised, work and income."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.cases.operations import following, livelihoods, promises
from spean.cases.queries import following as after
from spean.cases.queries import livelihoods as earning
from spean.surfaces.desk import rebuild_words
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.fields import plain
from spean.surfaces.desk.ledger_forms import RowForm
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form
from spean.surfaces.desk.rebuild_forms import (
    ConsiderForm,
    CountFromForm,
    EarnForm,
    KeptForm,
    MissForm,
    MoveForm,
    PromiseForm,
    SupportForm,
    TasksForm,
    UnearnForm,
)

AFTER = Ledger(
    "desk/case_after.html",
    _("The months after"),
    after.follow_ups,
    rebuild_words.after,
    {
        "count_from": Act(
            plain(CountFromForm),
            lambda a, pk, d: following.begin(a, pk, d["since"]),
            _("The follow-ups are planned. Each stands on Today when it is due."),
            needs="rebuild",
        )
    },
    {
        "decline": Act(
            row_form(RowForm),
            lambda a, pk, d: following.decline(a, pk, d["row"]),
            _("Written down. It is the person's right; the next one stays."),
            needs="rebuild",
        ),
        "miss": Act(
            row_form(MissForm),
            lambda a, pk, d: following.miss(a, pk, d["row"], d["why"]),
            _("Written down. A supervisor looks at it."),
            needs="rebuild",
        ),
        "look": Act(
            row_form(RowForm),
            lambda a, pk, d: following.look(a, pk, d["row"]),
            _("You looked at it; it stays as it is."),
            needs="look",
        ),
        "tasks": Act(
            row_form(TasksForm),
            lambda a, pk, d: following.take(a, pk, d["row"], d["signs"], get_language() or "km"),
            _("The tasks stand in the case now."),
            needs="task",
        ),
    },
)

PROMISED = Ledger(
    "desk/case_promised.html",
    _("Promised, and what came of it"),
    after.promises,
    promises.read,
    {
        "promise": Act(
            plain(PromiseForm),
            lambda a, pk, d: promises.add(a, pk, d["what"], d["sent_id"]),
            _("Written down and sealed."),
            needs="rebuild",
        )
    },
    {
        "kept": Act(
            row_form(KeptForm),
            lambda a, pk, d: promises.answer(a, pk, d["row"], d["delivered"], d["said"]),
            _("Written down and sealed."),
            needs="rebuild",
        )
    },
)

LIVELIHOOD = Ledger(
    "desk/case_livelihood.html",
    _("Work and income"),
    earning.livelihoods,
    rebuild_words.earned,
    {
        "consider": Act(
            plain(ConsiderForm),
            lambda a, pk, d: livelihoods.consider(a, pk, d["kind"], d["words"], d["sent_id"]),
            _("Written down and sealed. When it begins, say so here."),
            needs="rebuild",
        ),
        "earn": Act(
            plain(EarnForm),
            lambda a, pk, d: livelihoods.earn(a, pk, d["month"], d["amount"], d["currency"], d["words"], d["sent_id"]),
            _("The amount is written down and sealed."),
            needs="rebuild",
        ),
        "unearn": Act(
            plain(UnearnForm),
            lambda a, pk, d: livelihoods.mistake(a, pk, d["income"]),
            _("It stays, and counts no more."),
            needs="rebuild",
        ),
    },
    {
        "move": Act(
            row_form(MoveForm),
            lambda a, pk, d: livelihoods.move(a, pk, d["row"], d["verb"], d["why"]),
            _("Written down."),
            needs="rebuild",
        ),
        "support": Act(
            row_form(SupportForm),
            lambda a, pk, d: livelihoods.support(a, pk, d["row"], d["given"], d["sent_id"]),
            _("Written down and sealed."),
            needs="rebuild",
        ),
    },
)
