"""Where a condition may hold when only some of its words are known, as before a run. Knows nothing of money."""

import ast
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.institutions.conditions import Condition, Situation
from model.institutions.parsing import compiled
from model.institutions.words import TEXT_WORDS, WORDS

Mask = NDArray[np.bool_]
OWN: Final = frozenset(("year", "population", *TEXT_WORDS))  # words that a situation always knows


def may_hold(condition: Condition, situation: Situation) -> Mask:
    """Where the condition holds, or may hold: bool (M,).

    Words that `situation.words` lacks are unknown, and so is every function of an element. Known parts count as they
    are: `population < 5000 and agenda > 0.5` may hold where fewer than 5,000 live.
    """
    return _bounds(condition.tree, situation)[0]


def _bounds(node: ast.expr, situation: Situation) -> tuple[Mask, Mask]:
    """Where the part may hold and where it surely does, each (M,)."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        may, surely = _bounds(node.operand, situation)
        return ~surely, ~may
    if isinstance(node, ast.BoolOp):
        join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
        parts = [_bounds(value, situation) for value in node.values]
        return join.reduce([may for may, _ in parts]), join.reduce([surely for _, surely in parts])
    everywhere = np.ones(situation.population.shape, dtype=bool)
    if not _is_known(node, situation):
        return everywhere, ~everywhere
    mask = Condition(text="", tree=node, reader=compiled(node)).mask(situation)
    return mask, mask


def _is_known(node: ast.expr, situation: Situation) -> bool:
    known = OWN | situation.words.keys()
    parts = list(ast.walk(node))
    has_call = any(isinstance(part, ast.Call) for part in parts)
    return not has_call and all(part.id in known for part in parts if isinstance(part, ast.Name) and part.id in WORDS)
