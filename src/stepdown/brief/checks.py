"""Are the findings complete enough for a brief? Every gap is named at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stepdown.contracts.effects import ALL_LENSES
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.errors import StepdownError, nearest


class FindingsError(StepdownError):
    """The findings name something they do not define; ``gaps`` lists every case."""

    def __init__(self, gaps: tuple[str, ...]) -> None:
        self.gaps = gaps
        super().__init__("the findings are incomplete:\n" + "\n".join(gaps))


def check_findings(findings: Findings) -> None:
    """Raise `FindingsError` with all gaps: unknown ids, doubled ids, notes that do not exist."""
    gaps = tuple(_gaps(findings))
    if gaps:
        raise FindingsError(gaps)


def _gaps(findings: Findings) -> Iterator[str]:
    packages = [p.id for p in findings.packages]
    outcomes = [o.id for o in findings.outcomes]
    lenses = [lens.id for lens in findings.lenses]
    actors = [a.id for a in findings.actors]
    sources = [n.source for n in findings.sources]
    numbers = [str(n.number) for n in findings.sources]
    letters = [p.letter for p in findings.packages]
    for kind, ids in (("package", packages), ("outcome", outcomes), ("lens", lenses), ("actor", actors)):
        yield from _doubled(kind, ids)
    yield from _doubled("package letter", letters)
    yield from _doubled("note number", numbers)
    if not packages or not any(o.headline for o in findings.outcomes):
        yield "a brief needs at least one package and one headline outcome"

    effects = [*findings.effects, *(e for order in findings.order for e in order.effects)]
    yield from _unknown("package", (e.package for e in effects), packages)
    yield from _unknown("outcome", (e.outcome for e in effects), outcomes)
    yield from _unknown("lens", (e.lens for e in effects if e.lens != ALL_LENSES), lenses)
    yield from _unknown("lens", findings.run.lenses, lenses)
    for part in (findings.fans, findings.deciding):
        yield from _unknown("package", (item.package for item in part), packages)
        yield from _unknown("outcome", (item.outcome for item in part), outcomes)
    yield from _unknown("package", (o.package for o in findings.order), packages)
    measures = [m for p in findings.packages for m in p.measures]
    budgets = [b.actor for p in findings.packages for b in p.budget]
    yield from _unknown("actor", (a for m in measures for a in m.actors), actors)
    yield from _unknown("actor", budgets, actors)
    yield from _unknown("actor", (v.actor for v in findings.views), actors)
    yield from _unknown("outcome", (o for v in findings.views for o in v.outcomes), outcomes)
    flips = [flip for report in findings.mappings for flip in report.flips]
    yield from _unknown("outcome", (f.outcome for f in flips), outcomes)
    yield from _unknown("package", (p for f in flips for p in (f.overtaken, f.now_before)), packages)
    cited = [*findings.prior.sources, *(s for v in findings.views for s in v.sources)]
    cited += [s for d in findings.deciding for s in d.sources]
    yield from _unknown("source", cited, sources)
    states = [s.id for s in findings.roles.states]
    yield from _unknown("state", (c.state for c in findings.roles.cells), states)
    yield from _unknown("state", (t.state for t in findings.roles.thresholds), states)
    yield from _unknown("role", (c.role for c in findings.roles.cells), [r.id for r in findings.roles.roles])
    yield from _unknown("note", (str(n) for c in findings.roles.cells for n in c.notes), numbers)
    for package in packages:
        for outcome in (o.id for o in findings.outcomes if o.headline):
            if findings.effect(package, outcome) is None:
                yield f"no effect over all lenses of package {package!r} on headline outcome {outcome!r}"


def _unknown(kind: str, used: Iterable[str], defined: list[str]) -> Iterator[str]:
    known = set(defined)
    for name in sorted(set(used) - known):
        near = nearest(name, defined)
        yield f"unknown {kind} {name!r}" + (f"; nearest: {near!r}" if near else "")


def _doubled(kind: str, ids: Sequence[str]) -> Iterator[str]:
    for name in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"{kind} {name!r} is defined twice"
