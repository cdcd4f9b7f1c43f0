"""The plan of the house, as tests: folders, sizes, types, and what may be named where."""

import ast
import platform
import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("platform/varde", "shared", "tenants", "regional")
TOP = {
    "LICENSE", "Makefile", "README.md", "infra", "package-lock.json", "package.json", "platform", "pyproject.toml",
    "regional", "shared", "tenants", "tests",
}  # fmt: skip


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders or ROOMS:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def tracked() -> list[str]:
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return listed.splitlines()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_the_stdlib_platform_stays_importable():
    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))
    assert platform.python_version_tuple()[:2] == tuple(map(str, sys.version_info[:2]))


@pytest.mark.parametrize("folder", ["platform", "infra", "tests"])
def test_a_source_root_never_becomes_a_package(folder):
    assert not (ROOT / folder / "__init__.py").exists()


def test_the_top_level_is_the_customers():
    assert {name.split("/")[0] for name in tracked() if not name.startswith(".")} <= TOP


def test_no_file_over_400_lines():
    long = {str(path): count for path in sources() if (count := len(path.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_no_test_is_read_in_a_file_over_400_lines():
    """The two tables are lists of rows, looked up and not read through."""
    tables = {"tests/access/role_table.py", "tests/sabotage/table.py"}
    counts = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / "tests").rglob("*.py")
    }
    assert {name: count for name, count in counts.items() if count > 400 and name not in tables} == {}


def test_no_function_over_50_lines():
    long = [
        f"{path.relative_to(ROOT)}:{f.name}" for path in sources() for f in functions(path)
        if f.end_lineno and f.end_lineno - f.lineno + 1 > 50
    ]  # fmt: skip
    assert long == []


def test_every_action_is_keyword_only_and_says_by_whom():
    wrong = [
        f"{path.relative_to(ROOT)}:{f.name}"
        for path in sources("tenants", "regional")
        if path.name == "actions.py"
        for f in ast.parse(path.read_text("utf-8")).body
        if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")
        and (f.args.args or "by" not in {arg.arg for arg in f.args.kwonlyargs})
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("word", ["schema_context", "tenant_context", "set_schema(", "set_tenant("])
def test_the_old_doors_are_named_in_the_backend_only(word):
    allowed = ROOT / "platform/varde/tenancy/backend/base.py"
    assert [path for path in sources() if word in path.read_text("utf-8") and path != allowed] == []


def test_nothing_is_left_to_do():
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pytest\.mark\.(skip|xfail)")
    files = [*sources(), *(path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))]
    assert [path for path in files if words.search(path.read_text("utf-8"))] == []


def test_templates_hold_no_scripts_styles_or_handlers():
    bad = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=\"")
    found = [
        path for folder in ROOMS for path in (ROOT / folder).rglob("*.html") if bad.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_lock_names_an_address():
    locks = [*sorted((ROOT / "infra/requirements").glob("*.txt")), ROOT / "package-lock.json"]
    text = "".join(lock.read_text("utf-8") for lock in locks)
    assert "resolved" not in text
    assert "index-url" not in text
    assert "registry" not in text
    assert all("--hash=sha256:" in lock.read_text("utf-8") for lock in locks[:-1])
    assert not (ROOT / "uv.lock").exists()


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    needed = [line for line in lines if re.match(r'    "[a-z].*[>=<]', line)]
    assert len(needed) > 20
    assert [line for line in needed if "#" not in line] == []


def test_only_the_demo_tells_of_another_time():
    """`telling` moves the clock for whoever is inside of it: deadlines, expiry and what stands in a row."""
    names = re.compile(r"\b(telling|then)\b")
    imports = re.compile(r"from varde\.(?:clock|demo_cast) import ([^\n(]*|\([^)]*\))")
    found = {
        path.name for path in sources()
        if any(names.search(match) for match in imports.findall(path.read_text(encoding="utf-8")))
    }  # fmt: skip
    assert {"demo.py", "demo_past.py", "demo_cast.py"} == found
