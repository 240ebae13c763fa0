"""Every plan in docs/studies.md is carried out as it stands."""

import re
from pathlib import Path

import pytest

from experiments import results
from experiments.kinds import KINDS
from tests.experiments.plans import study

PAGE = Path(__file__).resolve().parents[2] / "docs" / "studies.md"
PLANS = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_there_is_a_plan_of_each_kind() -> None:
    assert sorted(re.search(r'^kind = "(\w+)"', text, re.MULTILINE)[1] for text in PLANS) == sorted(KINDS)  # type: ignore[index]


@pytest.mark.parametrize("text", PLANS, ids=lambda text: text.split('"')[1])
def test_the_plan_runs(text: str, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    (tmp_path / "rows.csv").write_text("agenda.decay,agenda.gap\n0.2,0.5\n0.3,0.25\n", encoding="utf-8")
    outcome = study(tmp_path / "plan.toml", tmp_path / "out")
    assert outcome.is_complete
    assert len(results.frame(tmp_path / "out")) == outcome.planned > 1
