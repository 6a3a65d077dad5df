"""The stochastic mode: same mean as the mean field, same luck whatever the chunks, the race's law."""

import jax.numpy as jnp
import numpy as np
import pytest

from stepdown.assumptions import documented_programmes, sample_futures, sampled_noise
from stepdown.contracts.program import Program, align
from stepdown.contracts.sampled import NO_USE, QUIET, Noise
from stepdown.simulation import simulate, simulate_sampled
from stepdown.simulation.events import Luck, crises, run_race, start_race
from stepdown.simulation.randomness import name_codes
from stepdown.simulation.sampled import EVENT_STEP
from stepdown.vocabulary.ids import LENSES

from . import packages, priors, worlds

LOUD = Noise(*(np.array([x]) for x in (0.6, 0.4, 0.2, 0.6, 0.3)))
KEEP = ("hazard", "cif", "survival", "tension", "crisis_rate", "domestic_support")


def sampled(world, draws, program, noise=LOUD, seed=1, **options):
    padded = program.padded(8, 32, 16, 8, 8)
    options = {"precision": "float64", "horizon_years": packages.YEARS, "chunk": 16, "keep": KEEP} | options
    return simulate_sampled(world, draws, padded, noise, seed=seed, **options)


@pytest.fixture(scope="module")
def small():
    return worlds.small()


def test_without_noise_it_is_the_mean_field(small):
    draws = priors.draw(small, 16)
    program = packages.everything(small)
    mean_field = packages.run(small, draws, program, drivers="documented", dt=EVENT_STEP)
    quiet = sampled(small, draws, program, QUIET).trajectories
    for name in KEEP:
        np.testing.assert_allclose(quiet[name], mean_field[name], rtol=1e-9, atol=1e-12, err_msg=name)


def test_luck_depends_on_nothing_but_its_key(small):
    """Other chunks, other threads, a part of the futures alone: bit-identical numbers."""
    draws = priors.draw(small, 16)
    program = packages.doctrine(small)
    whole = sampled(small, draws, program)
    last = {name: x[..., 8:] for name, x in draws.items()}
    part = sampled(small, last, program, first_future=8, threads=1)
    assert np.array_equal(whole.crises[..., 8:], part.crises)
    assert np.array_equal(whole.use_year[8:], part.use_year)
    for name in KEEP:
        np.testing.assert_array_equal(whole.trajectories[name][..., 8:], part.trajectories[name], name)
    other = sampled(small, draws, program, seed=2)
    assert not np.array_equal(whole.crises, other.crises)


def test_packages_share_their_luck(small):
    """Regimes and leaders are the same under every package; crises differ only where rates do."""
    draws = priors.draw(small, 16)
    base = sampled(small, draws, Program.build(small))
    changed = sampled(small, draws, packages.everything(small))
    assert np.array_equal(base.regime, changed.regime)
    assert np.array_equal(base.leader, changed.leader)
    agree = np.mean(base.crises == changed.crises)
    independent = sampled(small, draws, packages.everything(small), seed=5)
    assert agree > np.mean(base.crises == independent.crises)
    assert base.crises.sum() > 0
    assert np.abs(base.leader).max() == 1


def test_nothing_leaves_its_range_under_the_loudest_noise(small):
    loudest = Noise(*(np.array([x]) for x in (1.0, 1.0, 2.0, 1.0, 2.0)))
    run = sampled(small, priors.draw(small, 16), packages.everything(small), loudest)
    assert run.trajectories.ok.all()
    assert run.trajectories["tension"].min() >= 0
    assert run.trajectories["tension"].max() <= 1


def test_noise_outside_its_range_is_refused():
    with pytest.raises(ValueError, match=r"crisis_jump lies in \[1.2, 1.2\]"):
        Noise(np.array([1.2]), *(np.zeros(1) for _ in range(4)))


def test_crises_are_poisson():
    """Mean and variance of the counts against the law, within four standard errors."""
    n = 40_000
    luck = Luck(jnp.uint32(3), jnp.arange(n, dtype=jnp.uint32))
    codes = jnp.asarray(name_codes(["north"]))
    for mean in (0.02, 0.4):
        count = np.asarray(crises(luck, jnp.uint32(7), codes, jnp.full((1, n), mean)))[0]
        assert count.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / n))
        assert count.var() == pytest.approx(mean, abs=4 * np.sqrt((mean + 2 * mean**2) / n))


