"""Where each address leads in the world, and a body that would be accepted: a refusal is then about the person alone."""

import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from . import network, practices, programmes, volunteers
from .world import OTHER_VILLAGE, PASSWORD, VILLAGE, World

WORDS = {"title_km": "ចំណងជើង", "summary_km": "សេចក្ដី", "title_en": "A title", "summary_en": "A summary"}
ENTRY = {
    "provider_km": "ផ្ទះ", "provider_en": "A house", "name_km": "ជំនួយ", "name_en": "Help", "source": "A visit", "country": "KH",
    "needs": ["law"], "areas": ["KH"], "numbers": "012 311 112", "hours": "unknown", "fee": "unknown",
}  # fmt: skip
RECRUITER = {
    "name_km": "ទីភ្នាក់ងារ", "name_en": "Demo Agency Two", "kind": "agency", "country": "KH", "countries": ["TH"],
    "source": "A list", "numbers": "012 311 114",
}  # fmt: skip
FACT = {
    "name_km": "ប្រាក់ឈ្នួល", "name_en": "A wage", "unit": "myr_month", "amount": "១៨០០", "claimant_km": "ក", "claimant_en": "A",
    "source_text": "a page", "source_tag": "T1", "as_of": "2026",
}  # fmt: skip
TEXT = {
    "title_km": "ទៅឡាវ", "title_en": "To Laos", "lede_km": "ក", "lede_en": "A", "trouble_km": "ក", "trouble_en": "A",
    "kind": "way",
    "destination": "other", "works": ["farm"], "position": "9", "steps": "1", "step-0-title_km": "ក", "step-0-title_en": "A",
    "step-0-text_km": "ក", "step-0-text_en": "A", "send": "1",
}  # fmt: skip
CASE = {
    "name_km": "ចាន់", "story": "A story", "source": "self", "sex": "man", "age": "25-59", "country": "TH", "risk": "now",
    "place-pick": VILLAGE, "send": "1",
}  # fmt: skip
TRAINING = {
    "trade": "motor", "provider": "A centre", "places": "9", "language": "km", "schooling": "none", "currency": "KHR",
    "ends_with": "state", "place-pick": VILLAGE, "send": "1",
}  # fmt: skip
ACTIVITY = {
    "kind": "outreach", "setting": "school", "name_en": "A session", "topics": ["papers"], "place-pick": VILLAGE,
    "send": "planned",
}  # fmt: skip
NEW_PASSWORD = "kvzq-jxwm-pbtg-hdlf"


#: kind of thing -> the addresses that hold its id alone, or with a verb
#: what stands on pages of a case's own, each with its verbs
LEDGERS = (
    "desk:case_counted",
    "desk:case_identification",
    "desk:case_identification_act",
    "desk:case_documents",
    "desk:case_documents_act",
    "desk:case_money",
    "desk:case_money_act",
    "desk:case_files",
    "desk:case_files_act",
    "desk:case_conferences",
    "desk:case_conferences_act",
    "desk:case_legal",
    "desk:case_legal_act",
    "desk:case_letters",
    "desk:case_letters_act",
    "desk:case_after",
    "desk:case_after_act",
    "desk:case_promised",
    "desk:case_promised_act",
    "desk:case_livelihood",
    "desk:case_livelihood_act",
    "desk:case_training",
    "desk:case_training_act",
    "desk:case_unasked",
    "desk:case_unasked_act",
    "desk:case_visits",
    "desk:case_visits_act",
)
FACTS = ("age_band", "citizenship", "recruiter", "recruited", "sector", "began", "lasted")
PAGES_OF = {
    "entry": (
        "public:helper",
        "public:service",
        "desk:entry",
        "desk:entry_change",
        "desk:entry_act",
        "desk:entry_free",
        "desk:entry_desk",
    ),
    "phone": ("desk:phone_call",),
    "recruiter": (
        *("public:recruiter", "public:recruiter_correct", "desk:recruiter", "desk:recruiter_change", "desk:recruiter_act"),
        "desk:licence_new",
    ),
    "licence": ("desk:licence_act",),
    "list": ("desk:recruiter_list", "desk:recruiter_list_act"),
    "correction": ("desk:correction", "desk:correction_act"),
    "fact": ("desk:fact", "desk:fact_change", "desk:fact_act"),
    "text": ("desk:text", "desk:text_change", "desk:text_compare", "desk:text_media", "desk:text_act"),
    "concern": ("desk:concern", "desk:concern_act", "desk:report", "desk:report_sent"),
    "issue": ("desk:issue", "desk:issue_act", "desk:issue_recruiter", "desk:letter_new"),
    "letter": ("desk:letter",),
    "meeting": ("desk:meeting", "desk:meeting_paper", "desk:meeting_act"),
    "plan": ("desk:plan", "desk:plan_act"),
    "case": (
        "desk:case",
        "desk:case_change",
        "desk:case_act",
        "desk:case_home",
        "desk:case_told",
        "desk:case_alike",
        "desk:screening_new",
        "desk:referral_new",
        "desk:referral_outside",
        "desk:assessment_new",
        "desk:care_plan",
        "desk:care_act",
        "desk:case_start",
        "desk:case_letter_new",
        *LEDGERS,
    ),
    "referral": ("desk:referral", "desk:referral_act", "desk:referral_way"),
    "arrival": ("desk:border_act",),
    "training": ("desk:training", "desk:training_change", "desk:training_act"),
    "visit": ("desk:visit",),
    "activity": ("desk:activity", "desk:activity_change", "desk:activity_count", "desk:activity_act"),
    "event": (
        *("desk:gate", "desk:gate_worker", "desk:gate_taps", "desk:headcount", "desk:event_codes", "desk:event_report"),
        *("desk:event_calendar", "public:event", "public:event_file"),
    ),
    "import": ("desk:import", "desk:import_act"),
    "custodian": ("desk:custodian_confirm", "desk:custodian_end"),
    "request": ("desk:release", "desk:way_stop"),
    "practice": ("desk:practice",),
    "device": ("desk:device_end",),
}
PAGES_OF |= programmes.PAGES_OF | volunteers.PAGES_OF | network.PAGES_OF | practices.PAGES_OF
KIND_OF = {url: kind for kind, urls in PAGES_OF.items() for url in urls}
#: what everybody is told belongs to nobody: there is one of each
ONCE = {"entry", "phone", "recruiter", "licence", "list", "correction"}


