"""Options that several commands share, each defined once, and how a command takes a group of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import typer

from stepdown.vocabulary.dates import latest
from stepdown.vocabulary.ids import Language

Lang = Annotated[Language, typer.Option("--lang", help="Language of the words.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Date (YYYY, YYYY-MM or YYYY-MM-DD); default today.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
State = Annotated[list[str] | None, typer.Option("--state", help="ISO code of a state; may be repeated.")]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", exists=True, file_okay=False, help="Folder of data files instead of the shipped record."
    ),
]
Study = Annotated[str, typer.Argument(help="Path of a study file, or the id of a shipped study.")]
Futures = Annotated[int, typer.Option("--futures", min=1, help="How many futures, over all lenses.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Same seed, same futures.")]
Lens = Annotated[list[str] | None, typer.Option("--lens", help="Only this lens; may be repeated.")]
Threads = Annotated[
    int | None, typer.Option("--threads", min=1, help="Threads; the numbers do not depend on it.")
]
Mode = Annotated[
    Literal["sampled", "mean-field"],
    typer.Option("--mode", help="Sampled crises, political regimes and leaders, or expected paths."),
]


def day(text: str | None, option: str = "--as-of") -> date:
    """The last day a partial date can mean, today when none is given; an error names `option`."""
    if text is None:
        return date.today()
    try:
        return latest(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """The command with each parameter that is a dataclass of options spread into those options.

    Several commands can so share a group of options, which Typer itself does not know.
    """
    groups: dict[str, type[Any]] = {}
    spread: list[Parameter] = []
    hints = get_type_hints(command, include_extras=True)
    for name, parameter in signature(command).parameters.items():
        kind = hints[name]
        if not is_dataclass(kind):
            spread.append(parameter.replace(annotation=kind))
            continue
        groups[name] = kind  # type: ignore[assignment]
        options = get_type_hints(kind, include_extras=True)
        spread += [
            Parameter(f.name, Parameter.KEYWORD_ONLY, default=f.default, annotation=options[f.name])
            for f in fields(kind)
        ]

    def call(**given: Any) -> None:
        made = {n: kind(**{f.name: given.pop(f.name) for f in fields(kind)}) for n, kind in groups.items()}
        command(**given, **made)

    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__signature__ = Signature(spread)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in spread}
    return call
