"""The pages of releases as people click through them: who asks, who says yes, and what a page sends back of what it
showed. The fixtures are named by whoever uses them (`from … import stine as stine`)."""

import re
import uuid

import pytest

from regional.releases.models import Wish
from tests.cast import TEST, ref
from tests.client import client_for, log_in, text
from tests.regional.released import H1, REGION, works
from varde.access import Role
from varde.tenancy.work import work

HERE, BOOK = "/statistikk/utgivelser", "/statistikk/hovedbok"


def somebody(name, role):
    return log_in(REGION, f"{name}@region.example", name.title(), role, user_id=uuid.uuid5(uuid.NAMESPACE_DNS, name))


@pytest.fixture
def stine(house):
    return somebody("stine", Role.STATISTICS_OFFICER)


@pytest.fixture
def sara(house):
    return somebody("sara", Role.SECRETARY)


@pytest.fixture
def liv(house):
    return client_for("liv")


def seen(client, url):
    """What the form of this page sends back of what it showed."""
    return re.search(r'name="seen" value="([^"]*)"', client.get(url).content.decode())[1]


def send_form(client, url, **said):
    """The form as the page shows it, with these fields filled in."""
    return client.post(url, {"seen": seen(client, url), **said})


def wish_in(response):
    """Where the page of what was asked for is."""
    assert response.status_code == 303, text(response)
    return response.headers["Location"]


def approved(client, url):
    """Somebody looks, ticks and says yes; the worker does it."""
    found = seen(client, url)
    answer = client.post(f"{url}/godkjenn", {"seen": found, "sure": "on"})
    assert answer.status_code == 303, text(answer)
    works()
    return client.get(url)


def close(client, period=H1):
    url = wish_in(send_form(client, f"{HERE}/lukk/{period}", sure="on"))
    works()
    return url


def draft(client, period=H1):
    url = wish_in(send_form(client, f"{HERE}/be-om/{period}"))
    works()
    return url


def release(stine, sara, period=H1):
    close(stine, period)
    return approved(sara, draft(stine, period))


def made_digest(url):
    """What lies ready at this address, whoever may see it."""
    with work(ref(REGION), TEST):
        return Wish.objects.get(pk=url.rpartition("/")[2]).made_digest