def arguments(world: World, url: str, variant: str = "", letter: str = "A") -> dict[str, Any]:
    """What stands in the address: the ids of A's things, or of B's."""
    kind = KIND_OF.get(url)
    if url in programmes.INDICATORS or url in programmes.REPORTS:
        return programmes.arguments(world.ids, url, variant, letter)
    if url in volunteers.PARTS:
        return volunteers.arguments(world.ids, url, variant, letter)
    if url in practices.PARTS:
        return practices.arguments(world.ids, url, letter)
    if kind is None:
        return {**_of_parts(world, variant, letter), **_of_people(world, letter)}.get(url, {})
    if url == "desk:referral_act" and variant in {"open", "take"}:
        kind = "packet"  # the one that was handed over
    if url == "desk:activity_act" and variant in {"publish", "withdraw"}:
        kind = "event"
    if url == "desk:referral_act" and variant in {"hand_out", "preview"}:
        kind = "outside"
    found = {"pk": world.ids[f"{kind}:{'A' if kind in ONCE else letter}"]}
    return {**found, "verb": variant} if url.endswith("_act") else found


def _of_parts(world: World, variant: str, letter: str) -> dict[str, dict[str, Any]]:
    """Addresses that hold a word, or more than one id."""
    ids = world.ids
    screened = {"pk": ids[f"case:{letter}"], "screening": ids[f"screening:{letter}"]}
    assessed = {"pk": ids[f"case:{letter}"], "assessment": ids[f"assessment:{letter}"]}
    return {
        "desk:screening": screened,
        "desk:screening_agree": screened,
        "desk:case_home_step": {"pk": ids[f"case:{letter}"], "step": ids[f"way_step:{letter}"]},
        "desk:referral_way_step": {"pk": ids[f"referral:{letter}"], "step": ids[f"way_step:{letter}"]},
        "desk:care_service": {"pk": ids[f"case:{letter}"], "goal": ids[f"goal:{letter}"]},
        "desk:case_follow": {"pk": ids[f"case:{letter}"], "follow": ids[f"follow:{letter}"]},
        "desk:assessment": assessed,
        "desk:assessment_agree": assessed,
        **_public_parts(ids, variant),
        "feed": {"token": ids["feed"] if not variant else "x" * 43},
        "desk:text_new": {"kind": "way"},
        "desk:text_file": {"name": ids["media:draft"]},
        "desk:text_part": {"pk": ids[f"text:{letter}"], "number": 1},
        "desk:text_version": {"pk": ids[f"text:{letter}"], "number": 2},
        "desk:concern_file": {"pk": ids[f"concern:{letter}"], "file_id": ids[f"file:{letter}"]},
        "desk:activity_lines": {"pk": ids[f"activity:{letter}"], "name": "questions"},
        "desk:activity_line": {"pk": ids[f"activity:{letter}"], "name": "questions", "row": ids[f"activity_line:{letter}"]},
        "desk:event_sheet": {"pk": ids[f"event:{letter}"], "sheet": ids[f"event_sheet:{letter}"]},
        "desk:event_paper": {"pk": ids[f"event:{letter}"], "shape": "poster"},
        "desk:case_file": {"pk": ids[f"case:{letter}"], "file_id": ids[f"case_file:{letter}"]},
        "desk:case_holder": {"pk": ids[f"case:{letter}"], "row": ids[f"document:{letter}"]},
        "desk:case_letter": {"pk": ids[f"case:{letter}"], "letter": ids[f"case_letter:{letter}"]},
        "desk:lane_group": {"alike": ids[f"alike:{letter}"]},
        "desk:lane_act": {"alike": ids[f"alike:{letter}"], "verb": variant},
        "desk:proof": {"pk": ids[f"issue:{letter}"], "proof_id": ids[f"proof:{letter}"]},
        "desk:minute": {"pk": ids[f"meeting:{letter}"], "issue": ids[f"issue:{letter}"]},
        "desk:plan_paper": {"pk": ids[f"plan:{letter}"], "paper_id": ids[f"paper:{letter}"]},
        "desk:import_faulty": {"pk": ids[f"import:{letter}"], "kind": "csv"},
        "desk:import_template": {"kind": "csv"},
    }


