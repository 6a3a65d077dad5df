"""Where blocks are computed: on this machine, or by a Dask cluster. Both give the same bits."""

from stepdown.experiments.engines.cluster import ClusterEngine
from stepdown.experiments.engines.engine import Engine
from stepdown.experiments.engines.local import LocalEngine

__all__ = ["ClusterEngine", "Engine", "LocalEngine"]
