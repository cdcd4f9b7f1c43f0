"""`varde returns`, `varde import-cases` and the demo's figures."""

from pathlib import Path

import pytest

from regional.statistics.models import PooledReturn
from shared.codes.periods import quarter_of
from tenants.cases.models import Case
from tenants.returns import cli as returns_cli
from tenants.returns import demo, import_cli
from tenants.returns.models import SentReturn
from tests.cast import TEST, ref
from varde.cli_errors import Complaint
from varde.clock import now
from varde.tenancy.work import work
from varde.ui.dates import day_of

PILOT = Path(__file__).parents[1] / "data" / "pilot_cases.csv"
HEAD, FIRST, SECOND = PILOT.read_text(encoding="utf-8").splitlines()[:3]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([HEAD, FIRST.replace("Alta", "Gjøvik"), SECOND.replace("Trondheim", "Østre Toten")]))
    return path


def run(*argv: str) -> int:
    return import_cli.main([*map(str, argv), "--region", "gjovikregionen"])


def cases_in(slug: str) -> int:
    with work(ref(slug), TEST):
        return Case.objects.count()


def test_kommuner_are_found_by_name(house, file, capsys):
    assert run(file) == 0
    assert "6 kvartalstall sendt til regionen" in capsys.readouterr().out
    assert (cases_in("gjovik"), cases_in("ostre-toten")) == (1, 1)
    with work(ref("gjovikregionen"), "returns"):
        assert PooledReturn.objects.count() == 6


def test_a_period_leaves_the_other_quarters_out(house, file, capsys):
    assert run(file, "--period", "2019Q3", "--no-returns") == 0
    assert "1 saker utenfor perioden er ikke tatt med" in capsys.readouterr().out
    assert (cases_in("gjovik"), cases_in("ostre-toten")) == (1, 0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("2019Q3", "2019Q7"), "Linje 2, kolonne kvartal"),
        (("2019Q3", "2099Q1"), "2099Q1 er ikke over ennå"),
        (("Gjøvik", "Hamar"), "Hamar. Opprett dem"),
    ],
)
def test_a_fault_anywhere_imports_nothing(house, file, change, sentence):
    file.write_text(file.read_text().replace(*change))
    with pytest.raises(Complaint, match=sentence):
        run(file)
    assert (cases_in("gjovik"), cases_in("ostre-toten")) == (0, 0)


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["mangler.csv", "--region", "gjovikregionen"], "kan ikke leses"),
        ([str(PILOT), "--region", "gjovik"], "Regionen «gjovik» finnes ikke"),
        ([str(PILOT)], "«--region» mangler"),
        ([str(PILOT), "--region", "gjovikregionen", "--period", "2019Q9"], "2019Q9"),
        ([str(PILOT), "--region", "gjovikregionen", "--map", "Alta=tromso"], "ingen kommune med adressen «tromso»"),
        ([str(PILOT), "--region", "gjovikregionen", "--period", "2010"], "Ingen av sakene"),
    ],
)
def test_what_the_command_cannot_do_is_one_sentence(house, argv, sentence):
    with pytest.raises(Complaint, match=sentence):
        import_cli.main(argv)


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["send", "--office", "nabo2", "--period", "2019Q3"], "Kommunen «nabo2» finnes ikke"),
        (["send", "--office", "gjovik", "--period", "2019Q5"], "2019Q5"),
        (["send", "--office", "gjovik", "--period", "2099Q1"], "er ikke over"),
        (["send", "--period", "2019Q3"], "kan ikke leses|mangler"),
        (["status", "--region", "gjovik"], "Regionen «gjovik» finnes ikke"),
    ],
)
def test_returns_that_cannot_be_sent_are_one_sentence(house, argv, sentence):
    with pytest.raises(Complaint, match=sentence):
        returns_cli.main(argv)


def test_a_kommune_without_cases_sends_zeros(house, capsys):
    assert returns_cli.main(["send", "--all", "--period", "2019Q2..2019Q3"]) == 0
    assert "8 brev levert" in capsys.readouterr().out
    assert returns_cli.main(["status", "--region", "gjovikregionen"]) == 0
    assert "ikke sendt noe" not in capsys.readouterr().out


def test_the_demo_registers_and_sends_past_quarters_once(house):
    assert (demo.seed(ref("gjovik")), demo.seed(ref("gjovik"))) == (True, False)
    assert demo.seed(ref("vestre-toten")) is False
    with work(ref("gjovik"), TEST):
        assert SentReturn.objects.count() == len(demo.last_quarters())
        assert all(quarter_of(row.counted_from) < quarter_of(day_of(now())) for row in Case.objects.all())