def _public_parts(ids: dict[str, Any], variant: str) -> dict[str, dict[str, Any]]:
    """Those of the public door."""
    return {
        "public:story": {"number": 1},
        "public:photographed": {"token": ids["photos"]},
        "public:photographed_page": {"token": ids["photos"], "number": 0},
        "public:way": {"slug": "malaysia"},
        "public:way_paper": {"slug": "malaysia", "shape": "leaflet"},
        "public:law_paper": {"slug": "agency-fee", "shape": "fold"},
        "public:help_paper": {"code": "14", "shape": "poster"},
        "public:packet": {"link": ids["packet_link"] if not variant else "x" * 43},
        "public:plan_check": {"link": ids["plan_link"]},
        "public:media": {"name": ids["media:draft" if variant else "media:public"]},
    }


def _of_people(world: World, letter: str) -> dict[str, dict[str, Any]]:
    """Addresses of members, teams and organisations."""
    ids, team = world.ids, world.teams[f"{letter}1"]
    member = {"membership": ids[f"membership:{'target' if letter == 'A' else 'case_worker@other'}"]}
    return {
        **dict.fromkeys(("desk:end_membership", "desk:hand_over", "desk:end_sessions", "desk:open_way"), member),
        **{key: {"pk": team.organisation_id} for key in ("desk:custodian_name", "desk:practise")},
        **{key: {"pk": team.id} for key in ("desk:team", "desk:invite", "desk:start_key", "desk:rotate_key")},
        **{key: {"pk": 1} for key in ("mfa_edit_webauthn", "mfa_remove_webauthn")},
        "desk:join": {"token": ids[f"token:{letter}"]},
        "desk:withdraw_invitation": {"pk": team.id, "invitation": ids[f"invitation:{letter}"]},
        "desk:give_key": {"pk": team.id, "user": world.people["keyless"].user.pk},
    }


def body(world: World, url: str, variant: str = "") -> dict[str, Any]:
    """A form that is filled in well."""
    made = _concern_body(world, variant) if url == "desk:concern_act" else programmes.body(world, url, variant)
    made = volunteers.body(world, url, variant) if url.startswith(("desk:volunteer", "desk:claim", "desk:complaint")) else made
    made = network.body(world, url, variant) if url.startswith(("desk:member", "desk:agreement")) else made
    made = practices.body(world, url, variant) if url.startswith(practices.OURS) else made
    made = _case_body(world, variant) if url == "desk:case_act" else made
    made = _ledger_body(world, variant) if url in LEDGERS else made
    made = _files_body(world, variant) if url.startswith(("desk:case_files", "desk:case_conferences")) else made
    made = {"row": str(world.ids["unasked:A"])} if url == "desk:case_unasked_act" and variant != "ask" else made
    made = _visit_body(world, variant) if url in {"desk:case_visits_act", "desk:visit"} else made
    made = _law_body(world, variant) if url.startswith("desk:case_legal") else made
    made = _letters_body(world, variant) if url.startswith("desk:case_letter") else made
    made = _referral_body(variant) if url == "desk:referral_act" else made
    made = _care_body(world, variant) if url == "desk:care_act" else made
    made = {"reason": "same"} if url == "desk:lane_act" else made
    made = {"number": "2"} if url == "desk:fact_act" else made
    made = _plan_body(world, variant) if url == "desk:plan_act" else made
    made = {"number": "3" if variant == "propose" else "2"} if url == "desk:text_act" else made
    made = _issue_body(world, variant) if url == "desk:issue_act" else made
    made = {"part": "0", "column-row": "0", "column-told": "1"} if url == "desk:import_act" else made
    return made if made is not None else _other_body(world, url, variant)


