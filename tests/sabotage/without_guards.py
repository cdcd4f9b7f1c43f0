"""Switches in code: offices, who may what, log-in, files, the public form, figures, the start."""

import functools
import io
from typing import Any

from tests.sabotage.switches import in_code, replace


# --- offices ----------------------------------------------------------------------------------------------------------
@in_code
def one_login_for_all() -> None:
    from varde.tenancy import door
    from varde.tenancy.backend import base
    from varde.tenancy.logins import password_for

    whole = base.DatabaseWrapper.get_connection_params

    def shared(self: Any) -> dict[str, Any]:
        mighty = door.migrator().login
        schema = door.active().schema
        return whole(self) | {
            "user": mighty,
            "password": password_for(mighty),
            "options": f"-c search_path={schema}",
        }

    replace("varde.tenancy.backend.base:DatabaseWrapper.get_connection_params", shared)


@in_code
def several_statements() -> None:
    from varde.tenancy.backend.base import OneStatementCursor

    del OneStatementCursor._execute_send


@in_code
def connection_stays_in_the_office() -> None:
    """The next office gets the connection of the one before, as a session `SET` that was forgotten would give it."""
    from varde.tenancy import door

    def follow(self: Any) -> None:
        if self.identity is None or self.connection is None:
            self.identity = door.active()
            self.schema_name, self.tenant = self.identity.schema, self.identity.office

    replace("varde.tenancy.backend.base:DatabaseWrapper.follow_the_door", follow)


@in_code
def session_remembers() -> None:
    replace("varde.tenancy.backend.base:_reset", lambda connection: None)


@in_code
def ticket_for_the_session() -> None:
    """Said with `SET` and not `SET LOCAL`, on a connection that is handed on as it is; the other half is SQL."""
    from django.db import connection

    from varde.access import ticket

    def hand_over(reader: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('varde.reader', %s, false)", [ticket.named(reader)])

    replace("varde.access.ticket:_hand_over", hand_over)
    session_remembers()


# --- who may what -----------------------------------------------------------------------------------------------------
def _address(urlconf: str, path: str) -> Any:
    from importlib import import_module

    return next(entry for entry in import_module(urlconf).urlpatterns if str(entry.pattern) == path)


@in_code
def one_rule_removed() -> None:
    """An address of the kommune says whom it is for, and no longer asks."""
    entry = _address("varde.audit.urls", "innsynslogg")
    door = entry.callback.varde_door
    entry.callback = functools.partial(entry.callback.__wrapped__)
    entry.callback.varde_door = door


@in_code
def one_rule_not_declared() -> None:
    entry = _address("varde.audit.urls", "innsynslogg")
    entry.callback = functools.partial(entry.callback.__wrapped__)


@in_code
def roles_remembered() -> None:
    from varde.identity import queries

    known: dict[object, object] = {}

    def reader_of(user: Any, office: Any, request_id: str = "") -> Any:
        return known.setdefault((user.id, office.id), queries.reader_of(user, office, request_id))

    replace("varde.identity.middleware:reader_of", reader_of)


@in_code
def hidden_is_forbidden() -> None:
    """403 for what is there and hidden, 404 for what is not."""
    from django.core.exceptions import PermissionDenied
    from django.db import connection
    from django.http import Http404

    from tenants.inbox import access

    whole = access.concern_for

    def concern_for(reader: Any, concern_id: Any) -> Any:
        try:
            return whole(reader, concern_id)
        except Http404:
            raise (PermissionDenied if _there(concern_id) else Http404) from None

    def _there(concern_id: Any) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sabotage_there(%s)", [concern_id])
            return bool(cursor.fetchone()[0])

    replace("tenants.inbox.access:concern_for", concern_for)


@in_code
def checked_after_load() -> None:
    """The row is fetched and opened first, and who asks is looked at afterwards; the other half is SQL."""
    from django.db import connection
    from django.http import Http404

    from tenants.inbox.attached import Attachment
    from tenants.inbox.models import Concern
    from varde.privacy.fields import sealed_fields

    def concern_for(reader: Any, concern_id: Any) -> Any:
        found = Concern.objects.filter(id=concern_id).first()
        if found is None:
            raise Http404
        _ = [getattr(found, field.name) for field in sealed_fields(Concern)]
        _ = list(found.denials.all()), list(found.terms.all()), list(Attachment.objects.filter(concern=found))
        with connection.cursor() as cursor:
            cursor.execute("SELECT matter_open(%s, %s)", [found.id, reader.user_id])
            if not cursor.fetchone()[0]:
                raise Http404
        return found

    replace("tenants.inbox.access:concern_for", concern_for)


@in_code
def anybody_may_answer_the_request() -> None:
    """Break-glass with one person: the one who asks says yes."""
    from tenants.cases import glass

    whole = glass.answer.__wrapped__

    def answer(*, request: Any, yes: bool, by: Any) -> Any:
        return whole(request=request, yes=yes, by=_as(by, request.approver_id))

    def _as(by: Any, user_id: Any) -> Any:
        from dataclasses import replace as changed

        return changed(by, user_id=user_id)

    replace("tenants.cases.glass:answer", answer)


@in_code
def glass_broken_in_silence() -> None:
    """Who is asked is still told; those who have the case are not."""
    replace("tenants.cases.tasks:_tell_readers", lambda request, ref: True)


@in_code
def no_hint_of_ones_own_name() -> None:
    from varde.audit import hooks

    replace("varde.audit.hooks:_hints", [])
    assert hooks._hints == []


# --- log-in -----------------------------------------------------------------------------------------------------------
@in_code
def sessions_never_end() -> None:
    replace("varde.identity.idle:ended", lambda **known: None)


@in_code
def never_asked_again() -> None:
    replace("varde.identity.stepup:is_fresh", lambda request, minutes: True)


@in_code
def matched_by_e_mail() -> None:
    from varde.identity.models import User

    replace(
        "varde.identity.oidc.actions:holder",
        lambda issuer, subject: User.objects.filter(email="kari@gjovik.example").first(),
    )


def _forgiving(**less: Any) -> None:
    from dataclasses import replace as changed

    from varde.identity.oidc import claims

    whole = claims.check
    replace(
        "varde.identity.oidc.claims:check", lambda said, expected, now: whole(said, changed(expected, **less), now=now)
    )


@in_code
def any_strength_will_do() -> None:
    _forgiving(acr_values=())


@in_code
def any_tenant_will_do() -> None:
    _forgiving(match_claim="")


@in_code
def nonce_not_compared() -> None:
    from types import SimpleNamespace

    replace("varde.identity.oidc.claims:hmac", SimpleNamespace(compare_digest=lambda a, b: True))


@in_code
def token_chooses_its_algorithm() -> None:
    """The claims are believed whoever signed."""
    import base64
    import json

    def believing(token: str, about: Any) -> tuple[dict[str, Any], str]:
        return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "==")), "RS256"

    replace("varde.identity.oidc.tokens:read", believing)


