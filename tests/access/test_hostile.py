"""Bad input to every form of both doors: a reason each time, never a bug, and what was typed comes back."""

import json
from html import escape
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import RequestFactory

from . import network, practices, programmes, table, volunteers
from .answers import wrong_with
from .bodies import arguments, body
from .machine import _forget_how_often, application, ask, path_of
from .world import VILLAGE, World

MEGABYTES = 1024 * 1024
#: what is typed into a field
TYPED = {
    "a lone surrogate": "a\ud800b",
    "NUL": "a\x00b",
    "control signs": "a\x01\x08\x1b[31m\x7fb",
    "a turned direction": "abc\u202egnp.exe\u202c",
    "isolates": "\u2066admin\u2069",
    "long": "ក" * 70_000,
    "wide": "𝕯" * 9_000,
    "emoji with joiners": "👩‍👩‍👧‍👦" * 200,
    "marks on marks": "a" + "\u0301" * 5_000,
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a template": "{{ settings.SECRET_KEY }}{% debug %}${7*7}#{7*7}",
    "SQL": "'; DROP TABLE voices_concern; --",
    "a formula": '=HYPERLINK("http://x.example","y")',
    "header lines": "a\r\nSet-Cookie: x=1\r\n\r\nb",
    "a path": "../../../../etc/passwd%00.png",
    "huge number": "9" * 5_000,
    "negative": "-1",
    "fraction": "1e400",
    "not a number": "NaN",
    "Khmer digits": "៩៩៩៩៩៩៩៩៩៩៩៩៩៩៩៩៩៩",
    "other digits": "१२३٤٥٦",
    "a day before days": "0000-00-00",
    "a day too far": "99999-12-31",
    "a leap that was none": "2023-02-29",
    "a Khmer day": "២០២៦-១៣-៤០",
    "an id that never was": "00000000-0000-4000-8000-000000000000",
    "an id of version 1": "0e984725-c51c-11f0-8de9-0242ac120002",
    "no id": "not-a-uuid",
    "spaces": " \t\n\u3000\u200b\ufeff",
    "JSON": json.dumps({"a": [1] * 10}),
    "deep JSON": "[" * 50_000,
    "a lone escape": "\\ud800 %ud800 %c0%ae",
}
#: what a database may take badly; the rest is judged above it, and the second one is not asked again
DEEP = (
    "a lone surrogate", "NUL", "control signs", "long", "wide", "huge number", "fraction", "a day before days", "a day too far",
    "an id of version 1", "Khmer digits",
)  # fmt: skip
ASKED = TYPED if connection.vendor == "sqlite" else {what: TYPED[what] for what in DEEP}
NAMES = {
    "public:report": (
        "told",
        "danger",
        "kind",
        "happened",
        "answer_wish",
        "phone",
        "hours",
        "how",
        "sent_id",
        "place-pick",
        "place-village",
        "place-search",
        "reading",
        "page",
    ),
    "public:contract": ("text",),
    "public:recruiter_correct": ("wrong", "proof", "sent_id"),
    "public:offer": ("visa", "employer"),
    "public:receipt": ("code",),
    "public:photos": ("sent_id",),
    "public:photographed": ("page0",),
    "public:plan": (
        "way",
        "note",
        "one_phone",
        "one_email",
        "leaves_on",
        "every",
        "until",
        "on_1",
        "grace",
        "place-pick",
        "sent_id",
        "reading",
        "page",
    ),
    "public:plan_act": ("code", "act", "sign"),
    "public:plan_paper": ("code", "paper"),
    "public:plan_check": ("sign",),
    "public:plan_code": ("digits",),
    "desk:plan_new": ("destination", "name", "one_language", "on_1", "sent_id"),
    "desk:issue_recruiter": ("q", "recruiter"),
    "desk:plan_check": ("digits",),
    ("desk:plan_act", "call"): ("outcome",),
    ("desk:plan_act", "ask_open"): ("reason",),
    "public:receipt_add": ("code", "text", "sent_id"),
    "desk:case_new": ("name_km", "aliases", "phone", "story", "source", "risk", "team", "concern", "sent_id", "place-pick"),
    "desk:case_change": ("name_latin", "dependants", "country", "revision", "sent_id"),
    ("desk:case_act", "open"): ("reason",),
    "desk:case_counted": ("sector", "began", "form-labour", "means-papers", "revision"),
    "desk:case_identification": ("reason",),
    ("desk:case_identification_act", "ask"): ("authority", "asked_on", "number", "words", "sent_id"),
    ("desk:case_identification_act", "answer"): ("row", "verb", "on", "number", "words"),
    "desk:case_documents": ("reason",),
    ("desk:case_documents_act", "take"): ("kind", "holder_kind", "holder", "since", "number", "words", "sent_id"),
    ("desk:case_documents_act", "demand"): ("row", "way", "on", "words", "sent_id"),
    ("desk:case_documents_act", "hear"): ("row", "demand", "outcome", "on"),
    "desk:case_files": ("reason",),
    ("desk:case_files_act", "add"): ("about", "words", "readers", "sent_id"),
    ("desk:case_files_act", "remove"): ("row",),
    "desk:case_conferences": ("reason",),
    ("desk:case_conferences_act", "confer"): ("on", "present", "took_part", "by_name", "who", "decided", "sent_id"),
    "desk:case_legal": ("reason",),
    ("desk:case_legal_act", "consider"): ("kind", "office", "who", "number", "text", "sent_id"),
    ("desk:case_legal_act", "move"): ("row", "verb", "on", "outcome", "number", "text"),
    ("desk:case_legal_act", "aid"): ("row", "verb", "entry", "lawyer", "on", "text"),
    ("desk:case_legal_act", "hearing"): ("row", "on", "place", "where", "goes", "tell", "sent_id"),
    ("desk:case_legal_act", "over"): ("row", "hearing", "verb", "anew", "words"),
    ("desk:case_legal_act", "protect"): ("row", "kind", "office", "on", "words", "sent_id"),
    ("desk:case_legal_act", "answer"): ("row", "measure", "verb", "on", "words"),
    ("desk:case_legal_act", "claim"): ("row", "money"),
    "desk:case_holder": ("kind", "title_km", "summary_en", "naming", "sent_id"),
    "desk:case_letters": ("reason",),
    ("desk:case_letters_act", "hand"): ("row", "on", "way"),
    ("desk:case_letters_act", "sign"): ("row", "on", "receipt"),
    "desk:case_letter_new": ("kind", "row", "by", "text_km", "text_en", "sent_id"),
    "desk:case_money": ("reason",),
    ("desk:case_money_act", "begin"): ("kind", "currency", "other", "who", "words", "sent_id"),
    ("desk:case_money_act", "add"): ("row", "what", "amount", "month", "words", "sent_id"),
    ("desk:case_money_act", "mistake"): ("row", "amount"),
    ("desk:case_documents_act", "end"): ("row", "verb", "on", "receipt", "words"),
    **{f"desk:case_{ledger}": ("reason",) for ledger in ("after", "promised", "livelihood", "training")},
    ("desk:case_after_act", "count_from"): ("since",),
    ("desk:case_after_act", "miss"): ("row", "why"),
    ("desk:case_after_act", "tasks"): ("row", "signs"),
    ("desk:case_promised_act", "promise"): ("what", "sent_id"),
    ("desk:case_promised_act", "kept"): ("row", "delivered", "said"),
    ("desk:case_livelihood_act", "consider"): ("kind", "words", "sent_id"),
    ("desk:case_livelihood_act", "move"): ("row", "verb", "why"),
    ("desk:case_livelihood_act", "support"): ("row", "kind", "month", "money", "words", "sent_id"),
    ("desk:case_livelihood_act", "earn"): ("month", "amount", "currency", "words", "sent_id"),
    ("desk:case_livelihood_act", "unearn"): ("income",),
    ("desk:case_training_act", "offer"): ("training", "words", "sent_id"),
    ("desk:case_training_act", "become"): ("row", "verb", "why", "to", "past"),
    ("desk:case_training_act", "attend"): ("row", "since", "until", "held", "attended"),
    ("desk:case_training_act", "certify"): ("row", "kind", "on", "number"),
    "desk:training_new": (
        *("trade", "name", "entry", "provider", "starts_on", "ends_on", "places", "age_from", "sex", "fee", "stipend"),
        *("payer", "currency", "ends_with", "schooling", "language", "accessible", "sent_id", "place-pick"),
    ),
    "desk:activity_new": (
        *("kind", "setting", "name_km", "on", "until", "starts", "venue_en", "topics", "audience", "project", "part_of"),
        *("about_km", "presides_en", "sent_id", "place-pick"),
    ),
    "desk:activity_change": ("name_en", "ends", "topics", "part_of", "place-pick"),
    "desk:activity_count": ("total", "sex-women", "kind-student"),
    "desk:activity_lines": ("topic", "words", "answered", "sent_id"),
    "desk:activity_line": ("topic", "words"),
    ("desk:activity_act", "cancel"): ("why",),
    "desk:gate": ("kind", "code", "sent_id"),
    "desk:gate_taps": ("taps",),
    "desk:event_codes": ("kind", "number", "sent_id"),
    "desk:training_change": ("trade", "places", "entry", "place-pick"),
    "desk:case_start": ("how", "words", "area_income", "signs", "sent_id"),
    "desk:case_follow": ("how", "words", "area_income", "signs", "sent_id"),
    "desk:screening_new": ("D501", "D313", "words", "urgent", "profile", "alone", "sent_id"),
    ("desk:screening_new", "begun"): ("urgent", "profile", "alone", "sent_id"),
    "desk:screening": ("reason",),
    "desk:assessment_new": ("need_bed", "taken", "day_learn", "risk", "words", "sent_id"),
    ("desk:assessment_new", "begun"): ("need_bed", "risk", "words", "sent_id"),
    "desk:assessment": ("reason",),
    "desk:care_plan": ("reason",),
    "desk:care_service": ("service", "need"),
    ("desk:care_act", "wish"): ("text",),
    ("desk:care_act", "goal"): ("goal", "domain", "words", "target_on", "payer", "tasks", "sent_id"),
    ("desk:care_act", "reach"): ("goal",),
    ("desk:care_act", "approve"): ("revision",),
    ("desk:care_act", "return"): ("revision", "text"),
    ("desk:case_act", "note"): ("kind", "text", "readers", "sent_id"),
    ("desk:case_act", "task"): ("kind", "text", "response", "due_on", "sent_id"),
    ("desk:case_act", "consent"): (
        "purpose",
        "fields_told",
        "recipient",
        "named",
        "until",
        "by",
        "guardian",
        "how",
        "witness",
        "words",
        "sent_id",
    ),
    ("desk:case_act", "withdraw"): ("consent",),
    ("desk:case_act", "way_change"): ("mode", "planned_for", "where", "text"),
    ("desk:case_act", "way_plan"): ("corridor", "mode", "planned_for", "where", "text", "sent_id"),
    "desk:case_home": ("reason",),
    "desk:referral_way_step": ("word", "day", "waits_for", "sent_id"),
    "desk:case_home_step": ("state", "owner", "due_on", "waits_for", "who", "text"),
    ("desk:case_act", "task_done"): ("task",),
    ("desk:case_act", "assign"): ("choice",),
    ("desk:case_act", "ask_close"): ("reason", "text", "sent_id"),
    "desk:referral_new": ("need", "desk", "kind", "urgency", "fields_told", "needs", "until", "sent_id"),
    "desk:referral_outside": ("need", "desk", "kind", "urgency", "fields_told", "needs", "until", "call", "sent_id"),
    ("desk:referral_act", "hand_out"): ("sent_id",),
    ("desk:case_unasked_act", "ask"): ("named", "why", "reason", "fields_told", "sent_id"),
    ("desk:case_unasked_act", "agree"): ("row",),
    "desk:case_unasked": ("reason",),
    ("desk:case_visits_act", "ask"): ("volunteer", "why", "kind", "follow_up", "by_day", "alias", "safe", "sent_id"),
    "desk:case_visits": ("reason",),
    "desk:visit": ("result", "words", "envelope", "sent_id"),
    "public:packet": ("code", "answer", "reason", "outcome"),
    ("public:packet", "unknown"): ("code", "answer", "reason", "outcome"),
    ("desk:referral_act", "refuse"): ("reason", "words"),
    ("desk:referral_act", "finish"): ("outcome", "words"),
    ("desk:referral_act", "take"): ("sent_id",),
    "desk:issue_new": (
        "title_km",
        "summary_en",
        "kind",
        "fact_households",
        "sent_id",
        "place-pick",
        "place-province",
        "concern",
        "place",
    ),
    "desk:import_new": ("source", "team", "sent_id", "sheet"),
    "desk:report_new": ("told", "phone", "kind", "sent_id", "place-pick", "answer_wish", "may_call", "name"),
    "desk:triage": ("gate_alone", "urgent", "ask_papers", "told", "phone", "sent_id", "place-pick", "how"),
    "desk:me": ("name", "language"),
    "desk:change_password": ("old", "password"),
    "desk:recover": ("username", "code", "password"),
    "desk:join": ("name", "username", "password"),
    "desk:concern_search": ("text", "place", "since", "until", "messages"),
    "desk:case_search": ("text", "place"),
    "desk:border": ("crossing", "on", "team", "name", "phone", "sex", "age", "danger", "sent_id"),
    "desk:unlock": ("password", "next", "held"),
    "desk:vouch": ("person", "fingerprint"),
    "desk:invite": ("role", "sent_id", "place-pick"),
    "desk:new_team": ("name_km", "organisation", "receives_reports", "sent_id", "place-pick"),
    "desk:give_key": ("fingerprint",),
    "desk:hand_over": ("to",),
    "desk:trail_check": ("org",),
    "account_login": ("login", "password", "next"),
    "account_reauthenticate": ("password", "next"),
    ("desk:concern_act", "answer"): ("text", "sent_id"),
    ("desk:concern_act", "assign"): ("choice",),
    ("desk:concern_act", "pass"): ("choice",),
    ("desk:concern_act", "join"): ("choice",),
    ("desk:concern_act", "set_aside"): ("reason",),
    ("desk:lane_act", "set_aside"): ("reason",),
    ("desk:import_act", "columns"): ("column-row", "column-day"),
    ("desk:import_act", "part"): ("part",),
    ("desk:issue_act", "rewrite"): ("title_km", "summary_en"),
    ("desk:issue_act", "raise"): ("choice",),
    ("desk:issue_act", "commit"): ("what", "office", "until"),
    ("desk:issue_act", "decline"): ("what", "why_not"),
    ("desk:issue_act", "finish"): ("note",),
    ("desk:issue_act", "read-back"): ("outcome", "women", "men"),
    ("desk:issue_act", "clear"): ("answer",),
    ("desk:issue_act", "lift"): ("what", "why_not"),
    ("desk:issue_act", "avoid"): ("level",),
    ("desk:issue_act", "merge"): ("choice",),
    ("desk:issue_act", "split"): ("concerns", "title_km", "sent_id"),
    ("desk:issue_act", "tally"): ("on", "women", "sent_id"),
    ("desk:issue_act", "name"): ("names",),
    "desk:fact_new": ("key", "subject", "name_km", "amount", "unit", "words_en", "as_of", "valid_until", "sent_id", "preview"),
    "desk:fact_change": ("name_en", "amount", "unit", "source_text", "as_of", "seen", "sent_id"),
    ("desk:fact_act", "publish"): ("number",),
    ("desk:fact_act", "refuse"): ("number",),
    "desk:text_new": (
        "slug",
        "title_km",
        "text_en",
        "steps",
        "step-0-text_en",
        "step-0-gives",
        "glance_wage",
        "do",
        "fact",
        "sent_id",
    ),
    "desk:text_change": (
        "title_en",
        "lede_km",
        "kind",
        "works",
        "steps",
        "step-0-documents_km",
        "step-0-name",
        "step-0-media",
        "media",
        "seen",
        "do",
        "into",
    ),
    "desk:text_part": ("picture", "alt_km", "reading_en", "kept_picture", "kept_reading_km", "right_en", "seen", "sent_id"),
    ("desk:text_act", "propose"): ("number",),
    ("desk:text_act", "publish"): ("number",),
    ("desk:text_act", "refuse"): ("number",),
    "desk:facts_import": ("rows", "sheet", "import"),
    "desk:texts_import": ("rows", "sheet", "import"),
    "desk:reminders": ("email", "digest"),
    "desk:custodian_name": ("username",),
    "desk:custodian_confirm": ("fingerprint",),
    "desk:release": ("fingerprint", "sure"),
    "desk:open_way": ("way",),
    "desk:way_back": ("username", "fingerprint"),
    "desk:letter_new": ("kind", "text_km", "text_en", "sent_id"),
    "desk:meetings": ("committee", "on", "sent_id"),
    "desk:minute": ("decision", "what", "office", "until", "why_not"),
    "desk:deadlines": ("level", "answer", "remind", "grace"),
    "desk:entry_new": (
        "name_km",
        "numbers",
        "opens",
        "capacity",
        "age_from",
        "needs",
        "areas",
        "website",
        "sent_id",
        "place-pick",
    ),
    "desk:entry_change": ("about_en", "country", "place-pick"),
    ("desk:entry_act", "publish"): ("number",),
    "desk:entry_free": ("places", "on", "sent_id"),
    "desk:entry_desk": ("desk",),
    "desk:phone_call": ("heard", "on", "words", "sent_id"),
    "desk:directory_import": ("source", "text", "sheet"),
    "desk:recruiter_new": ("name_km", "aliases", "numbers", "countries", "website", "sent_id", "place-pick"),
    "desk:recruiter_change": ("name_en", "branches", "country", "place-pick"),
    ("desk:recruiter_act", "publish"): ("number",),
    "desk:licence_new": ("claimant", "says", "licence_number", "ends_on", "source", "as_of", "sent_id"),
    ("desk:correction_act", "answer"): ("outcome", "answer_km", "answer_en"),
    "desk:recruiter_list_new": ("claimant", "source", "listed_on", "says", "sent_id"),
    ("desk:recruiter_list_act", "decide"): ("line-0", "line-9"),
    ("desk:recruiter_list_act", "part"): ("part",),
}
#: how a page tells what is wrong: beside the field, above the form, or instead of it
REASONS = ('role="alert"', "text-error", 'class="lede"')
#: who may do it, and the issue's state in which it can be done
WHO = {
    **dict.fromkeys((("desk:referral_act", verb) for verb in ("refuse", "finish", "take")), "supervisor@other"),
    "desk:referral_way_step": "supervisor@other",
    **dict.fromkeys(("desk:referral_outside", ("desk:referral_act", "hand_out")), "case_worker@own"),
    "desk:report_new": "volunteer@own",
    "desk:triage": "volunteer@own",
    "desk:fact_new": "programme_manager@own",
    "desk:fact_change": "programme_manager@own",
    ("desk:fact_act", "publish"): "programme_manager@own",
    ("desk:fact_act", "refuse"): "programme_manager@own",
    **dict.fromkeys(
        ("desk:text_new", "desk:text_change", "desk:text_part", "desk:facts_import", "desk:texts_import"), "programme_manager@own"
    ),
    **dict.fromkeys((("desk:text_act", verb) for verb in ("propose", "publish", "refuse")), "programme_manager@own"),
    "desk:trail_check": "data_protection_officer@own",
    "desk:join": "stranger",
    "desk:new_team": "organisation_administrator@own",
    "desk:recover": "stranger",
    "account_login": "stranger",
    ("desk:issue_act", "rewrite"): "writer",
    ("desk:issue_act", "commit"): "focal_person@own",
    ("desk:issue_act", "decline"): "focal_person@own",
    ("desk:issue_act", "finish"): "focal_person@own",
    ("desk:issue_act", "read-back"): "volunteer@own",
    ("desk:issue_act", "lift"): "focal_person@own",
    "desk:deadlines": "programme_manager@own",
    **dict.fromkeys(
        ("desk:entry_new", "desk:entry_change", "desk:directory_import", "desk:entry_free", "desk:entry_desk"),
        "programme_manager@own",
    ),
    **dict.fromkeys((("desk:entry_act", "publish"), "desk:phone_call"), "network_coordinator@own"),
    **dict.fromkeys(
        (
            *("desk:recruiter_new", "desk:recruiter_change", "desk:licence_new", "desk:recruiter_list_new"),
            *(("desk:recruiter_list_act", verb) for verb in ("decide", "part")),
        ),
        "programme_manager@own",
    ),
    ("desk:correction_act", "answer"): "programme_manager@own",
    ("desk:recruiter_act", "publish"): "network_coordinator@own",
    "desk:custodian_name": "organisation_administrator@own",
    "desk:release": "focal_person@own",
    "desk:way_back": "stranger",
}
STATE = {
    "rewrite": "draft",
    "raise": "approved",
    "commit": "raised",
    "decline": "raised",
    "finish": "committed",
    "read-back": "done",
    "lift": "raised",
    "merge": "draft",
}
NAMES |= programmes.NAMES | volunteers.NAMES | network.NAMES | practices.NAMES
WHO |= dict.fromkeys(programmes.NAMES, "programme_manager@own") | volunteers.WHO | network.WHO | practices.WHO
FORMS = [key if isinstance(key, tuple) else (key, "") for key in NAMES]