def _concern_body(world: World, verb: str) -> dict[str, Any]:
    choices = {
        "assign": world.people["case_worker@own"].user.pk,
        "pass": world.teams["B1"].id,
        "join": world.ids["issue:other"],
    }
    if verb in {"release", "set_aside"}:
        return {"reason": "advert"}
    return {"choice": str(choices[verb])} if verb in choices else {"text": "An answer", "sent_id": str(uuid4())}


def _case_body(world: World, verb: str) -> dict[str, Any]:
    sent = str(uuid4())
    return {
        "open": {"reason": "review"},
        "note": {"kind": "note", "text": "A note", "readers": "team", "sent_id": sent},
        "task": {"kind": "call", "text": "Call", "response": "day", "sent_id": sent},
        "consent": {
            "purpose": "care",
            "fields_told": ["name"],
            "until": _today(),
            "by": "self",
            "how": "thumb",
            "sent_id": sent,
        },
        "consent_agree": {"consent": str(world.ids["consent:A"])},
        "withdraw": {"consent": str(world.ids["consent:A"])},
        "way_change": {"mode": "deported", "where": "Home"},
        "way_plan": {"corridor": "TH", "mode": "assisted", "where": "Home", "sent_id": sent},
        "task_done": {"task": str(world.ids["task:A"])},
        "task_drop": {"task": str(world.ids["task:A"])},
        "assign": {"choice": str(world.people["case_worker@own"].user.pk)},
        "ask_close": {"reason": "reached", "text": "Home", "sent_id": sent},
    }.get(verb, {})


def _files_body(world: World, verb: str) -> dict[str, Any]:
    sent, drawing = str(uuid4()), io.BytesIO()
    Image.new("RGB", (9, 9), "white").save(drawing, "PNG")
    return {
        "": {"reason": "review"},
        "add": {
            "file": SimpleUploadedFile("a.png", drawing.getvalue()), "about": "proof", "words": "A", "readers": "team",
            "sent_id": sent,
        },
        "remove": {"row": str(world.ids["case_file:A"])},
        "confer": {
            "on": _today(), "present": ["worker"], "took_part": "there", "who": "A", "said": "A", "decided": "A", "sent_id": sent,
        },
    }.get(verb, {})  # fmt: skip


def _law_body(world: World, verb: str) -> dict[str, Any]:
    row, sent = {"row": str(world.ids["matter:A"])}, str(uuid4())
    return {
        "": {"reason": "review"},
        "consider": {"kind": "criminal", "office": "police", "who": "Somebody", "sent_id": sent},
        "move": {"row": str(world.ids["legal:A"]), "verb": "withdraw", "on": _today()},
        "aid": row | {"verb": "ask", "lawyer": "Somebody", "on": _today()},
        "hearing": row | {"on": _today(), "place": "court", "purpose": "trial", "tell": "on", "sent_id": sent},
        "over": row | {"hearing": str(world.ids["hearing:A"]), "verb": "cancel"},
        "protect": row | {"kind": "screen", "office": "court", "on": _today(), "sent_id": sent},
        "answer": row | {"measure": str(world.ids["measure:A"]), "verb": "give", "on": _today()},
        "claim": row | {"money": [str(world.ids["money:A"])]},
    }.get(verb, {})


def _letters_body(world: World, verb: str) -> dict[str, Any]:
    about = {"kind": "province", "row": str(world.ids["document:A"]), "by": "number", "text_km": "ក", "text_en": "A"}
    return {
        "": {"reason": "review", **about, "sent_id": str(uuid4())},
        "hand": {"row": str(world.ids["case_letter:A"]), "on": _today(), "way": "letter"},
        "sign": {"row": str(world.ids["case_receipt:A"]), "on": _today(), "receipt": "thumb"},
        "drop": {"row": str(world.ids["case_letter:A"])},
    }.get(verb, {})


