"""The shipped ensemble, how runs draw from it, and what makes it stale."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from stepdown.assumptions import (
    Planned,
    calibrated_futures,
    documented_programmes,
    sample_futures,
    steps_of,
)
from stepdown.assumptions.calibrated import (
    choose,
    is_stale,
    read_ensemble,
    shipped_ensemble,
    systematic,
    write_ensemble,
)
from stepdown.contracts.calibrated import CalibratedEnsemble
from stepdown.contracts.facts import EventCount, ModelInput, PolicyEffect
from stepdown.contracts.facts.amounts import Lognormal
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.record import data_folder
from stepdown.study.load import load_study
from stepdown.study.run import run_study
from stepdown.study.table import effects_table
from stepdown.study.tell import tell
from stepdown.vocabulary.errors import StudyError
from stepdown.vocabulary.ids import LENSES

SMALL = Path(__file__).parents[1] / "study" / "small.yaml"


@pytest.fixture(scope="module")
def shipped() -> CalibratedEnsemble:
    return shipped_ensemble()


def test_the_shipped_ensemble_belongs_to_the_record(
    shipped: CalibratedEnsemble, facts: Facts, world: World
) -> None:
    message = (
        "the record's inputs changed since; run `stepdown model calibrate --out src/stepdown/data/ensembles`"
    )
    assert not is_stale(shipped, facts, world), message
    targets = [*(c.id for c in facts.all(EventCount)), *(p.id for p in facts.all(PolicyEffect))]
    assert shipped.constraints == (*targets, "in_range")


def test_every_lens_has_the_same_weight(shipped: CalibratedEnsemble) -> None:
    shares = [shipped.weight[shipped.future % len(LENSES) == i].sum() for i in range(len(LENSES))]
    assert shares == pytest.approx([1 / len(LENSES)] * len(LENSES), abs=1e-6)
    assert shipped.effective == pytest.approx(1 / np.sum(shipped.weight**2), rel=0.01)
    assert shipped.effective > 500
    assert len(np.unique(shipped.future)) == len(shipped.future)


def test_the_report_beside_it_meets_its_targets(shipped: CalibratedEnsemble, facts: Facts) -> None:
    report = json.loads((data_folder() / "ensembles" / f"{shipped.id}.json").read_text(encoding="utf-8"))
    assert report["ensemble"]["inputs"] == shipped.inputs
    for policy in report["policies"]:
        wanted = facts.get(PolicyEffect, policy["id"])
        assert abs(policy["fitted"] - wanted.change) <= wanted.tolerance
    misses = {p["target"] for p in report["held_out"] if not p["hit"]}
    assert "policy.crisis_communications" in misses


def test_other_numbers_make_it_stale_other_words_do_not(
    shipped: CalibratedEnsemble, facts: Facts, world: World
) -> None:
    record = facts.get(ModelInput, "input.T_R")
    label = record.label.model_copy(update={"en": "Another name"})
    amount = Lognormal(dist="lognormal", median=2.1, low=1, high=4)
    assert not is_stale(shipped, _with(facts, record.model_copy(update={"label": label})), world)
    assert is_stale(shipped, _with(facts, record.model_copy(update={"amount": amount})), world)


def test_chosen_futures_are_those_of_the_prior_sample(
    facts: Facts, world: World, shipped: CalibratedEnsemble
) -> None:
    small = _small(shipped)
    drawn, chosen = calibrated_futures(facts, world, 30, 5, LENSES[:3], small)
    whole = sample_futures(facts, world, small.size, small.seed, small.lenses)
    assert chosen.index is not None
    for symbol in ("H0", "l0", "G", "R0", "share_cause"):
        assert np.array_equal(drawn.symbols[symbol], whole.symbols[symbol][..., chosen.index]), symbol
    assert drawn.lenses == LENSES[:3]
    assert np.array_equal(drawn.lens, np.arange(30) % 3)
    plan = [Planned("M49", ("USA",), 2026, 1.0, "unilateral")]
    all_steps, _ = steps_of(facts, world, plan, 2026, small.size, small.seed)
    few_steps, _ = steps_of(facts, world, plan, 2026, chosen.size, chosen.seed, only=chosen.index)
    whole_strength = np.asarray(all_steps[0].effects[0].strength)
    assert np.array_equal(few_steps[0].effects[0].strength, whole_strength[chosen.index])
    all_built, _ = documented_programmes(facts, world, 2026, small.size, small.seed)
    few_built, _ = documented_programmes(facts, world, 2026, chosen.size, chosen.seed, only=chosen.index)
    assert np.array_equal(few_built[0].strength, np.asarray(all_built[0].strength)[chosen.index])


def test_choice_follows_weights_lenses_and_seed(shipped: CalibratedEnsemble) -> None:
    once, again, other = (choose(shipped, 200, seed, LENSES) for seed in (1, 1, 2))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)
    assert np.array_equal(once % len(LENSES), np.arange(200) % len(LENSES))
    _, counts = np.unique(once, return_counts=True)
    weight = dict(zip(shipped.future, shipped.weight, strict=True))
    # A future comes twice only where its share of its lens asks for more than one.
    for future, count in zip(np.unique(once), counts, strict=True):
        assert count <= np.ceil(200 * weight[future] + 1e-9)


def test_systematic_sampling_gives_floor_or_ceiling() -> None:
    weight = np.array([0.5, 0.25, 0.15, 0.1])
    rng = np.random.default_rng(3)
    for _ in range(50):
        counts = np.bincount(systematic(weight, 8, rng), minlength=4)
        assert counts[0] == 4
        assert counts[1] == 2
        assert all(np.abs(counts - 8 * weight) < 1)


def test_a_lens_without_futures_is_named(shipped: CalibratedEnsemble) -> None:
    with pytest.raises(StudyError, match="no futures under this lens"):
        choose(replace(shipped, lenses=LENSES[:4]), 10, 1, LENSES)


def test_a_file_of_another_schema_or_none_is_refused(shipped: CalibratedEnsemble, tmp_path: Path) -> None:
    path = write_ensemble(_small(shipped), tmp_path / "e.csv")
    assert read_ensemble(path).inputs == shipped.inputs
    path.write_text(path.read_text().replace("ensemble-1", "ensemble-9"), encoding="utf-8")
    with pytest.raises(StudyError, match="wrong schema"):
        read_ensemble(path)
    with pytest.raises(StudyError, match="run `stepdown model calibrate`"):
        read_ensemble(tmp_path / "none.csv")


def test_a_study_on_the_calibrated_ensemble_says_so(facts: Facts, world: World) -> None:
    plan = load_study(SMALL, facts, world)
    run = run_study(plan, facts, 64, 7, ensemble="calibrated")
    findings = tell(run, facts, "v", "r", date(2026, 11, 23))
    assert findings.run.ensemble == "calibrated-1"
    assert any("calibrated-1" in note for note in effects_table(findings, "ja").notes)
    stale = replace(findings, run=replace(findings.run, stale=True))
    assert any("stepdown model calibrate" in note for note in effects_table(stale, "en").notes)
    with pytest.raises(StudyError, match="Latin hypercube"):
        run_study(plan, facts, 64, 7, design="sobol", ensemble="calibrated")


def _small(shipped: CalibratedEnsemble) -> CalibratedEnsemble:
    future = np.arange(100)
    return replace(shipped, size=100, seed=3, future=future, weight=np.full(100, 0.01))


def _with(facts: Facts, record: ModelInput) -> Facts:
    records = {**facts.by_type[ModelInput], record.id: record}
    return replace(facts, by_type=MappingProxyType({**facts.by_type, ModelInput: records}))
