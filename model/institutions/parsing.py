"""From the text of a condition to a function on arrays: tokens, syntax tree, checked types. Evaluates no Python."""

import ast
import operator
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from agents.vocabulary import ELEMENTS
from model.institutions.errors import DesignError, Fault, nearest, quoted
from model.institutions.words import FUNCTIONS, TEXT, TEXT_WORDS, TRUTH_WORDS, WORDS

if TYPE_CHECKING:
    from model.institutions.conditions import Situation

LENGTH: Final = 500  # characters
DEPTH: Final = 24  # levels of the syntax tree
LARGEST: Final = 1e12  # of a number in a condition
GRAMMAR: Final = "use words, numbers, comparisons, and, or, not, + - * / and has(), stage(), practice(), broken()"

# Only these can stand in a condition; a word or number may not run into what follows it (`1and`, `f"…"`, `0x1`).
TOKEN: Final = re.compile(
    r"""[ \t\r\n]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w."'])|[A-Za-z_]\w*(?![\w"'])"""
    r"""|"[^"'\\\x00-\x1f]*"|'[^"'\\\x00-\x1f]*'|<=|>=|==|!=|[-+*/<>(),]""",
    re.ASCII,
)
Reader = Callable[["Situation"], Any]
ORDERS: Final[dict[type, Callable[[Any, Any], Any]]] = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}


def _divided(left: Any, right: Any) -> Any:
    """Quotient, NaN where the divisor is zero."""
    return np.divide(left, np.where(np.equal(right, 0), np.nan, right))


