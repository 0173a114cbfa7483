from uuid import uuid4
from datetime import time, timedelta
from decimal import Decimal
from django.urls import reverse
from journeys.hands import at
from playwright.sync_api import expect
import os
OUT = "/work/shots/act"

def test_look(town, browse):
    os.makedirs(OUT, exist_ok=True)
    from spean.kernel import clock
    from spean.programme.operations import activities, events
    m, v = town.actor("manager"), town.actor("volunteer")
    today = clock.today()
    K = activities.Kept
    pk = activities.write(m, K("event", today, today + timedelta(days=1), name_km="ទិវាប្រឆាំងការជួញដូរមនុស្ស", name_en="Anti-Human-Trafficking Day", starts=time(7), ends=time(11), about_km="ក្បួនដង្ហែ និងព្រឹត្តិការណ៍", about_en="Parades and events in two provinces", presides_km="អភិបាលរងខេត្ត", presides_en="A deputy governor", topics=("safe_migration", "trafficking")), "14", uuid4())
    part = activities.write(m, K("event", today, name_km="ក្បួនដង្ហែ ព្រៃវែង", name_en="Parade, Prey Veng", part_of=pk, venue_km="ទីធ្លាសាលា", venue_en="School yard", starts=time(7), ends=time(9, 30)), "140101", uuid4())
    activities.write(m, K("event", today + timedelta(days=1), name_km="ល្ខោន បាភ្នំ", name_en="Play, Ba Phnum", part_of=pk, starts=time(8)), "1401", uuid4())
    t = 420
    for mins, km, en, who in ((30, "ជួបជុំ ចែកទឹក", "People gather, water is handed out", "អ្នកស្ម័គ្រចិត្ត"), (45, "ក្បួនដង្ហែ", "Parade", "សាលារៀន"), (15, "ពាក្យស្វាគមន៍", "Words of welcome", "គណៈកម្មាធិការខេត្ត")):
        activities.add(m, pk, "items", {"on": today, "starts": time(t // 60, t % 60), "minutes": mins, "what_km": km, "what_en": en, "who_km": who, "where_km": "ទីធ្លាសាលា"}, uuid4()); t += mins
    activities.add(m, pk, "costs", {"kind": "sound", "currency": "USD", "planned": Decimal(300), "spent": Decimal(280)}, uuid4())
    activities.add(m, pk, "questions", {"topic": "papers", "words": "តើធ្វើលិខិតឆ្លងដែនអស់ប៉ុន្មាន?"}, uuid4())
    activities.add(m, pk, "partners", {"name": "Cambodian Women for Peace and Development", "task": "Volunteers", "state": "done"}, uuid4())
    sheet = events.make_codes(m, pk, "student", 30, uuid4())
    events.check_in(v, part, [events.Tap(uuid4(), k) for k in ["student"] * 40 + ["teacher"] * 7 + ["migrant"] * 2 + ["official"] * 12])
    events.publish(m, pk)
    s = activities.write(v, K("outreach", today, name_km="មុនពេលចេញដំណើរ", name_en="Before you go", setting="village", audience="new", topics=("papers", "help"), starts=time(8)), "14010101", uuid4())
    activities.count(v, s, {"sex": {"women": 27, "men": 14}, "kind": {"family": 20, "migrant": 8, "leader": 13}}, 41)
    shots = [("manager", "activities", ()), ("manager", "activity", (pk,)), ("volunteer", "activity", (s,)), ("volunteer", "activity_count", (s,)), ("volunteer", "activity_new", ()), ("manager", "activity_lines", (pk, "items")), ("manager", "activity_lines", (pk, "invitations")), ("volunteer", "gate", (part,)), ("manager", "headcount", (pk,)), ("manager", "event_codes", (pk,)), ("manager", "event_report", (pk,))]
    for width, lang in ((360, "km"), (360, "en"), (1280, "en")):
        for who in ("manager", "volunteer"):
            page = browse(who, town=town, width=width)
            for name, url, args in [(w, u, a) for w, u, a in shots if w == who]:
                page.goto(at(f"desk:{url}", *args, language=lang))
                page.wait_for_timeout(300)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    print("WIDE", url, width, lang)
                page.screenshot(path=f"{OUT}/{url}-{who}-{lang}-{width}{'-' + args[1] if len(args) > 1 else ''}.png", full_page=True)
            if who == "manager":
                page.goto(at("public:event", pk, language=lang)); page.screenshot(path=f"{OUT}/public-{lang}-{width}.png", full_page=True)
    c = town.client("manager")
    for lang in ("km", "en"):
        for shape in ("poster", "programme", "report"):
            open(f"{OUT}/{shape}-{lang}.pdf", "wb").write(c.get(at("desk:event_paper", pk, shape, language=lang)).content)
    open(f"{OUT}/codes.pdf", "wb").write(c.get(at("desk:event_sheet", pk, sheet)).content)
