"""The example for Mesa's own page builds, steps and is built anew when a field changes."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / "examples" / "solara_viz.py"
pytestmark = pytest.mark.filterwarnings("ignore")  # Mesa's page warns of its own hooks and widgets; not ours to mend


@pytest.fixture(scope="module")
def example() -> Any:
    spec = importlib.util.spec_from_file_location("solara_viz_example", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_world_steps_to_its_last_year_and_stops(example: Any) -> None:
    world = example.County(citizens=500)
    for _ in range(40):
        if world.running:
            world.step()
    assert [year for year, *_ in world.seen] == list(range(2025, 2051))
    assert not world.running


def test_the_page_draws_and_its_button_steps(example: Any) -> None:
    import ipyvuetify
    import ipywidgets
    import reacton
    import solara

    _, context = reacton.render_fixed(solara.AppLayout(children=[example.Page()]), handle_error=False)
    try:
        before = context.find(ipywidgets.Image).widget.value
        button = next(b for b in context.find(ipyvuetify.Btn).widgets if "Step" in (b.children or ()))
        button.click()
        assert context.find(ipywidgets.Image).widget.value != before
    finally:
        context.close()
