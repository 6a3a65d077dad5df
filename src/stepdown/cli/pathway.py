"""`stepdown pathway`: steps, what to watch, when to hold, go back or compensate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from stepdown.cli.options import Data, Json, Lang
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
Futures = Annotated[int, typer.Option(min=1, help="How many futures, over all lenses.")]
Seed = Annotated[int, typer.Option(min=0, help="Same seed, same futures and same luck.")]
Lens = Annotated[list[str] | None, typer.Option(help="Only this lens; may be repeated.")]
Mode = Annotated[
    Literal["sampled", "mean-field"],
    typer.Option(help="Sampled crises, political regimes and leaders, or expected paths."),
]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads; the numbers do not depend on it.")]

HEADS = {
    "variant": ("variant", "変種"),
    "outcome": ("outcome", "指標"),
    "median": ("median change", "変化の中央値"),
    "improves": ("improves", "意図した方向"),
    "backfires": ("backfires", "逆効果"),
    "effects": ("Against the baseline in the same future", "同じ将来の基準との差"),
    "step": ("step", "段階"),
    "start": ("earliest", "最早年"),
    "decides": ("who decides", "決定者"),
    "waits": ("waits for", "前提条件"),
    "watched": ("signposts", "兆候"),
    "steps": ("steps and years", "段階と年"),
    "caution": ("caution", "慎重さ"),
    "reliance": ("reliance", "核依存"),
    "use_risk": ("use risk", "核使用リスク"),
    "proliferation": ("proliferation", "核拡散圧力"),
    "assurance": ("assurance", "安心"),
    "cost": ("cost", "費用"),
    "irreversibility": ("irreversibility", "不可逆性"),
    "variants": ("Variants that no other beats in everything", "すべての面で上回る変種がほかにないもの"),
    "found": (
        "{n} variants evaluated, {m} of them known from before; hypervolume {hv}",
        "評価した変種{n}、うち既知{m}。ハイパーボリューム{hv}",
    ),
    "sound": ("The pathway is sound: {n} steps, {k} signposts.", "道筋に不備はない。段階{n}、兆候{k}。"),
}


def _head(key: str, lang: Language) -> str:
    return HEADS[key][lang == "ja"]


@app.callback()
def pathway() -> None:
    """Adaptive pathways: which step first, what to watch, when to stop."""


@app.command()
def check(name: Name, lang: Lang = "en", as_json: Json = False, data: Data = None) -> None:
    """Check a pathway against the record; every defect at once, with line and nearest name."""
    from stepdown.study.pathways.report import check_pathway

    plan = check_pathway(name, data)
    if as_json:
        print_json(plan.model_dump(mode="json", by_alias=True))
        return
    heads = [_head(h, lang) for h in ("step", "start", "decides", "waits", "watched")]
    print_table(plan.label[lang], heads, [_step_row(plan, s.id, lang) for s in plan.steps])
    typer.echo(_head("sound", lang).format(n=len(plan.steps), k=len(plan.signposts)))


def _step_row(plan: Pathway, name: str, lang: Language) -> list[str]:
    step = plan.step(name)
    triggers = (*step.proceed, *step.hold, *step.revert, *step.compensate)
    watched = dict.fromkeys(plan.signpost(t.signpost).label[lang] for t in triggers)
    waits = [plan.step(w.step).short[lang] for w in step.after]
    waits += [plan.step(c).short[lang] for c in step.compensates]
    return [step.label[lang], str(step.start), step.decides[lang], ", ".join(waits), ", ".join(watched)]


@app.command()
def run(
    name: Name,
    futures: Futures = 1000,
    seed: Seed = 2026,
    lens: Lens = None,
    mode: Mode = "sampled",
    rivals: Annotated[
        bool, typer.Option(help="Also against rivals that reciprocate, ignore or exploit, with regret.")
    ] = False,
    threads: Threads = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Run a pathway with its triggers, and the same steps on schedule, against the baseline."""
    from stepdown.study.pathways import summary, what_if_rivals
    from stepdown.study.pathways.report import Asked, effect_rows, run_lines

    done = _run(name, Asked(futures, seed, tuple(lens or ()), mode, threads, data))
    cases = what_if_rivals(done.setting) if rivals else ()
    if as_json:
        print_json(summary(done, cases))
        return
    heads = [_head(h, lang) for h in ("variant", "outcome", "median", "improves", "backfires")]
    rows = [
        [v.text(lang), o.text(lang), _signed(m), f"{100 * i:.0f} %", f"{100 * b:.0f} %"]
        for v, o, m, i, b in effect_rows(done)
    ]
    print_table(_head("effects", lang), heads, rows)
    for line in run_lines(done, cases):
        console().print(line.text(lang), soft_wrap=True, markup=False)


