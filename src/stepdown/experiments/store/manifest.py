"""What a run was asked for, in one file that is written first and never changed."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from stepdown.contracts.design import Design
from stepdown.experiments.store.files import write_whole
from stepdown.experiments.store.layout import Layout, digest_of
from stepdown.vocabulary.errors import ExplorationError

MANIFEST = "manifest.json"
SCHEMA = "stepdown/exploration-1"
LIBRARIES = ("jax", "jaxlib", "numpy", "scipy", "zarr", "numcodecs")
"""Those whose version may change a bit of a number or of a file."""
ROOMS = ("assumptions", "contracts", "experiments", "simulation")
"""Rooms whose code makes the numbers of a run."""


@dataclass(frozen=True)
class Manifest:
    """`identity` says what else decides the numbers: study, record, code, libraries."""

    design: Design
    layout: Layout
    identity: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        plain = {
            "schema": SCHEMA,
            "design": self.design.as_json(),
            "identity": dict(self.identity),
            "layout": self.layout.as_json(),
        }
        return {**plain, "digest": digest_of(plain)}

    def write(self, folder: Path) -> None:
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"
        write_whole(folder / MANIFEST, text.encode())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run; raises ExplorationError where there is none, or a damaged one."""
    path = folder / MANIFEST
    try:
        plain = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ExplorationError(f"{folder} holds no exploration: it has no {MANIFEST}") from None
    except OSError as error:
        raise ExplorationError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError:
        raise ExplorationError(_damaged(path, "it is not JSON")) from None
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise ExplorationError(_damaged(path, f"its schema is not {SCHEMA}"))
    if plain.pop("digest", None) != digest_of(plain):
        raise ExplorationError(_damaged(path, "its content does not match its own digest"))
    design = plain["design"] | {"lenses": tuple(plain["design"]["lenses"])}
    return Manifest(Design(**design), Layout.from_json(plain["layout"]), plain["identity"])


def _damaged(path: Path, why: str) -> str:
    return f"{path} is damaged ({why}). Blocks cannot be trusted without it; explore into a new folder."


def differences(there: Manifest, asked: Manifest) -> Iterator[str]:
    """What differs between a folder's run and the one asked for, one line each."""
    found = [
        *_of("design.", there.design.as_json(), asked.design.as_json()),
        *_of("", dict(there.identity), dict(asked.identity)),
        *_of("kept.", _kept(there.layout), _kept(asked.layout)),
    ]
    if not found and there.layout.digest != asked.layout.digest:
        found = ["the words of its variables"]
    yield from found


def _kept(layout: Layout) -> dict[str, Any]:
    named = ("outcomes", "inputs", "switches", "series")
    return {
        "packages": list(layout.packages),
        **{name: [v.name for v in getattr(layout, name)] for name in named},
    }


def _of(where: str, there: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    return [
        f"{where}{key}: {_short(there.get(key))} there, {_short(asked.get(key))} asked for"
        for key in sorted({*there, *asked})
        if there.get(key) != asked.get(key)
    ]


def _short(value: Any, most: int = 60) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else f"{text[:most]}…"


@cache
def code_identity() -> Mapping[str, Any]:
    """Version, SHA-256 of the code that makes the numbers, and the libraries under it."""
    root = Path(str(files("stepdown")))
    sources = sorted(path for room in ROOMS for path in (root / room).rglob("*.py"))
    whole = sha256()
    for path in sources:
        whole.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    libraries = {name: version(name) for name in LIBRARIES} | {"python": platform.python_version()}
    return {"version": version("stepdown"), "code": whole.hexdigest(), "libraries": libraries}
