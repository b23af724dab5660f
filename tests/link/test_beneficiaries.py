"""Whom a commitment serves: who is named as served, not who stands in the name of a fund."""

from __future__ import annotations

import pytest

import communique


@pytest.mark.parametrize(
    ("said", "served"),
    [
        ("Japan will provide six boats to Tonga.", ["Tonga"]),
        ("Australia will provide A$9 million to the CARICOM-PIF Ocean Resilience Fund.", []),
        ("Australia will provide A$9 million to Fiji under the ASEAN-Japan Cooperation Fund.", ["Fiji"]),
    ],
)
def test_a_party_in_the_name_of_a_fund_is_not_whom_the_commitment_serves(said, served):
    record = communique.read(f"---\ndate: 2025-12-11\n---\n{said}\n".encode())
    (commitment,) = record.commitments
    assert [party.name for party in commitment.beneficiaries] == served
