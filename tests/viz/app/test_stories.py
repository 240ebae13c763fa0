"""The stories hold together, run headless, and say what the runs gave and nothing else."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from experiments.claims import CLAIMS
from viz.app.stories import LENGTHS, STORIES
from viz.app.stories.booklet import booklet
from viz.app.stories.lesson import Tales, findings, outcome, paired, reply
from viz.app.stories.measures import MEASURES
from viz.app.stories.story import FOLDER, ROLES, Look, Story, StoryError, curriculum, load_story
from viz.app.stories.tale import Tale, arguments_of, tale_of
from viz.app.texts import Voice
from viz.words import LANGUAGES, Both

YEARS = tuple(range(2025, 2051))


def tales_of(story: Story, *, level: dict[str, float], count: int = 20, noise: float = 0.1) -> Tales:
    """Made-up runs: each measure lies at the level of its world, plus noise that differs between worlds."""
    draw = np.random.default_rng(7)
    return {
        world.id: [
            Tale(seed, YEARS, {m: np.full(26, level[world.id]) + draw.normal(0, noise) for m in story.measures})
            for seed in range(count)
        ]
        for world in story.worlds
    }


@pytest.fixture(scope="module", params=STORIES)
def story(request: pytest.FixtureRequest) -> Story:
    return load_story(request.param)


@pytest.fixture(scope="module")
def small(story: Story) -> Tales:
    """Every world of a story, really run: two seeds in one small county."""
    asked = {w.id: arguments_of(story, w.id, place="agder", citizens=500) for w in story.worlds}
    return {world: [tale_of(one | {"seed": seed}) for seed in (1, 2)] for world, one in asked.items()}


def test_every_file_is_a_story_in_the_list() -> None:
    assert {p.stem for p in FOLDER.glob("*.toml")} == {*STORIES, "curriculum"}
    assert len(STORIES) >= 4


def test_claims_and_curricula_are_known(story: Story) -> None:
    assert story.claim in {claim.id for claim in CLAIMS}
    assert story.curriculum
    assert set(story.curriculum) <= curriculum().keys()
    assert all(goal.source.startswith("https://www.udir.no/lk20/") for goal in curriculum().values())
    assert tuple(story.roles) == ROLES


def test_worlds_meet_the_same_luck_up_to_where_they_part(story: Story, small: Tales) -> None:
    for runs in zip(*small.values(), strict=True):
        assert len({tale.seed for tale in runs}) == 1
        for measure in story.measures if story.reference else ():
            before = [tale.series[measure][: story.reference + 1] for tale in runs]
            assert all(np.array_equal(before[0], one, equal_nan=True) for one in before[1:])


def test_a_small_run_is_told_in_both_languages(story: Story, small: Tales) -> None:
    told = findings(story, small)
    assert [f.look for f in told] == [look.id for look in story.looks]
    for finding in told:
        for text in (*finding.title, *finding.says):
            assert text.strip()
            assert not re.search(r"[{}]|nan|None", text), text
        assert finding.outcome.way in ("few", "none")  # two pairs say nothing about which way
        assert all(look.why[way].nb not in finding.why.nb for look in story.looks for way in look.why)


def test_worlds_differ_where_a_story_says_they_do(story: Story, small: Tales) -> None:
    for look in story.looks:
        if look.against:
            gaps = paired(replace_percent(look), small)
            assert np.nanmax(np.abs(gaps)) > 0, look.id


def replace_percent(look: Look) -> Look:
    return look.model_copy(update={"of": "difference"})


def test_measures_lie_in_their_range(small: Tales) -> None:
    for runs in small.values():
        for tale in runs:
            for name, values in tale.series.items():
                assert values.shape == (26,)
                if "100" in MEASURES[name].unit.en:
                    assert 0 <= np.nanmin(values) <= np.nanmax(values) <= 100, name


def test_words_follow_from_what_is_given() -> None:
    story = load_story("duty")
    look = story.look("paid")
    for level, way in ({"paid": 60.0}, "higher"), ({"paid": 20.0}, "lower"), ({"paid": 40.5}, "same"):
        tales = tales_of(story, level={"nothing": 40.0, "duty": 40.0, **level})
        (told,) = (f for f in findings(story, tales) if f.look == look.id)
        assert told.outcome.way == way
        assert told.why == Both(look.why[way].en, look.why[way].nb)
    assert (
        "20 of 20 pairs"
        in findings(story, tales_of(story, level={"nothing": 1.0, "duty": 40.0, "paid": 60.0}))[2].says.en
    )


def test_mixed_pairs_are_told_as_mixed() -> None:
    story = load_story("duty")
    tales = tales_of(story, level={"nothing": 40.0, "duty": 40.0, "paid": 46.0}, noise=6.0)
    found = outcome(story.look("paid"), tales)
    assert found.way == "unsure"
    assert 0 < found.down < found.pairs


def test_too_few_municipalities_is_said() -> None:
    story = load_story("enthusiast")
    tales = tales_of(story, level={"stay": 40.0, "leave": 30.0})
    blank = {
        w: [replace(t, series={m: v * np.nan if "lived" in m else v for m, v in t.series.items()}) for t in runs]
        for w, runs in tales.items()
    }
    weak = findings(story, blank)[0]
    assert weak.outcome.way == "none"
    assert "larger place" in weak.says.en
    assert reply(story, story.questions[0], "0", blank) is not None
    guess = reply(story, story.questions[2], "50", blank)
    assert guess is not None
    assert guess.is_right is None


def test_predictions_are_answered() -> None:
    story = load_story("duty")
    tales = tales_of(story, level={"nothing": 10.0, "duty": 40.0, "paid": 60.0})
    choice, guess = story.questions[1], story.questions[2]
    assert [getattr(reply(story, choice, said, tales), "is_right", "") for said in ("0", "1", "2")] == [
        True,
        False,
        False,
    ]
    assert [getattr(reply(story, guess, said, tales), "is_right", "") for said in ("41", "90", "5")] == [
        True,
        False,
        False,
    ]
    for bad in ("", "x", "7", "-1", "0.5", "nan", "inf"):
        assert reply(story, choice, bad, tales) is None
    clamped = reply(story, guess, "1e9", tales)
    assert clamped is not None
    assert "100" in clamped.says.en


def test_a_story_that_does_not_hold_together_is_refused() -> None:
    data = load_story("duty").model_dump(by_alias=True)
    data["look"][0]["world"] = "nowhere"
    with pytest.raises((StoryError, ValueError), match="names worlds"):
        Story.model_validate(data)
    with pytest.raises(StoryError, match="the stories are"):
        load_story("nothing")


class Outline(HTMLParser):
    """The tags of a document, with what is open at its end, and every address in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("minutes", LENGTHS)
def test_a_booklet_is_whole_and_asks_nothing_of_others(story: Story, minutes: int, language: str) -> None:
    name = next(one for one in STORIES if load_story(one) is story)
    text = booklet(name, minutes, Voice(language))
    page = Outline()
    page.feed(text)
    assert page.open == []
    assert page.addresses == []
    assert "script" not in page.seen
    assert page.seen.count("article") == len(ROLES)
    for role in story.roles.values():
        assert getattr(role.worry, language).replace("'", "&#x27;") in text
    assert len(re.findall(r"<b>\d+ min</b>", text)) == len(story.plans.of(minutes))
