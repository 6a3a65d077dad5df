"""The brief's voice in one language: its wording, and how names, lists and notes are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

import yaml

from stepdown.contracts.effects import Bilingual, OutcomeLabel
from stepdown.contracts.findings import Findings, PackageDescription
from stepdown.vocabulary.ids import Language

Wording: TypeAlias = "Mapping[str, str | Wording]"


@lru_cache
def wording(language: Language) -> Wording:
    """The wording file of a language."""
    text = files("stepdown.brief").joinpath("wording", f"{language}.yaml").read_text(encoding="utf-8")
    loaded: Wording = yaml.safe_load(text)
    return loaded


def phrase(language: Language, key: str, **values: str | int) -> str:
    """The wording at a dotted key, its placeholders filled. Raises KeyError when it does not exist."""
    entry: str | Wording = wording(language)
    for part in key.split("."):
        if isinstance(entry, str):
            raise KeyError(key)
        entry = entry[part]
    if not isinstance(entry, str):
        raise KeyError(key)
    return entry.format(**values)


@dataclass(frozen=True, slots=True)
class Voice:
    """Findings as told in one language."""

    findings: Findings
    language: Language

    def say(self, key: str, **values: str | int) -> str:
        """The wording at a dotted key, its placeholders filled. Raises KeyError when it does not exist."""
        return phrase(self.language, key, **values)

    def text(self, bilingual: Bilingual) -> str:
        """A text of the findings in this language."""
        return bilingual.text(self.language)

    def package(self, package_id: str) -> str:
        """A package by letter and name: "A (Restraint first)"."""
        package = self.findings.package(package_id)
        return self.say("package", letter=package.letter, label=self.text(package.label))

    def outcome(self, outcome_id: str) -> str:
        """An outcome's name."""
        return self.text(self.findings.outcome(outcome_id).label)

    def actors(self, ids: Sequence[str]) -> str:
        """Names of actors as a list; none means every nuclear-armed state."""
        if not ids:
            return self.say("packages.all_nuclear")
        return self.say("page.list_join").join(self.text(self.findings.actor(i).label) for i in ids)

    def listed(self, items: Sequence[str]) -> str:
        """Items as a list with a last joining word: "x, y and z"."""
        if len(items) < 2:
            return "".join(items)
        return self.say("page.list_join").join(items[:-1]) + self.say("page.last_join") + items[-1]

    def note_numbers(self, sources: Sequence[str]) -> tuple[int, ...]:
        """Numbers of the notes that cite these sources, in order."""
        return tuple(sorted(n.number for n in self.findings.sources if n.source in set(sources)))


def headline(findings: Findings) -> tuple[OutcomeLabel, ...]:
    """The outcomes of the summary tables, in the order given."""
    return tuple(o for o in findings.outcomes if o.headline)


def letter_class(package: PackageDescription) -> str:
    """The class that gives a package's letter its hue."""
    return f"letter letter-{package.letter.lower()}"
