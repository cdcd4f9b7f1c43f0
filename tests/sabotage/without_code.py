"""Switches in code: storing, the log, what leaves the processes, keys."""

from pathlib import Path
from typing import Any

from django.shortcuts import render

from tests.sabotage.switches import in_code, replace


def nothing(*_args: Any, **_kwargs: Any) -> None:
    """Does nothing."""


# --- what was acknowledged is stored ----------------------------------------------------------------------------------
@in_code
def commit_without_waiting() -> None:
    replace("varde.embedded.postgres:SETTINGS.synchronous_commit", "off")
    from varde.embedded.postgres import SETTINGS

    SETTINGS["wal_writer_delay"] = "10s"  # so that it is not chance whether the disk was reached


@in_code
def receipt_before_commit() -> None:
    """The answer is given, and a commit that fails is somebody else's sorrow."""
    from django.db import DatabaseError, transaction

    from varde.audit.trail import trail

    def answer_first(self: Any, request: Any) -> Any:
        if getattr(request, "office", None) is None:
            return self.get_response(request)
        with transaction.atomic(), trail() as rows:
            response = self.get_response(request)
            try:
                rows.flush()
            except DatabaseError:
                transaction.set_rollback(True)
        return response

    replace("varde.tenancy.middleware:OneTransactionMiddleware.__call__", answer_first)


@in_code
def bell_is_waited_for() -> None:
    """The notice belongs to the report: a broker that is away denies it."""
    from varde import celery

    def ring(self: Any, ref: Any, *args: str, wait: float = 0) -> None:
        celery.app.send_task(self.name, args=[str(ref.id), *args], retry=False)

    replace("varde.celery:Bell.ring", ring)


@in_code
def bell_before_commit() -> None:
    """Without the outbox's order: rung at once, inside the report's transaction."""
    from tenants.inbox import tasks

    replace("tenants.inbox.actions:_tell_team", lambda by: tasks.something_new.ring(by.office))


@in_code
def no_sweep() -> None:
    """A bell that nobody heard is never rung again."""
    from varde.celery import app

    app.finalize()
    import shared.post.tasks  # noqa: F401

    del app.conf.beat_schedule["post.sweep"]


@in_code
def no_receipt_for_letters() -> None:
    replace("shared.post.models:Receipt.save", nothing)


@in_code
def disk_is_never_asked() -> None:
    replace("varde.documents.uploads:enough_disk", lambda: True)


@in_code
def optimistic_when_away() -> None:
    from django.http import HttpResponse

    replace("varde.tenancy.pages:out_of_order", lambda request: HttpResponse("Takk. Meldingen er mottatt.", status=201))


# --- the log ----------------------------------------------------------------------------------------------------------
@in_code
def log_after_commit() -> None:
    from django.db import transaction

    from varde.audit.models import Entry

    def later(self: Any) -> None:
        rows, self.rows = [row for row, _, _ in self.rows], []
        transaction.on_commit(lambda: Entry.objects.bulk_create(rows), robust=True)

    replace("varde.audit.trail:Trail.flush", later)


@in_code
def list_not_noted() -> None:
    replace("tenants.cases.access:note_listed", nothing)


@in_code
def no_net_under_pages() -> None:
    replace("varde.audit.middleware:_READS", ())


@in_code
def no_anchor() -> None:
    replace("varde.audit.anchoring:keep", nothing)


@in_code
def extract_without_exports() -> None:
    from django.db.models import Q

    from varde.audit.actions import Action

    replace("varde.audit.extract:_NOT_SEEN", Q(action__in=[Action.DENIED, Action.EXPORT]))


@in_code
def no_rule_for_looks_without_a_task() -> None:
    from tests.varde import audit_seeded
    from varde.audit.models import Rule

    replace("tests.varde.audit_seeded:measure.__defaults__", (tuple(Rule)[1:],))
    assert audit_seeded.measure.__defaults__


# --- what leaves the processes ----------------------------------------------------------------------------------------
def _trial_without(name: str) -> None:
    from tests.exits import trial

    whole = trial.trial
    replace("tests.exits.trial:trial", lambda servers, home, log: whole(servers, home, log, without=name))


@in_code
def events_as_they_come() -> None:
    _trial_without("build_event")


@in_code
def usual_log_lines() -> None:
    _trial_without("formatter")


@in_code
def usual_access_log() -> None:
    _trial_without("take_over")


