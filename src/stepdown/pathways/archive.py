"""Every evaluation of a search, one line each, safe against a kill at any moment.

A search is a deterministic function of its seed and of the evaluations it asked for. So it needs no state of
its own on disk: run again, it finds its evaluations here, gets past them in no time and goes on.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
from jaxtyping import Float

from stepdown.vocabulary.errors import Problem, StudyError

Point = Float[np.ndarray, " variable"]
Score = tuple[Float[np.ndarray, " objective"], Float[np.ndarray, " constraint"]]


class Archive:
    """Evaluations by decision vector. With a `path` they are kept; `identity` says what they belong to."""

    def __init__(self, path: Path | None, identity: dict[str, object]) -> None:
        self._path = path
        self._scores: dict[bytes, Score] = {}
        self._points: list[Point] = []
        self.resumed = 0
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        header = json.dumps(identity, sort_keys=True)
        if path.exists() and path.stat().st_size:
            self._read(path, header)
        else:
            self._append(header)

    def get(self, x: Point) -> Score | None:
        """What is known of a decision vector."""
        return self._scores.get(_key(x))

    def add(self, x: Point, f: Float[np.ndarray, " objective"], g: Float[np.ndarray, " constraint"]) -> None:
        """Keep one evaluation; it is on disk when this returns."""
        self._keep(x, (f, g))
        if self._path is not None:
            self._append(json.dumps({"x": x.tolist(), "f": f.tolist(), "g": g.tolist()}))

    @property
    def points(self) -> Float[np.ndarray, "evaluation variable"]:
        """All decision vectors, in the order they were asked for."""
        return np.array(self._points)

    @property
    def scores(self) -> tuple[Float[np.ndarray, "evaluation objective"], Float[np.ndarray, "evaluation g"]]:
        """Objectives and constraints of all, in the same order."""
        found = [self._scores[_key(x)] for x in self._points]
        return np.array([f for f, _ in found]), np.array([g for _, g in found])

    def _keep(self, x: Point, score: Score) -> None:
        key = _key(x)
        if key not in self._scores:
            self._points.append(np.array(x, dtype=float))
        self._scores[key] = score

    def _append(self, text: str) -> None:
        assert self._path is not None
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def _read(self, path: Path, header: str) -> None:
        """Read what is whole; cut off a last line that a kill left torn."""
        raw = path.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]
        if len(whole) < len(raw):
            with path.open("r+b") as stream:
                stream.truncate(len(whole))
        lines = whole.decode("utf-8").splitlines()
        if not lines:
            self._append(header)
            return
        if json.loads(lines[0]) != json.loads(header):
            message = (
                "belongs to another search; choose another file, or the same pathway, record and options"
            )
            raise StudyError([Problem(str(path), 1, "", message)])
        for line in lines[1:]:
            entry = json.loads(line)
            self._keep(np.array(entry["x"]), (np.array(entry["f"]), np.array(entry["g"])))
        self.resumed = len(self._points)


def _key(x: Point) -> bytes:
    return np.ascontiguousarray(x, dtype=float).tobytes()
