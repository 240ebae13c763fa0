"""What a page is given: the question, the answer so far, the voice of its language, and how to ask something else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from viz.app.desk import Desk
from viz.app.question import REPLICATES, Question
from viz.app.seeker import Answer
from viz.app.texts import Voice


@dataclass(frozen=True, eq=False)
class Laboratory:
    """One moment of one session.

    question: what is asked now. answer: the newest answer that has a run of every design, which may still be of an
    earlier question (`is_behind`). ask: put another question. desk: runs that the answer does not have.
    """

    question: Question
    answer: Answer | None
    error: str
    voice: Voice
    ask: Callable[[Question], None]
    desk: Desk

    @property
    def is_behind(self) -> bool:
        """Whether the answer shown is of an earlier question."""
        return self.answer is None or _asked(self.answer.question) != _asked(self.question)

    @property
    def wanted(self) -> int:
        """How many runs there will be."""
        return REPLICATES

    def change(self, **fields: Any) -> None:
        """Ask with some fields as somebody typed or chose them; what cannot be is left as it was."""
        self.ask(self.question.changed(**fields))


def _asked(question: Question) -> tuple[object, ...]:
    """What of a question decides its answer."""
    q = question
    return q.place, q.design, q.against, q.settings, q.citizens, q.seed, q.choice


def same_answer(one: Question, other: Question) -> bool:
    """Whether two questions have the same answer: they may differ in language, page or year shown."""
    return _asked(one) == _asked(other)
