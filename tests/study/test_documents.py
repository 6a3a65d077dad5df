"""Written documents are those of this version; derivations cover every mechanism and cite what exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from stepdown.contracts.facts import ModelInput, Source, Switch
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.parameters import PARAMETERS
from stepdown.study.documents import DOCUMENTS, document
from stepdown.study.documents.credibility import factors, only_judgement, uncertain
from stepdown.study.documents.odd import MECHANISMS

ROOT = Path(__file__).parents[2]
SIMULATION = ROOT / "src" / "stepdown" / "simulation"
DERIVATIONS = ROOT / "docs" / "derivations"
NO_EQUATION = {
    *("__init__", "kernel", "moment", "relaxation", "levels", "outputs", "shapes", "simulate", "state"),
    *("structure", "integrate"),
    "explanation",
}
"""Files without an equation of the model: wires, arrays, shapes, and the integrator (decision 0101)."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_committed_document_is_current(name: str) -> None:
    """Renew with `stepdown model describe all`."""
    committed = (ROOT / DOCUMENTS[name][0]).read_text(encoding="utf-8")
    assert committed == document(name), f"{DOCUMENTS[name][0]} is behind: stepdown model describe all"


def test_switches_name_both_sides_with_their_sources(facts: Facts) -> None:
    text = document("switches")
    for switch in facts.all(Switch):
        section = text.split(f"(`{switch.id}`)")[1].split("\n### ")[0]
        for name, option in switch.options.items():
            assert f"(`{name}`)" in section
            for ground in option.basis:
                found = getattr(ground, "source", None) or "judgement of the"
                assert found in section, (switch.id, name)


def _sections() -> dict[str, str]:
    text = (DERIVATIONS / "mechanisms.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (\w+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _with_equations() -> set[str]:
    """Files whose public functions have an equation in their docstring."""
    found = set()
    for path in SIMULATION.glob("*.py"):
        functions = [
            n for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef)
        ]
        texts = [ast.get_docstring(f) or "" for f in functions if not f.name.startswith("_")]
        if any(re.search(r"\w.* = .*\w", text) for text in texts):
            found.add(path.stem)
    return found


def test_every_mechanism_has_a_derivation() -> None:
    told = set(_sections())
    assert set(MECHANISMS) <= told
    assert {spec.mechanism for spec in PARAMETERS.values()} - {"state"} <= told
    other = " ".join(p.read_text(encoding="utf-8") for p in DERIVATIONS.glob("*.md"))
    missing = {m for m in _with_equations() - NO_EQUATION - told if f"`{m}" not in other and m not in other}
    assert not missing


@pytest.mark.parametrize("mechanism", _sections())
def test_derivations_cite_sources_of_the_record_and_symbols_of_the_mechanism(
    mechanism: str, facts: Facts
) -> None:
    section = _sections()[mechanism]
    cited = re.findall(r"`(src\.\w+)`", section.split(". ")[0])
    assert cited, "a derivation names its sources first"
    for source in cited:
        facts.get(Source, source)
    assert (SIMULATION / f"{mechanism}.py").exists()
    own = {symbol for symbol, spec in PARAMETERS.items() if spec.mechanism == mechanism}
    named = set(re.findall(r"`([A-Za-z]\w*)`", section))
    known = {name for name in named if name in PARAMETERS}
    assert named == known, f"not symbols of the model: {named - known}"
    assert not own or known & own, "names none of its own symbols"


def test_levels_that_can_be_counted_are(facts: Facts) -> None:
    told = {factor.id: factor for factor in factors(facts)}
    assert len(told) == 9
    assert {f.id for f in told.values() if f.counted} == {"data_pedigree", "input_pedigree"}
    assert all(0 <= f.level <= 4 and f.reason and f.next for f in told.values())
    marks = [
        getattr(record.pedigree, name)
        for record in uncertain(facts)
        for name in ("proxy", "empirical", "theory", "method", "validation")
    ]
    assert told["input_pedigree"].level == int(sum(marks) / len(marks))
    assert told["use_history"].level == 0, "a use must be on record before this may rise"
    judged = [r for r in facts.all(ModelInput) if only_judgement(r)]
    assert judged
    assert all(not hasattr(g, "source") for r in judged for g in r.basis)