#: by turns each field gets an eighth of the values, and each value an eighth of all fields, of whatever kind
BY_TURNS = 8
FIELDS = [(*form, field) for form, key in zip(FORMS, NAMES, strict=True) for field in NAMES[key]]


def _key(url: str, variant: str):
    return (url, variant) if variant else url


def send(world: World, url: str, variant: str, sent, **how):
    """The answer to a post by somebody who may; undone afterwards."""
    from spean.cases.models import Referral
    from spean.network.models import Agreement, GoodPractice, Pair
    from spean.programme.models import Complaint
    from spean.voices.models import Issue, SheetImport

    if (url, variant) == ("desk:referral_act", "finish") or url == "desk:referral_way_step":
        Referral.objects.filter(pk=world.ids["referral:A"]).update(state="given")
    if (url, variant) == ("desk:import_act", "part"):
        SheetImport.objects.filter(pk=world.ids["import:A"]).update(state="running")
    if (url, variant) == ("desk:complaint_act", "close"):
        Complaint.objects.filter(pk=world.ids["complaint:A"]).update(state="looking")
    if url == "desk:agreement_act" and variant in network.STATE:
        Agreement.objects.filter(pk=world.ids["agreement:A"]).update(state=network.STATE[variant])
    if url.startswith("desk:good_practice") and url != "desk:good_practice_try":
        GoodPractice.objects.filter(pk=world.ids["good:A"]).update(state="review")
    if (url, variant) == ("desk:mentoring_act", "meet"):
        Pair.objects.filter(pk=world.ids["pair:A"]).update(state="agreed")
    if url == "desk:minute":
        Issue.objects.filter(pk=world.ids["issue:A"]).update(state="raised")
    if variant in STATE:
        Issue.objects.filter(pk=world.ids["issue:A"]).update(state=STATE[variant])
    _forget_how_often()
    person = world.people[WHO.get(_key(url, variant), "supervisor@own")]
    factory = RequestFactory()
    if not url.startswith("public:"):
        factory.cookies.load(person.cookies)
    path = path_of(url, arguments(world, url, variant), "en")
    request = factory.generic("POST", path, sent, **how) if isinstance(sent, bytes) else factory.post(path, sent)
    request._dont_enforce_csrf_checks = True
    with transaction.atomic():
        answer = application().get_response(request)
        transaction.set_rollback(True)
    return answer