# --- files ------------------------------------------------------------------------------------------------------------
@in_code
def shown_in_the_browser() -> None:
    from django.http import HttpResponse

    def inline(chunks: Any, *, size: int, stem: str, kind: str) -> HttpResponse:
        headers = {"Content-Type": "text/html", "Content-Disposition": "inline"}
        return HttpResponse(b"".join(chunks), headers=headers)

    replace("varde.documents.serving:download", inline)


@in_code
def opened_in_the_web_process() -> None:
    from varde.documents import child, reader
    from varde.documents.outcome import Cleaned

    def here(chunks: Any, size: int) -> Cleaned:
        child.work(data := b"".join(chunks))
        return Cleaned("png", "png", data[:1])

    child.warm()
    replace("varde.documents.reader:_in_a_child", here)
    assert reader.clean


@in_code
def only_document_info_removed() -> None:
    """Pictures saved again, everything else as it came."""
    from PIL import Image

    from varde.documents.kinds import recognise
    from varde.documents.outcome import Cleaned

    def here(chunks: Any, size: int) -> Cleaned:
        data, room = b"".join(chunks), io.BytesIO()
        code = recognise(data[:4096], data[-65536:]).code
        if code in ("jpeg", "png", "webp"):
            Image.open(io.BytesIO(data)).save(room, code)
            data = room.getvalue()
        return Cleaned(code, code, data)

    replace("varde.documents.reader:_in_a_child", here)


@in_code
def scanner_fails_open() -> None:
    from varde.documents import scanner

    replace("tenants.inbox.attachments_tasks:scan", lambda _chunks: scanner.Scan(scanner.Verdict.CLEAN))


@in_code
def any_answer_is_clean() -> None:
    from varde.documents import scanner

    replace("varde.documents.scanner:understood", lambda _answer: scanner.Scan(scanner.Verdict.CLEAN))


# --- the public form --------------------------------------------------------------------------------------------------
@in_code
def bottomless_bucket() -> None:
    from tenants.inbox import limits

    class Bottomless(limits.Buckets):
        def take(self, key: Any, now: float) -> None:
            return None

        def is_empty(self, key: Any, now: float) -> bool:
            return False

    limits.REPORTS.by_address = Bottomless(5, 1.0)


@in_code
def any_solution_will_do() -> None:
    replace("tenants.inbox.challenge:_same", lambda *_: True)


# --- figures ----------------------------------------------------------------------------------------------------------
@in_code
def second_figure_shown() -> None:
    from regional.releases.making import of_release
    from regional.releases.problem import Rule

    def small_alone(problem, stated, release):  # type: ignore[no-untyped-def]
        counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
        value = {cell["id"]: sum(counts[atom] for atom in cell["atoms"]) for cell in problem["cells"]}
        hide = [one for one in release["hide"] if value[one] < Rule().threshold]
        show = [one for one in [*release["show"], *release["hide"]] if one not in hide]
        return of_release(problem, stated, release | {"show": show, "hide": hide})

    replace("regional.releases.making:of_release", small_alone)


@in_code
def small_figures_shown() -> None:
    from regional.releases.making import of_release

    def everything(problem, stated, release):  # type: ignore[no-untyped-def]
        return of_release(problem, stated, release | {"show": [*release["show"], *release["hide"]], "hide": []})

    replace("regional.releases.making:of_release", everything)


# --- the start --------------------------------------------------------------------------------------------------------
@in_code
def nobody_asks_at_the_start() -> None:
    from tests.exits import bad_starts

    whole = bad_starts.starts
    replace(
        "tests.exits.bad_starts:starts",
        lambda asked: whole((bad, bad.question if bad else "") for bad, _ in list(asked)),
    )


@in_code
def server_not_asked() -> None:
    replace("varde.tenancy.guard:refuse_bad_server", lambda cursor: None)