SUMS: Final[dict[type, Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divided,
}


class Part(NamedTuple):
    """A checked part: `type` is truth, number, or for text `word` (its name) or `literal` (its value)."""

    type: str
    read: Reader
    text: str = ""


def wrong(what: str, remedy: str) -> DesignError:
    return DesignError(Fault(what, remedy))


def parsed(text: str) -> ast.expr:
    """Syntax tree of a condition; every refusal is a DesignError."""
    if len(text) > LENGTH:
        raise wrong(f"the condition has {len(text)} characters", f"at most {LENGTH} are read; split the statement")
    at, was_text = 0, False
    while at < len(text):
        token = TOKEN.match(text, at)
        if token is None:
            raise wrong(f"{quoted(text[at : at + 12])} cannot stand in a condition (character {at + 1})", GRAMMAR)
        is_text = token[0][0] in "\"'"
        if is_text and was_text:  # Python would join them
            raise wrong(f"two texts stand side by side in condition (character {at + 1})", GRAMMAR)
        at, was_text = token.end(), is_text or (was_text and token[0].isspace())
    try:
        return ast.parse(re.sub(r"\s", " ", text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise wrong(
            f"the condition {quoted(text)} cannot be read", f"check brackets and operators; {GRAMMAR}"
        ) from error


def compiled(tree: ast.expr) -> Reader:
    """Function from a Situation to the truth of the condition, a bool or bool (M,)."""
    part = _part(tree, 0)
    if part.type != "truth":
        raise wrong(
            f"the condition {quoted(ast.unparse(tree))} is neither true nor false", "compare it: population < 5000"
        )
    return part.read


def _part(node: ast.AST, depth: int) -> Part:
    rule = RULES.get(type(node))
    if depth > DEPTH:
        raise wrong(f"the condition is nested more than {DEPTH} deep", "split the statement")
    if rule is None:
        raise wrong(f"{type(node).__name__.lower()} is not allowed in condition", GRAMMAR)
    return rule(node, depth + 1)


def _typed(node: ast.AST, depth: int, wanted: str) -> Reader:
    part = _part(node, depth)
    if part.type == wanted:
        return part.read
    shown = quoted(ast.unparse(node))
    if wanted == "number" and part.type == "truth":
        raise wrong(f"{shown} is true or false, not a number, in condition", f"write {ast.unparse(node)[:40]} alone")
    if wanted == "number":
        raise wrong(f"{shown} is text, not a number, in condition", 'text is compared so: county == "03"')
    raise wrong(f"{shown} is neither true nor false in condition", "compare it with something: population < 5000")


def _constant(node: ast.Constant, depth: int) -> Part:
    value = node.value
    if isinstance(value, str):
        return Part("literal", lambda situation: value, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(f"{quoted(value)} is not allowed in condition", "leave the condition out for 'always'")
    if not abs(value) <= LARGEST:
        raise wrong(f"a number in condition is larger than {LARGEST:.0e} or not finite", "use a smaller number")
    number = float(value)
    return Part("number", lambda situation: number)


def _name(node: ast.Name, depth: int) -> Part:
    word = node.id
    if word in FUNCTIONS:
        raise wrong(f"'{word}' in condition needs an element", f'write {word}("plan")')
    if word not in WORDS:
        raise wrong(f"unknown word {quoted(word)} in condition", nearest(word, [*WORDS, *FUNCTIONS]))
    if word in TEXT_WORDS:
        return Part("word", lambda situation: word, word)
    if word == "year":
        return Part("number", lambda situation: float(situation.year))
    if word == "population":
        return Part("number", lambda situation: situation.population)
    if word in TRUTH_WORDS:
        return Part("truth", lambda situation: np.not_equal(_value(situation, word), 0))
    return Part("number", lambda situation: _value(situation, word))


def _value(situation: "Situation", word: str) -> Any:
    try:
        return np.asarray(situation.words[word])
    except KeyError:
        raise wrong(
            f"the situation gives no value for the word '{word}'", "give every word of conditions.WORDS"
        ) from None


def _call(node: ast.Call, depth: int) -> Part:
    name = node.func.id if isinstance(node.func, ast.Name) else "this"
    if name not in FUNCTIONS:
        raise wrong(f"unknown function {quoted(name)} in condition", nearest(name, FUNCTIONS))
    given = node.args[0] if len(node.args) == 1 and not node.keywords else None
    if not (isinstance(given, ast.Constant) and isinstance(given.value, str)):
        raise wrong(f"'{name}' in condition takes one element as text", f'write {name}("plan")')
    if given.value not in ELEMENTS:
        raise wrong(f"unknown element {quoted(given.value)} in condition", nearest(given.value, ELEMENTS))
    column = ELEMENTS.index(given.value)
    if name == "has":
        return Part("truth", lambda situation: situation.stage[:, column] > 0)
    if name == "stage":
        return Part("number", lambda situation: situation.stage[:, column])
    if name == "practice":
        return Part("number", lambda situation: situation.practice[:, column])
    return Part("number", lambda situation: 0.0 if situation.breach is None else 1.0 * situation.breach[:, column])


def _bool(node: ast.BoolOp, depth: int) -> Part:
    parts = [_typed(value, depth, "truth") for value in node.values]
    join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or

    def read(situation: "Situation") -> Any:
        truth = parts[0](situation)
        for part in parts[1:]:
            truth = join(truth, part(situation))
        return truth

    return Part("truth", read)


def _unary(node: ast.UnaryOp, depth: int) -> Part:
    if isinstance(node.op, ast.Not):
        truth = _typed(node.operand, depth, "truth")
        return Part("truth", lambda situation: np.logical_not(truth(situation)))
    number = _typed(node.operand, depth, "number")
    sign = -1.0 if isinstance(node.op, ast.USub) else 1.0
    return Part("number", lambda situation: sign * number(situation))


def _binary(node: ast.BinOp, depth: int) -> Part:
    join = SUMS.get(type(node.op))
    if join is None:
        raise wrong(f"the operator {type(node.op).__name__.lower()} is not allowed in condition", "use + - * /")
    left, right = _typed(node.left, depth, "number"), _typed(node.right, depth, "number")
    return Part("number", lambda situation: join(left(situation), right(situation)))


def _compare(node: ast.Compare, depth: int) -> Part:
    sides = [node.left, *node.comparators]
    parts = [_part(side, depth) for side in sides]
    if any(part.type in ("word", "literal") for part in parts):
        return _text(node, parts)
    numbers = [_typed(side, depth, "number") for side in sides]
    for order in node.ops:
        if type(order) not in ORDERS:
            raise wrong(
                f"the comparison {type(order).__name__.lower()} is not allowed in condition", "use < <= > >= == !="
            )
    orders = [ORDERS[type(order)] for order in node.ops]

    def read(situation: "Situation") -> Any:
        values = [number(situation) for number in numbers]
        truth = orders[0](values[0], values[1])
        for i in range(1, len(orders)):
            truth = np.logical_and(truth, orders[i](values[i], values[i + 1]))
        return truth

    return Part("truth", read)


def _text(node: ast.Compare, parts: list[Part]) -> Part:
    words = {part.type: part.text for part in parts}
    if len(parts) != 2 or set(words) != {"word", "literal"} or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
        shown = quoted(ast.unparse(node))
        raise wrong(f"text is compared wrongly in condition {shown}", 'write number == "0301" or county != "03"')
    word, literal = words["word"], words["literal"]
    if not TEXT.fullmatch(literal):
        which = "municipality" if word == "number" else "county"
        remedy = 'give 1 to 12 letters, digits or hyphens, such as number == "0301" or county == "03"'
        raise wrong(f"{quoted(literal)} is no {which} number", remedy)
    is_equal = isinstance(node.ops[0], ast.Eq)

    def read(situation: "Situation") -> Any:
        listed = situation.numbers if word == "number" else situation.county_numbers
        at = listed.index(literal) if literal in listed else -1
        places = np.arange(len(listed)) if word == "number" else situation.county_of
        return (places == at) == is_equal

    return Part("truth", read)


RULES: Final[dict[type, Callable[[Any, int], Part]]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Call: _call,
    ast.BoolOp: _bool,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
}
