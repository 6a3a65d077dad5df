"""The exported JSON Schema: closed, valid, and true of every shipped file."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from stepdown.contracts.facts import KINDS
from stepdown.record import data_folder, json_schema
from stepdown.record.yaml_file import read_yaml

FILES = sorted(data_folder().rglob("*.yaml"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_kind_is_closed() -> None:
    definitions = json_schema()["$defs"]
    for kind in KINDS.values():
        assert definitions[kind.__name__]["additionalProperties"] is False


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_files_fit_the_schema(kind: str, validator: Draft202012Validator) -> None:
    contents = [read_yaml(path, path.name).content for path in FILES]
    ours = [c for c in contents if c["kind"] == kind]
    assert ours, f"no file of kind {kind}"
    for content in ours[:3]:
        assert validator.is_valid(_json(content))
        broken = {**content, "records": [{**content["records"][0], "nonsense": 1}]}
        assert not validator.is_valid(_json(broken))


def _json(value: object) -> object:
    """YAML may have numbers as keys (quantile levels, years); JSON has only text."""
    if isinstance(value, dict):
        return {str(k): _json(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_json(v) for v in value]
    return value
