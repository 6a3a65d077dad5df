"""A board as a study: the same packages, ready for `stepdown run`."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.study.plan import STUDY_SCHEMA, Horizon, StudyPlan

HORIZON = Horizon(start=2026, end=2056)
MOST = 32
"""Measures that one package may hold."""
OUTCOMES = (
    *("use_risk", "reliance", "adequacy", "assurance", "proliferation", "disarming_fear"),
    "domestic_support",
)
"""Outcomes with a gauge on the board."""

WHY = Bilingual(
    "To see under which assumptions a package of measures lowers reliance on nuclear deterrence, and where "
    "it backfires.",
    "どのような前提の下で、この政策パッケージが核抑止への依存を減らし、どこで逆効果になるかを見るため。",
)
QUESTION = Bilingual(
    "What do these packages change against doing nothing more, in the same futures?",
    "追加の施策をとらない場合に比べて、これらの政策パッケージは同じ将来で何を変えるか。",
)
LABEL = Bilingual("From the lever board", "施策ボードから")


def board_plan(
    packages: Mapping[str, tuple[MeasureUse, ...]],
    names: Mapping[str, Bilingual],
    fans: tuple[str, ...] = ("use_risk", "reliance"),
    lenses: tuple[str, ...] = (),
) -> StudyPlan:
    """The packages of a board as a study, by letter; `names` are their labels. At least one measure each."""
    plans = [
        {
            "id": f"package-{letter.lower()}",
            "label": _pair(names[letter]),
            "summary": _pair(names[letter]),
            "measures": [_use(use) for use in uses],
        }
        for letter, uses in packages.items()
    ]
    content = {
        "schema": STUDY_SCHEMA,
        "id": "lever-board",
        "label": _pair(LABEL),
        "why": _pair(WHY),
        "question": _pair(QUESTION),
        "horizon": {"start": HORIZON.start, "end": HORIZON.end},
        "views": {"ally": "JPN", "rival": "RUS"},
        "fans": list(dict.fromkeys(fans)),
        "packages": plans,
    }
    if lenses:
        content["lenses"] = list(lenses)
    return StudyPlan.model_validate(content)


def study_file(plan: StudyPlan, comment: str) -> str:
    """The study as YAML, with a comment on top; `stepdown run` takes it as it is."""
    content = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    return head + text


def _pair(text: Bilingual) -> dict[str, str]:
    return {"en": text.en, "ja": text.ja}


def _use(use: MeasureUse) -> dict[str, object]:
    return use.model_dump(mode="json", exclude_defaults=True) | {"strength": use.strength}
