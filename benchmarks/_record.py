"""Numbers of the exploration benchmarks, printed and kept side by side in runs/exploration.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

OUT = Path("runs/exploration.json")


def record(found: Mapping[str, float]) -> None:
    """Print each number with its name, and put it into the file beside those of other scripts."""
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    kept |= {name: round(value, 5) for name, value in found.items()}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")
    for name, value in found.items():
        print(f"{name:58s} {value:12.4g}")