def form_body(given: dict[str, str]) -> tuple[bytes, str]:
    """A body of multipart/form-data that can hold any text, half letters too."""
    mark = "border-of-the-test"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + str(value).encode("utf-8", "surrogatepass")
        + b"\r\n"
        for name, value in given.items()
    ]
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


#: forms in which nothing is typed
BUTTONS = {
    "desk:screening_agree",
    "desk:assessment_agree",
    "desk:lock",
    "desk:new_recovery_code",
    "desk:withdraw_invitation",
    "desk:start_key",
    "desk:rotate_key",
    "desk:case_alike",
    "desk:end_membership",
    "desk:new_feed",
    "desk:end_feed",
    "desk:custodian_end",
    "desk:practise",
    "desk:practice",
    "desk:way_stop",
    "desk:device_end",
    "desk:devices_end",
    "desk:end_sessions",
}
#: verbs whose form is that of another one, or a button
ALIKE = (
    {("desk:concern_act", v) for v in ("ask", "close", "read", "release", "steal")}
    | {("desk:issue_act", v) for v in ("approve", "publish", "escalate", "border", "reopen")}
    | {("desk:lane_act", v) for v in ("release", "steal")}
    | {("desk:case_act", v) for v in ("consent_agree", "task_drop", "keep_open", "close", "reopen", "steal")}
    | {("desk:case_act", v) for v in ("way_set_out", "way_arrive", "way_stop", "way_resume")}
    | {("desk:case_identification_act", "steal")}
    | {("desk:referral_act", v) for v in ("accept", "hand", "preview", "call_back", "open", "hear", "steal")}
    | {("desk:case_unasked_act", v) for v in ("decline", "tell", "steal")}
    | {("desk:case_visits_act", v) for v in ("call_back", "steal")}
    | {("desk:border_act", v) for v in ("take", "gone", "steal")}
    | {(f"desk:case_{ledger}_act", "steal") for ledger in ("documents", "money", "files", "conferences", "legal", "letters")}
    | {("desk:case_letters_act", "drop")}
    | {("desk:case_after_act", v) for v in ("decline", "look", "steal")}
    | {("desk:case_promised_act", "steal"), ("desk:case_livelihood_act", "steal"), ("desk:case_training_act", "steal")}
    | {("desk:training_act", v) for v in ("call_off", "steal")}
    | {("desk:activity_act", v) for v in ("plan", "hold", "report", "reopen", "publish", "withdraw", "steal")}
    | {("desk:care_act", v) for v in ("give_up", "resume", "call", "submit", "steal")}
    | {("desk:import_act", v) for v in ("start", "discard", "steal")}
    | {("desk:fact_act", v) for v in ("withdraw", "steal")}
    | {("desk:text_act", v) for v in ("withdraw", "steal")}
    | {("desk:entry_act", v) for v in ("check", "withdraw", "steal")}
    | {("desk:recruiter_act", v) for v in ("check", "withdraw", "steal")}
    | {("desk:licence_act", v) for v in ("publish", "check", "withdraw", "steal")}
    | {("desk:recruiter_list_act", v) for v in ("start", "publish", "discard", "steal")}
    | {("desk:correction_act", v) for v in ("publish", "steal")}
    | {("desk:plan_act", v) for v in ("agree", "contact", "end", "open", "safe", "steal")}
    | {("desk:meeting_act", v) for v in ("hold", "cancel", "once", "steal")}
    | programmes.BUTTONS
    | volunteers.BUTTONS
    | network.BUTTONS
    | practices.BUTTONS
)


