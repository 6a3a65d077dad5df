"""Question 3: what nuclear weapons achieved in crises and threats, and what went wrong beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stepdown.assessments.utility import attempts, hits, leaning, mishaps, needed, newcombe, tallies
from stepdown.contracts.assessments import Finding
from stepdown.contracts.assessments.shared import COMPUTED
from stepdown.contracts.assessments.utility import Attempt, SchoolReading
from stepdown.study.assess.ask import Request
from stepdown.study.assess.draw import Drawn
from stepdown.study.assess.words import said


def assess_utility(request: Request, drawn: Drawn) -> tuple[Finding, ...]:
    """Attempts that had begun by the date, of the states asked about; tallies, both schools, mishaps."""
    of = set(request.states)
    # The Soviet Union's attempts are shown with Russia's.
    of |= {"SUN"} if "RUS" in of else set()
    found = [
        a
        for a in attempts(drawn.facts)
        if a.year <= request.on.year and (not of or a.by in of or a.against in of)
    ]
    return (
        *found,
        *tallies(found),
        *(_schools(found) if found else ()),
        *mishaps(drawn.facts, request.on.year),
    )


def _schools(found: Sequence[Attempt]) -> Iterator[SchoolReading]:
    """Kroenig: does superiority go with success between nuclear states? Sechser and Fuhrmann: do nuclear
    states compel better than they deter, and better than compellent threats in general?"""
    uneven = [a for a in found if a.ratio is not None and a.ratio != 1]
    superior = [a for a in uneven if a.ratio is not None and a.ratio > 1]
    inferior = [a for a in uneven if a.ratio is not None and a.ratio < 1]
    yield _school("kroenig", "superior_inferior", superior, inferior, "src.kroenig_2013")
    armed = [a for a in found if a.pair != "against_nuclear"]
    compel = [a for a in armed if a.attempt == "compellence"]
    deter = [a for a in armed if a.attempt == "deterrence"]
    yield _school("sechser_fuhrmann", "compel_deter", compel, deter, "src.sechser_fuhrmann_2013")


def _school(
    school: str, compares: str, first: Sequence[Attempt], second: Sequence[Attempt], source: str
) -> SchoolReading:
    a, b = hits(first), hits(second)
    low, high = newcombe(a, b)
    shares = [x / n if n else 0.0 for x, n in (a, b)]
    return SchoolReading(
        origin=(
            COMPUTED,
            source,
            "obs.utility.crisis_dyads" if school == "kroenig" else "obs.utility.compellence_success",
            *(x.origin[0] for x in (*first, *second)),
        ),
        school=school,
        compares=said(f"utility.{compares}"),
        first_n=a[1],
        first_share=shares[0],
        second_n=b[1],
        second_share=shares[1],
        difference=shares[0] - shares[1],
        low=low,
        high=high,
        leaning=leaning(low, high),
        needed=needed(a, b),
    )
