"""A story's worlds are run for a page as they come, and what goes wrong is told in a sentence."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import reacton
import solara

from viz.app import telling
from viz.app.desk import Desk
from viz.app.telling import Telling, use_tales

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")  # of the widgets' own


@pytest.fixture(autouse=True)
def few_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "SEEDS", range(1, 4))


def told(where: str, *, is_on: bool = True) -> Telling:
    """What `use_tales` gives in the end."""
    desk = Desk(1, pool=ThreadPoolExecutor)
    heard: list[Telling] = []

    @solara.component
    def Page() -> Any:
        heard.append(use_tales(desk, "duty", where, is_on=is_on))
        return solara.v.Html(tag="p")

    _, context = reacton.render_fixed(Page(), handle_error=False)
    until = time.monotonic() + (60 if is_on else 0.3)
    while not (heard[-1].is_complete or heard[-1].error) and time.monotonic() < until:
        time.sleep(0.02)
    context.close()
    desk.close()
    return heard[-1]


def test_every_world_is_run_with_the_same_seeds() -> None:
    found = told("4001,4003")
    assert found.error == ""
    assert found.is_complete
    assert set(found.tales) == {"nothing", "duty", "paid"}
    assert all([tale.seed for tale in runs] == [1, 2, 3] for runs in found.tales.values())


def test_nothing_is_run_before_somebody_asks() -> None:
    assert told("4001,4003", is_on=False).pairs == 0


def test_what_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any, **more: Any) -> dict[str, Any]:
        raise ValueError("the world is upside down")

    monkeypatch.setattr(telling, "arguments_of", broken)
    assert told("4001,4003").error == "the world is upside down"
