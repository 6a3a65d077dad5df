"""The record's JSON Schema, derived from the types, for editors and other tools."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from stepdown.contracts.facts import KINDS, SCHEMA

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """One closed schema for data files: a file holds records of exactly one kind.

    A file's `defaults` are merged before its records are checked, so the schema of a file asks of each
    record only that its own fields are known; `$defs` holds the full type of every kind.
    """
    _, definitions = models_json_schema(
        [(kind, "validation") for kind in KINDS.values()], ref_template="#/$defs/{model}"
    )
    variants = [_file_of(name, kind.__name__) for name, kind in KINDS.items()]
    return {
        "$schema": DIALECT,
        "$id": SCHEMA,
        "title": "stepdown record, one data file",
        "oneOf": variants,
        "$defs": definitions["$defs"] | _partials(definitions["$defs"]),
    }


def _file_of(kind: str, type_name: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", "kind", "records"],
        "properties": {
            "schema": {"const": SCHEMA},
            "kind": {"const": kind},
            "defaults": {"$ref": f"#/$defs/{type_name}.part"},
            "records": {
                "type": "array",
                "items": {"allOf": [{"$ref": f"#/$defs/{type_name}.part"}, {"required": ["id"]}]},
            },
        },
    }


def _partials(definitions: dict[str, Any]) -> dict[str, Any]:
    """Each kind without its `required` list: what one record, or the defaults, may hold."""
    names = [kind.__name__ for kind in KINDS.values()]
    return {f"{n}.part": {k: v for k, v in definitions[n].items() if k != "required"} for n in names}
