"""The invented findings of ``sample.py`` and both pages made from them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from stepdown.brief import render_brief
from stepdown.contracts.findings import Findings
from stepdown.vocabulary.ids import LANGUAGES, Language


@pytest.fixture(scope="session")
def findings() -> Findings:
    name = "brief_sample"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("sample.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    made: Findings = module.sample_findings()
    return made


@pytest.fixture(scope="session")
def pages(findings: Findings) -> Mapping[Language, str]:
    return {language: render_brief(findings, language) for language in LANGUAGES}
