"""What screens ask for, built once and shared by all requests."""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import cached_property
from threading import RLock, Thread

from stepdown import __version__
from stepdown.contracts.facts.facts import Facts
from stepdown.contracts.facts.uses import MeasureUse
from stepdown.contracts.pathways import Pathway
from stepdown.study.board import Catalogue, Laboratory, Obstacle, catalogue, obstacle
from stepdown.study.claims.book import ClaimBook
from stepdown.study.facts import load_facts
from stepdown.study.pathways.show import shipped_as_read
from stepdown.web.desk import Desk
from stepdown.web.settings import Settings
from stepdown.web.tasks import Tasks

log = logging.getLogger("stepdown.web")


class Services:
    """The record and the laboratory of one server. Both are built when first asked for, or by `start`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._building = RLock()
        self._begun = self._ending = False
        self._preparing: Thread | None = None
        self.tasks = Tasks()

    @cached_property
    def facts(self) -> Facts:
        """The record, loaded and checked."""
        with self._building:
            return load_facts(self.settings.data)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What the board can name."""
        with self._building:
            return catalogue(self.facts)

    @cached_property
    def laboratory(self) -> Laboratory:
        """The futures of the board; `ready` says whether they can be asked."""
        with self._building:
            return Laboratory(self.facts, self.settings.futures, self.settings.seed)

    @cached_property
    def desk(self) -> Desk:
        """The one who asks the laboratory for everybody."""
        with self._building:
            return Desk(self.laboratory)

    @cached_property
    def claims(self) -> ClaimBook:
        """What is known of the paper's claims so far."""
        with self._building:
            return ClaimBook(self.facts, self.settings.futures, self.settings.seed)

    @cached_property
    def pathways(self) -> tuple[Pathway, ...]:
        """The worked pathways, read and checked."""
        with self._building:
            return shipped_as_read(self.facts)

    @property
    def digest(self) -> str:
        """The first characters of the record's hash: the version of what the pages say."""
        return self.facts.digest[:8]

    @property
    def model_version(self) -> str:
        """What a picture depends on beside its address: program, record, futures, seed."""
        return f"{__version__}-{self.digest}-{self.settings.futures}-{self.settings.seed}"

    @property
    def ready(self) -> bool:
        """Whether the laboratory can be asked; if nobody has begun to prepare it, this does."""
        self.start()
        return self.laboratory.ready

    def obstacle(self, use: MeasureUse, together: Collection[str]) -> Obstacle | None:
        """Why a measure could not act in a package, or None."""
        return obstacle(self.facts, self.laboratory.world, use, together)

    def start(self) -> None:
        """Begin what takes long, before the first reader needs it."""
        with self._building:
            if self._begun:
                return
            self._begun = True
        self._preparing = Thread(target=self._prepare, name="prepare", daemon=True)
        self._preparing.start()

    def _prepare(self) -> None:
        try:
            self.laboratory.prepare()
            if not self._ending:
                self.laboratory.prepare_large()
        except Exception:
            log.exception("the laboratory could not be prepared")

    def stop(self) -> None:
        """End what was begun; a compilation under way is waited for. What is asked later begins anew."""
        self._ending = True
        desk = self.__dict__.pop("desk", None)
        if desk is not None:
            desk.close()
        if self._preparing is not None:
            self._preparing.join(timeout=300)
