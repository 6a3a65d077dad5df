"""Schemathesis over every address the app publishes: no crash, no answer that is not described."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case, CheckContext, Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    status_code_conformance,
)
from tests.web.conftest import SETTINGS

from stepdown.web import create_app

SCHEMA = schemathesis.openapi.from_dict(create_app(SETTINGS).openapi())


@schemathesis.check
def answers(ctx: CheckContext, response: Response, case: Case) -> None:
    """The server answers; "not ready yet" is an answer, a crash is none."""
    assert response.status_code < 500 or response.status_code == 503, response.text


@SCHEMA.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_answers_as_described(case: Case, address: str) -> None:
    response = case.call(base_url=address, timeout=120, allow_redirects=False)
    checks = [answers, status_code_conformance, content_type_conformance, response_headers_conformance]
    if response.status_code not in (413, 414):  # too long is refused too; the check does not know these
        checks.append(negative_data_rejection)
    case.validate_response(response, checks=checks)
