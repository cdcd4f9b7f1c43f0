"""Names of addresses: one name is one address, else a link opens another page than it says."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Every name, with those of what is included."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns)
        elif each.name:
            yield each.name


@pytest.mark.parametrize("kind", settings.TENANT_TYPES)
def test_every_name_is_one_address(kind):
    urlconf = settings.TENANT_TYPES[kind]["URLCONF"]
    counted = Counter(names(get_resolver(urlconf).url_patterns))
    assert counted, kind
    assert not [name for name, times in counted.items() if times > 1]


def test_opening_hours_are_not_hours_per_role():
    urlconf = settings.TENANT_TYPES["kommune"]["URLCONF"]
    assert reverse("team.hours", urlconf=urlconf) == "/team/vakt/apningstid"
    assert reverse("team.role_hours", urlconf=urlconf) == "/team/register/timer"
