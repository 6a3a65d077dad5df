"""Designs made in blocks: the points a design promises, whatever the order in which they are made."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import numpy as np
import pytest
from scipy.stats import qmc

from stepdown.contracts.design import CHUNK, LARGEST_BLOCK, Design, default_block
from stepdown.experiments.designs import Sampler
from stepdown.experiments.designs.keyed import key_of, keys, starts, uniform
from stepdown.experiments.designs.permutation import permuted
from stepdown.experiments.designs.sobol import sobol
from stepdown.vocabulary.errors import ExplorationError, UnknownNameError

NAMES = [f"input {i}" for i in range(40)]
LENSES = ("a", "b", "c")


def points(design: Design, start: int, stop: int) -> np.ndarray:
    return Sampler(design, tuple(NAMES)).draw(start, stop).points(NAMES)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 100, 129, 1000, 4099])
def test_latin_hypercube_has_one_point_in_every_stratum(n: int) -> None:
    strata = np.floor(points(Design(n, 3), 0, n) * n).astype(int)
    assert (np.sort(strata, axis=1) == np.arange(n)).all()


def test_every_lens_has_a_latin_hypercube_of_its_own() -> None:
    design = Design(1000, 3, LENSES)
    draw = Sampler(design).draw(0, 1000)
    assert (draw.lens == np.arange(1000) % 3).all()
    for lens, size in enumerate((334, 333, 333)):
        strata = np.floor(draw.points(NAMES)[:, draw.lens == lens] * size).astype(int)
        assert (np.sort(strata, axis=1) == np.arange(size)).all()
    alone = Sampler(Design(333, 3, ("b",))).draw(0, 333).points(NAMES)
    assert (alone == draw.points(NAMES)[:, draw.lens == 1]).all()


@pytest.mark.parametrize("kind", ["lhs", "sobol", "monte_carlo"])
def test_blocks_in_any_order_make_the_whole(kind: str) -> None:
    design = Design(1000, 11, LENSES, kind=kind)  # type: ignore[arg-type]
    whole = points(design, 0, 1000)
    for start, stop in ((640, 1000), (0, 128), (517, 519), (128, 640)):
        assert (points(design, start, stop) == whole[:, start:stop]).all()


def test_a_coordinate_is_drawn_by_its_name_and_seed_alone() -> None:
    draw = Sampler(Design(200, 3)).draw(0, 200)
    assert (draw.points(["x"]) == draw.points(["w", "x", "y"])[1]).all()
    assert (Sampler(Design(200, 4)).draw(0, 200).points(["x"]) != draw.points(["x"])).any()


def test_a_permutation_is_one_for_every_small_size() -> None:
    key = keys(1, "", NAMES)
    for n in range(1, 80):
        assert (np.sort(permuted(key, np.arange(n, dtype=np.uint64), n), axis=1) == np.arange(n)).all()


def test_permutations_of_four_come_equally_often() -> None:
    """Chi-square with 23 degrees of freedom: 49.7 is passed by chance once in a thousand; fixed key."""
    key = keys(5, "", [f"q{i}" for i in range(24_000)])
    found = Counter(map(tuple, permuted(key, np.arange(4, dtype=np.uint64), 4).tolist()))
    assert len(found) == 24
    assert sum((count - 1000) ** 2 / 1000 for count in found.values()) < 49.7


def test_coordinates_are_as_little_correlated_as_chance_makes_them() -> None:
    n = 500
    c = np.corrcoef(Sampler(Design(n, 5)).draw(0, n).points([f"x{i}" for i in range(200)]))
    off = c[np.triu_indices(200, 1)] * np.sqrt(n)
    assert 0.95 < off.std() < 1.05
    assert abs(off).max() < 5


def test_uniform_numbers_fill_the_interval() -> None:
    u = uniform(starts(keys(1, "", NAMES))[:, None], np.arange(20_000, dtype=np.uint64))
    assert 0 < u.min() < u.max() < 1
    counts = np.histogram(u, bins=100, range=(0, 1))[0]
    expected = u.size / 100
    assert ((counts - expected) ** 2 / expected).sum() < 149  # chi-square, 99 degrees: once in a thousand


@pytest.mark.parametrize("dimensions", [1, 7, 300])
def test_sobol_points_by_place_are_those_of_scipy(dimensions: int) -> None:
    engine = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(list(key_of(9, "lens", "sobol"))))
    wanted = engine.random_base2(10).T
    place = np.array([0, 1, 2, 3, 500, 511, 512, 777, 1023], dtype=np.uint64)
    found = sobol(range(dimensions), dimensions, 9, "lens", place)
    assert np.abs(found - wanted[:, place.astype(int)]).max() < 2.0**-29


def test_sobol_points_of_every_lens_are_balanced() -> None:
    """With four lenses dealt in turn, one stream for all would keep a lens in one half of every input."""
    design = Design(4 * 256, 3, ("a", "b", "c", "d"), kind="sobol")
    draw = Sampler(design, tuple(NAMES)).draw(0, 1024)
    for lens in range(4):
        strata = np.floor(draw.points(NAMES)[:, draw.lens == lens] * 256).astype(int)
        assert (np.sort(strata, axis=1) == np.arange(256)).all()


def test_ten_million_futures_are_drawn_a_block_at_a_time() -> None:
    design = Design(10_000_000, 3, LENSES)
    assert design.block == LARGEST_BLOCK
    names = [f"input {i}" for i in range(400)]
    sampler = Sampler(design)
    tracemalloc.start()
    block = sampler.draw(*design.span(design.blocks - 1)).points(names)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert block.shape == (400, 10_000_000 - (design.blocks - 1) * design.block)
    assert peak < 4 * 400 * LARGEST_BLOCK * 8


def test_a_full_factorial_crosses_all_options_with_the_same_inputs() -> None:
    design = Design(120, 3, kind="factorial", factors={"s": 2, "t": 3})
    draw = Sampler(design).draw(0, 120)
    pairs = Counter(zip(draw.options["s"].tolist(), draw.options["t"].tolist(), strict=True))
    assert set(pairs.values()) == {20}
    assert len(pairs) == 6
    x = draw.points(["x"])[0].reshape(20, 6)
    assert (x == x[:, :1]).all()
    assert sorted(np.floor(x[:, 0] * 20).astype(int)) == list(range(20))


def test_a_fraction_of_a_factorial_takes_every_option_equally_often() -> None:
    design = Design(2 * 60, 3, ("a", "b"), kind="factorial", factors={f"s{i}": 2 + i % 3 for i in range(14)})
    draw = Sampler(design).draw(0, 120)
    for lens in (0, 1):
        for i in range(14):
            counts = np.bincount(draw.options[f"s{i}"][draw.lens == lens])
            assert counts.max() - counts.min() <= 1
            assert len(counts) == 2 + i % 3


def test_blocks_are_whole_chunks_that_grow_with_the_design() -> None:
    assert [default_block(n) for n in (1, 100, 10_000, 10_000_000)] == [128, 128, 640, 8192]
    design = Design(1000, 3, block=3 * CHUNK)
    assert [design.span(b) for b in range(design.blocks)] == [(0, 384), (384, 768), (768, 1000)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"futures": 0}, "found 0"),
        ({"futures": -5}, "found -5"),
        ({"futures": 2, "lenses": LENSES}, "needs 3"),
        ({"lenses": ("a", "a")}, "named twice: a"),
        ({"futures": 10**10}, "1,000,000,000"),
        ({"block": 100}, "multiple of 128"),
        ({"kind": "factorial"}, "names the switches"),
    ],
)
def test_a_design_that_cannot_be_drawn_is_refused(asked: dict, said: str) -> None:
    with pytest.raises(ExplorationError, match=said):
        Design(**{"futures": 100, "seed": 1, **asked})


def test_an_unknown_design_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean sobol"):
        Design(100, 1, kind="soboll")  # type: ignore[arg-type]


def test_futures_beyond_the_design_are_refused() -> None:
    with pytest.raises(ValueError, match="outside a design of 100"):
        Sampler(Design(100, 1)).draw(0, 101)
