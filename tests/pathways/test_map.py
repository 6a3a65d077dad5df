"""The map's files: table before drawing, both languages, one manifest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stepdown.study.pathways import PathwayRun
from stepdown.study.pathways.map_files import write_map
from stepdown.vocabulary.errors import StudyError


def test_files_of_the_map(euro_run: PathwayRun, tmp_path: Path) -> None:
    files = write_map(euro_run, tmp_path / "maps")
    names = sorted(path.name for path in files)
    assert names == ["map.en.html", "map.en.svg", "map.ja.html", "map.ja.svg", "map.json"]
    assert sorted(p.name for p in (tmp_path / "maps").iterdir()) == names
    for language, name in (("en", "Sole purpose"), ("ja", "唯一の目的")):
        page = (tmp_path / "maps" / f"map.{language}.html").read_text(encoding="utf-8")
        assert page.index("<table ") < page.index('id="map"') < page.rindex("<svg ")
        assert page.count("data-h=") == 9 * 11, "a narrow screen shows every cell with its head"
        assert f'<html lang="{language}">' in page
        assert name in page
        assert "style=" not in page
        assert {"en": "map.ja.html", "ja": "map.en.html"}[language] in page
    manifest = json.loads((tmp_path / "maps" / "map.json").read_text(encoding="utf-8"))
    stops = manifest["map"]["stops"]
    assert [s["number"] for s in stops] == list(range(1, 10))
    assert stops[4]["waits"] == ["language", "substitute"]
    assert manifest["run"]["futures"] == 60


def test_a_place_that_cannot_be_written_is_told(euro_run: PathwayRun, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StudyError, match="cannot be written"):
        write_map(euro_run, tmp_path / "file")