def test_every_form_is_here():
    posts = {
        (line.url, line.variant)
        for line in table.lines()
        if "POST" in line.methods and (line.url.startswith(("public:", "desk:")))
    }
    known = {*FORMS, *((url, "") for url in BUTTONS), *ALIKE}

    same = {"of nobody", "of the concern", "of a contract that is gone", "led there by an answer"}
    assert {p for p in posts if p[1] not in same} <= known


@pytest.mark.parametrize(("url", "variant"), FORMS)
def test_what_is_typed_is_taken_or_refused_with_a_reason(world, record_property, everything, url, variant):
    wrong, tried = [], 0
    for field in NAMES[_key(url, variant)]:
        at = FIELDS.index((url, variant, field))
        for turn, (what, text) in enumerate(ASKED.items()):
            if (at + turn) % BY_TURNS and not everything:
                continue
            sent, kind = form_body({**body(world, url, variant), field: text})
            answer = send(world, url, variant, sent, content_type=kind)
            tried += 1
            wrong += [f"{field}: {what}: {lacking}" for lacking in wrong_with(answer)]
            if answer.status_code >= 500:
                wrong.append(f"{field}: {what}: {answer.status_code}")
            if "Set-Cookie" in answer.headers or "x=1" in answer.cookies:
                wrong.append(f"{field}: {what}: a header came out of the form")
            if answer.status_code == 422 and not any(sign in answer.content.decode() for sign in REASONS):
                wrong.append(f"{field}: {what}: 422 without a reason")

    record_property("hostile values", tried)
    assert wrong == []


