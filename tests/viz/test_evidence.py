"""The section on claims and patterns: in both languages, marked when it is old, and never taken for the runs shown."""

from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from experiments import provenance
from experiments.claims import CLAIMS
from experiments.evidence import shipped
from tests.viz import synthetic
from viz import evidence
from viz.report import write_report
from viz.words import tied

OLD = "they are out of date"


def claims(**changes: Any) -> dict[str, Any]:
    document = shipped.shipped("claims")
    assert document is not None
    return {**document, **provenance.of_results(), **changes}


def patterns() -> dict[str, Any]:
    part = {
        "title": "with a post",
        "title_nb": "med stilling",
        "unit": "share",
        "target": 0.95,
        "tolerance": [0.9, 1.0],
    }
    part |= {"model": 0.934, "p05": 0.911, "p95": 0.955, "n": 50, "pass": True}
    year = {
        **part,
        "title": "half of them",
        "unit": "year",
        "target": 2019.5,
        "model": 2018.9,
        "p95": 2022.0,
        "pass": False,
    }
    row = {"id": "P1", "title": "Officers", "title_nb": "Miljøvernledere", "pass": False, "parts": [part, year]}
    return {**provenance.of_results(), "citizens": 20_000, "replicates": 50, "seed": 1, "patterns": [row]}


def page_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], settings: str = "") -> str:
    monkeypatch.setattr(evidence, "shipped", told.get)
    where = synthetic.write(tmp_path / "out", designs=["duty"], replicates=5)
    with (where / "case.toml").open("a", encoding="utf-8") as case:
        case.write(settings)
    return write_report(where).read_text(encoding="utf-8")


def test_every_claim_stands_in_both_languages_with_its_verdict(tmp_path, monkeypatch):
    rows = [{**row, "verdict": "not supported"} for row in claims()["claims"]]
    page = page_with(tmp_path, monkeypatch, {"claims": claims(claims=rows)})
    assert 'id="evidence"' in page
    for claim in CLAIMS:
        assert escape(tied(claim.title.en)) in page
        assert escape(tied(claim.title.nb)) in page
    assert page.count("Not supported") == page.count("Ikke støttet") >= len(CLAIMS)
    assert "not to the runs of this page" in page
    assert OLD not in page
    assert page.count('lang="en"') == page.count('lang="nb"') + page.count('<html lang="en"')


def test_results_of_other_defaults_are_marked(tmp_path, monkeypatch):
    assert OLD in page_with(tmp_path, monkeypatch, {"claims": claims(parameters="0" * 32)})


def test_a_run_with_other_parameters_says_so(tmp_path, monkeypatch):
    told = {"claims": claims()}
    page = page_with(tmp_path, monkeypatch, told, '[settings]\n"persons.chief_leaves" = 0.2\n')
    assert "use other parameters than the defaults (persons.chief_leaves)" in page
    assert "bruker andre parametre enn standard (persons.chief_leaves)" in page


def test_patterns_have_a_place_beside_the_claims(tmp_path, monkeypatch):
    page = page_with(tmp_path, monkeypatch, {"patterns": patterns()})
    assert "Miljøvernledere" in page
    assert "0.934" in page
    assert "0,934" in page
    assert "med stilling" in page
    assert "2018.9" in page  # a year has no sign between its digits, in either language
    assert page.count("IKKE BESTÅTT") == 2  # the pattern, and the figure that fails it
    assert "Ten claims as experiments" not in page


def test_without_shipped_results_the_page_has_no_such_section(tmp_path, monkeypatch):
    assert 'id="evidence"' not in page_with(tmp_path, monkeypatch, {})


def test_theories_that_disagree_are_told(tmp_path, monkeypatch):
    first = claims()["claims"][0]
    verdicts = {"planned": "supported", "threshold": "not supported", "bass": "supported"}
    theory = {"id": first["id"], "verdicts": verdicts, "depends_on_theory": "yes"}
    page = page_with(tmp_path, monkeypatch, {"claims": claims(by_theory=[theory])})
    assert "yes: planned behaviour supported; threshold not supported; Bass supported" in page
    assert "ja: planlagt atferd støttet; terskel ikke støttet; Bass støttet" in page