def _ledger_body(world: World, verb: str) -> dict[str, Any]:
    sent = str(uuid4())
    danger = {"named": "An office", "why": "held", "reason": "A danger", "fields_told": ["name"]}
    return {
        "": {"reason": "review", "revision": "0", **dict.fromkeys(FACTS, "not_asked"), "form-labour": "yes"},
        "ask": {"authority": "anti_trafficking", "asked_on": _today(), "number": "12", **danger, "sent_id": sent},
        "take": {
            "kind": "passport", "owner": "person", "holder_kind": "captain", "country": "TH", "pretext": "safe", "sent_id": sent,
        },
        "begin": {"kind": "wages", "currency": "THB", "other": "employer", "who": "Somebody", "sent_id": sent},
        "add": {"row": str(world.ids["money:A"]), "what": "paid", "amount": "12,000", "month": "2026-01", "sent_id": sent},
        "mistake": {"row": str(world.ids["money:A"]), "amount": str(world.ids["amount:A"])},
        "demand": {"row": str(world.ids["document:A"]), "way": "us", "on": _today(), "words": "Please", "sent_id": sent},
        "hear": {
            "row": str(world.ids["document:A"]), "demand": str(world.ids["demand:A"]), "outcome": "promised", "on": _today(),
        },
        "end": {"row": str(world.ids["document:A"]), "verb": "return", "on": _today(), "receipt": "thumb"},
        "count_from": {"since": _today()},
        "decline": {"row": str(world.ids["follow:A"])},
        "miss": {"row": str(world.ids["late_follow:A"]), "why": "away"},
        "look": {"row": str(world.ids["follow_done:A"])},
        "tasks": {"row": str(world.ids["follow_done:A"]), "signs": ["debts"]},
        "promise": {"what": "A promise", "sent_id": sent},
        "kept": {"row": str(world.ids["promise:A"]), "delivered": "partly", "said": "Too late"},
        "consider": {"kind": "business", "words": "A stall", "sent_id": sent},
        "move": {"row": str(world.ids["livelihood:A"]), "verb": "begin"},
        "support": {"row": str(world.ids["livelihood:A"]), "kind": "tools", "month": "2026-01", "sent_id": sent},
        "earn": {"month": "2026-01", "amount": "12,000", "currency": "KHR", "words": "Rice", "sent_id": sent},
        "unearn": {"income": str(world.ids["income:A"])},
        "offer": {"training": str(world.ids["other_training:A"]), "words": "Engines", "sent_id": sent},
        "become": {"row": str(world.ids["enrolment:A"]), "verb": "enrol"},
        "attend": {
            "row": str(world.ids["finished:A"]), "since": _today(), "until": _today(), "held": "1", "attended": "1",
        },
        "certify": {"row": str(world.ids["finished:A"]), "kind": "state", "on": _today(), "number": "K-1"},
        "answer": {"row": str(world.ids["identification:A"]), "verb": "identified", "on": _today(), "words": "Yes"},
    }.get(verb, {})  # fmt: skip


def _visit_body(world: World, verb: str) -> dict[str, Any]:
    sent, going = str(uuid4()), str(world.people["volunteer@own"].user.pk)
    return {
        "": {"result": "met", "words": "Well", "sent_id": sent},
        "ask": {
            "volunteer": going, "why": "known", "kind": "go_along", "by_day": _today(), "alias": "A friend", "safe": "on",
            "sent_id": sent,
        },
    }.get(verb, {"row": str(world.ids["visit:A"])})  # fmt: skip


def _referral_body(verb: str) -> dict[str, Any]:
    said = {"refuse": {"reason": "full", "words": "No"}, "finish": {"outcome": "served", "words": "Yes"}}
    return said.get(verb, {"sent_id": str(uuid4())})


def _care_body(world: World, verb: str) -> dict[str, Any]:
    sent = str(uuid4())
    return {
        "wish": {"text": "A wish"},
        "goal": {"domain": "work", "words": "A goal", "target_on": _today(), "payer": "us", "sent_id": sent},
        "resume": {"goal": str(world.ids["given_up:A"])},
        "approve": {"revision": str(world.ids["revision:A"])},
        "return": {"revision": str(world.ids["revision:A"]), "text": "Who pays?"},
    }.get(verb, {"goal": str(world.ids["goal:A"])})


