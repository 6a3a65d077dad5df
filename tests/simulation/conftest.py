"""Tests of the kernel run in 64-bit, on few shapes, and keep what they compiled between sessions."""

import jax
import pytest


@pytest.fixture(scope="session", autouse=True)
def compile_cache(pytestconfig):
    """Compiling costs far more than running here."""
    jax.config.update("jax_compilation_cache_dir", str(pytestconfig.cache.mkdir("jax")))


@pytest.fixture(autouse=True)
def x64():
    """64-bit arrays for everything a test computes itself."""
    with jax.enable_x64(True):
        yield
