"""What screens ask for, built once and shared by all requests."""

from __future__ import annotations

from functools import cached_property
from threading import Lock

from stepdown.contracts.facts.facts import Facts
from stepdown.study.facts import load_facts
from stepdown.web.settings import Settings


class Services:
    """The record and the laboratory of one server. Both are built when first asked for, or by `start`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._building = Lock()

    @cached_property
    def _facts(self) -> Facts:
        return load_facts(self.settings.data)

    @property
    def facts(self) -> Facts:
        """The record, loaded and checked."""
        with self._building:
            return self._facts

    @property
    def digest(self) -> str:
        """The first characters of the record's hash: the version of what the pages say."""
        return self.facts.digest[:8]

    def start(self) -> None:
        """Begin what takes long, before the first reader comes."""

    def stop(self) -> None:
        """End what was begun."""
