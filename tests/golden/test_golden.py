"""Small runs are what they were: digests exactly, numbers to a millionth. To change them: see `update.py`."""

import json

import pytest

from tests.golden import cases, update

HINT = '\nIf this is meant: python -m tests.golden.update --why "the reason"'


@pytest.mark.parametrize("name", cases.CASES)
def test_the_run_is_what_it_was(name):
    lines = cases.differing(cases.kept(name), cases.told(name))
    assert not lines, "\n".join(lines) + HINT


@pytest.mark.parametrize("arguments", [[], ["--why", ""], ["--why", "   "], ["--why", "because"]])
def test_no_update_without_a_reason(arguments, monkeypatch, capsys):
    monkeypatch.setattr(update, "updated", lambda why: pytest.fail("written without a reason"))
    with pytest.raises(SystemExit) as refused:
        update.main(arguments)
    assert refused.value.code == 2
    assert "--why" in capsys.readouterr().err


def test_an_update_writes_what_differs_and_why(tmp_path, monkeypatch, capsys):
    new = {"digest": "bb", "numbers": {"territorial": 2.0, "agenda": 0.5}}
    monkeypatch.setattr(update, "HERE", tmp_path)
    monkeypatch.setattr(cases, "HERE", tmp_path)
    monkeypatch.setattr(update, "CHANGES", tmp_path / "CHANGES.md")
    monkeypatch.setattr(update, "CASES", {"one": {}})
    monkeypatch.setattr(update, "told", lambda name: new)
    (tmp_path / "one.json").write_text(json.dumps({"digest": "aa", "numbers": {"territorial": 1.0, "agenda": 0.5}}))
    assert update.main(["--why", "faster\n lapses"]) == 0
    assert "one: territorial: 1 -> 2" in capsys.readouterr().out
    assert json.loads((tmp_path / "one.json").read_text(encoding="utf-8")) == new
    book = (tmp_path / "CHANGES.md").read_text(encoding="utf-8")
    assert "UTC: faster lapses\n" in book
    assert "- one: digest: aa -> bb" in book
    assert "agenda" not in book
    assert update.main(["--why", "faster lapses"]) == 0
    assert "nothing differs" in capsys.readouterr().out
    assert (tmp_path / "CHANGES.md").read_text(encoding="utf-8") == book


@pytest.mark.parametrize("change", [{"digest": "x"}, {"numbers": {"agenda": 0.5001}}, {"numbers": {}}])
def test_a_difference_is_seen(change):
    old = {"digest": "aa", "numbers": {"agenda": 0.5}}
    assert cases.differing(old, old) == []
    assert cases.differing(old, old | change)
    assert cases.differing({}, old)
    near = {"digest": "aa", "numbers": {"agenda": 0.5 * (1.0 + 1e-8)}}
    assert cases.differing(old, near) == []
