"""`stepdown model`: check the mathematics, calibrate on evidence, replay the past."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from stepdown.cli.options import Data, Json, Lang, Seed
from stepdown.cli.progress import progress_bar
from stepdown.cli.tables import console, print_json, print_table

if TYPE_CHECKING:
    from stepdown.games import Answer
    from stepdown.vocabulary.ids import Language

app = typer.Typer(no_args_is_help=True, help="The model: known answers, evidence.")

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Reference problems: expected and found", "参照問題：期待値と計算値"),
    "problem": ("problem", "問題"),
    "expected": ("expected", "期待値"),
    "found": ("found", "計算値"),
    "tolerance": ("tolerance", "許容差"),
    "pass": ("pass", "合否"),
    "source": ("source", "出典"),
    "yes": ("yes", "合"),
    "no": ("NO", "否"),
    "published": ("published", "公表"),
    "derived": ("derived", "導出"),
    "true": ("yes", "有"),
    "false": ("no", "無"),
    "left": (
        "Not run here: check 38, derivatives against central differences, which compiles for a minute.",
        "ここで実行しないもの：検査38（微分と中心差分の照合。コンパイルに1分を要する）。",
    ),
    "total": ("{passed} of {all} reference problems pass", "参照問題{all}件のうち{passed}件が合格"),
}


@app.callback()
def model() -> None:
    """The model: known answers, evidence."""


@app.command()
def check(
    only: Annotated[
        Literal["games", "kernel"] | None,
        typer.Option(help="Only the closed forms of the literature, or only the running kernel."),
    ] = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Solve the reference problems, in closed form and by the kernel; exit code 1 when an answer is not the
    expected one."""
    answers = _answers(only)
    passed = sum(a.passed for a in answers)
    left = [] if only == "games" else [word[:-1] for word in WORDS["left"]]
    if as_json:
        not_run = [{"check": 38, "why": dict(zip(("en", "ja"), left, strict=True))}] if left else []
        entries = [_entry(a) for a in answers]
        print_json({"passed": passed, "of": len(answers), "problems": entries, "not_run": not_run})
    else:
        heads = [_word(h, lang) for h in ("problem", "expected", "found", "tolerance", "pass", "source")]
        print_table(_word("title", lang), heads, [_row(a, lang) for a in answers])
        if left:
            typer.echo(_word("left", lang))
        typer.echo(_word("total", lang).format(passed=passed, all=len(answers)))
    raise typer.Exit(0 if passed == len(answers) else 1)


def _answers(only: str | None) -> tuple[Answer, ...]:
    """Closed forms, then the kernel, which is loaded only where it is asked for."""
    from stepdown.games import check as check_games

    games = () if only == "kernel" else check_games()
    if only == "games":
        return games
    from stepdown.study.known import kernel_answers

    return (*games, *kernel_answers())


@app.command()
def calibrate(
    futures: Annotated[
        int, typer.Option(min=50, help="Futures to run; the prior is ten times as large.")
    ] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same weights.")] = 2026,
    half_life: Annotated[
        float | None,
        typer.Option(min=1, help="Years after which counted evidence is worth half; default: never."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files; default out/calibration.")] = None,
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Weigh futures by counted events and elicited policy effects; write the calibrated ensemble."""
    from stepdown.study.calibrate import report_calibration

    with progress_bar("calibrate") as progress:
        report = report_calibration(futures, seed, half_life, out, data, progress)
    if as_json:
        print_json(report.summary)
        return
    for title, heads, rows, note in report.tables[lang]:
        print_table(title, heads, rows)
        if note:
            typer.echo(note)
    for path in report.files:
        console().print(str(path), soft_wrap=True)


@app.command()
def backcast(
    period: Annotated[list[str] | None, typer.Option(help="Only this period; may be repeated.")] = None,
    futures: Annotated[int, typer.Option(min=10, help="How many futures, over all lenses.")] = 500,
    seed: Seed = 2026,
    ensemble: Annotated[
        Literal["prior", "calibrated"],
        typer.Option(help="Futures from the prior, or by weight from the calibrated ensemble."),
    ] = "prior",
    lang: Lang = "en",
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Replay periods of the past: which observed directions futures reproduce, and which they miss."""
    from stepdown.study.backcast import report_backcast

    report = report_backcast(futures, seed, tuple(period or ()), ensemble, data)
    if as_json:
        print_json(report.summary)
        return
    for title, heads, rows, notes in report.tables[lang]:
        print_table(title, heads, rows)
        for note in notes:
            typer.echo(note)
        typer.echo("")


def _word(key: str, lang: Language) -> str:
    return WORDS[key][lang == "ja"]


def _entry(a: Answer) -> dict[str, Any]:
    p = a.problem
    return {
        "id": p.id,
        "check": p.check,
        "title": {"en": p.title.en, "ja": p.title.ja},
        "input": p.input,
        "expected": p.expected,
        "found": dict(a.found),
        "tolerance": p.tolerance,
        "pass": a.passed,
        "source": p.source,
        "origin": p.origin,
        "note": p.note and {"en": p.note.en, "ja": p.note.ja},
    }


def _row(a: Answer, lang: Language) -> list[str]:
    p = a.problem
    return [
        p.title.text(lang),
        _values(p.expected, lang),
        _values(a.found, lang),
        f"{p.tolerance:g}",
        _word("yes" if a.passed else "no", lang),
        f"{p.source} ({_word(p.origin, lang)})",
    ]


def _values(values: Mapping[str, bool | int | float | str], lang: Language) -> str:
    """`key value` pairs, numbers to six digits; a lone value without its key."""
    shown = {k: _shown(v, lang) for k, v in values.items()}
    return shown["value"] if list(shown) == ["value"] else ", ".join(f"{k} {v}" for k, v in shown.items())


def _shown(value: bool | int | float | str, lang: Language) -> str:
    if isinstance(value, bool):
        return _word("true" if value else "false", lang)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
