"""The API keeps its own description: schemathesis asks for what it describes, in ways nobody thought of."""

from __future__ import annotations

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from communique.ledger.accounts import actions as accounts
from communique.ledger.accounts.rights import scopes_within
from communique.ledger.history.verify import verify

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "10"))

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def test_every_operation_answers_as_the_api_says_it_does_and_the_ledger_verifies(live_server, take):
    take()
    account = accounts.create("thanat", "administrator", by="")
    scopes = scopes_within("administrator")
    _, secret = accounts.make_token(account, "schema", scopes, until=None, by="thanat")
    headers = {"Authorization": f"Bearer {secret}"}
    described = schemathesis.openapi.from_url(f"{live_server.url}/api/openapi.json", headers=headers)
    asked = 0
    for operation in (found.ok() for found in described.get_all_operations()):

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        def answers_as_described(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS, headers=headers)

        answers_as_described()
        asked += 1
    assert asked > 25
    assert verify().faults == ()
