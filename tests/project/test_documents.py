"""Documents keep their promises: twins agree, links lead somewhere, records are listed, versions match."""

import re
import shlex
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

from stepdown.record import check_record

ROOT = Path(__file__).parents[2]
ENGLISH, JAPANESE = ROOT / "README.md", ROOT / "README.ja.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NOT_SAID = {
    ENGLISH: ("forecast", "winner", "optimal", "threat level"),
    JAPANESE: ("予測", "勝敗", "最適解", "危険度"),
}
SCOPE = {
    ENGLISH: "explores assumptions; it does not forecast",
    JAPANESE: "前提を探るものであり、予測ではない",
}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def outline(path: Path) -> list[int]:
    """Level of each heading, in order."""
    return [len(h) for h in re.findall(r"^(#+) ", FENCE.sub("", read(path)), re.MULTILINE)]


def anchor(heading: str) -> str:
    """The fragment that a repository page gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_readme_twins_have_the_same_outline() -> None:
    assert len(outline(ENGLISH)) > 5
    assert outline(ENGLISH) == outline(JAPANESE)


def test_readme_twins_show_the_same_commands() -> None:
    commands = FENCE.findall(read(ENGLISH))
    assert commands == FENCE.findall(read(JAPANESE))
    assert "make demo" in "".join(commands)
    assert "make test" in "".join(commands)


@pytest.mark.parametrize("document", [ENGLISH, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.stem)
def test_commands_of_the_documents_run(document: Path) -> None:
    commands = re.findall(
        r"^\.venv/bin/stepdown (.*)$", "\n".join(FENCE.findall(read(document))), re.MULTILINE
    )
    assert commands
    for command in commands:
        done = subprocess.run(
            [Path(sys.executable).with_name("stepdown"), *shlex.split(command, comments=True)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, bool(done.stdout)) == (0, True), f"{command}\n{done.stderr}"


@pytest.mark.parametrize("path", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_readme_states_the_scope_and_stays_within_it(path: Path) -> None:
    text = read(path)
    assert SCOPE[path] in text
    rest = text.replace(SCOPE[path], "").lower()
    assert [word for word in NOT_SAID[path] if word in rest] == []


@pytest.mark.parametrize("path", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_readme_lists_the_rooms_that_exist_and_no_others(path: Path) -> None:
    rooms = {init.parent.name for init in (ROOT / "src" / "stepdown").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(\w+)` \|", read(path), re.MULTILINE)) == rooms


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    broken: list[str] = []
    for target in LINK.findall(FENCE.sub("", read(path))):
        if "://" in target:
            continue
        file, _, fragment = target.partition("#")
        destination = (path.parent / file).resolve() if file else path
        if not destination.exists():
            broken.append(target)
        elif fragment:
            headings = re.findall(r"^#+ (.*)$", read(destination), re.MULTILINE)
            if fragment not in map(anchor, headings):
                broken.append(target)
    assert not broken


def test_example_of_the_guide_is_a_valid_data_file(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", read(ROOT / "CONTRIBUTING.md"), re.MULTILINE | re.DOTALL)
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    problems, facts = check_record(tmp_path, today=date(2025, 9, 1))
    assert problems == []
    assert len(facts) == 1


def test_ci_calls_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert read(script).splitlines()[-1] == "exec make test"
    assert script.stat().st_mode & 0o100


def test_every_verb_of_the_makefile_is_explained() -> None:
    makefile = read(ROOT / "Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert explained == set(phony[1].split())


def test_decision_records_are_numbered_dated_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = read(folder / "README.md")
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    assert records
    for record in records:
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", record.name), record.name
        assert f"({record.name})" in index, f"{record.name} is not listed in docs/decisions/README.md"
    assert len({record.name[:4] for record in records}) == len(records)


def test_citation_and_changelog_know_the_version() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    citation = yaml.safe_load(read(ROOT / "CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "type", "references"} <= citation.keys()
    assert (citation["title"].split(":")[0], citation["license"]) == (project["name"], project["license"])
    assert citation["version"] == project["version"]
    assert re.search(r"^## \[Unreleased\]$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)
