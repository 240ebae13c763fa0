"""The report of a study: the right figures for each kind, and nothing said without interval and n."""

import importlib.util
import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from viz.study import findings, page, scenario
from viz.study.reading import Study
from viz.study.report import write_pages

_SPEC = importlib.util.spec_from_file_location("studies", Path(__file__).with_name("studies.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
studies = importlib.util.module_from_spec(_SPEC)
sys.modules["studies"] = studies
_SPEC.loader.exec_module(studies)

EXPECTED = {
    "compare": {"levels", "differences", "ranks"},
    "sample": {"levels", "differences", "ranks", "regret", "scenarios-territorial-last", "luck"},
    "sweep": {"sweep-citizens-example", "sweep-market-price"},
    "morris": {"screening-territorial-last", "screening-reduction-2040", "screening-institutionalisation"},
    "sobol": {
        "levels",
        "differences",
        "ranks",
        "regret",
        "luck",
        "indices-territorial-last",
        "settling-territorial-last",
    },
}


@cache
def made(kind: str, **changes: object) -> Study:
    frame, facts = studies.KINDS[kind]()
    return Study(frame, replace(facts, **changes), studies.OUTCOMES)


@pytest.mark.parametrize("kind", list(EXPECTED))
def test_each_kind_has_its_figures_and_every_number_its_n(kind, tmp_path) -> None:
    study = made(kind)
    html = write_pages(study, tmp_path).read_text(encoding="utf-8")
    files = {p.stem for p in (tmp_path / "figures").glob("*.svg")}
    assert EXPECTED[kind] <= files
    assert files == {p.stem for p in (tmp_path / "figures").glob("*.png")}
    assert "NaN" not in html
    assert not re.search(r"\bnan\b", html)
    assert "src=" not in html
    assert "https:" not in html
    assert "http:" not in html.replace("http://www.w3.org/", "")
    for drawing in page.drawn(study):
        assert re.search(r"n = \d|\d runs|base samples", drawing.caption.en), drawing.name
        assert drawing.rows, drawing.name
        assert all(len(row) == len(drawing.header) for row in drawing.rows), drawing.name
        assert drawing.title.en != drawing.title.nb or "-" in drawing.name
    assert "Seeds" in html
    assert "Siteres som" in html


def test_the_answer_names_the_design_that_was_made_the_best() -> None:
    study = made("compare")
    assert "“Full transition” does best" in findings.headline(study).en
    assert "«Full omstilling» det best" in findings.headline(study).nb


def test_designs_that_are_alike_are_not_ranked_in_words() -> None:
    frame, facts = studies.compare()
    twin = frame[frame["design"] == "project-grants"].copy()
    twin["design"] = "enthusiasts"
    rng = np.random.default_rng(1)
    twin["territorial_last"] += rng.normal(0, 0.3, len(twin))
    both = pd.concat([frame[frame["design"] == "project-grants"], twin])
    study = Study(both, replace(facts, designs=("enthusiasts", "project-grants")), studies.OUTCOMES[:1])
    assert "cannot be told apart" in findings.headline(study).en
    assert "Not for" in findings.enough_runs(study).en
    assert "cannot be told apart" in findings.findings(study)[0]["says"].en


def test_failed_runs_mark_page_and_figures_and_cost_their_future(tmp_path) -> None:
    frame, facts = studies.sample(80, 3)
    gone = frame.drop(frame.index[:2])
    study = Study(gone, replace(facts, failed=2, done=len(gone), warned=1), studies.OUTCOMES)
    html = write_pages(study, tmp_path).read_text(encoding="utf-8")
    assert "not for citation" in html
    assert "2 runs failed" in html
    assert "warned in 1 run" in html
    assert "cells of future and seed are left out" in findings.findings(study)[0]["says"].en
    assert "⚠" in (tmp_path / "figures" / "levels.svg").read_text(encoding="utf-8")
    assert "not for citation" not in write_pages(made("compare"), tmp_path).read_text(encoding="utf-8")


def test_few_seeds_are_called_too_few() -> None:
    frame, facts = studies.compare(3)
    study = Study(frame, facts, studies.OUTCOMES)
    assert any("Too few to conclude" in w.en for w in findings.warnings(study))
    assert all("too few pairs" in f["says"].en for f in findings.findings(study)[:3])


def test_the_box_is_read_out_with_units_and_trust() -> None:
    frame, facts = studies.sample()
    options = {"fails": {"measure": "territorial_last", "limit": 3.6}}
    study = Study(frame, replace(facts, options=options), studies.OUTCOMES)
    found = scenario.failures(study)[0]
    assert found.is_named
    assert found.limit == 3.6
    said = scenario.read_out(study, "enthusiasts", found)
    assert re.search(r"market\.price is below 1,[56]\d\d NOK per t: 9\d % of the \d+ such futures fail", said.en)
    assert re.search("er under 1\u202f\\d\\d\\d NOK per t", said.nb)
    assert "too few on one side" in scenario.read_out(study, "full-transition", found).en


def test_a_study_where_nothing_moves_says_so(tmp_path) -> None:
    frame, facts = studies.compare()
    study = Study(frame, facts, studies.OUTCOMES[4:])
    assert "No measure moves" in findings.headline(study).en
    assert write_pages(study, tmp_path).stat().st_size > 5000


def test_a_sweep_where_nothing_moves_is_reported_too(tmp_path) -> None:
    frame, facts = studies.sweep()
    for outcome in studies.OUTCOMES:
        frame[outcome.name] = 1.0
    assert write_pages(Study(frame, facts, studies.OUTCOMES), tmp_path).stat().st_size > 5000


def test_designs_with_one_title_are_told_apart_by_name() -> None:
    study = made("compare")
    first, second, *_ = study.designs
    titles = {name: {"en": "Grants", "nb": "Tilskudd"} for name in (first, second)}
    twins = Study(study.frame, replace(study.facts, titles=titles), studies.OUTCOMES)
    assert (twins.title(first).nb, twins.title(second).en) == (f"Tilskudd ({first})", f"Grants ({second})")


def test_titles_of_the_users_are_escaped(tmp_path) -> None:
    study = made("compare", title="<script>alert(1)</script>", question="a & b")
    html = write_pages(study, tmp_path).read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "a &amp; b" in html


def test_a_study_without_a_title_is_called_by_what_it_runs(tmp_path) -> None:
    study = made("sample", title="")
    html = write_pages(study, tmp_path).read_text(encoding="utf-8")
    assert "<title>Study of “" in html
    assert "“”" not in html
    assert "«»" not in html
    assert study.heading.nb.startswith("Studie av «")


def test_designs_that_are_the_same_are_not_said_to_be_told_apart() -> None:
    frame, facts = studies.compare()
    first, second, *_ = facts.designs
    own = frame[frame["design"] == first]
    twin = own.assign(design=second, key=own["key"] + "t")
    study = Study(pd.concat([own, twin], ignore_index=True), facts, studies.OUTCOMES)
    assert "No difference" in findings.enough_runs(study).en
