"""Each of these takes a part of M4 away and shows that what the tests of the log refuse is then possible."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import override_settings

from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import way
from tests.varde.audit_seeded import measure, seeded
from tests.varde.audit_world import as_owner, forge, matters_known, world
from tests.varde.test_audit_walk import READING, addresses, fault
from varde.access.roles import Role
from varde.audit import anchoring, cli, extract
from varde.audit.actions import Action, record
from varde.audit.chain import verify
from varde.audit.models import Entry, Rule
from varde.audit.trail import Trail
from varde.tenancy import fleet
from varde.tenancy.work import work


def write(count: int) -> None:
    with work(ref("gjovik"), "keys"):
        record(by=as_person("kari"), action=Action.VIEW, what="cases.case", ids=map(str, range(count)))


@contextmanager
def refused_rows():
    """The database takes no row of the log."""
    with fleet.connect(autocommit=True) as owner:
        owner.execute(
            "CREATE FUNCTION kommune_3407.refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RAISE EXCEPTION ''no log today''; END';"
            "CREATE TRIGGER zz_refuse BEFORE INSERT ON kommune_3407.audit_entry"
            " FOR EACH ROW EXECUTE FUNCTION kommune_3407.refuse()"
        )
    yield
    with fleet.connect(autocommit=True) as owner:
        owner.execute("DROP TRIGGER zz_refuse ON kommune_3407.audit_entry; DROP FUNCTION kommune_3407.refuse()")


def test_a_log_that_is_written_after_the_commit_gives_the_page_without_a_row(house, monkeypatch):
    with work(ref("gjovik"), TEST):
        case, kari = way.case(), client_for("kari")

    def later(self: Trail) -> None:
        rows, self.rows = [row for row, _, _ in self.rows], []
        transaction.on_commit(lambda: Entry.objects.bulk_create(rows), robust=True)

    monkeypatch.setattr(Trail, "flush", later)
    with refused_rows():
        answer = kari.get(f"/saker/{case.id}")
    assert (answer.status_code, way.TELLER in answer.content.decode()) == (200, True)


def test_a_getter_that_forgets_is_seen_by_the_walk(gjovik, monkeypatch):
    client, there = client_for("kari"), world()
    monkeypatch.setattr("tenants.cases.access.note_listed", lambda reader, cases: None)
    said = [fault(client, address, there)[0] for path in READING for address in addresses(path, there)]
    assert [each for each in said if each] == ["/saker showed 4 things that are not in the log"] or any(
        each.startswith("/saker showed") for each in said
    )


def test_without_the_net_a_page_leaves_nothing(gjovik, monkeypatch):
    monkeypatch.setattr("varde.audit.middleware._READS", ())
    client = client_for("kari")
    assert fault(client, "/konto", world())[0] == "/konto: 200 with 0 rows"


def test_without_the_anchor_a_log_written_anew_is_not_seen(house, tmp_path):
    with override_settings(HOME=tmp_path):
        write(4)
        anchoring.anchor(ref("gjovik"))
        forge("UPDATE audit_entry SET name = 'Noen andre' WHERE number = 1")
        assert cli.main(["--office", "gjovik", "--since-anchor"]) == 1
        anchoring.path_of("gjovik").unlink()
        assert cli.main(["--office", "gjovik", "--since-anchor"]) == 0


def test_without_the_anchor_a_cut_tail_is_not_seen(house, tmp_path):
    with override_settings(HOME=tmp_path):
        write(4)
        forge("DELETE FROM audit_entry WHERE number > 2")
        assert cli.main(["--office", "gjovik"]) == 0


def test_without_the_head_under_lock_the_chain_forks(house):
    """Number and previous digest from the table itself, as one would first think of it."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        (before,) = owner.execute("SELECT pg_get_functiondef('audit_chain()'::regprocedure)").fetchone()
        owner.execute(
            "CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
            " SET search_path FROM CURRENT AS $$ BEGIN"
            " SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM audit_entry;"
            " NEW.previous := coalesce((SELECT digest FROM audit_entry ORDER BY number DESC LIMIT 1), '');"
            " NEW.digest := encode(sha256(convert_to(audit_text(NEW), 'UTF8')), 'hex'); RETURN NEW; END $$"
        )
    try:
        _two_at_once()
        with fleet.connect() as owner:
            assert {"gap", "link"} & {kind for _, kind in verify(owner, "kommune_3407").breaks}
    finally:
        with fleet.connect() as owner:
            owner.execute("SET LOCAL search_path = kommune_3407")
            owner.execute(before)


