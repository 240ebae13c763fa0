"""Hypothesis strategies that build valid conditions and designs of every form the grammar knows."""

from typing import Any

from hypothesis import strategies as st

from agents.vocabulary import EARLIEST, ELEMENTS, LATEST
from model.institutions.aims import AIMS
from model.institutions.grammar import CHAIN, Design
from model.institutions.sanctions import SANCTIONS
from model.institutions.words import TEXT_WORDS, TRUTH_WORDS, WORDS
from model.solutions import load_catalogue

SHARES = st.one_of(st.sampled_from([0.0, 0.3, 0.5, 1.0, 1]), st.floats(0, 1))
YEARS = st.integers(EARLIEST, LATEST - 1)
TEXTS = st.text(st.one_of(st.characters(categories=("L", "M", "N", "P", "S")), st.just(" ")), min_size=2, max_size=40)
LINES = st.one_of(
    TEXTS, st.sampled_from(['"', "\\n", "'''", '"""', "{x}", "None", "æøå", "# no comment"]).map("a {}".format)
)
NAMED = st.sampled_from(ELEMENTS)


# -- conditions --------------------------------------------------------------------------------------------------

VALUES = [word for word in WORDS if word not in (*TEXT_WORDS, *TRUTH_WORDS)]
FIGURES = st.one_of(st.sampled_from(["0", "1", "2", "3", "0.5", "2028", "5000"]), st.floats(0, 1e6).map(repr))
NUMBERS = st.recursive(
    st.one_of(
        st.sampled_from(VALUES),
        st.tuples(st.sampled_from(["stage", "practice", "broken"]), NAMED).map(lambda t: f'{t[0]}("{t[1]}")'),
        FIGURES,
    ),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=4,
)
CODES = st.from_regex(r"[0-9A-Za-z-]{1,12}", fullmatch=True)
TRUTHS = st.recursive(
    st.one_of(
        st.sampled_from(TRUTH_WORDS),
        NAMED.map('has("{}")'.format),
        st.tuples(st.sampled_from(TEXT_WORDS), st.sampled_from(["==", "!="]), CODES).map(
            lambda t: f'{t[0]} {t[1]} "{t[2]}"'
        ),
        st.tuples(NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS).map(" ".join),
    ),
    lambda inner: st.one_of(
        inner.map(lambda t: f"not ({t})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({' '.join(t)})"),
    ),
    max_leaves=4,
)


# -- aims and or-elses -------------------------------------------------------------------------------------------

SUMS = st.one_of(st.integers(0, 100_000), st.floats(0, 1e5))
MONEY = st.one_of(SUMS, st.dictionaries(YEARS.map(str), SUMS, min_size=1, max_size=6))
EARMARKED = st.fixed_dictionaries(
    {"million_nok": MONEY, "element": NAMED, "covers": SHARES}, optional={"base_share": SHARES}
)


@st.composite
def solutions(draw: st.DrawFn) -> dict[str, Any]:
    """A list of solutions, or selectors that some solution of the catalogue fits."""
    catalogue = load_catalogue()
    if draw(st.booleans()):
        own = [one.id for one in catalogue.solutions if not one.is_national]
        return {"solutions": draw(st.lists(st.sampled_from(own), min_size=1, max_size=4))}
    one = draw(st.sampled_from(catalogue.solutions))
    fits = {"solution_kind": one.kind, "domain": one.domain, "level": one.level}
    return {key: fits[key] for key in draw(st.sets(st.sampled_from(sorted(fits)), min_size=1))}


def _aim(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    strength = st.fixed_dictionaries({"strength": SHARES})
    own: dict[str, st.SearchStrategy[dict[str, Any]]] = {
        "duty": st.fixed_dictionaries({"element": NAMED}),
        "project_grant": st.one_of(
            EARMARKED,
            st.fixed_dictionaries(
                {"million_nok": MONEY}, optional={"co_finance": st.floats(0, 0.95), "duration": st.integers(1, 20)}
            ),
        ),
        "permanent_finance": st.one_of(
            EARMARKED, st.fixed_dictionaries({"million_nok": MONEY}, optional={"base_share": SHARES})
        ),
        "indicator_standard": st.fixed_dictionaries(
            {"scope": st.sampled_from(["own", "community"]), "precision": SHARES}
        ),
        "price": st.tuples(solutions(), st.floats(-1, 1)).map(lambda t: t[0] | {"share": t[1]}),
        "facility": st.tuples(solutions(), SHARES).map(lambda t: t[0] | {"strength": t[1]}),
        "information": st.tuples(solutions(), SHARES).map(lambda t: t[0] | {"strength": t[1]}),
    }
    return own.get(kind, strength).map(lambda aim: {"kind": kind} | aim)


@st.composite
def or_elses(draw: st.DrawFn) -> dict[str, Any]:
    """A chain of or-elses of any length that is allowed."""
    link: dict[str, Any] | None = None
    length = draw(st.integers(1, CHAIN))
    for place in reversed(range(length)):
        one: dict[str, Any] = {"kind": draw(st.sampled_from(sorted(SANCTIONS)))}
        more = {"publicity": {"reach": SHARES}, "graduated": {"standard_after": st.integers(2, 40)}}.get(
            one["kind"], {}
        )
        optional = {"credibility": SHARES, **more} | ({"after": st.integers(1, 40)} if place else {})
        one |= draw(st.fixed_dictionaries({}, optional=optional))
        link = one if link is None else one | {"or_else": link}
    assert link is not None
    return link


# -- statements and designs --------------------------------------------------------------------------------------


@st.composite
def spans(draw: st.DrawFn) -> dict[str, int]:
    """Years from and to, each or both left out."""
    first, last = sorted((draw(YEARS), draw(YEARS)))
    return {k: v for k, v in (("from", first), ("to", last)) if draw(st.booleans())}


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    """One statement as it stands in a file."""
    kind = draw(st.sampled_from(sorted(AIMS)))
    one: dict[str, Any] = {"attribute": draw(st.sampled_from(AIMS[kind].actors)), "aim": draw(_aim(kind))}
    deontic = draw(st.sampled_from(["must", "should", "may", "none", None]))
    if deontic is not None:
        one["deontic"] = deontic
    if draw(st.booleans()):
        one["condition"] = draw(TRUTHS.filter(lambda text: len(text) <= 500))
    if kind == "duty" and deontic in ("must", "should") and draw(st.booleans()):
        one["or_else"] = draw(or_elses())
    return one | draw(spans()) | {"source": draw(LINES)}


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """Any valid design, small."""
    both = st.fixed_dictionaries({"en": LINES, "nb": LINES})
    data = {
        "name": draw(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True)),
        "title": draw(both),
        "question": draw(both),
        "statement": draw(st.lists(statements(), min_size=1, max_size=4)),
    }
    return Design.model_validate(data | draw(spans()))
