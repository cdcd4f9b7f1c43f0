"""The caller's address, for buckets only: what a stranger writes about it is not believed."""

import pytest
from django.test import RequestFactory, override_settings

from varde.address import address_of


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "1.1.1.1", "127.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", ""),
    ],
)
def test_only_our_own_proxies_are_believed(proxies, header, seen):
    with override_settings(PROXIES=proxies):
        assert address_of(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header)) == seen
