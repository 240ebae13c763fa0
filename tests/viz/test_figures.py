"""Geometry, classes, labels and text of the figures."""

import doctest
import importlib

import numpy as np
import pytest

from viz.canvas import apart_from, digits_of, nice
from viz.figures.maps import class_bounds, project, thinned
from viz.projection import transverse_mercator
from viz.words import Both, chosen, listed, number, same


@pytest.mark.parametrize(
    "name", ["viz.words", "viz.canvas", "viz.results", "viz.palette", "viz.findings", "viz.figures.maps"]
)
def test_examples_run(name: str) -> None:
    module = importlib.import_module(name)
    assert doctest.testmod(module, extraglobs={"np": np}).failed == 0


def test_labels_keep_order_and_distance_within_the_frame() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        wanted = rng.uniform(0, 100, 6).tolist()
        places = np.array(apart_from(wanted, 12, 100))
        order = np.argsort(wanted, kind="stable")
        assert (np.diff(places[order]) >= 12 - 1e-9).all()
        assert places.min() >= -1e-9
        assert places.max() <= 100 + 1e-9


def test_axis_labels_are_what_they_say() -> None:
    for high in (0.003, 0.07, 0.5, 1, 7.3, 12, 99, 1234):
        ticks = nice(0, high)
        assert ticks[0] <= 0
        assert ticks[-1] >= high
        assert np.allclose(ticks, np.round(ticks, digits_of(ticks)), atol=5e-4)


def test_projection_is_true_to_shape() -> None:
    here = np.array([[15.0, 65.0], [15.1, 65.0], [15.0, 65.1]])
    plane = transverse_mercator(here, 15.0)
    east, north = np.linalg.norm(plane[1] - plane[0]), np.linalg.norm(plane[2] - plane[0])
    assert east / north == pytest.approx(np.cos(np.radians(65.0)), rel=1e-3)


def test_thinned_ring_is_closed_and_light() -> None:
    angle = np.linspace(0, 2 * np.pi, 2000)
    ring = thinned(np.column_stack([np.cos(angle), np.sin(angle)]) * 20)
    assert len(ring) < 200
    assert (ring[0] == ring[-1]).all()


def test_places_of_many_kinds_are_projected() -> None:
    square = [[10.0, 60.0], [11.0, 60.0], [11.0, 61.0], [10.0, 61.0], [10.0, 60.0]]
    one = {"properties": {"number": "0001"}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    two = {"properties": {"number": "0002"}, "geometry": {"type": "MultiPolygon", "coordinates": [[square], [square]]}}
    point = {"properties": {"number": "0003"}, "geometry": {"type": "Point", "coordinates": [10.0, 60.0]}}
    assert set(project({"features": [one, two, point]})) == {"0001", "0002"}
    assert project({"features": [point]}) == {}


@pytest.mark.parametrize(
    "values", [np.full(9, 0.3), np.array([0.5]), np.linspace(-0.4, 0.9, 200), np.linspace(0, 1e-6, 5)]
)
def test_class_bounds_are_few_and_ascending(values: np.ndarray) -> None:
    bounds = class_bounds(values)
    assert 1 <= len(bounds) <= 6
    assert (np.diff(bounds) > 0).all()


def test_text_of_both_languages() -> None:
    both = Both("year", "år")
    assert chosen(both.seamed(), "en") == "year"
    assert chosen(both.seamed(), "nb") == "år"
    assert same("a\x00b¦c\n").en == "a b|c"
    assert number(-0.01, 1).en == "0.0"
    assert number(float("nan")).nb == "–"
    assert listed([]).nb == "ingen"