def _screening_body(sent: str, variant: str) -> dict[str, Any]:
    begun = {"alone": "yes", "willing": "yes", "language": "yes", "profile": "adult_labour", "sent_id": sent}
    answers = {"D501": "yes", "D503": "unknown", "words": "My own words", "keep": "1"}
    return {**begun, "go": "1"} if variant == "begun" else {**begun, **answers}


def _plan_body(world: World, verb: str) -> dict[str, Any]:
    bodies = {"call": {"outcome": "unreached"}, "ask_open": {"reason": "search"}}
    return bodies.get(verb, {"request": str(world.ids["plan_request"])})


def _issue_body(world: World, verb: str) -> dict[str, Any]:
    from spean.kernel import clock

    until = (clock.today() + timedelta(days=9)).isoformat()
    return {
        "rewrite": WORDS,
        "raise": {"choice": str(world.teams["C1"].organisation_id)},
        "commit": {"what": "យើងនឹងធ្វើ", "office": "commune_chief", "until": until},
        "decline": {"why_not": "no_means", "what": "គ្មានថវិកា"},
        "finish": {"note": "បានធ្វើ"},
        "read-back": {"outcome": "confirmed", "women": "៣", "men": "2"},
        "clear": {"answer": str(world.ids["answer:A"])},
        "lift": {"why_not": "no_means", "what": "គ្មានថវិកា"},
        "avoid": {"level": "district"},
        "merge": {"choice": str(world.ids["issue:other"])},
        "split": {"concerns": [str(world.ids["concern:A"])], **WORDS, "sent_id": str(uuid4())},
        "tally": {"on": clock.today().isoformat(), "women": "៣", "sent_id": str(uuid4())},
        "name": {"names": "Golden Sparrow"},
    }.get(verb, {})


def _other_body(world: World, url: str, variant: str) -> dict[str, Any]:
    sent = str(uuid4())
    made = (
        _told_body(world, sent, variant), _kept_body(world, sent), _activities_body(sent), _cases_body(world, sent, variant),
        _work_body(world, sent, variant), _people_body(world, sent),
    )  # fmt: skip
    return next((some[url] for some in made if url in some), {})


def _told_body(world: World, sent: str, variant: str) -> dict[str, dict[str, Any]]:
    """What people tell, ask and leave."""
    code = world.ids["receipt"] if variant != "of nobody" else "1" * 24
    number = world.ids["plan_code"] if variant != "of nobody" else "1" * 24
    plan = {"sent_id": sent, "way": "By bus", "on_1": _today(), "place-pick": OTHER_VILLAGE, "send": "1"}
    story: dict[str, Any] = {"told": "A story", "kind": "fees", "danger": "no", "happened": "month", "sent_id": sent}
    gone = {"reading": "x" * 22, "page": ["0"]} if variant == "of a contract that is gone" else {}
    led = {"reading": world.ids["photos"], "page": ["0"], "show": "found"} if variant == "led there by an answer" else {}
    return {
        "public:report": {**story, "answer_wish": "receipt", **gone, **led},
        "public:contract": {"text": "The employer keeps the passport."},
        "public:offer": {"visa": "yes"},
        "public:plan": {**plan, **gone, **led},
        "public:plan_act": {"code": number, "act": "sign", "sign": "1"},
        "public:plan_paper": {"code": number, "paper": str(world.ids["paper:A"])},
        "public:plan_check": {"sign": "1"},
        "public:packet": {"code": world.ids["packet_code"]},
        "public:plan_code": {"digits": world.ids["plan_sun"]},
        "desk:plan_new": plan,
        "desk:plan_check": {"digits": world.ids["plan_sun"]},
        "public:photos": {"sent_id": sent},
        "public:photographed": {"check": "1", "page0": "The employer keeps the passport."},
        "public:receipt": {"code": code},
        "public:receipt_add": {"code": code, "text": "More", "sent_id": sent},
        "desk:triage": {
            **dict.fromkeys(("gate_alone", "gate_willing", "gate_language", "ask_papers"), "yes"), "urgent": ["danger"],
            **story, "answer_wish": "volunteer", "sex": "woman", "age": "25-59", "place-pick": OTHER_VILLAGE, "send": "1",
        },
        "desk:report_new": {
            **story, "answer_wish": "volunteer", "sex": "woman", "age": "25-59", "place-pick": OTHER_VILLAGE, "send": "1",
        },
    }  # fmt: skip


