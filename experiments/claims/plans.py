"""Claim: plans without a platform change little (Kortreist kvalitet 1.4, 8.5)."""

from collections.abc import Mapping
from typing import Final

from experiments.arms import Arm, Text, duty
from experiments.claim import (
    HALF_POINT,
    ONE_POINT,
    POINTS,
    SCALE,
    Claim,
    Contrast,
    Effect,
    Figures,
    Span,
    difference,
    sentence,
)
from experiments.diary import Diary


def arms(span: Span) -> Mapping[str, Arm]:
    """Enthusiasts only; with a duty to plan; with a duty on a platform, and on a plan where there is one."""
    after = duty("plan", condition='has("platform")')
    return {
        "nothing": Arm(Text("enthusiasts only", "bare ildsjeler"), "enthusiasts-only"),
        "plan": Arm(Text("a duty to have a plan", "plikt til å ha plan"), "enthusiasts-only", add=(duty("plan"),)),
        "platform": Arm(
            Text("a duty to have a platform, and then a plan", "plikt til å ha plattform, og deretter plan"),
            "enthusiasts-only",
            add=(duty("platform"), after),
        ),
    }


def read(diary: Diary) -> Figures:
    """What it comes to in the last year."""
    last = diary.years[-1]
    columns = ("institutionalisation", "agenda", "mode")
    return {"part": diary.municipal_part(last), **{name: diary.mean(name, last) for name in columns}}


def of_plans(figure: str) -> Contrast:
    """What a duty to plan changes, against no rule at all."""
    return difference("plan", "nothing", figure)


def of_platforms(figure: str) -> Contrast:
    """What a platform before the plan adds to that."""
    return difference("platform", "plan", figure)


PLANS: Final = Claim(
    id="plans-need-a-platform",
    title=Text(
        "Plans without a platform change little, with a platform they change more",
        "Planer uten plattform endrer lite, med plattform endrer de mer",
    ),
    arms=arms,
    read=read,
    effects=(
        Effect(
            "platform",
            Text(
                "municipal part of the fall, platform and then plan against plan alone",
                "kommunenes del av nedgangen, plattform og så plan mot plan alene",
            ),
            POINTS,
            of_platforms("part"),
            "above",
            0.0,
            HALF_POINT,
        ),
        Effect(
            "plan",
            Text(
                "municipal part of the fall, plan alone against nothing",
                "kommunenes del av nedgangen, plan alene mot ingenting",
            ),
            POINTS,
            of_plans("part"),
            "within",
            0.0,
            HALF_POINT,
        ),
        Effect(
            "platform-institutions",
            Text(
                "institutionalisation, platform and then plan against plan alone",
                "institusjonalisering, plattform og så plan mot plan alene",
            ),
            SCALE,
            of_platforms("institutionalisation"),
            smallest=ONE_POINT,
        ),
        Effect(
            "plan-institutions",
            Text("institutionalisation, plan alone against nothing", "institusjonalisering, plan alene mot ingenting"),
            SCALE,
            of_plans("institutionalisation"),
            smallest=ONE_POINT,
        ),
        Effect(
            "platform-mode",
            Text(
                "strategic leadership, platform and then plan against plan alone",
                "strategisk ledelse, plattform og så plan mot plan alene",
            ),
            SCALE,
            of_platforms("mode"),
        ),
        Effect(
            "platform-agenda",
            Text(
                "attention, platform and then plan against plan alone",
                "oppmerksomhet, plattform og så plan mot plan alene",
            ),
            SCALE,
            of_platforms("agenda"),
        ),
        Effect(
            "plan-agenda",
            Text("attention, plan alone against nothing", "oppmerksomhet, plan alene mot ingenting"),
            SCALE,
            of_plans("agenda"),
        ),
    ),
    answer=sentence(
        "A duty to plan alone changes the fall by {plan:+.1%} of the first year's emissions; a platform "
        "before it adds {platform:+.1%}, and {platform-institutions:+.2f} of institutionalisation (0-1).",
        "En plikt til plan alene endrer nedgangen med {plan:+.1%} av utslippene det første året; en "
        "plattform først legger til {platform:+.1%}, og {platform-institutions:+.2f} i institusjonalisering"
        " (0-1).",
    ),
    by_construction=False,
    why=Text(
        "A platform eases other elements and lifts leadership by assumption, and weighs twice a plan in "
        "institutionalisation. Whether that reaches emissions emerges. The claim has two sides: plans alone "
        "change little, and a platform makes a difference.",
        "Det er forutsatt at en plattform gjør andre elementer lettere og løfter ledelsen, og den veier dobbelt"
        " så mye som en plan i institusjonaliseringen. Om det når fram til utslippene, oppstår i modellen. "
        "Påstanden har to sider: planer alene endrer lite, og en plattform gjør en forskjell.",
    ),
)