@app.command()
def explain(
    name: Name,
    future: Annotated[int | None, typer.Option(min=0, help="The log of this future, step by step.")] = None,
    stress: Annotated[
        list[str] | None,
        typer.Option(help="A shock kind:subject:year, e.g. crisis:euro_atlantic:2031; may be repeated."),
    ] = None,
    stress_all: Annotated[bool, typer.Option(help="The four stress tests of the pathway.")] = False,
    futures: Futures = 200,
    seed: Seed = 2026,
    lens: Lens = None,
    mode: Mode = "sampled",
    threads: Threads = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Say year by year what each step does and why: over all futures, in one, or under stress."""
    from stepdown.study.pathways.report import Asked, explanation

    done = _run(name, Asked(futures, seed, tuple(lens or ()), mode, threads, data))
    lines = explanation(done, future, tuple(stress or ()), stress_all)
    if as_json:
        print_json([{"en": line.en, "ja": line.ja} for line in lines])
        return
    for line in lines:
        console().print(line.text(lang), soft_wrap=True, markup=False)


@app.command(name="map")
def draw(
    name: Name,
    out: Annotated[Path | None, typer.Option(help="Folder; default out/pathways/<pathway>.")] = None,
    futures: Futures = 400,
    seed: Seed = 2026,
    lens: Lens = None,
    mode: Mode = "sampled",
    threads: Threads = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Draw the map in both languages: a page with the table first, SVG files, and a JSON manifest."""
    from stepdown.study.pathways.map_files import manifest, write_map
    from stepdown.study.pathways.report import Asked

    done = _run(name, Asked(futures, seed, tuple(lens or ()), mode, threads, data))
    files = write_map(done, out or Path("out") / "pathways" / Path(name).stem)
    if as_json:
        print_json(manifest(done))
        return
    for path in files:
        if f".{lang}." in path.name or path.suffix == ".json":
            console().print(str(path), soft_wrap=True)


@app.command()
def search(
    name: Name,
    population: Annotated[int, typer.Option(min=8, help="Variants per generation.")] = 56,
    generations: Annotated[int, typer.Option(min=1, help="Generations.")] = 20,
    archive: Annotated[
        Path | None,
        typer.Option(help="Where evaluations are kept; default out/pathways/<pathway>/search.jsonl."),
    ] = None,
    futures: Futures = 100,
    seed: Seed = 2026,
    lens: Lens = None,
    mode: Mode = "sampled",
    threads: Threads = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Search for variants that no other beats in everything; resumes where it was cut, even by a kill."""
    from stepdown.study.pathways.report import Asked, searched

    asked = Asked(futures, seed, tuple(lens or ()), mode, threads, data)
    place = archive or Path("out") / "pathways" / Path(name).stem / "search.jsonl"
    with progress_bar(name) as bar:
        found = searched(
            name, asked, place, population, generations, lambda done, total: bar(name, done, total)
        )
    if as_json:
        print_json(found)
        return
    heads = [_head("steps", lang), _head("caution", lang), *(_head(o, lang) for o in found["objectives"])]
    print_table(_head("variants", lang), heads, [_variant_row(v) for v in found["variants"]])
    said = _head("found", lang)
    typer.echo(said.format(n=found["evaluations"], m=found["resumed"], hv=f"{found['hypervolume']:.4g}"))


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