def _kept_body(world: World, sent: str) -> dict[str, dict[str, Any]]:
    """What everybody is told."""
    return {
        "desk:case_holder": {**WORDS, "kind": "documents_kept", "sent_id": sent},
        "desk:text_new": {**TEXT, "slug": "laos", "sent_id": sent},
        "desk:text_change": {**TEXT, "seen": "3", "sent_id": sent},
        "desk:text_part": {"no_picture": "on", "seen": "3", "sent_id": sent},
        "desk:facts_import": {"rows": json.dumps([[1, [*FACT, "key"]], [2, [*FACT.values(), "x.new"]]]), "import": "1"},
        "desk:texts_import": {
            "rows": json.dumps([[1, ["key", "km", "en", "version"]], [2, ["way.malaysia.title", "ក", "A", "9"]]]),
            "import": "1",
        },
        "desk:fact_new": {**FACT, "key": "x.new", "subject": "my.wage", "sent_id": sent},
        "desk:fact_change": {**FACT, "seen": "2", "sent_id": sent},
        "desk:entry_new": {**ENTRY, "sent_id": sent, "send": "1"},
        "desk:entry_change": {**ENTRY, "sent_id": sent, "send": "1"},
        "desk:training_new": {**TRAINING, "starts_on": _today(), "ends_on": _today(), "sent_id": sent},
        "desk:training_change": {**TRAINING, "starts_on": _today(), "ends_on": _today(), "sent_id": sent},
        "desk:entry_act": {"number": "2"},
        "desk:entry_free": {"places": "3", "on": _today(), "sent_id": sent},
        "desk:entry_desk": {"desk": str(world.teams["A1"].id)},
        "desk:directory_import": {"source": "A list", "text": '[{"id": "1", "name": "Help"}]'},
        "desk:phone_call": {"heard": "right", "on": _today(), "sent_id": sent},
        "desk:recruiter_new": {**RECRUITER, "sent_id": sent, "send": "1"},
        "desk:recruiter_change": {**RECRUITER, "sent_id": sent, "send": "1"},
        "desk:recruiter_act": {"number": "2"},
        "desk:licence_new": {
            "claimant": "court", "says": "revoked", "source": "A letter", "as_of": _today(), "sent_id": sent,
        },
        "desk:correction_act": {"outcome": "kept"},
        "desk:recruiter_list_new": {
            "claimant": "ministry", "source": "Another list", "listed_on": _today(), "says": "licensed",
            "sheet": SimpleUploadedFile("a.csv", b"Name,Licence\nDemo,1\n"), "sent_id": sent,
        },
        "desk:recruiter_list_act": {"line-0": "out", "part": "1", "line": "1"},
        "public:recruiter_correct": {"wrong": "The number is another", "sent_id": sent},
    }  # fmt: skip


def _activities_body(sent: str) -> dict[str, dict[str, Any]]:
    """Activities, events and their gates."""
    return {
        "desk:activity_new": {**ACTIVITY, "on": _today(), "sent_id": sent},
        "desk:activity_change": {**ACTIVITY, "on": _today(), "sent_id": sent},
        "desk:activity_count": {"total": "9", "sex-women": "9"},
        "desk:activity_lines": {"topic": "help", "words": "Who helps?", "sent_id": sent},
        "desk:activity_line": {"topic": "help", "words": "Who helps?", "sent_id": sent},
        "desk:activity_act": {"why": "weather"},
        "desk:gate": {"kind": "student", "sent_id": sent},
        "desk:gate_taps": {"taps": json.dumps([{"id": sent, "kind": "student", "code": "", "undoes": ""}])},
        "desk:event_codes": {"kind": "student", "number": "2", "sent_id": sent},
    }