def test_the_race_follows_its_law():
    """Constant hazards: the first path is path p with chance h_p / H, and none has come with exp(-H T)."""
    n, years, dt = 20_000, 10, 0.5
    hazard = np.array([[0.02, 0.01], [0.005, 0.0], [0.03, 0.005], [0.0, 0.01]])
    luck = Luck(jnp.uint32(11), jnp.arange(n, dtype=jnp.uint32))
    codes = jnp.asarray(name_codes(["north", "south"]))
    h = jnp.broadcast_to(jnp.asarray(hazard)[..., None], (*hazard.shape, n))
    race = start_race(luck, codes, h)
    for i in range(int(years / dt)):
        race = run_race(race, h, jnp.asarray(i * dt), dt)
    path, when = np.asarray(race.path), np.asarray(race.year)
    total = hazard.sum()
    assert np.mean(path == NO_USE) == pytest.approx(np.exp(-total * years), abs=4 * 0.5 / np.sqrt(n))
    used = path[path != NO_USE]
    share = np.bincount(used, minlength=hazard.size) / len(used)
    bound = 4 * np.sqrt(hazard.ravel() / total / len(used)) + 1e-12
    assert np.all(np.abs(share - hazard.ravel() / total) <= bound)
    # Distribution of the time of use, given use: Kolmogorov's distance below its 0.1 % point.
    times = np.sort(when[path != NO_USE])
    law = -np.expm1(-total * times) / -np.expm1(-total * years)
    distance = np.abs(law - (np.arange(len(times)) + 0.5) / len(times)).max()
    assert distance < 1.95 / np.sqrt(len(times))


def test_the_race_agrees_with_the_probability_along_the_path(small):
    """The share of futures with use against the mean of the integrated probability, over many futures."""
    draws = priors.draw(small, 1)
    many = {name: np.repeat(x, 2048, axis=-1) for name, x in draws.items()}
    many["H0"] = np.full(2048, 0.03)
    run = sampled(small, many, Program.build(small), precision="float32", chunk=128)
    given = float(run.trajectories["cif"][-1].sum(axis=(0, 1)).mean())
    assert np.mean(run.use_cause != NO_USE) == pytest.approx(given, abs=4 * np.sqrt(given / 2048))


def test_mean_field_and_sampled_agree_at_baseline(facts, world):
    """The shipped record, its own noise: use risk, tension and support within 2 %, futures paired.

    Use risk is integrated along the path; crises are compared with the rates along the same path, so that
    the comparison is about the model and not about luck.
    """
    n, years = 256, 30
    assumptions = sample_futures(facts, world, n, 3, LENSES)
    drivers, _ = documented_programmes(facts, world, 2026, n, 3)
    noise, coordinates = sampled_noise(facts, n, 3)
    assert len(coordinates) == 5
    program = align({"baseline": Program.build(world, (), drivers)})["baseline"]
    options = {"horizon_years": years, "keep": KEEP}
    mean_field = simulate(world, assumptions.symbols, program, **options)
    runs = [
        simulate_sampled(world, assumptions.symbols, program, noise, seed=9, first_future=k * n, **options)
        for k in range(2)
    ]
    for name in ("cif", "tension", "domestic_support"):
        level = np.mean([r.trajectories[name][-1].mean(axis=-1).sum() for r in runs])
        assert level == pytest.approx(mean_field[name][-1].mean(axis=-1).sum(), rel=0.02), name
    middle = [0.5 * (r.trajectories["crisis_rate"][1:] + r.trajectories["crisis_rate"][:-1]) for r in runs]
    expected = np.mean([m.sum(axis=0).mean() for m in middle])
    again = 0.5 * (mean_field["crisis_rate"][1:] + mean_field["crisis_rate"][:-1]).sum(axis=0).mean()
    assert expected == pytest.approx(again, rel=0.02)
    counted = np.sum([r.crises[:years].sum() for r in runs])
    assert counted == pytest.approx(np.sum([m.sum() for m in middle]), abs=4 * np.sqrt(counted))
