"""The results that come with the program: what may be shipped, what is stale, and the pages made of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from experiments import provenance, store
from experiments.claims import CLAIMS
from experiments.evidence import __main__ as command
from experiments.evidence import pages, shipped
from experiments.evidence.shipped import EvidenceError, checked, is_stale, trimmed


def kept() -> dict[str, Any]:
    document = shipped.shipped("claims")
    assert document is not None
    return document


def fresh(**changes: Any) -> dict[str, Any]:
    """A document as `omstilling claims` writes it today, with the kept results in it."""
    rows = [{**row, "failed": []} for row in kept()["claims"]]
    return {**kept(), **provenance.of_results(), "place": "norway", "settings": {}, "claims": rows, **changes}


def test_all_claims_are_kept_with_what_makes_them_readable():
    document = kept()
    assert [row["id"] for row in document["claims"]] == [claim.id for claim in CLAIMS]
    assert {"version", "results_version", "parameters", "place", "citizens", "replicates", "seeds"} <= set(document)
    assert len(document["seeds"]) == document["replicates"]
    assert (shipped.FOLDER / "claims.json").stat().st_size < 300_000


@pytest.mark.parametrize(("kind", "page", "made_of"), command.PAGES, ids=lambda value: str(value)[:20])
def test_the_pages_are_made_of_what_is_kept(kind, page, made_of):
    document, path = shipped.shipped(kind), provenance.ROOT / page
    assert path.exists() == (document is not None)
    if document is not None:
        assert path.read_text(encoding="utf-8") == made_of(document), "run `python -m experiments.evidence`"


def test_a_claim_that_fails_is_told_as_failing():
    rows = [{**row, "verdict": "not supported"} for row in kept()["claims"]]
    page = pages.claims_page({**kept(), "claims": rows})
    assert page.count("**not supported**") == len(CLAIMS)
    assert page.count("**Not supported.**") == len(CLAIMS)
    assert all(claim.title.en in page and claim.title.nb in page for claim in CLAIMS)


def test_results_of_other_defaults_are_stale():
    assert not is_stale(fresh())
    assert is_stale(fresh(parameters="0" * 32))
    assert is_stale(fresh(results_version=-1))
    assert is_stale({"patterns": []})


def test_the_digest_of_the_defaults_moves_with_any_default(monkeypatch):
    from model import parameters

    before = provenance.parameters()
    real = parameters.with_defaults({})
    monkeypatch.setattr(parameters, "with_defaults", lambda settings: {**real, "agenda.decay": 0.2601})
    assert provenance.parameters() != before


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"settings": {"levels.II": 0.5}}, "other parameters than the defaults"),
        ({"place": "telemark"}, "run it for norway"),
        ({"parameters": "0" * 32}, "other default parameters"),
        ({"claims": []}, "not all claims"),
        ({"claims": None}, "neither claims nor patterns"),
    ],
)
def test_what_cannot_be_shipped_is_refused(changes, told):
    with pytest.raises(EvidenceError, match=told):
        checked(fresh(**changes))


def test_failed_runs_cannot_be_shipped():
    document = fresh()
    document["claims"][3]["failed"] = [{"arm": "projects", "seed": 1, "error": "X"}]
    with pytest.raises(EvidenceError, match="some runs failed"):
        checked(document)


def test_both_kinds_are_kept_in_the_same_form(tmp_path, monkeypatch):
    claims = fresh()
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    row = {"id": "P1", "title": "t", "target": 0.9, "tolerance": [0.8, 1.0], "model": 1 / 3, "p05": 0.0, "p95": 1.0}
    document = {**provenance.of_results(), "patterns": [{**row, "n": 50, "pass": True}]}
    assert shipped.keep(document).name == "patterns.json"
    told = shipped.shipped("patterns")
    assert told is not None
    assert told["patterns"][0]["model"] == 0.333333
    assert shipped.keep(claims).name == "claims.json"
    assert shipped.shipped("claims") == trimmed(claims)


def test_the_command_says_why_it_refuses(tmp_path: Path, capsys) -> None:
    file = tmp_path / "claims.json"
    before = (shipped.FOLDER / "claims.json").read_bytes()
    for text, told in (("{", "cannot be read"), (json.dumps({"a": 1}), "neither claims nor patterns")):
        store.write_text(file, text)
        assert command.main([str(file)]) == 2
        assert told in capsys.readouterr().err
    assert (shipped.FOLDER / "claims.json").read_bytes() == before
