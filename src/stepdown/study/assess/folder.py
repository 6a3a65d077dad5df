"""Where an assessment may be written."""

from __future__ import annotations

from pathlib import Path

from stepdown.vocabulary.errors import Problem, StudyError

CARD = "assessment.json"


def check_folder(folder: Path, card: str = CARD, kind: str = "an assessment") -> None:
    """Refuse a place that holds anything else than an earlier one of its kind; raises StudyError."""
    if folder.exists() and not folder.is_dir():
        raise StudyError([Problem(str(folder), 0, "", "this is no folder; choose another with --out")])
    if folder.is_dir() and any(folder.iterdir()) and not (folder / card).exists():
        message = f"this folder holds something else than {kind}; choose another with --out"
        raise StudyError([Problem(str(folder), 0, "", message)])
