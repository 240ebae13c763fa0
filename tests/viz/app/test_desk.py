"""The desk makes each run once, first runs first, leaves room for whoever moves a lever, and forgets the oldest."""

import gc
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import numpy as np
import pytest

from model.simulation import Simulation
from viz.app.answers import Run, run_of
from viz.app.cases import case_of
from viz.app.desk import BEHIND, CALM, FIRST, Desk


def run(seed: int) -> Run:
    return Run(seed, (2025, 2026), {"agenda": np.array([0.1, 0.2])}, ("repair",), np.array([[0.1, 0.2]]))


class Kitchen:
    """Makes runs when it is let: each waits until `let` is called, and the order of making is kept."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.gate = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)

    def make(self, arguments: Mapping[str, Any]) -> Run:
        self.made.append(arguments["seed"])
        self.begun.release()
        self.gate.acquire()
        return run(arguments["seed"])

    def let(self, count: int = 1) -> None:
        for _ in range(count):
            self.gate.release()


@pytest.fixture
def kitchen() -> Iterator[Kitchen]:
    made = Kitchen()
    yield made
    made.let(100)


class Cooked(Desk):
    """A desk that makes its runs with `make`, in threads."""

    def __init__(self, make: Callable[[Mapping[str, Any]], Run], workers: int, **more: Any) -> None:
        super().__init__(workers, pool=more.pop("pool", ThreadPoolExecutor), kept={"make": more.pop("kept", 100)})
        self.make = make

    def ask(self, key: str, arguments: Mapping[str, Any], **more: Any) -> Any:
        return super().ask(key, arguments, work=self.make, **more)

    def leave(self, key: str, seed: int, **more: Any) -> None:
        super().leave(key, seed, work=self.make)


def desk_of(make: Callable[[Mapping[str, Any]], Run], workers: int = 2, **more: Any) -> Desk:
    return Cooked(make, workers, **more)


def test_the_same_run_is_made_once(kitchen: Kitchen) -> None:
    desk = desk_of(kitchen.make)
    one, two = desk.ask("k", {"seed": 1}), desk.ask("k", {"seed": 1})
    kitchen.let()
    assert one.result(5) is two.result(5)
    assert desk.ask("k", {"seed": 1}).result(0) is one.result(0)
    assert kitchen.made == [1]
    desk.close()


def test_first_runs_go_before_replicates_and_one_process_stays_free(kitchen: Kitchen) -> None:
    desk = desk_of(kitchen.make)
    behind = [desk.ask("a", {"seed": s}, rank=BEHIND) for s in (11, 12, 13)]
    kitchen.begun.acquire(timeout=5)
    assert kitchen.made == [11]  # the second process is left to whoever moves a lever
    first = desk.ask("b", {"seed": 1}, rank=FIRST)
    kitchen.begun.acquire(timeout=5)
    assert kitchen.made == [11, 1]
    kitchen.let(4)
    assert first.result(5).seed == 1
    assert [f.result(5).seed for f in behind] == [11, 12, 13]
    desk.close()


def test_no_replicate_is_begun_while_a_first_run_is_made_or_drawn(kitchen: Kitchen) -> None:
    desk = desk_of(kitchen.make)
    first = desk.ask("a", {"seed": 1}, rank=FIRST)
    kitchen.begun.acquire(timeout=5)
    behind = desk.ask("b", {"seed": 11}, rank=BEHIND)  # perhaps of another session
    assert kitchen.made == [1]
    answered = time.monotonic()
    kitchen.let()
    assert first.result(5).seed == 1
    assert kitchen.begun.acquire(timeout=5)
    assert time.monotonic() - answered >= CALM
    assert kitchen.made == [1, 11]
    kitchen.let()
    assert behind.result(5).seed == 11
    desk.close()


def test_replicates_wait_longer_where_many_first_runs_are_drawn(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "collect", lambda: 0)  # it would wait as long as what is measured
    desk = desk_of(kitchen.make)
    firsts = [desk.ask(key, {"seed": seed}, rank=FIRST) for key, seed in (("a", 1), ("b", 2))]
    behind = desk.ask("c", {"seed": 11}, rank=BEHIND)
    answered = time.monotonic()
    kitchen.let(3)
    assert [f.result(5).seed for f in firsts] == [1, 2]
    assert behind.result(5).seed == 11
    assert time.monotonic() - answered >= 2 * CALM
    assert kitchen.made == [1, 2, 11]
    desk.close()


def test_a_run_without_events_has_the_numbers_of_one_with_them() -> None:
    arguments = {"place": "oslo", "design": "full-transition", "citizens": 300, "seed": 4, "last": 2030}
    sim = Simulation(case_of(arguments)).run()
    found = run_of(arguments)
    assert all(np.array_equal(found.nation[name], sim.tables["nation"][name].to_numpy()) for name in found.nation)
    assert sum(found.money.values()) * 100 * len(found.years) == pytest.approx(
        sum(sim.tables["flow"]["amount"].to_pylist())
    )
    assert Simulation(case_of(arguments), events=False).run().digest() == sim.digest()


def test_what_nobody_wants_any_more_is_not_begun(kitchen: Kitchen) -> None:
    desk = desk_of(kitchen.make, workers=1)
    begun = desk.ask("a", {"seed": 1})
    left, wanted = desk.ask("a", {"seed": 2}), desk.ask("a", {"seed": 3})
    desk.ask("a", {"seed": 3})
    desk.leave("a", 2)
    desk.leave("a", 3)  # one of two
    kitchen.let(2)
    assert begun.result(5).seed == 1
    assert wanted.result(5).seed == 3
    assert left.cancelled()
    assert kitchen.made == [1, 3]
    desk.close()


def test_the_oldest_are_forgotten(kitchen: Kitchen) -> None:
    desk = desk_of(kitchen.make, kept=2)
    kitchen.let(10)
    for seed in (1, 2, 3, 1):
        assert desk.ask("k", {"seed": seed}).result(5).seed == seed
    assert kitchen.made == [1, 2, 3, 1]
    desk.close()


def test_a_failure_is_told_and_the_desk_goes_on() -> None:
    def make(arguments: Mapping[str, Any]) -> Run:
        if arguments["seed"] == 1:
            raise ValueError("no such world")
        return run(arguments["seed"])

    desk = desk_of(make)
    with pytest.raises(ValueError, match="no such world"):
        desk.ask("k", {"seed": 1}).result(5)
    assert desk.ask("k", {"seed": 2}).result(5).seed == 2
    desk.close()


class Dying(ThreadPoolExecutor):
    """A pool whose first `deaths` calls end with their process."""

    deaths, pools = 1, 0

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        Dying.pools += 1

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if Dying.deaths:
            Dying.deaths -= 1
            broken: Future[Any] = Future()
            broken.set_exception(BrokenProcessPool("gone"))
            return broken
        return super().submit(fn, *args, **kwargs)


@pytest.mark.parametrize(("deaths", "is_answered"), [(1, True), (2, False)])
def test_a_run_whose_process_died_is_tried_once_more_in_a_new_pool(deaths: int, is_answered: bool) -> None:
    Dying.deaths, Dying.pools = deaths, 0

    def make(arguments: Mapping[str, Any]) -> Run:
        return run(arguments["seed"])

    desk = desk_of(make, 1, pool=Dying)
    future = desk.ask("k", {"seed": 5})
    if is_answered:
        assert future.result(5).seed == 5
    else:
        with pytest.raises(BrokenProcessPool):
            future.result(5)
    assert Dying.pools == 2
    assert desk.ask("k", {"seed": 6}).result(5).seed == 6
    desk.close()
