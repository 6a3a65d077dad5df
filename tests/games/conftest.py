"""Packages that solve games, for tests only. Importing them is slow and not free of warnings."""

import importlib
import warnings
from types import ModuleType

import pytest


def quietly(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


@pytest.fixture(scope="session")
def pygambit() -> ModuleType:
    return quietly("pygambit")


@pytest.fixture(scope="session")
def nashpy() -> ModuleType:
    return quietly("nashpy")


@pytest.fixture(scope="session")
def axelrod() -> ModuleType:
    return quietly("axelrod")
