"""stepdown: a policy laboratory for reducing reliance on nuclear deterrence, one verified step at a time."""

from importlib.metadata import version

__version__ = version("stepdown")