@in_code
def usual_log_at_the_edge() -> None:
    """The server in front is read with the log that it has when nobody says otherwise."""
    whole = Path.read_text

    def read_text(self: Path, *args: Any, **kwargs: Any) -> str:
        text = whole(self, *args, **kwargs)
        return text.replace("access_log off;", "access_log access.log;") if self.name == "nginx.conf" else text

    replace("pathlib:Path.read_text", read_text)


@in_code
def addresses_in_memory() -> None:
    replace("tenants.inbox.limits:_hidden", lambda _office, address: address.encode())


@in_code
def offices_share_a_memory() -> None:
    """A key of what is remembered that does not say whose it is."""
    from uuid import UUID

    whole = replace("tenants.inbox.limits:_hidden", nothing)
    replace("tenants.inbox.limits:_hidden", lambda _office, address: whole(UUID(int=0), address))


@in_code
def whoever_has_the_phone_is_told() -> None:
    """The rota is asked, and not whether they see the matter."""
    from varde.identity.queries import people

    replace("tenants.triage.notices:readers_of", lambda _concern_id: people())


@in_code
def content_in_mail() -> None:
    replace("varde.notify.mail:_TEXTS.new", ("Ny bekymring om Hjørdis Skjulthaug", "Logg inn for å se den."))


@in_code
def cells_as_they_are() -> None:
    replace("varde.exits.sheets:_FORMULA", ("\0",))


@in_code
def pages_may_be_kept() -> None:
    """By its code, because every room has imported the function by name already."""

    def page(request: Any, template: str, context: Any = None, status: int = 200) -> Any:
        return render(request, template, context, status=status)

    replace("varde.ui.shortcuts:page.__code__", page.__code__)


# --- keys -------------------------------------------------------------------------------------------------------------
@in_code
def cells_bound_to_nothing() -> None:
    replace("varde.privacy.envelope:place", lambda *_: b"")


@in_code
def one_field_in_plain() -> None:
    from varde.privacy.cells import Closed

    replace("varde.privacy.fields:_Sealed._seal", lambda self, content, instance: Closed(content))


@in_code
def new_field_in_plain() -> None:
    from django.db import models

    from tenants.inbox.models import Concern

    models.TextField(null=True).contribute_to_class(Concern, "diary")


@in_code
def no_key_id_in_the_envelope() -> None:
    """Whatever an envelope says, it is opened with the first key."""
    from varde.privacy import keepers

    replace("varde.privacy.keeper_file:unpack", lambda wrapped: ("file-1", keepers.unpack(wrapped)[1]))


@in_code
def whole_key_in_the_database() -> None:
    import hashlib
    import hmac

    replace("varde.privacy.shreds:read", lambda *_: b"")
    replace(
        "varde.privacy.keyring:_whole",
        lambda ref, key_id, stored, _kept: hmac.digest(b"", stored + key_id.bytes, hashlib.sha256),
    )


@in_code
def shredded_for_want_of_a_row() -> None:
    from varde.privacy.shreds import destroy

    replace("varde.privacy.shreds:bury", destroy)


# --- the rooms of the team's day --------------------------------------------------------------------------------------
@in_code
def last_write_wins() -> None:
    """The second of two is not asked what was on the page; the code, since everybody has the function by name."""
    from varde import refusal

    def unasked(seen: str | None, stands: str, sentence: str = "") -> None:
        return None

    refusal.check_seen.__code__ = unasked.__code__


@in_code
def protected_addresses_are_shown() -> None:
    replace("tenants.persons.card:Card.protected", property(lambda self: False))


@in_code
def dead_links_say_why() -> None:
    """What does not work any more answers otherwise than what never was."""
    from tenants.measures import sharing_queries

    whole = sharing_queries.tried

    def tried(secret: str, code: str) -> Any:
        from dataclasses import replace as changed

        found = whole(secret, code)
        return changed(found, answer="used") if found.answer == "no" and len(set(secret)) > 1 else found

    replace("tenants.measures.sharing_queries:tried", tried)


@in_code
def closing_paper_made_anew() -> None:
    """Not the bytes that were kept: drawn again at each download."""
    replace("tenants.closing.after_queries:copy_of", lambda report: None)


@in_code
def absences_are_forgotten() -> None:
    from varde import rota

    whole = rota._people

    def people(plan: Any, duties: Any, at: Any) -> Any:
        from dataclasses import replace as changed

        return whole(changed(plan, away=()), duties, at)

    replace("varde.rota:_people", people)


@in_code
def holidays_are_worked() -> None:
    replace("varde.worktime:_holidays_of", lambda year: {})