def _two_at_once() -> None:
    from threading import Barrier, Thread

    both = Barrier(2)

    def one() -> None:
        with work(ref("gjovik"), "keys") as by:
            from varde.audit.trail import current

            record(by=by, action=Action.VIEW, what="cases.case")
            current().flush()
            both.wait(5)
        connection.close()

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_with_a_database_default_the_row_is_asked_back_and_a_depositor_is_refused(house):
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        (before,) = owner.execute("SELECT pg_get_functiondef('audit_may_read'::regproc)").fetchone()
        owner.execute("CREATE OR REPLACE FUNCTION audit_may_read(matter uuid, reader uuid) RETURNS boolean"
                      " STABLE LANGUAGE sql AS 'SELECT false'")  # fmt: skip
    insert = (
        "INSERT INTO audit_entry (id, at, name, role, action, what, object_id, reason, ground, request_id, number,"
        " previous, digest) VALUES (gen_random_uuid(), now(), '', '', 'view', 'x', '', '', '', '', 0, '', '')"
    )
    try:
        with work(ref("gjovik"), "keys"), connection.cursor() as cursor:
            cursor.execute(insert)
        with (
            pytest.raises(Exception, match="row-level security"),
            work(ref("gjovik"), "keys"),
            connection.cursor() as cursor,
        ):
            cursor.execute(insert + " RETURNING number")
    finally:
        with fleet.connect() as owner:
            owner.execute("SET LOCAL search_path = kommune_3407")
            owner.execute(before)


def test_with_the_matter_left_out_of_the_digest_a_row_moves_to_another_case(house):
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        (before,) = owner.execute("SELECT pg_get_functiondef('audit_text(audit_entry)'::regprocedure)").fetchone()
        owner.execute(before.replace(", e.matter_id", ""))
    try:
        with matters_known(), work(ref("gjovik"), TEST):
            way.received()
        with as_owner() as owner:
            owner.execute("UPDATE audit_entry SET matter_id = gen_random_uuid() WHERE matter_id IS NOT NULL")
        with fleet.connect() as owner:
            assert verify(owner, "kommune_3407").whole
    finally:
        with fleet.connect() as owner:
            owner.execute("SET LOCAL search_path = kommune_3407")
            owner.execute(before)


def test_an_extract_that_skips_prints_and_exports_lacks_rows(house, monkeypatch):
    from django.db.models import Q

    with matters_known():
        with work(ref("gjovik"), TEST):
            case = way.case()
            record(by=as_person("tom"), action=Action.EXPORT, what="cases.case", ids=[case.id])
        with work(ref("gjovik"), TEST):
            whole = extract.extract(case.concern_id, as_person("kari")).rows
            monkeypatch.setattr(extract, "_NOT_SEEN", Q(action__in=[Action.DENIED, Action.EXPORT]))
            assert extract.extract(case.concern_id, as_person("kari")).rows < whole


@pytest.mark.parametrize("off", list(Rule))
def test_without_a_rule_what_it_is_for_is_not_found(off):
    figures = measure(seeded(1), tuple(rule for rule in Rule if rule is not off))
    assert figures.caught < figures.planted


def test_with_a_deposit_for_everybody_a_row_is_laid_in_anothers_name(house):
    from tests.varde.test_audit_laid import laid

    kari, tom = as_person("kari"), as_person("tom")
    with changed_policy("audit_entry", "b_deposit", "true"), work(ref("gjovik"), TEST):
        assert laid(kari, tom.user_id, tom.name)
    with work(ref("gjovik"), TEST):
        assert not laid(kari, tom.user_id, tom.name)


