"""A hook for pages that tell a story: its worlds are run with the same seeds, and what is known so far is handed on."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from typing import Any, Final

import solara

from viz.app.answers import key_of
from viz.app.desk import BEHIND, FIRST, Desk
from viz.app.question import Question
from viz.app.stories.story import load_story
from viz.app.stories.tale import MOST, OWN, Tale, arguments_of, tale_of

SEEDS: Final = range(1, 21)
PAUSE: Final = 0.5  # s between two publications, and between two looks at whether anybody still listens


@dataclass(frozen=True, eq=False)
class Telling:
    """What is known of a story's worlds: runs by world in order of their seeds; `error` where a run failed."""

    tales: Mapping[str, tuple[Tale, ...]] = field(default_factory=dict)
    error: str = ""

    @property
    def pairs(self) -> int:
        """Runs that every world has."""
        return min((len(runs) for runs in self.tales.values()), default=0)

    @property
    def is_complete(self) -> bool:
        return self.pairs >= len(SEEDS)


def use_tales(desk: Desk, story: str, where: str, *, is_on: bool) -> Telling:
    """The runs of a story at a place, once it is on, as they come; shared by all sessions that run the same."""
    found, set_found = solara.use_state(Telling())

    def live() -> Any:
        set_found(Telling())
        if not is_on:
            return None
        stopped = threading.Event()

        def publish(telling: Telling) -> None:
            if not stopped.is_set():
                set_found(telling)

        threading.Thread(target=_told, args=(desk, story, where, stopped, publish), daemon=True).start()
        return stopped.set

    solara.use_effect(live, [story, where, is_on])
    return found if is_on else Telling()


def _told(desk: Desk, story: str, where: str, stopped: threading.Event, publish: Callable[[Telling], None]) -> None:
    try:
        _run(desk, story, where, stopped, publish)
    except Exception as error:  # whatever a run raises is told on the page, and not the session's end
        publish(Telling(error=str(error)[:300] or type(error).__name__))


def _run(desk: Desk, story: str, where: str, stopped: threading.Event, publish: Callable[[Telling], None]) -> None:
    told = load_story(story)
    citizens = min(MOST, Question(place=where).agents)
    asked = {w.id: arguments_of(told, w.id, place=where, citizens=citizens) for w in told.worlds}
    keys = {world: f"{story} {key_of({k: v for k, v in a.items() if k not in OWN})}" for world, a in asked.items()}
    waiting: dict[Future[Any], tuple[str, int]] = {}
    runs: dict[str, dict[int, Tale]] = {world: {} for world in asked}
    try:
        for seed in SEEDS:
            for world, arguments in asked.items():
                rank = FIRST if seed == SEEDS[0] else BEHIND
                future = desk.ask(keys[world], arguments | {"seed": seed}, rank=rank, work=tale_of)
                waiting[future] = world, seed
        last = 0.0
        while waiting and not stopped.is_set():
            done, _ = wait(waiting, timeout=PAUSE, return_when=FIRST_COMPLETED)
            for future in done:
                world, seed = waiting.pop(future)
                try:
                    runs[world][seed] = future.result()
                except CancelledError:
                    continue
            if all(runs.values()) and (not waiting or time.monotonic() - last > PAUSE):
                publish(Telling({w: tuple(found[s] for s in sorted(found)) for w, found in runs.items()}))
                last = time.monotonic()
    finally:
        for world, seed in waiting.values():
            desk.leave(keys[world], seed, work=tale_of)
