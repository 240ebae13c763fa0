"""JSON Schema (draft 2020-12) of a design file, for editors that complete and check while one writes.

It says what a schema can say: keys, types, ranges, words, who can do what. Conditions are read by the program alone.
"""

from typing import Any, Final

from model.institutions.aim import ATTRIBUTES, Aim
from model.institutions.aims import AIMS
from model.institutions.grammar import CHAIN, Design
from model.solutions import SolutionError, load_catalogue

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema as plain data: titles, descriptions with units, the words there are, and what goes together."""
    plain = _plain(Design.model_json_schema(by_alias=True))
    defs = plain["$defs"]
    for one in AIMS.values():
        chosen = defs[one.__name__]["properties"].get("solutions")
        if chosen is not None:
            chosen["items"] = {"type": "string", **_solutions()}
    defs["Statement"]["allOf"] = [*_actors(), _or_else()]
    defs["Statement"]["not"] = _too_long()
    about = "An institutional design: a list of ADICO statements (attribute, deontic, aim, condition, or else)."
    return {"$schema": DIALECT} | plain | {"title": "Institutional design", "description": about}


def _plain(node: Any) -> Any:
    """The schema without null, which TOML does not have, and with every single word as a list of one as well.

    Older drafts, which some editors read, know `enum` but neither `const` nor `discriminator`.
    """
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {k: _plain(v) for k, v in node.items() if k != "discriminator" and not (k == "default" and v is None)}
    if "const" in kept:
        kept["enum"] = [kept["const"]]
    options = [one for one in kept.get("anyOf", []) if one != {"type": "null"}]
    if len(options) == 1:
        del kept["anyOf"]
        kept = options[0] | kept
    elif options:
        kept["anyOf"] = options
    return kept


def _solutions() -> dict[str, Any]:
    try:
        return {"enum": list(load_catalogue().ids)}
    except SolutionError:  # whoever loads the catalogue tells what is wrong with it
        return {}


def _aim_is(*kinds: str) -> dict[str, Any]:
    return {"properties": {"aim": {"properties": {"kind": {"enum": list(kinds)}}}}}


def _actors() -> list[dict[str, Any]]:
    """Who can be the attribute of each kind of aim."""
    return [
        {"if": _aim_is(kind), "then": {"properties": {"attribute": {"enum": list(one.actors)}}}}
        for kind, one in AIMS.items()
        if one.actors != ATTRIBUTES
    ]


def _or_else() -> dict[str, Any]:
    """An or-else stands behind a must or a should that somebody can break, and the first waits for nothing."""
    breakable = [kind for kind, one in AIMS.items() if one.breakable is not Aim.breakable]
    bound = {"properties": {"deontic": {"enum": ["must", "should"]}}, "required": ["deontic"]}
    first = {"properties": {"or_else": {"not": {"required": ["after"]}}}}
    return {"if": {"required": ["or_else"]}, "then": {"allOf": [bound, _aim_is(*breakable), first]}}


def _too_long() -> dict[str, Any]:
    node: dict[str, Any] = {"required": ["or_else"]}
    for _ in range(CHAIN):
        node = {"required": ["or_else"], "properties": {"or_else": node}}
    return node