def _cases_body(world: World, sent: str, variant: str) -> dict[str, dict[str, Any]]:
    """Cases, referrals, the queue at a crossing."""
    concern = {"concern": str(world.ids["concern:A"])} if variant else {}
    return {
        "desk:case_new": {**CASE, "team": str(world.teams["A1"].id), "sent_id": sent, **concern},
        "desk:case_change": {**CASE, "revision": "0", "sent_id": sent},
        "desk:screening_new": _screening_body(sent, variant),
        "desk:referral_new": {
            "desk": str(world.teams["B1"].id), "need": "law", "kind": "service", "urgency": "days", "fields_told": ["needs"],
            "needs": "A lawyer", "until": _today(), "sent_id": sent,
        },
        "desk:referral_outside": {
            "desk": str(world.ids["named:A"]), "need": "law", "kind": "service", "urgency": "days", "fields_told": ["needs"],
            "needs": "A lawyer", "call": "012 000 111", "until": _today(), "sent_id": sent,
        },
        "desk:screening": {"reason": "review"},
        "desk:case_start": {"how": "visit", "words": "All well", "sent_id": sent},
        "desk:case_follow": {"how": "visit", "words": "All well", "sent_id": sent},
        "desk:case_home": {"reason": "review"},
        "desk:referral_way_step": {"word": "done", "day": _today(), "sent_id": str(uuid4())},
        "desk:case_home_step": {"state": "done", "due_on": _today(), "waits_for": "paper", "who": "An office", "text": "A paper"},
        "desk:assessment": {"reason": "review"},
        "desk:care_plan": {"reason": "review"},
        "desk:care_service": {"service": str(world.ids["entry:A"]), "need": "law"},
        "desk:assessment_new": {
            "need_bed": "now", "need_learn": "later", "risk": "some", "words": "My own words", "taken": ["bed"], "sent_id": sent,
            **({"propose": "1"} if variant else {"keep": "1"}),
        },
        "desk:case_search": {"text": "ឈ្មួញ"},
        "desk:border": {
            "crossing": "poipet", "on": _today(), "team": str(world.teams["A1"].id), "name": "សុខា", "phone": "012345678",
            "sex": "man", "age": "18-24", "danger": "on", "sent_id": sent,
        },
        "desk:border_act": {"crossing": "poipet", "on": _today()},
    }  # fmt: skip


def _work_body(world: World, sent: str, variant: str) -> dict[str, dict[str, Any]]:
    """Issues, meetings, letters, lists."""
    concern = {"concern": str(world.ids["concern:A"])} if variant else {}
    return {
        "desk:issue_new": {**WORDS, "kind": "fees", "sent_id": sent, "place-pick": VILLAGE, "send": "1", **concern},
        "desk:import_new": {
            "team": str(world.teams["A1"].id), "source": "A list", "sent_id": sent,
            "sheet": SimpleUploadedFile("a.csv", b"row,told\n7,words\n"),
        },
        "desk:reminders": {"email": "somebody@example.org", "digest": "weekly"},
        "desk:letter_new": {"kind": "request", "text_km": "សូម", "text_en": "Please", "sent_id": sent},
        "desk:meetings": {
            "committee": str(world.teams["C1"].organisation_id), "on": _today(), "sent_id": sent,
        },
        "desk:minute": {"decision": "decline", "what": "គ្មានថវិកា", "why_not": "no_means"},
        "desk:deadlines": {"level": "commune", "answer": "20", "remind": "5", "grace": "10"},
        "desk:concern_search": {"text": "ឈ្មួញ"},
    }  # fmt: skip


def _people_body(world: World, sent: str) -> dict[str, dict[str, Any]]:
    """People, keys and signing in."""
    return {
        "desk:unlock": {"password": PASSWORD},
        "desk:me": {"name": "Demo Name", "language": "km"},
        "desk:change_password": {"old": PASSWORD, "password": NEW_PASSWORD},
        "desk:recover": {"username": "writer", "code": "AAAA AAAA", "password": NEW_PASSWORD},
        "desk:way_back": {"username": "writer", "fingerprint": "1" * 20},
        "desk:open_way": {"way": "new_keys"},
        "desk:custodian_name": {"username": "newcomer"},
        "desk:custodian_confirm": {"fingerprint": world.ids["digits:named"]},
        "desk:release": {"fingerprint": world.ids["digits:request"], "sure": "on"},
        "desk:join": {"name": "Demo New", "username": "newcomer", "password": NEW_PASSWORD},
        "desk:vouch": {"person": str(world.people["fresh"].user.pk), "fingerprint": world.ids["digits:fresh"]},
        "desk:hand_over": {"to": str(world.ids["membership:case_worker@own"])},
        "desk:invite": {"role": "case_worker", "sent_id": sent},
        "desk:new_team": {
            "organisation": str(world.teams["A1"].organisation_id), "name_km": "ក្រុមថ្មី", "name_en": "New team", "sent_id": sent,
        },
        "desk:give_key": {"fingerprint": world.ids["digits:keyless"]},
        "desk:trail_check": {"org": str(world.teams["A1"].organisation_id)},
        "account_login": {"login": "writer", "password": "not the password"},
        "account_reauthenticate": {"password": "not the password"},
        "mfa_authenticate": {"code": "123456"},
        "mfa_activate_totp": {"code": "123456"},
    }  # fmt: skip


def _today() -> str:
    from spean.kernel import clock

    return clock.today().isoformat()
