"""On which line a call is counted that no telephone system announced, and what is said there."""

import pytest

from regional.hotline import callbacks_actions
from regional.hotline.models import Call
from regional.lines import actions as lines
from regional.lines.queries import members
from regional.lines.setup import Rule, Setup
from tests.cast import as_person, ref
from tests.client import client_for
from tests.regional.declared import declare
from varde.access.reader import Reader
from varde.clock import now

CONSOLE = "/vakttelefon"
CRISIS, SHARED = "Krisesenteret, vi svarer også for TryggEst", "TryggEst vakttelefon, du snakker med"
CHOICE = 'name="telefon"'


@pytest.fixture
def olga(gjovikregionen):
    client = client_for("olga")
    declare("olga")
    return client


@pytest.fixture
def add(gjovikregionen):
    by = Reader.for_purpose("setup", gjovikregionen)

    def line(name: str, service: str, number: str):
        kommune = ref("gjovik").id if service == "own" else None
        made = lines.open_line(name=name, service=service, kommune=kommune, shared_with="", by=by)
        lines.point(number=number, line=made, since=None, by=by)
        return made.id

    return line


@pytest.fixture
def crisis_answers(gjovikregionen):
    """The krisesenter, round the clock, for all."""
    by = Reader.for_purpose("setup", gjovikregionen)
    kommuner = [office.id for office in members(gjovikregionen.id)]
    lines.set_setup(kommuner=kommuner, since=None, setup=Setup((Rule("krisesenter"),)), by=by)


def begun(client, **chosen):
    url = client.post(f"{CONSOLE}/ny", chosen).headers["Location"]
    call = Call.objects.get(id=url.rsplit("/", 1)[1])
    return call, client.get(url).content.decode()


def test_where_the_krisesenter_answers_without_a_telephone_system_the_call_is_counted_there(olga, add, crisis_answers):
    krise = add("Krisesenteret", "krisesenter", "+4761000003")
    idle = olga.get(CONSOLE).content.decode()
    assert CRISIS in idle
    assert CHOICE not in idle
    call, page = begun(olga)
    assert (call.service, call.line) == ("krisesenter", krise)
    assert CRISIS in page


def test_also_where_nobody_has_written_down_its_number(olga, crisis_answers):
    call, page = begun(olga)
    assert (call.service, call.line) == ("krisesenter", None)
    assert CRISIS in page


def test_where_several_answer_the_operator_says_which_and_the_greeting_follows(olga, add):
    shared, krise = add("Felles", "hotline", "+4761000002"), add("Krise", "krisesenter", "+4761000003")
    page = olga.get(CONSOLE).content.decode()
    assert f'<option value="{shared}" selected>Felles' in page
    assert SHARED in page
    assert CRISIS in olga.get(f"{CONSOLE}/hilsen?telefon={krise}").content.decode()
    call, page = begun(olga, telefon=str(krise))
    assert (call.service, call.line) == ("krisesenter", krise)
    assert CRISIS in page
    assert begun(olga)[0].line == shared
    assert begun(olga, telefon="finnes ikke")[0].line == shared


def test_a_line_that_the_kommune_answers_itself_is_no_choice(olga, add):
    add("Felles", "hotline", "+4761000002"), add("TryggEst i kommunen", "own", "+4761000004")
    assert CHOICE not in olga.get(CONSOLE).content.decode()


def test_who_is_rung_back_is_counted_where_the_phone_is_answered(olga, add, crisis_answers):
    krise, by = add("Krise", "krisesenter", "+4761000003"), as_person("olga")
    row = callbacks_actions.promise(whom={"who": "Fru Berg", "phone": "90000000"}, due_at=now(), shifts=False, by=by)
    assert callbacks_actions.into_call(callback_id=row.id, by=by).line == krise