@contextmanager
def changed_policy(table: str, policy: str, check: str):
    """The check of a policy, for the time of the block."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        owner.execute(f"ALTER POLICY {policy} ON {table} WITH CHECK ({check})")
    try:
        yield
    finally:
        (rights,) = (model.row_rights for model in apps.get_models() if model._meta.db_table == table)
        with fleet.connect() as owner:  # said anew by the model: what the database gives back is written otherwise
            owner.execute("SET LOCAL search_path = kommune_3407")
            for statement in rights.policies(table):
                owner.execute(statement)


@contextmanager
def changed_function(name: str, body: str):
    """Another body of a function, for the time of the block."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        (before,) = owner.execute("SELECT pg_get_functiondef(%s::regproc)", [name]).fetchone()
        owner.execute(f"{before.partition('AS $function$')[0]} AS $function$ {body} $function$")
    try:
        yield
    finally:
        with fleet.connect() as owner:
            owner.execute("SET LOCAL search_path = kommune_3407")
            owner.execute(before)


def test_when_only_deny_rows_are_asked_a_leader_sees_a_covered_matter(house):
    from tests.varde.test_audit_laid import told_of

    only_denied = "SELECT concern_id FROM inbox_denial WHERE lifted_at IS NULL AND matter_denied(concern_id, reader)"
    with told_of() as (_, found):
        with work(ref("gjovik"), TEST):
            lise = client_for("tom", Role.LEADER)
        assert lise.get(f"/innsynslogg/kontroll/{found.id}").status_code == 404
        with changed_function("audit_shut", only_denied):
            assert lise.get(f"/innsynslogg/kontroll/{found.id}").status_code == 200


def test_when_cover_is_not_asked_the_privacy_officer_gets_an_extract(house):
    from tests.varde.test_audit_laid import told_of

    with told_of() as (concern, _):
        with work(ref("gjovik"), TEST):
            ombud = client_for("arne", Role.PRIVACY_OFFICER)
        assert ombud.get(f"/innsynslogg/utskrift/{concern.id}").status_code == 404
        with changed_function("audit_may_extract", "SELECT true"):
            assert ombud.get(f"/innsynslogg/utskrift/{concern.id}").status_code == 200


def test_an_extract_that_asks_for_the_role_names_the_reporter(house, monkeypatch):
    from django.db.models import Q

    from tests.varde.test_audit_extract import REPORTER, reporting

    with matters_known():
        with work(ref("gjovik"), TEST):
            concern = way.received()
            by = reporting(Role.LEADER, Role.CONTACT)
            record(by=by, action=Action.CREATE, what="inbox.attachment", ids=[concern.id])
        with work(ref("gjovik"), TEST):
            assert extract.extract(concern.id, as_person("kari")).lines == ()
            monkeypatch.setattr(extract, "_REPORTER", Q(what="inbox.concern") | Q(role="Kontaktperson"))
            assert [line.who for line in extract.extract(concern.id, as_person("kari")).lines] == [REPORTER]


def test_an_order_that_is_not_sent_when_nothing_changed_tells_that_nothing_changed(house, monkeypatch):
    """A letter that leaves only when a case came, also a hidden one, shows on the page of the one who ordered."""
    from tenants.returns import actions
    from tenants.returns.models import SentReturn
    from tests.tenants.test_returns_sending import order_of

    def ordered() -> int:
        with work(ref("gjovik"), TEST):
            order_of(as_person("kari").user_id).save(force_insert=True)
        with work(ref("gjovik"), "returns") as by:
            actions.send_ordered(by=by)
            return SentReturn.objects.count()

    assert (ordered(), ordered()) == (1, 2)
    as_by_command = actions.send_return
    monkeypatch.setattr(actions, "send_return", lambda *, order, **kwargs: as_by_command(**kwargs))
    assert ordered() == 2
