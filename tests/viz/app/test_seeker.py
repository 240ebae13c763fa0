"""A seeker answers the newest question, first run at once, the others behind it in pairs, and tells what fails."""

import queue
import threading
from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.viz.app.test_desk import desk_of
from viz.app.answers import Run
from viz.app.question import Question
from viz.app.seeker import Answer, Seeker


def run(arguments: Mapping[str, Any]) -> Run:
    level = float(arguments["seed"]) + len(arguments["design"])
    return Run(arguments["seed"], (2025,), {"agenda": np.array([level])}, (), np.zeros((0, 1)))


def told(answers: "queue.Queue[Answer]") -> Answer:
    return answers.get(timeout=10)


def test_first_run_then_all() -> None:
    answers: queue.Queue[Answer] = queue.Queue()
    desk = desk_of(run, 2)
    seeker = Seeker(desk, answers.put)
    seeker.ask(Question(seed=3), ("duty", "duty-and-money"), 4)
    answer = told(answers)
    assert [len(e.runs) for e in answer.ensembles] == [1, 1]
    assert answer.is_there
    assert not answer.is_complete
    while not answer.is_complete:
        answer = told(answers)
    assert [[r.seed for r in e.runs] for e in answer.ensembles] == [[3, 4, 5, 6]] * 2  # the same luck, in pairs
    assert answer.ensembles[0].cube("agenda").shape == (4, 1)
    assert answer.ensembles[0].key != answer.ensembles[1].key
    seeker.close()
    desk.close()


def test_the_newest_question_wins() -> None:
    gate, answers = threading.Event(), queue.Queue()  # type: ignore[var-annotated]

    def slow(arguments: Mapping[str, Any]) -> Run:
        gate.wait(10)
        return run(arguments)

    desk = desk_of(slow, 1)
    seeker = Seeker(desk, answers.put)
    for seed in range(1, 30):
        seeker.ask(Question(seed=seed), ("duty",), 2)
    gate.set()
    answer = told(answers)
    while not answer.is_complete:
        answer = told(answers)
    assert answer.question.seed == 29
    assert answers.empty()
    seeker.close()
    desk.close()


def test_what_fails_is_told_in_a_sentence_and_the_session_goes_on() -> None:
    answers: queue.Queue[Answer] = queue.Queue()

    def picky(arguments: Mapping[str, Any]) -> Run:
        if arguments["seed"] < 10:
            raise ValueError("seed too small; give at least 10")
        return run(arguments)

    desk = desk_of(picky, 2)
    seeker = Seeker(desk, answers.put)
    seeker.ask(Question(seed=1), ("duty",), 1)
    assert told(answers).error == "seed too small; give at least 10"
    seeker.ask(Question(seed=11), ("duty",), 1)
    assert told(answers).is_complete
    seeker.close()
    desk.close()