BODIES = {
    "JSON in the place of a form": (b'{"told": "x"}', "application/json"),
    "XML": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "application/xml"),
    "no type": (b"told=x", ""),
    "a charset that is none": (b"told=x", "application/x-www-form-urlencoded; charset=no-such-charset"),
    "UTF-16": ("told=x".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-16"),
    "bytes that are no text": (b"told=%ff%fe%00&sent_id=%80", "application/x-www-form-urlencoded"),
    "a half letter": (b"told=%ed%a0%80", "application/x-www-form-urlencoded"),
    "too many fields": (b"&".join(b"f%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
    "ten megabytes of one word": (b"told=" + b"a" * 10 * MEGABYTES, "application/x-www-form-urlencoded"),
    "thirteen megabytes": (b"told=" + b"a" * 13 * MEGABYTES, "application/x-www-form-urlencoded"),
    "multipart without its border": (b"--x\r\n\r\n", "multipart/form-data"),
    "multipart with an endless border": (b"--x", "multipart/form-data; boundary=" + "x" * 500),
    "multipart that stops": (
        b'--b\r\nContent-Disposition: form-data; name="told"\r\n\r\nhalf',
        "multipart/form-data; boundary=b",
    ),
    "multipart in base64 that is none": (
        b'--b\r\nContent-Disposition: form-data; name="told"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
    ),
    "a file that has a path for a name": (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="../../etc/cron.d/x\x00"\r\n\r\nx\r\n--b--\r\n',
        "multipart/form-data; boundary=b",
    ),
    "many files": (
        b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"; filename="a"\r\n\r\nx\r\n' % n for n in range(50))
        + b"--b--\r\n",
        "multipart/form-data; boundary=b",
    ),
    "nothing": (b"", "application/x-www-form-urlencoded"),
    "the same field a hundred times": (b"&".join([b"told=x"] * 150), "application/x-www-form-urlencoded"),
}


#: what reads a body is the same for every form: by turns each body goes to a fourth of them
BODIES_BY_TURNS = 4


@pytest.mark.once
@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_is_no_form_is_refused_with_a_reason(world, record_property, everything, what):
    wrong, (sent, kind) = [], BODIES[what]
    asked = FORMS if everything else FORMS[list(BODIES).index(what) % BODIES_BY_TURNS :: BODIES_BY_TURNS]
    for url, variant in asked:
        answer = send(world, url, variant, sent, content_type=kind)
        if answer.status_code >= 500:
            wrong.append(f"{url} {variant}: {answer.status_code}")
        if url.startswith("public:") and len(answer.content) < 500:
            wrong.append(f"{url}: {answer.status_code} without a page")

    record_property("hostile values", len(asked))
    assert wrong == []


ADDRESSES = (
    "/en/said/?place=' OR 1=1&kind=x&after=%00",
    "/en/said/?after=" + "9" * 5000,
    "/en/said/?after=2020-01-01.x",
    "/en/said/?place=KH/14/" + "../" * 20,
    "/en/places/children/?parent=%ff%00",
    "/en/places/children/?parent=" + "1" * 5000,
    "/en/places/search/?q=%00%ed%a0%80",
    "/en/places/search/?q=" + "a%25" * 3000,
    "/en/said/0/",
    "/en/said/18446744073709551616/",
    "/en/desk/concerns/?view=%00&kind=%00&after=1.2.3",
    "/en/desk/concerns/?after=0.2026-01-01.not",
    "/en/desk/concerns/?after=9999999999999999999999.2026-01-01.00000000-0000-4000-8000-000000000000",
    "/en/desk/concerns/?after=%ed%a0%80",
    "/en/desk/concerns/lane/?view=%00&after=1.2.3",
    "/en/desk/concerns/lane/?after=9.1.00000000-0000-4000-8000-000000000000",
    "/en/desk/concerns/lane/?after=0.99999999999999999999.00000000-0000-4000-8000-000000000000",
    "/en/desk/imports/?after=9999-99-99.x",
    "/en/desk/imports/template/exe/",
    "/en/desk/imports/00000000-0000-4000-8000-000000000000/faulty/xlsx/",
    "/en/desk/issues/?after=9999-99-99.x",
    "/en/desk/issues/?view=%00",
    "/en/desk/issues/new/?concern=%00",
    "/en/desk/issues/new/?concern=00000000-0000-4000-8000-000000000000",
    "/en/desk/referrals/?box=%00&view=x&after=1.2",
    "/en/desk/reports/?after=..",
    "/en/desk/trail/?before=-1&org=x&verb=%00&person=%00&subject=x",
    "/en/desk/trail/?before=" + "9" * 400,
    "/en/desk/join/%00/",
    "/en/desk/join/" + "a" * 3000 + "/",
    "/en/desk/unlock/?next=//elsewhere.example/",
    "/en/desk/unlock/?next=%ed%a0%80",
    "/en/account/sign-in/?next=https://elsewhere.example/",
    "/en/account/sign-in/?next=%00",
    "/%ff/",
    "/en/%00",
)


def test_an_address_that_was_made_up_breaks_nothing(world, record_property):
    wrong = []
    for name in ("stranger", "supervisor@own", "volunteer@own", "data_protection_officer@own"):
        for path in ADDRESSES:
            answer = ask(world.people[name], "GET", path)
            if answer.status_code >= 500 or urlsplit(answer.headers.get("Location", "")).netloc:
                wrong.append(f"{path[:80]} as {name}: {answer.status_code}")

    record_property("hostile values", 4 * len(ADDRESSES))
    assert wrong == []


def test_a_stranger_is_led_nowhere_else_after_unlocking(world):
    for target in (
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/en/account/sign-out/",
    ):
        answer = send(world, "desk:unlock", "", {**body(world, "desk:unlock"), "next": target})

        assert answer.status_code == 302
        assert answer.headers["Location"] == "/en/desk/"


# -- nothing typed is lost -----------------------------------------------------------------------------------

KEPT = {
    "public:report": ({"told": "បាត់ប្អូន & <ឈ្មោះ>", "hours": 'after "six"', "phone": "12"}, ("told", "hours", "phone")),
    "desk:report_new": ({"told": "She left & did not <write>", "how": "say nothing", "women": "x", "kind": ""}, ("told", "how")),
    "desk:triage": ({"told": "She left & did not <write>", "how": "say nothing", "ask_free": "x", "kind": ""}, ("told", "how")),
    "desk:issue_new": ({"title_km": "ចំណងជើង & <ថ្មី>", "summary_en": "words", "kind": ""}, ("title_km", "summary_en")),
    ("desk:concern_act", "answer"): ({"text": "ចម្លើយ & <b>", "sent_id": "broken"}, ("text",)),
    ("desk:issue_act", "rewrite"): ({"title_km": "ក & <ខ>", "title_en": ""}, ("title_km",)),
    ("desk:issue_act", "commit"): ({"what": "ជួប & <ស្រី>", "until": "never"}, ("what",)),
    ("desk:issue_act", "decline"): ({"what": "no money & <time>", "why_not": ""}, ("what",)),
    ("desk:issue_act", "read-back"): ({"women": "many & <more>"}, ("women",)),
    "desk:fact_new": ({"name_km": "ថ្លៃ & <ថ្មី>", "words_en": "a & <b>", "as_of": "soon"}, ("name_km", "words_en", "as_of")),
    "desk:me": ({"name": "A & <b>", "language": "xx"}, ("name",)),
    "desk:screening_new": ({"words": "ចាក់សោ & <ទ្វារ>", "D103": "perhaps"}, ("words",)),
    "desk:assessment_new": ({"words": "ចាក់សោ & <ទ្វារ>", "taken": "perhaps"}, ("words",)),
    "public:contract": ({"text": "ក & <ខ> " * 3000}, ("text",)),
    "public:receipt_add": ({"text": "បន្ថែម & <ទៀត>\u202e", "sent_id": "broken"}, ("text",)),
}


@pytest.mark.parametrize("key", KEPT)
def test_a_form_that_comes_back_brings_what_was_typed(world, key):
    url, variant = key if isinstance(key, tuple) else (key, "")
    wrong, names = KEPT[key]

    answer = send(world, url, variant, {**body(world, url, variant), **wrong})
    page = answer.content.decode()

    assert answer.status_code == 422
    for name in names:
        assert escape(wrong[name]) in page, name


def test_files_that_are_none_are_refused_with_a_reason_and_the_words_stay(world):
    for data in (b"", b"MZ\x90\x00", b"<svg onload='x'/>", b"%PDF-1.7", b"PK\x03\x04" + b"0" * 100, b"\xff\xd8\xff" + b"0" * 50):
        upload = SimpleUploadedFile("photo.jpg", data, "image/jpeg")
        public = send(world, "public:report", "", {**body(world, "public:report"), "told": "my own words", "files": upload})
        upload = SimpleUploadedFile("photo.jpg", data, "image/jpeg")
        desk = send(world, "desk:report_new", "", {**body(world, "desk:report_new"), "told": "my own words", "photo": upload})

        assert public.status_code == 422
        assert "my own words" in public.content.decode()
        assert desk.status_code == 422
        assert "my own words" in desk.content.decode()


def test_numbers_and_days_out_of_range_are_refused(world):
    for field, value in (("women", "-1"), ("women", "5001"), ("men", "1" * 30), ("women", "1.5")):
        assert send(world, "desk:issue_act", "read-back", {"outcome": "confirmed", field: value}).status_code == 422
    for day in ("1999-01-01", "2999-01-01", "0001-01-01", "9999-12-31", "31/12/9999"):
        sent = {**body(world, "desk:issue_act", "commit"), "until": day}
        assert send(world, "desk:issue_act", "commit", sent).status_code == 422
    for number in ("-3", "100001", "១០០០០១"):
        sent = {**body(world, "desk:issue_new"), "fact_households": number, "place-pick": VILLAGE}
        assert send(world, "desk:issue_new", "", sent).status_code == 422


def test_khmer_digits_are_numbers(world):
    assert send(world, "desk:issue_act", "read-back", {"outcome": "contested", "women": "១២", "men": "៧"}).status_code == 302
    sent = {**body(world, "desk:issue_new"), "fact_households": "៤២"}
    assert send(world, "desk:issue_new", "", sent).status_code == 302


def test_a_senders_id_that_somebody_else_used_gives_nothing_away(world):
    """A forged replay of another person's report, issue and answer."""
    from spean.voices.models import Concern, Issue
    from spean.voices.operations import intake

    sent = uuid4()
    intake.receive_from_volunteer(
        world.people["volunteer@other"].actor(), intake.Report(told="x", kind="debt", danger="no"), sent
    )

    report = send(world, "desk:report_new", "", {**body(world, "desk:report_new"), "sent_id": str(sent)})
    assert report.status_code == 404
    public = send(world, "public:report", "", {**body(world, "public:report"), "sent_id": str(sent)})
    assert public.status_code in {404, 409, 422, 503}
    assert not any(c.isdigit() and len(c) >= 20 for c in public.content.decode().split())
    assert Concern.objects.filter(sent_hash=intake.sent_hash(sent)).count() == 1
    assert Issue.objects.count() == 3
