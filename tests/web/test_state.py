"""The address of a board: every state comes back from its address; nothing else is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdown.contracts.facts.facts import Facts
from stepdown.study.board import HORIZON, MOST, Catalogue, catalogue
from stepdown.vocabulary.ids import CONDITIONS
from stepdown.web.board.assemble import moved
from stepdown.web.board.history import History
from stepdown.web.board.state import LETTERS, BoardState, Chosen, Package, read_state
from stepdown.web.problems import UnusableError


@pytest.fixture(scope="module")
def known(facts: Facts) -> Catalogue:
    return catalogue(facts)


@st.composite
def packages(draw: st.DrawFn, known: Catalogue) -> Package:
    names = draw(st.lists(st.sampled_from(sorted(known.measures)), max_size=6, unique=True))
    actors = [a.id for a in known.actors]
    return tuple(
        Chosen(
            name,
            draw(st.integers(0, 100)),
            draw(st.integers(HORIZON.start, HORIZON.end)),
            draw(st.sampled_from(CONDITIONS)),
            tuple(a for a in actors if a in draw(st.sets(st.sampled_from(actors), min_size=1))) or ("USA",),
        )
        for name in names
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_state_comes_back_from_its_address(known: Catalogue, data: st.DataObject) -> None:
    letters = ["a", *data.draw(st.sets(st.sampled_from(LETTERS[1:])))]
    state = BoardState(
        {letter: data.draw(packages(known)) for letter in letters},
        data.draw(st.sampled_from(letters)),
        data.draw(st.sampled_from(["all", *(lens.id for lens in known.lenses)])),
        data.draw(st.sampled_from(known.series)),
        data.draw(st.sampled_from(known.series)),
    )
    kept = {k: p for k, p in state.packages.items() if p or k == "a"}
    query = dict(parse_qsl(state.query("1"), keep_blank_values=True))
    read = read_state(query, known) if state.edit in kept else None
    if read is not None:
        assert read == BoardState(kept, state.edit, state.lens, state.left, state.right)
        assert read.version == "1"


@pytest.mark.parametrize(
    "given_state",
    [
        {"a": "M99.50.2030.u.USA"},
        {"a": "M15.101.2030.u.USA"},
        {"a": "M15.50.1999.u.USA"},
        {"a": "M15.50.2030.x.USA"},
        {"a": "M15.50.2030.u.ATL"},
        {"a": "M15.50.2030.u."},
        {"a": "M15"},
        {"a": "M15.50.2030.u.USA~M15.25.2030.u.USA"},
        {"a": "~".join(f"M{i:02}.50.2030.u.USA" for i in range(1, MOST + 2))},
        {"lens": "rose_tinted"},
        {"left": "gdp"},
        {"edit": "c"},
    ],
    ids=lambda given_state: str(given_state)[:40],
)
def test_what_cannot_be_used_is_named(known: Catalogue, given_state: Mapping[str, str]) -> None:
    with pytest.raises(UnusableError) as refusal:
        read_state(given_state, known)
    assert refusal.value.complaints


def test_slider_leaves_an_exact_strength_alone_until_it_moves(known: Catalogue) -> None:
    state = read_state({"a": "M15.60.2030.u.USA~M24.25.2028.u.USA"}, known)
    assert moved(state, [2, 3]).package[0].percent == 60
    assert moved(state, [2, 3]).package[1].percent == 75
    assert moved(state, [0, 1]).package[0].percent == 0


def test_history_goes_back_and_forth_along_each_tabs_own_way() -> None:
    history = History()
    a = history.reach("A", None)
    b = history.reach("B", a)
    other = history.reach("X", None)
    c = history.reach("C", b)
    assert history.before(c) == (b, "B")
    assert history.before(b) == (a, "A")
    assert history.before(a) is None
    assert history.before(other) is None
    assert history.reach("B", b) == b
    assert history.after(b) == (c, "C")
    again = history.reach("D", b)
    assert history.after(b) == (again, "D")


def test_history_forgets_the_oldest_and_survives_numbers_it_never_gave() -> None:
    history = History()
    last = history.reach("0", 12345)
    for i in range(1, 700):
        last = history.reach(str(i), last)
    assert history.before(last) == (last - 1, "698")
    assert history.reach("new", 1) > last
