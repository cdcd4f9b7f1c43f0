"""Handing matters from Gjøvik to another kommune, for the tests of that."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from shared.contracts import CaseTransfer
from shared.post import handlers
from shared.post.actions import open_mail
from tenants.closing.transfer_actions import transfer
from tenants.closing.transfer_models import Transfer
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tests.cast import TEST, as_person, ref
from tests.client import OfficeClient
from tests.tenants import way
from varde.access import Reader
from varde.tenancy.work import work

SUMMARY = "Hun flyttet til søsteren i mars. Ring bare før kl. 14."
LONG_AGO = datetime(2026, 3, 2, 10, tzinfo=UTC)


def hand_over(concern: Concern, to: str = "ostre-toten", **kwargs: object) -> Transfer:
    """By Kari, to a kommune."""
    given = {"reason": "moved", "summary": SUMMARY, "by": as_person("kari")} | kwargs
    return transfer(concern=concern, to=ref(to).id, **given)


def sent_from_gjovik(start: Callable[[], Concern], to: str = "ostre-toten", **kwargs: object) -> uuid.UUID:
    """Committed in Gjøvik and delivered; the id of the matter there."""
    with work(ref("gjovik"), TEST):
        concern = start()
        hand_over(concern, to, **kwargs)
    assert open_mail(ref(to)) == 1
    return concern.id


def letter(**kwargs: object) -> CaseTransfer:
    """One as another kommune could write it."""
    given = {
        "reference": "Sak 2026-1A2B3C", "reason": "too_close", "covered": True, "received_at": LONG_AGO,
        "reporter_kind": "ansatt", "what": "Lederen slår", "about_staff": "coordinator", "summary": SUMMARY,
    }  # fmt: skip
    return CaseTransfer(**(given | kwargs))


def deliver(a_letter: CaseTransfer, sender: str = "ostre-toten", letter_id: uuid.UUID | None = None) -> None:
    """Into the office that is entered, as the post does it."""
    envelope = handlers.Envelope(letter_id or uuid.uuid4(), ref(sender), datetime.now(UTC))
    gjovik = ref("gjovik")
    handlers.handler_for("kommune", a_letter)(a_letter, envelope, Reader.for_purpose("post", gjovik))


def typed(to: str = "ostre-toten", **kwargs: str) -> dict[str, str]:
    """The page as filled in."""
    return {"to": str(ref(to).id), "reason": "moved", "summary": SUMMARY, "send": "1"} | kwargs


def page_of(client: OfficeClient, path: str) -> str:
    """What a page says."""
    return client.get(path).content.decode()


def told(**kwargs: object) -> Concern:
    """An opened concern in Gjøvik with other told words than the usual."""
    way.person("kari")
    words = Told(**({"reporter_kind": "privat", "what": way.TELLER} | kwargs))
    got = receive(told=words, channel="web", by=Reader.for_purpose("intake", ref("gjovik")), received_at=LONG_AGO)
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))
