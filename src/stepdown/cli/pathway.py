"""`stepdown pathway`: steps, what to watch, when to hold, go back or compensate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepdown.cli.options import Data, Futures, Json, Lang, Lens, Mode, Threads, grouped
from stepdown.cli.progress import progress_bar
from stepdown.cli.tables import console, print_json, print_table

if TYPE_CHECKING:
    from stepdown.contracts.pathways import Pathway
    from stepdown.study.pathways import PathwayRun
    from stepdown.study.pathways.report import Asked
    from stepdown.vocabulary.ids import Language

app = typer.Typer(
    no_args_is_help=True, help="Adaptive pathways: which step first, what to watch, when to stop."
)

Name = Annotated[str, typer.Argument(help="Path of a pathway file, or the id of a shipped pathway.")]


@dataclass(frozen=True)
class Draws:
    """Which futures a pathway is run over, and how."""

    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same futures and same luck.")] = 2026
    lens: Lens = None
    mode: Mode = "sampled"
    threads: Threads = None

    def asked(self, futures: int, data: Path | None) -> Asked:
        """What is asked of the study."""
        from stepdown.study.pathways.report import Asked

        return Asked(futures, self.seed, tuple(self.lens or ()), self.mode, self.threads, data)


@dataclass(frozen=True)
class Shown:
    """How the answer is given."""

    lang: Lang = "en"
    as_json: Json = False
    data: Data = None


def _head(key: str, lang: Language, **values: str) -> str:
    from stepdown.study.pathways.words import say

    return say("head", key, **values).text(lang)


@app.callback()
def pathway() -> None:
    """Adaptive pathways: which step first, what to watch, when to stop."""


@app.command()
@grouped
def check(name: Name, *, shown: Shown) -> None:
    """Check a pathway against the record; every defect at once, with line and nearest name."""
    from stepdown.study.pathways.report import check_pathway

    plan = check_pathway(name, shown.data)
    if shown.as_json:
        print_json(plan.model_dump(mode="json", by_alias=True))
        return
    heads = [_head(h, shown.lang) for h in ("step", "start", "decides", "waits", "watched")]
    print_table(plan.label[shown.lang], heads, [_step_row(plan, s.id, shown.lang) for s in plan.steps])
    typer.echo(_head("sound", shown.lang, n=str(len(plan.steps)), k=str(len(plan.signposts))))


def _step_row(plan: Pathway, name: str, lang: Language) -> list[str]:
    step = plan.step(name)
    triggers = (*step.proceed, *step.hold, *step.revert, *step.compensate)
    watched = dict.fromkeys(plan.signpost(t.signpost).label[lang] for t in triggers)
    waits = [plan.step(w.step).short[lang] for w in step.after]
    waits += [plan.step(c).short[lang] for c in step.compensates]
    return [step.label[lang], str(step.start), step.decides[lang], ", ".join(waits), ", ".join(watched)]


@app.command()
@grouped
def run(
    name: Name,
    *,
    futures: Futures = 1000,
    rivals: Annotated[
        bool, typer.Option(help="Also against rivals that reciprocate, ignore or exploit, with regret.")
    ] = False,
    draws: Draws,
    shown: Shown,
) -> None:
    """Run a pathway with its triggers, and the same steps on schedule, against the baseline."""
    from stepdown.study.pathways import summary, what_if_rivals
    from stepdown.study.pathways.report import effect_rows, run_lines

    done = _run(name, draws.asked(futures, shown.data))
    cases = what_if_rivals(done.setting) if rivals else ()
    if shown.as_json:
        print_json(summary(done, cases))
        return
    heads = [_head(h, shown.lang) for h in ("variant", "outcome", "median", "improves", "backfires")]
    rows = [
        [v.text(shown.lang), o.text(shown.lang), _signed(m), f"{100 * i:.0f} %", f"{100 * b:.0f} %"]
        for v, o, m, i, b in effect_rows(done)
    ]
    print_table(_head("effects", shown.lang), heads, rows)
    for line in run_lines(done, cases):
        console().print(line.text(shown.lang), soft_wrap=True, markup=False)


@app.command()
@grouped
def explain(
    name: Name,
    *,
    future: Annotated[int | None, typer.Option(min=0, help="The log of this future, step by step.")] = None,
    stress: Annotated[
        list[str] | None,
        typer.Option(help="A shock kind:subject:year, e.g. crisis:euro_atlantic:2031; may be repeated."),
    ] = None,
    stress_all: Annotated[bool, typer.Option(help="The four stress tests of the pathway.")] = False,
    futures: Futures = 200,
    draws: Draws,
    shown: Shown,
) -> None:
    """Say year by year what each step does and why: over all futures, in one, or under stress."""
    from stepdown.study.pathways.report import explanation

    done = _run(name, draws.asked(futures, shown.data))
    lines = explanation(done, future, tuple(stress or ()), stress_all)
    if shown.as_json:
        print_json([{"en": line.en, "ja": line.ja} for line in lines])
        return
    for line in lines:
        console().print(line.text(shown.lang), soft_wrap=True, markup=False)


@app.command(name="map")
@grouped
def draw(
    name: Name,
    *,
    out: Annotated[Path | None, typer.Option(help="Folder; default out/pathways/<pathway>.")] = None,
    futures: Futures = 400,
    draws: Draws,
    shown: Shown,
) -> None:
    """Draw the map in both languages: a page with the table first, SVG files, and a JSON manifest."""
    from stepdown.study.pathways.map_files import manifest, write_map

    done = _run(name, draws.asked(futures, shown.data))
    files = write_map(done, out or Path("out") / "pathways" / Path(name).stem)
    if shown.as_json:
        print_json(manifest(done))
        return
    for path in files:
        if f".{shown.lang}." in path.name or path.suffix == ".json":
            console().print(str(path), soft_wrap=True)


@app.command()
@grouped
def search(
    name: Name,
    *,
    population: Annotated[int, typer.Option(min=8, help="Variants per generation.")] = 56,
    generations: Annotated[int, typer.Option(min=1, help="Generations.")] = 20,
    refine: Annotated[
        int, typer.Option(min=0, help="Refine the strengths of so many found variants along slopes.")
    ] = 0,
    archive: Annotated[
        Path | None,
        typer.Option(help="Where evaluations are kept; default out/pathways/<pathway>/search.jsonl."),
    ] = None,
    futures: Futures = 100,
    draws: Draws,
    shown: Shown,
) -> None:
    """Search for variants that no other beats in everything; resumes where it was cut, even by a kill."""
    from stepdown.study.pathways.report import searched

    asked = draws.asked(futures, shown.data)
    place = archive or Path("out") / "pathways" / Path(name).stem / "search.jsonl"
    with progress_bar(name) as bar:
        found = searched(
            name, asked, place, population, generations, refine, lambda done, total: bar(name, done, total)
        )
    if shown.as_json:
        print_json(found)
        return
    heads = [
        _head("steps", shown.lang),
        _head("caution", shown.lang),
        *(_head(o, shown.lang) for o in found["objectives"]),
    ]
    print_table(_head("variants", shown.lang), heads, [_variant_row(v) for v in found["variants"]])
    counts = {"n": str(found["evaluations"]), "m": str(found["resumed"])}
    typer.echo(_head("found", shown.lang, **counts, hv=f"{found['hypervolume']:.4g}"))
    if refine:
        tried, kept = (str(found["refined"][n]) for n in ("tried", "kept"))
        typer.echo(_head("refined", shown.lang, tried=tried, kept=kept))


def _variant_row(variant: Mapping[str, Any]) -> list[str]:
    steps = ", ".join(f"{s} {year}" for s, year in variant["steps"].items())
    scores = variant["scores"]
    shown = [_signed(scores[o]) for o in ("reliance", "use_risk", "proliferation")]
    # Falls are good in the search; a reader sees what happens to assurance itself.
    shown += [_signed(-scores["assurance"]), f"{scores['cost']:.2f}", f"{scores['irreversibility']:.2f}"]
    return [steps, f"{variant['caution']:.1f}", *shown]


def _run(name: str, asked: Asked) -> PathwayRun:
    from stepdown.study.pathways.report import report_pathway

    with progress_bar(name) as progress:
        return report_pathway(name, asked, progress)


def _signed(change: float) -> str:
    return f"{100 * change:+.1f} %".replace("-", "−")
