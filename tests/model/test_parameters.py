"""Parameters: declared with range and source, overridden by path, refused with a remedy."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import ParameterError, checked, declared, values_of

PATHS = sorted(declared())
GRADES = {"H", "M", "L", "D", "calibrated", "assumed"}


def found(values: SimpleNamespace, path: str) -> float:
    for name in path.split("."):
        values = getattr(values, name)
    return values


@pytest.mark.parametrize("path", PATHS)
def test_each_is_declared_in_full(path):
    p = declared()[path]
    assert p.path == path
    assert p.low <= p.value <= p.high
    assert p.low < p.high
    assert all(math.isfinite(x) for x in (p.low, p.value, p.high))
    assert p.unit
    assert len(p.meaning) > 5
    assert p.source
    assert p.grade in GRADES
    assert p.kind in ("lever", "uncertainty", "constant")
    assert p.grade == "assumed" or p.source != "no source found"


def test_defaults_are_the_declared_values():
    values = values_of({})
    assert all(found(values, path) == declared()[path].value for path in PATHS)


@given(st.sampled_from(PATHS), st.floats(0.0, 1.0))
def test_a_setting_changes_its_own_parameter_alone(path, where):
    p = declared()[path]
    wanted = min(p.high, p.low + where * (p.high - p.low))
    values = values_of(checked({path: wanted}))
    assert found(values, path) == wanted
    assert all(found(values, other) == declared()[other].value for other in PATHS if other != path)


@pytest.mark.parametrize("edge", ["low", "high"])
def test_the_ends_of_a_range_belong_to_it(edge):
    given_ = {path: getattr(declared()[path], edge) for path in PATHS}
    assert checked(given_) == given_


@pytest.mark.parametrize("edge", ["low", "high"])
def test_beyond_its_range_a_value_is_refused(edge):
    for path, p in declared().items():
        end = getattr(p, edge)
        beyond = end + (1.0 if edge == "high" else -1.0) * max(1e-9, abs(end) * 1e-9)
        with pytest.raises(ParameterError) as refused:
            checked({path: beyond})
        assert str(refused.value).startswith(f"{path}: ")
        assert f"give a number from {p.low:g} to {p.high:g} ({p.unit})" in str(refused.value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, True, False, None, "many", "", [0.3], {}])
def test_what_is_no_number_is_refused_with_the_range(value):
    with pytest.raises(ParameterError, match=r"agenda\.decay: .*give a number from 0\.15 to 0\.5 \(per year\)"):
        checked({"agenda.decay": value})


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("agenda.decai", "agenda.decay"),
        ("institution.lapse_bas", "institution.lapse_base"),
        ("ceilling.I", "ceiling.I"),
    ],
)
def test_an_unknown_path_is_answered_with_the_nearest(path, near):
    with pytest.raises(ParameterError, match=f"unknown path '{path}'; did you mean '{near}'"):
        checked({path: 1.0})


def test_a_strange_path_is_answered_with_where_to_look():
    with pytest.raises(ParameterError, match="lists the paths"):
        checked({"qqqq": 1.0})


def test_order_and_spelling_of_settings_do_not_matter():
    one = checked({"ceiling.I": "0.25", "agenda.decay": 0.3})
    assert one == checked({"agenda.decay": "0.30", "ceiling.I": 0.25})
    assert list(one) == sorted(one)
