"""A page can look at everything one run recorded, and is told in a sentence what cannot be had."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import reacton
import solara

from viz.app.answers import run_of
from viz.app.desk import Desk
from viz.app.laboratory import Laboratory
from viz.app.looking import use_record
from viz.app.question import Question
from viz.app.texts import Voice

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")  # of the widgets' own


def seen(question: Question, **more: Any) -> tuple[Any, str]:
    """What `use_record` gives in the end."""
    desk = Desk(1, pool=ThreadPoolExecutor)
    told: list[tuple[Any, str]] = []

    @solara.component
    def Page() -> Any:
        lab = Laboratory(question, None, "", Voice("en"), lambda new: None, desk)
        told.append(use_record(lab, **more))
        return solara.v.Html(tag="p")

    _, context = reacton.render_fixed(Page(), handle_error=False)
    until = time.monotonic() + 30
    while told[-1] == (None, "") and time.monotonic() < until:
        time.sleep(0.02)
    context.close()
    desk.close()
    return told[-1]


def test_the_record_is_of_the_run_that_is_shown() -> None:
    question = Question(place="0301,4012", citizens=1000, seed=5)
    record, error = seen(question, replicate=2)
    run = run_of(question.case(question.design) | {"seed": 7})
    assert error == ""
    assert record.seed == 7
    assert set(record.tables) >= {"municipality", "event", "regime", "edge", "element"}
    assert record.tables["nation"]["agenda"].to_pylist() == run.nation["agenda"].tolist()


def test_what_cannot_be_had_is_told() -> None:
    record, error = seen(Question(), design="no-such-design")
    assert record is None
    assert "no-such-design" in error
