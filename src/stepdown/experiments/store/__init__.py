"""Runs in folders: written block by block, checked by checksum, read back as one labelled dataset."""

from stepdown.experiments.store.dataset import dataset_of, open_run
from stepdown.experiments.store.folder import Damage, RunFolder, holds_run
from stepdown.experiments.store.layout import Arrays, Layout, Variable

__all__ = ["Arrays", "Damage", "Layout", "RunFolder", "Variable", "dataset_of", "holds_run", "open_run"]
