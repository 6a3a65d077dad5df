"""What belongs to this installation: where compiled code is kept, and which revision of the code runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def cache_folder() -> Path:
    """Where compiled code is kept: $XDG_CACHE_HOME/stepdown, or ~/.cache/stepdown."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stepdown"


def revision() -> str:
    """The commit of a source checkout with a mark when it has changes; "release" outside one."""
    here = Path(__file__).parent
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        done = subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        return "release"
    return done.stdout.strip()
