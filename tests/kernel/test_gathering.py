"""Group commit: each thing once, in order, with its own result or its own failure."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.kernel.gathering import Gathering


def all_of(gathering: Gathering[int, int], things: list[int]) -> list[int | str]:
    def one(thing: int) -> int | str:
        try:
            return gathering.do(thing)
        except ValueError as error:
            return str(error)

    with ThreadPoolExecutor(max(1, len(things))) as pool:
        return list(pool.map(one, things))


@given(st.lists(st.integers(-20, 20), max_size=12), st.integers(1, 5))
def test_each_is_written_once_and_hears_of_itself_only(things: list[int], most: int) -> None:
    written: list[int] = []

    def write(group: list[int]) -> list[int]:
        assert 0 < len(group) <= most
        if any(thing < 0 for thing in group):
            raise ValueError(f"no {min(group)}")
        written.extend(group)
        return [thing * 2 for thing in group]

    assert all_of(Gathering(write, most=most), things) == [t * 2 if t >= 0 else f"no {t}" for t in things]
    assert sorted(written) == sorted(t for t in things if t >= 0)


def test_who_comes_while_one_is_written_is_written_together() -> None:
    groups: list[list[int]] = []
    begun, go_on = threading.Event(), threading.Event()

    def write(group: list[int]) -> list[int]:
        groups.append(list(group))
        begun.set()
        assert go_on.wait(20)
        return group

    gathering = Gathering(write, most=10)
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(gathering.do, 0)
        assert begun.wait(20)
        rest = [pool.submit(gathering.do, n) for n in range(1, 6)]
        while len(gathering._waiting) < 5:
            threading.Event().wait(0.001)
        go_on.set()
        assert [f.result(20) for f in (first, *rest)] == list(range(6))
    assert [len(g) for g in groups] == [1, 5]


def test_what_cannot_be_written_is_raised_where_it_was_asked() -> None:
    def write(group: list[int]) -> list[int]:
        raise KeyError(group[0])

    gathering = Gathering(write, most=3)
    for _twice in range(2):  # and the next one is heard all the same
        with pytest.raises(KeyError):
            gathering.do(7)


def test_a_part_that_is_broken_for_all_is_not_waited_for_by_each() -> None:
    tries: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def write(group: list[int]) -> list[int]:
        tries.append(len(group))
        begun.set()
        assert go_on.wait(20)
        raise ValueError("gone")

    gathering = Gathering(write, most=10, for_all=lambda error: isinstance(error, ValueError))
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(gathering.do, 1)
        assert begun.wait(20)
        others = [pool.submit(gathering.do, n) for n in range(2, 7)]
        while len(gathering._waiting) < 5:
            pass
        go_on.set()
        assert all(isinstance(f.exception(20), ValueError) for f in (first, *others))
    assert tries == [1, 5]


def test_who_comes_while_others_have_the_turn_is_in_the_group() -> None:
    groups: list[list[int]] = []
    waiting, free = threading.Event(), threading.Event()

    @contextmanager
    def turn() -> Iterator[None]:
        waiting.set()
        assert free.wait(20)
        yield

    def write(group: list[int]) -> list[int]:
        groups.append(list(group))
        return group

    gathering = Gathering(write, most=10, turn=turn)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(gathering.do, 0)
        assert waiting.wait(20)
        rest = [pool.submit(gathering.do, n) for n in range(1, 4)]
        while len(gathering._waiting) < 4:
            threading.Event().wait(0.001)
        free.set()
        assert [f.result(20) for f in (first, *rest)] == list(range(4))
    assert [len(g) for g in groups] == [4]


def test_a_turn_that_cannot_be_had_is_told_and_the_next_is_heard() -> None:
    broken = [True]

    @contextmanager
    def turn() -> Iterator[None]:
        if broken:
            raise OSError("no room")
        yield

    gathering = Gathering[int, int](lambda group: group, most=3, turn=turn)
    with pytest.raises(OSError, match="no room"):
        gathering.do(1)
    broken.clear()
    assert gathering.do(2) == 2
