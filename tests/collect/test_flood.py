"""Where a report goes: the whole decision, for every load that can be."""

from hypothesis import given
from hypothesis import strategies as st

from spean.collect import flood
from spean.collect.flood import Comer, Load
from spean.kernel.memory import memory

loads = st.builds(Load, near=st.floats(1, 10_000), all=st.floats(1, 100_000), flood=st.booleans())
comers = st.builds(Comer, st.just(b"n"), st.just(b"a"), st.booleans(), st.booleans(), st.booleans())


@given(comer=comers, load=loads, same=st.floats(1, 10_000), paid=st.booleans())
def test_whatever_comes_it_goes_to_one_of_two_lanes(comer, load, same, paid):
    memory().forget()
    held = flood.is_held(comer, load, same, paid=paid)

    first_of_its_words = same <= flood.SAME_MOST or not comer.comparable
    if first_of_its_words and (load.is_ordinary or (comer.pressing and (paid or not load.flood))):
        assert not held
    if not first_of_its_words and not (comer.pressing and comer.short):
        assert held


@given(near=st.floats(0, 1e9), everything=st.floats(0, 1e9))
def test_the_work_is_bounded_and_never_falls_while_the_load_rises(near, everything):
    bits = flood.bits_for(near, everything)
    assert 0 <= bits <= flood.MOST_BITS
    assert flood.bits_for(near * 2, everything * 2) >= bits
    if near <= flood.NEAR_FREE and everything <= flood.CALM:
        assert bits == 0


def test_a_flood_is_noted_with_its_beginning_and_ends_after_a_while(monkeypatch):
    from spean.kernel import memory as module

    now = [90_000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    memory().forget()
    assert (flood.since(), flood.a_minute()) == ("", 0)
    memory().count(*[(flood.ALL, b"")] * flood.CALM)
    flood.arrive(Comer(b"n", b"a", pressing=False, short=False, comparable=True))
    began = flood.since()
    assert began.startswith("20")
    now[0] += flood.ENDS_AFTER - 10
    assert flood.since() == began
    now[0] += 20
    assert flood.since() == ""
