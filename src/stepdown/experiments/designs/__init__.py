"""Designs that are made block by block: the same futures whatever the order of the blocks."""

from stepdown.experiments.designs.sampler import Draw, Sampler

__all__ = ["Draw", "Sampler"]
