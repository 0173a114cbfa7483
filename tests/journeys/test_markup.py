"""B-06: what is written is shown and never done: markup in every field, seen by everybody who sees it, in a real browser."""

from datetime import timedelta
from uuid import uuid4

from journeys.hands import at

GO = "document.title='done'"
PAYLOADS = (
    f"<script>{GO}</script>",
    f"<img src=x onerror={GO}>",
    f"<svg onload={GO}>",
    f"<svg><script href=data:,{GO} /></svg>",
    f"<iframe srcdoc='<script>parent.{GO}</script>'></iframe>",
    f"<a href=javascript:{GO}>x</a>",
    f"<form action=javascript:{GO}><button autofocus>",
    f"<details open ontoggle={GO}>",
    f"<input autofocus onfocus={GO}>",
    f"<body onload={GO}>",
    f"<math><mtext></mtext><mglyph><style><img src=x onerror={GO}>",
    f"<video><source onerror={GO}>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example/'>",
    "<base href=//elsewhere.example/>",
    "<style>body{background:url(//elsewhere.example/)}</style>",
    f"</textarea><script>{GO}</script>",
    f"</title><script>{GO}</script>",
    f'"><script>{GO}</script>',
    f"' onmouseover='{GO}",
    "{{ constructor.constructor('alert(1)')() }}",
    f"<!--><script>{GO}</script>-->",
    f"&lt;script&gt;{GO}&lt;/script&gt;",
    f"<x/onclick={GO}>x",
)


def seen_by(page, told: str, *addresses: str) -> list[str]:
    """Addresses on which something was done, or the words were not shown."""
    wrong = []
    page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        text = page.locator("body").inner_text()
        wrong += [address] if page.title() == "done" or page.locator("main iframe, main svg script, base").count() else []
        wrong += [f"not shown: {address}"] if told and told not in text else []
    return wrong


def issue_of_markup(town):
    """An issue whose public words are markup, on its way to the office and back."""
    from spean.kernel import clock
    from spean.voices.operations import answers, issues

    one, many = PAYLOADS[0], "\n".join(PAYLOADS)
    words = issues.Summary(f"{one} ក", f"{one} T", many[:1400], many[:1400])
    asked = {"kind": "fees", "places": [town.place("14010101")], "facts": {}, "concerns": [], "sent_id": uuid4()}
    pk = issues.open_issue(town.actor("worker"), town.teams["team"].id, words=words, **asked)
    for verb in ("approve", "raise"):
        town.step(pk, verb)
    until = clock.today() + timedelta(days=20)
    answers.commit(town.actor("focal"), pk, what=many[:590], office="commune_chief", until=until)
    return pk


def test_markup_is_shown_and_never_done(town, browse):
    from spean.voices.operations import triage

    many = "\n".join(PAYLOADS)
    contact = {"phone": PAYLOADS[1], "hours": PAYLOADS[2], "how": PAYLOADS[3], PAYLOADS[4][:30]: PAYLOADS[5]}
    public = town.concern(told=many, contact=contact)
    own = town.concern(public=False, told=many, contact={"name": PAYLOADS[17], **contact}, read=True)
    triage.answer(town.actor("worker"), own.id, many, uuid4())
    issue = issue_of_markup(town)
    looks = {
        "worker": (at("desk:concern", public.id), at("desk:concern", own.id)),
        "volunteer": (at("desk:report", own.id), at("desk:report_sent", own.id)),
        "focal": (at("desk:issue", issue), at("desk:meetings")),
        "supervisor": (at("desk:issue", issue), at("desk:issues"), at("desk:letter_new", issue), at("desk:today")),
        "manager": (at("desk:issue", issue, language="en"),),
        "": (at("public:said"), at("public:story", 1), at("public:story", 1, language="en")),
    }
    shown = {"worker": PAYLOADS[0], "volunteer": "", "": PAYLOADS[0], "focal": "", "supervisor": "", "manager": PAYLOADS[0]}
    wrong = {who: seen_by(browse(who, town=town), shown[who], *pages) for who, pages in looks.items()}
    assert [line for lines in wrong.values() for line in lines] == []


def test_the_look_notices_markup_that_works(browse):
    page = browse()
    page.route("**/works/", lambda route: route.fulfill(content_type="text/html", body=f"<main><script>{GO}</script></main>"))
    assert seen_by(page, "", "/works/") == ["/works/"]
