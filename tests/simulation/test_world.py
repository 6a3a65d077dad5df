"""Contracts of the kernel refuse what would be silently wrong."""

from dataclasses import replace

import numpy as np
import pytest

from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.program import CapabilityProgramme, Effect, Program, Step, align
from stepdown.contracts.trajectories import SERIES
from stepdown.contracts.world import Guarantee
from stepdown.simulation.oracle import run_in_numpy

from . import priors, worlds

WORLD = worlds.small()


def test_a_relation_without_its_reverse_is_refused():
    with pytest.raises(ValueError, match="reverse ALF>BRA is missing"):
        replace(WORLD, relations=WORLD.relations[1:])


def test_a_guarantor_the_rival_does_not_watch_is_refused():
    with pytest.raises(ValueError, match="is needed for its perception"):
        replace(WORLD, guarantees=(Guarantee("ALF", "ECH", "formal_nuclear"),), relations=WORLD.relations[2:])


def test_an_unarmed_guarantor_cannot_give_a_nuclear_guarantee():
    with pytest.raises(ValueError, match="nuclear-armed guarantor"):
        replace(WORLD, guarantees=(Guarantee("CHA", "DEL", "formal_nuclear"),))


def test_every_fault_of_a_package_is_named_at_once():
    wrong = Step(
        "bad", ("NOBODY",), (Effect("doctrine", 1.5, ("no_role",)), Effect("magic", 0.1)), condition="maybe"
    )
    with pytest.raises(ValueError, match="unknown participants") as caught:
        Program.build(WORLD, [wrong])
    for part in ("no_role", "magic", "maybe", "outside"):
        assert part in str(caught.value)


def test_a_baseline_that_nobody_aligned_runs_as_the_aligned_one():
    """In NumPy, which compiles nothing: the same rows, as many slots as there are."""
    draws = priors.draw(WORLD, 4)
    for programmes in ((), (CapabilityProgramme("ALF", "cyber", 0.3, fielded=2.0),)):
        bare = Program.build(WORLD, (), programmes)
        assert bare.measures == ()
        ways = (bare, align({"baseline": bare})["baseline"])
        found = [run_in_numpy(WORLD, draws, p, keep=("cif", "capability"), horizon_years=3) for p in ways]
        for name, values in found[0].items():
            np.testing.assert_allclose(values, found[1][name], rtol=1e-12, err_msg=name)


def test_align_gives_one_shape():
    one = Program.build(WORLD, [Step("a", ("ALF",), (Effect("detente", 0.2),))])
    shapes = {p.counts for p in align({"none": Program.build(WORLD), "one": one}).values()}
    assert len(shapes) == 1


def test_registries_agree_with_the_vocabulary():
    for spec in PARAMETERS.values():
        assert spec.low < spec.high
        assert np.prod(WORLD.shape(spec.axes)) > 0
    for axes in SERIES.values():
        assert WORLD.shape(axes) is not None
