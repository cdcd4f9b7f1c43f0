"""The pure rules: where a claim stands in the tokens of Entra ID and Ansattporten, and what a provider is asked."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.oidc.people import Entrance, newcomer
from varde.identity.oidc.claims import values_at

ANSATTPORTEN = {
    "authorization_details": [
        {
            "type": "ansattporten:altinn:resource",
            "authorized_parties": [
                {"orgno": {"authority": "iso6523-actorid-upis", "ID": "0192:940155223"}, "resource": "a"},
                {"orgno": {"authority": "iso6523-actorid-upis", "ID": "0192:961382246"}, "resource": "a"},
            ],
        }
    ]
}


def test_the_organisations_of_ansattporten():
    found = list(values_at(ANSATTPORTEN, "authorization_details.authorized_parties.orgno.ID"))
    assert found == ["0192:940155223", "0192:961382246"]


@pytest.mark.parametrize(("claims", "path", "found"), [
    ({"acr": "high"}, "acr", ["high"]), ({"acrs": ["c1", "c2"]}, "acrs", ["c1", "c2"]), ({}, "acr", []),
    ({"acr": None}, "acr", []), ({"acr": {"x": 1}}, "acr", []), ({"tid": 1}, "tid", ["1"]), ({"a": "b"}, "a.b", []),
])  # fmt: skip
def test_values_wherever_they_stand(claims, path, found):
    assert list(values_at(claims, path)) == found


def test_each_kind_is_asked_in_its_own_way(evil: Entrance):
    evil.row.acr_claim, evil.row.acr_values, evil.row.resource = "acrs", ["c1"], "urn:altinn:resource:varde"
    evil.row.save()
    asked = parse_qs(urlsplit(evil.ask(newcomer())).query)
    assert asked["claims"] == ['{"id_token": {"acrs": {"essential": true, "values": ["c1"]}}}']
    assert "ansattporten:altinn:resource" in asked["authorization_details"][0]
    assert "acr_values" not in asked
