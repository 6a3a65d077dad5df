"""Every id of the closed lists has a term, and every narrow table head a short label in both languages."""

from __future__ import annotations

import pytest

from stepdown.contracts.facts import Term
from stepdown.contracts.facts.facts import Facts
from stepdown.record.load import load_record
from stepdown.vocabulary import ids

LISTS: dict[str, tuple[str, ...]] = {
    "role": ids.ROLES,
    "role_group": tuple(ids.ROLE_GROUPS),
    "role_code": ids.ROLE_CODES,
    "attack_type": ids.ATTACK_TYPES,
    "capability": ids.CAPABILITIES,
    "enabler": ids.ENABLERS,
    "theatre": ids.THEATRES,
    "track": ids.TRACKS,
    "condition": ids.CONDITIONS,
    "cause": ids.CAUSES,
    "unit": ids.UNITS,
    "lever": ids.LEVERS,
}
MODEL_IDS = {"attack_type": ids.ATTACK_TYPES, "capability": (*ids.CAPABILITIES, *ids.ENABLERS)}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_record()


@pytest.mark.parametrize("name", LISTS)
def test_every_id_has_a_term_of_its_list(facts: Facts, name: str) -> None:
    terms = [facts.get(Term, f"{name}.{i}") for i in LISTS[name]]
    assert {t.list for t in terms} == {name}


@pytest.mark.parametrize("name", ["role", "role_group", "track"])
def test_table_heads_have_short_labels(facts: Facts, name: str) -> None:
    for i in LISTS[name]:
        short = facts.get(Term, f"{name}.{i}").short
        assert short is not None, i
        assert len(short.en) <= 32, i
        assert len(short.ja) <= 12, i


@pytest.mark.parametrize("name", MODEL_IDS)
def test_finer_terms_map_onto_the_models_ids(facts: Facts, name: str) -> None:
    mapped = {t.model_id for t in facts.all(Term) if t.list == name and t.model_id is not None}
    assert mapped <= set(MODEL_IDS[name])
    assert mapped >= set(LISTS[name])
