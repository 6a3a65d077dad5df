"""The structural switches: what is disputed, who holds which side, what an option changes and when."""

from __future__ import annotations

from stepdown.contracts.facts import Lens, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.inputs import SwitchOption
from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.start_terms import START_TERMS
from stepdown.contracts.trajectories import SERIES
from stepdown.study.documents.page import grounds, page, table


def switches(facts: Facts) -> str:
    """Markdown of every switch and lens of the record."""
    found = facts.all(Switch)
    return page(
        "switches",
        count=len(found),
        lenses=len(facts.all(Lens)),
        at_start=table(("switch", *START_TERMS), [_terms(switch) for switch in found]),
        seen=table(("term", "seen in"), [(term, _seen(term)) for term in START_TERMS]),
        sections="\n\n".join(_section(facts, switch) for switch in found),
        weights=table(
            ("switch", "option", *(lens.label.en for lens in facts.all(Lens))),
            [row for switch in found for row in _weights(facts, switch)],
        ),
        schools="\n\n".join(_school(facts, lens) for lens in facts.all(Lens)),
    )


def _terms(switch: Switch) -> tuple[str, ...]:
    return (f"`{switch.id}`", *("changes" if term in switch.changes_at_t0 else "" for term in START_TERMS))


def _seen(term: str) -> str:
    shown = [f"`{name}`" for name in START_TERMS[term] if name in SERIES]
    return ", ".join(shown) or "no series of its own"


def _section(facts: Facts, switch: Switch) -> str:
    lines = [f"### {switch.label.en} (`{switch.id}`)", "", f"{switch.question.en}"]
    for name, option in switch.options.items():
        lines += ["", f"**{option.label.en}** (`{name}`): {option.holds.en} In the model: {_does(option)}."]
        lines += ["", *(f"- {ground}" for ground in grounds(facts, option.basis))]
    if switch.notes:
        lines += ["", switch.notes.en]
    return "\n".join(lines)


def _does(option: SwitchOption) -> str:
    sets = [f"`{symbol}` ({_meaning(symbol)}) = {value:g}" for symbol, value in option.sets.items()]
    scales = [f"`{symbol}` ({_meaning(symbol)}) × {by:g}" for symbol, by in option.scales.items()]
    return "; ".join([*sets, *scales]) or "the priors as they stand"


def _meaning(symbol: str) -> str:
    return PARAMETERS[symbol].meaning


def _weights(facts: Facts, switch: Switch) -> list[tuple[str, ...]]:
    return [
        (
            f"`{switch.id}`",
            f"`{option}`",
            *(f"{lens.weights[switch.id].get(option, 0.0):g}" for lens in facts.all(Lens)),
        )
        for option in switch.options
    ]


def _school(facts: Facts, lens: Lens) -> str:
    lines = [f"### {lens.label.en} (`{lens.id}`)", "", lens.summary.en, ""]
    return "\n".join([*lines, *(f"- {ground}" for ground in grounds(facts, lens))])
