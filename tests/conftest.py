"""What tests of all houses share."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("omstilling", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("omstilling")


@pytest.fixture(scope="session")
def islands(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A place of two counties of four municipalities each, with no border and no commuting between the two."""
    from tests.worlds import place_folder

    rows = [
        f"{county}{k:02d},{name} {k},{name},{people}"
        for county, name in (("11", "West"), ("22", "East"))
        for k, people in enumerate((900, 4_000, 12_000, 45_000), start=1)
    ]
    return place_folder(Path(tmp_path_factory.mktemp("islands")) / "islands", rows)
