"""A keeper that cannot be trusted stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from varde.privacy.start import refuse_bad_keeper

GOOD = {"url": "https://nokler.example", "token_file": "/run/token", "ca_file": "", "mount": "transit"}


@pytest.mark.parametrize(
    ("mode", "keeper", "transit", "says"),
    [
        ("demo", "safe", GOOD, "ikke «safe»"),
        ("demo", "transit", GOOD | {"url": ""}, "VARDE_TRANSIT_URL"),
        ("demo", "transit", GOOD | {"token_file": ""}, "VARDE_TRANSIT_TOKEN_FILE"),
        ("production", "transit", GOOD | {"url": "http://nokler.example"}, "https"),
    ],
)
def test_a_bad_keeper_is_refused(settings, mode, keeper, transit, says):
    settings.MODE, settings.KEEPER, settings.TRANSIT = mode, keeper, transit
    with pytest.raises(ImproperlyConfigured, match=says):
        refuse_bad_keeper()


@pytest.mark.parametrize("days", [0, -1])
def test_a_grave_that_is_emptied_at_once_is_refused(settings, days):
    settings.BACKUP_DAYS = days
    with pytest.raises(ImproperlyConfigured, match="VARDE_BACKUP_DAYS"):
        refuse_bad_keeper()


@pytest.mark.parametrize(("mode", "keeper"), [("production", "transit"), ("production", "file"), ("test", "file")])
def test_a_good_one_is_not(settings, mode, keeper):
    settings.MODE, settings.KEEPER, settings.TRANSIT = mode, keeper, GOOD
    refuse_bad_keeper()
