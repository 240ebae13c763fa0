"""Populations as columns: bounds, rows as agents, and what is refused."""

import dataclasses

import numpy as np
import pytest

from agents.businesses import Businesses
from agents.citizens import Citizens
from agents.municipality import Municipalities
from agents.population import Population

KINDS = (Citizens, Businesses, Municipalities)


def made(kind: type[Population], size: int = 3) -> Population:
    return kind(size, **{a.width: 2 for a in kind.attributes if a.width})


@pytest.mark.parametrize("kind", KINDS)
def test_declarations_are_whole(kind):
    names = [a.name for a in kind.attributes]
    assert len(set(names)) == len(names)
    for a in kind.attributes:
        assert a.meaning
        assert a.low < a.high
        assert np.dtype(a.dtype).kind in "biuf"
        assert not a.name.endswith(("_t", "_kr", "_year")), "the unit stands in the declaration"


@pytest.mark.parametrize("kind", KINDS)
def test_columns_have_the_declared_form(kind):
    people = made(kind)
    assert len(people) == 3
    for a in kind.attributes:
        column = people.columns()[a.name]
        assert column.dtype == np.dtype(a.dtype)
        assert column.shape == ((3, 2) if a.width else (3,))


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_outside_its_bounds_is_named(kind):
    people = made(kind)
    assert people.out_of_bounds() == []
    for a in kind.attributes:
        if np.dtype(a.dtype).kind != "f":
            continue
        column = getattr(people, a.name)
        for wrong in (a.low - 0.1, a.high + 0.1, np.nan, np.inf):
            column[0] = wrong
            assert people.out_of_bounds() == [a.name]
        column[0] = a.low
        assert people.out_of_bounds() == []


def test_an_empty_population_is_within_bounds():
    assert made(Citizens, 0).out_of_bounds() == []


def test_an_unknown_attribute_is_answered_with_the_known():
    with pytest.raises(AttributeError, match=r"have no attribute 'atitude'; they have .*attitude"):
        made(Citizens).value("atitude", 0)


@pytest.mark.parametrize("index", [3, -4])
def test_a_row_outside_is_an_index_error(index):
    with pytest.raises(IndexError, match="3 rows"):
        made(Citizens)[index]


def test_a_declaration_does_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Citizens.attributes[0].low = 1.0
