"""Words of pathways in both languages, from `words.yaml` and the pathway file itself."""

from __future__ import annotations

from collections.abc import Mapping

from stepdown.contracts.effects import Bilingual
from stepdown.contracts.pathway_findings import Reason
from stepdown.contracts.pathways import Pathway, Trigger
from stepdown.contracts.wording import filled, words_of
from stepdown.study.pathways.build import Built

Table = Mapping[str, Mapping[str, Mapping[str, str]]]


def table() -> Table:
    """Every entry: group, key, language."""
    entries: Table = words_of("stepdown.study.pathways")
    return entries


def say(group: str, key: str, **values: Bilingual | str) -> Bilingual:
    """Both languages of an entry, placeholders filled with the matching language."""
    return filled(table()[group][key], **values)


def percent(share: float) -> Bilingual:
    """A share as whole percent."""
    shown = f"{100 * share:.0f}"
    return Bilingual(f"{shown} %", f"{shown}%")


def condition(trigger: Trigger) -> Bilingual:
    """When a trigger fires."""
    for kind in ("at_least", "at_most", "rises_by", "falls_by"):
        level = getattr(trigger, kind)
        if level is not None:
            return say("condition", kind, level=f"{level:g}")
    raise AssertionError("a trigger has one condition")


def reason_words(pathway: Pathway, built: Built, reason: Reason, observed: float | None = None) -> Bilingual:
    """Why a step stands where it stands."""
    if reason.kind == "signpost":
        _, action, trigger = built.rules[reason.rule]
        signpost = pathway.signpost(trigger.signpost).label.bilingual
        if action == "proceed":
            return say("reason", "not_yet", signpost=signpost, condition=condition(trigger))
        why = trigger.why.bilingual
        if observed is None:
            return say("reason", "seen", why=why, signpost=signpost, condition=condition(trigger))
        shown = f"{observed:.2f}"
        return say(
            "reason", "seen_at", why=why, signpost=signpost, condition=condition(trigger), observed=shown
        )
    if reason.kind == "step":
        other = pathway.step(built.plan.steps[reason.rule]).short.bilingual
        return say("reason", "step", other=other)
    return say("reason", "start" if reason.kind == "none" else reason.kind)
