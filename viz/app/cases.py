"""From plain arguments to a case, for designs that ship and for designs that somebody wrote in the browser."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.case import Case


def is_written(design: str) -> bool:
    """Whether a design is given as the text of a file rather than by its name."""
    return "\n" in design


def case_of(arguments: Mapping[str, Any]) -> "Case":
    """The case that `Case.load` makes; its design may be the text of a design file, and is never a path.

    Raises CaseError, PlaceError, DesignError, SolutionError or ParameterError, each with what would be right.
    """
    from model.case import Case
    from model.institutions.design import design_names, parse_design
    from model.institutions.errors import DesignError, Fault, nearest, quoted

    design = str(arguments.get("design", "todays-practice"))
    if not is_written(design):
        if design not in design_names():
            raise DesignError(Fault(f"unknown design {quoted(design)}", nearest(design, design_names())))
        return Case.load(**arguments)
    rules = parse_design(design)
    case = Case.load(**{**arguments, "design": "enthusiasts-only"})
    years = {name: getattr(rules, name) for name in ("first", "last") if getattr(rules, name) is not None}
    if years:
        case = Case.load(**{**arguments, "design": "enthusiasts-only", **years})
    return replace(case, design_name=rules.name, design=rules)
