"""Writing a system matter, sending it, and letting the coordinator look first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from tenants.raising import notices, queries, register, sending, states
from tenants.raising.models import Raised, RaisedWord, RaisingSetting
from tenants.raising.rows import WHAT, changed, held
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.keyring import new_matter_id
from varde.refusal import Refused, check_seen


@dataclass(frozen=True, slots=True)
class Told:
    """A system matter as it is typed."""

    title: str
    category: str
    urgency: str
    what: str
    tried: str = ""
    wish: str = ""


@transaction.atomic
def write(*, raised: Raised | None, told: Told, by: Reader, seen: str | None = None) -> Raised:
    """Keep a draft, or change one that is still ours. Raises Overtaken, and Refused for one that was sent."""
    require(by, Permission.MATTER_RAISE)
    at = now()
    if raised is None:
        row = Raised(id=new_matter_id(), made_at=at, made_by=by.user_id, made_by_name=by.name[:200])
    else:
        row = held(raised, seen)
        states.check_ours(row.state)
        row.version += 1
    for name, value in asdict(told).items():
        setattr(row, name, value)
    row.changed_at = at
    row.save(force_insert=raised is None)
    record(by=by, action=Action.CHANGE if raised else Action.CREATE, what=WHAT, ids=[row.id])
    return row


@transaction.atomic
def send_in(*, raised: Raised, reasons: Mapping[str, str], by: Reader, seen: str | None = None) -> Raised:
    """Send it to the leader team, or to the coordinator where somebody must look first.

    `reasons`: per kind of finding why it is about nobody. Raises Refused while one is missing: what may be about a
    person is sent only when the writer has said that it is not. The text goes as it stands.
    """
    require(by, Permission.MATTER_RAISE)
    row = held(raised, seen)
    states.check_ours(row.state)
    found = register.looked(queries.texts_of(row), by)
    sending.check_screened(found, reasons)
    sending.keep_doubts(row, found, reasons, by)
    if queries.must_be_approved(by):
        row.state = states.WAITING
        notices.to_approve(by)
    else:
        sending.post_matter(row, found, by)
        row.state = states.SENT
    return changed(row, by, "sendt")


@transaction.atomic
def approve(*, raised: Raised, reasons: Mapping[str, str], by: Reader, seen: str | None = None) -> Raised:
    """The coordinator has read it and sends it; what is found must be answered for by the coordinator too."""
    _require_approver(by)
    row = held(raised, seen)
    if row.state != states.WAITING:
        raise Refused("Systemsaken venter ikke på godkjenning.")
    found = register.looked(queries.texts_of(row), by)
    sending.check_screened(found, reasons)
    sending.keep_doubts(row, found, reasons, by)
    sending.post_matter(row, found, by)
    row.state, row.approved_by_name = states.SENT, by.name[:200]
    return changed(row, by, "godkjent og sendt")


@transaction.atomic
def give_back(*, raised: Raised, text: str, by: Reader, seen: str | None = None) -> Raised:
    """The coordinator wants something changed first, and says what."""
    _require_approver(by)
    row = held(raised, seen)
    if row.state != states.WAITING:
        raise Refused("Systemsaken venter ikke på godkjenning.")
    if not text.strip():
        raise Refused("Skriv hva som må endres.")
    RaisedWord(raised=row, way="own", said="back", text=text, at=now(), made_by=by.user_id, by_name=by.name[:200]).save(
        force_insert=True
    )
    row.state = states.BACK
    notices.to_writer(row, by)
    return changed(row, by, "må endres")


@transaction.atomic
def take_back(*, raised: Raised, by: Reader) -> Raised:
    """Whoever wrote it does not want it sent yet."""
    require(by, Permission.MATTER_RAISE)
    row = held(raised, None)
    if row.state != states.WAITING or row.made_by != by.user_id:
        raise Refused("Bare den som skrev systemsaken, kan ta den tilbake, og bare før den er godkjent.")
    row.state = states.DRAFT
    return changed(row, by, "tatt tilbake")


@transaction.atomic
def drop(*, raised: Raised, by: Reader) -> None:
    """A draft is not wanted: its text goes now, its row and its key within the day."""
    require(by, Permission.MATTER_RAISE)
    row = held(raised, None)
    if row.state not in (states.DRAFT, states.BACK) or row.made_by != by.user_id:
        raise Refused("Bare et eget utkast kan slettes.")
    for name in queries.TEXTS:
        setattr(row, name, "")
    row.state, row.over_at = states.DROPPED, now()
    changed(row, by, "slettet")


@transaction.atomic
def set_up(*, approve_first: bool, keep_years: int | None, by: Reader, seen: str | None = None) -> None:
    """How this kommune has it from now on; `seen` is the id of the setting that the page showed, "" for none."""
    require(by, Permission.SETTINGS)
    turn.wait_for("raising.setting")
    newest = queries.setting()
    check_seen(seen, str(newest.pk) if newest else "")
    row = RaisingSetting(approve=approve_first, keep_years=keep_years, set_at=now(), set_by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="raising.setting", ids=[row.id])


def _require_approver(by: Reader) -> None:
    require(by, Permission.MATTER_RAISE)
    if not queries.may_approve(by):
        raise Refused("Bare koordinatoren kan godkjenne.")
