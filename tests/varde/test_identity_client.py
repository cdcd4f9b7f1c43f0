"""The test client itself: it logs in, and it sees what is wrong with a page."""

from tests.client import anonymous, client_for, faults_of
from varde.access import Role


def test_client_is_logged_in_and_rolled_back(gjovik):
    client = client_for("kari", Role.LEADER)
    assert client.session["_auth_user_id"] == str(client.person.id)
    assert client.get("/finnes-ikke").status_code == 404


def test_client_commits_in_the_house(house):
    assert client_for("olga").get("/finnes-ikke").status_code == 404
    assert anonymous("").get("/finnes-ikke").status_code == 404


def test_a_page_with_faults_is_caught():
    page = '<html><h1>a</h1><h1>b</h1><script>x</script><p style="a" onclick="b">{{ c }}</p></html>'
    assert len(faults_of(page)) == 6
    assert faults_of('<!doctype html><html lang="nb"><h1>Fin</h1><script src="/a.js"></script></html>') == []
