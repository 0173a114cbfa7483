"""Where each address leads in the world, and a body that would be accepted: a refusal is then about the person alone."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

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
NEW_PASSWORD = "kvzq-jxwm-pbtg-hdlf"


def arguments(world: World, url: str, variant: str = "", letter: str = "A") -> dict[str, Any]:
    """What stands in the address: the ids of A's things, or of B's."""
    ids, team = world.ids, world.teams[f"{letter}1"].id
    member = "target" if letter == "A" else "case_worker@other"
    found: dict[str, dict[str, Any]] = {
        "public:story": {"number": 1},
        "public:photographed": {"token": ids["photos"]},
        "public:photographed_page": {"token": ids["photos"], "number": 0},
        "public:way": {"slug": "malaysia"},
        "public:way_paper": {"slug": "malaysia", "shape": "leaflet"},
        "public:law_paper": {"slug": "agency-fee", "shape": "fold"},
        "public:help_paper": {"code": "14", "shape": "poster"},
        "desk:entry": {"pk": ids["entry:A"]},
        "desk:entry_change": {"pk": ids["entry:A"]},
        "desk:entry_act": {"pk": ids["entry:A"], "verb": variant},
        "desk:phone_call": {"pk": ids["phone:A"]},
        "public:recruiter": {"pk": ids["recruiter:A"]},
        "public:recruiter_correct": {"pk": ids["recruiter:A"]},
        "desk:recruiter": {"pk": ids["recruiter:A"]},
        "desk:recruiter_change": {"pk": ids["recruiter:A"]},
        "desk:recruiter_act": {"pk": ids["recruiter:A"], "verb": variant},
        "desk:licence_new": {"pk": ids["recruiter:A"]},
        "desk:licence_act": {"pk": ids["licence:A"], "verb": variant},
        "desk:recruiter_list": {"pk": ids["list:A"]},
        "desk:recruiter_list_act": {"pk": ids["list:A"], "verb": variant},
        "desk:correction": {"pk": ids["correction:A"]},
        "desk:correction_act": {"pk": ids["correction:A"], "verb": variant},
        "public:helper": {"pk": ids["entry:A"]},
        "public:service": {"pk": ids["entry:A"]},
        "desk:fact": {"pk": ids[f"fact:{letter}"]},
        "desk:fact_change": {"pk": ids[f"fact:{letter}"]},
        "desk:fact_act": {"pk": ids[f"fact:{letter}"], "verb": variant},
        "desk:text_new": {"kind": "way"},
        "desk:text": {"pk": ids[f"text:{letter}"]},
        "desk:text_change": {"pk": ids[f"text:{letter}"]},
        "desk:text_compare": {"pk": ids[f"text:{letter}"]},
        "desk:text_version": {"pk": ids[f"text:{letter}"], "number": 2},
        "desk:text_act": {"pk": ids[f"text:{letter}"], "verb": variant},
        "desk:concern": {"pk": ids[f"concern:{letter}"]},
        "desk:concern_file": {"pk": ids[f"concern:{letter}"], "file_id": ids[f"file:{letter}"]},
        "desk:concern_act": {"pk": ids[f"concern:{letter}"], "verb": variant},
        "desk:lane_group": {"alike": ids[f"alike:{letter}"]},
        "desk:lane_act": {"alike": ids[f"alike:{letter}"], "verb": variant},
        "desk:issue": {"pk": ids[f"issue:{letter}"]},
        "desk:issue_act": {"pk": ids[f"issue:{letter}"], "verb": variant},
        "feed": {"token": ids["feed"] if not variant else "x" * 43},
        "desk:proof": {"pk": ids[f"issue:{letter}"], "proof_id": ids[f"proof:{letter}"]},
        "desk:letter_new": {"pk": ids[f"issue:{letter}"]},
        "desk:letter": {"pk": ids[f"letter:{letter}"]},
        "desk:meeting": {"pk": ids[f"meeting:{letter}"]},
        "desk:meeting_paper": {"pk": ids[f"meeting:{letter}"]},
        "desk:meeting_act": {"pk": ids[f"meeting:{letter}"], "verb": variant},
        "desk:minute": {"pk": ids[f"meeting:{letter}"], "issue": ids[f"issue:{letter}"]},
        "public:plan_check": {"link": ids["plan_link"]},
        "desk:plan": {"pk": ids[f"plan:{letter}"]},
        "desk:plan_paper": {"pk": ids[f"plan:{letter}"], "paper_id": ids[f"paper:{letter}"]},
        "desk:plan_act": {"pk": ids[f"plan:{letter}"], "verb": variant},
        "desk:import": {"pk": ids[f"import:{letter}"]},
        "desk:import_act": {"pk": ids[f"import:{letter}"], "verb": variant},
        "desk:import_faulty": {"pk": ids[f"import:{letter}"], "kind": "csv"},
        "desk:import_template": {"kind": "csv"},
        "desk:report": {"pk": ids[f"concern:{letter}"]},
        "desk:report_sent": {"pk": ids[f"concern:{letter}"]},
        "desk:join": {"token": ids[f"token:{letter}"]},
        "desk:end_membership": {"membership": ids[f"membership:{member}"]},
        "desk:hand_over": {"membership": ids[f"membership:{member}"]},
        "desk:custodian_name": {"pk": world.teams[f"{letter}1"].organisation_id},
        "desk:practise": {"pk": world.teams[f"{letter}1"].organisation_id},
        "desk:custodian_confirm": {"pk": ids[f"custodian:{letter}"]},
        "desk:custodian_end": {"pk": ids[f"custodian:{letter}"]},
        "desk:release": {"pk": ids[f"request:{letter}"]},
        "desk:way_stop": {"pk": ids[f"request:{letter}"]},
        "desk:practice": {"pk": ids[f"practice:{letter}"]},
        "desk:device_end": {"pk": ids[f"device:{letter}"]},
        "desk:end_sessions": {"membership": ids[f"membership:{member}"]},
        "desk:open_way": {"membership": ids[f"membership:{member}"]},
        "mfa_edit_webauthn": {"pk": 1},
        "mfa_remove_webauthn": {"pk": 1},
        "desk:team": {"pk": team},
        "desk:invite": {"pk": team},
        "desk:withdraw_invitation": {"pk": team, "invitation": ids[f"invitation:{letter}"]},
        "desk:start_key": {"pk": team},
        "desk:rotate_key": {"pk": team},
        "desk:give_key": {"pk": team, "user": world.people["keyless"].user.pk},
    }
    return found.get(url, {})


def body(world: World, url: str, variant: str = "") -> dict[str, Any]:
    """A form that is filled in well."""
    made = _concern_body(world, variant) if url == "desk:concern_act" else None
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
    from spean.kernel import clock

    sent = str(uuid4())
    code = world.ids["receipt"] if variant != "of nobody" else "1" * 24
    number = world.ids["plan_code"] if variant != "of nobody" else "1" * 24
    plan = {"sent_id": sent, "way": "By bus", "on_1": clock.today().isoformat(), "place-pick": OTHER_VILLAGE, "send": "1"}
    story: dict[str, Any] = {"told": "A story", "kind": "fees", "danger": "no", "happened": "month", "sent_id": sent}
    concern = {"concern": str(world.ids["concern:A"])} if variant else {}
    return {
        "public:report": {**story, "answer_wish": "receipt"},
        "public:contract": {"text": "The employer keeps the passport."},
        "public:offer": {"visa": "yes"},
        "public:plan": plan,
        "public:plan_act": {"code": number, "act": "sign", "sign": "1"},
        "public:plan_paper": {"code": number, "paper": str(world.ids["paper:A"])},
        "public:plan_check": {"sign": "1"},
        "desk:plan_new": plan,
        "desk:plan_check": {"digits": world.ids["plan_sun"]},
        "public:photos": {"sent_id": sent},
        "public:photographed": {"check": "1", "page0": "The employer keeps the passport."},
        "public:receipt": {"code": code},
        "public:receipt_add": {"code": code, "text": "More", "sent_id": sent},
        "desk:issue_new": {**WORDS, "kind": "fees", "sent_id": sent, "place-pick": VILLAGE, "send": "1", **concern},
        "desk:import_new": {
            "team": str(world.teams["A1"].id), "source": "A list", "sent_id": sent,
            "sheet": SimpleUploadedFile("a.csv", b"row,told\n7,words\n"),
        },
        "desk:text_new": {**TEXT, "slug": "laos", "sent_id": sent},
        "desk:text_change": {**TEXT, "seen": "3", "sent_id": sent},
        "desk:facts_import": {"rows": json.dumps([[1, [*FACT, "key"]], [2, [*FACT.values(), "x.new"]]]), "import": "1"},
        "desk:fact_new": {**FACT, "key": "x.new", "subject": "my.wage", "sent_id": sent},
        "desk:fact_change": {**FACT, "seen": "2", "sent_id": sent},
        "desk:reminders": {"email": "somebody@example.org", "digest": "weekly"},
        "desk:letter_new": {"kind": "request", "text_km": "សូម", "text_en": "Please", "sent_id": sent},
        "desk:meetings": {
            "committee": str(world.teams["C1"].organisation_id), "on": clock.today().isoformat(), "sent_id": sent,
        },
        "desk:minute": {"decision": "decline", "what": "គ្មានថវិកា", "why_not": "no_means"},
        "desk:deadlines": {"level": "commune", "answer": "20", "remind": "5", "grace": "10"},
        "desk:report_new": {
            **story, "answer_wish": "volunteer", "sex": "woman", "age": "25-59", "place-pick": OTHER_VILLAGE, "send": "1",
        },
        "desk:concern_search": {"text": "ឈ្មួញ"},
        "desk:entry_new": {**ENTRY, "sent_id": sent, "send": "1"},
        "desk:entry_change": {**ENTRY, "sent_id": sent, "send": "1"},
        "desk:entry_act": {"number": "2"},
        "desk:directory_import": {"source": "A list", "text": '[{"id": "1", "name": "Help"}]'},
        "desk:phone_call": {"heard": "right", "on": clock.today().isoformat(), "sent_id": sent},
        "desk:recruiter_new": {**RECRUITER, "sent_id": sent, "send": "1"},
        "desk:recruiter_change": {**RECRUITER, "sent_id": sent, "send": "1"},
        "desk:recruiter_act": {"number": "2"},
        "desk:licence_new": {
            "claimant": "court", "says": "revoked", "source": "A letter", "as_of": clock.today().isoformat(), "sent_id": sent,
        },
        "desk:correction_act": {"outcome": "kept"},
        "desk:recruiter_list_new": {
            "claimant": "ministry", "source": "Another list", "listed_on": clock.today().isoformat(), "says": "licensed",
            "sheet": SimpleUploadedFile("a.csv", b"Name,Licence\nDemo,1\n"), "sent_id": sent,
        },
        "desk:recruiter_list_act": {"line-0": "out", "part": "1", "line": "1"},
        "public:recruiter_correct": {"wrong": "The number is another", "sent_id": sent},
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
    }.get(url, {})  # fmt: skip
