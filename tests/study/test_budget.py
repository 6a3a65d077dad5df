"""A package over budget is shown, scaled, and said so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.world import World
from stepdown.study.load import load_study
from stepdown.study.run import run_study
from stepdown.study.table import effects_table
from stepdown.study.tell import tell

COSTLY = (
    "  - {measure: M49, actors: [USA, RUS], start: 2028, strength: moderate, condition: reciprocal}\n"
    + "".join(
        f"  - {{measure: {m}, actors: [JPN], start: 2027, strength: far_reaching}}\n"
        for m in ("M27", "M28", "M29", "M30", "M31", "M33", "M34", "M36", "M37", "M41")
    )
)


def test_over_budget(tmp_path: Path, facts: Facts, world: World) -> None:
    text = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
    first = next(line for line in text.splitlines(keepends=True) if "measure: M49" in line)
    path = tmp_path / "costly.yaml"
    path.write_text(text.replace(first, COSTLY), encoding="utf-8")
    run = run_study(load_study(path, facts, world), facts, 16, 1)
    findings = tell(run, facts, "v", "r", date(2026, 11, 23))
    over = [n for n in findings.package("talks").budget if n.used > n.available]
    note = next(n for n in over if (n.actor, n.kind) == ("JPN", "money"))
    assert 0.3 < note.delivered < 1
    said = " ".join(effects_table(findings, "en").notes)
    assert f"A: Japan is asked for {note.used:.2f} times its money budget" in said
    assert f"scaled to {note.delivered:.2f}" in said
