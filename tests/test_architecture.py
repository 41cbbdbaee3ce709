"""The house rules hold, and each of them bites on a planted breach."""

import ast
import importlib
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

import pages
from access.policy import POLICY
from pages import registry
from tests import architecture
from tests.conftest import ROOT

LAYERS = ("access", "data", "scoring", "components", "pages", "web")
Rule = Callable[[ast.Module], list[architecture.Breach]]

# Where SQL may be put together after all, as "file:function", with the reason. An entry that is no longer
# needed fails the test.
GLUED_SQL_ALLOWED = {
    "data/engine.py:attach": "ATTACH takes no parameter; the path is quoted, the names are three",
    "data/readers/staging.py:create_table": "table and columns come from the closed list of kinds",
    "data/readers/staging.py:insert": "table and columns come from the closed list of kinds",
    "data/readers/staging.py:staged_parquet": "names come from the closed list of kinds; segments are quoted",
    "data/vault/dimensions.py:staged_rows": "the table comes from the closed list of kinds",
    "data/demo/truth.py:write_parquet": "writes tables of the demo world, whose columns we name",
}


@cache
def product_files() -> tuple[Path, ...]:
    """Every Python file of the product and its benchmarks; tests and migrations are left out."""
    folders = [ROOT / name for name in (*LAYERS, "bench")]
    files = [file for folder in folders for file in folder.rglob("*.py") if "migrations" not in file.parts]
    return tuple(sorted([*files, *ROOT.glob("*.py")]))


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a file, read once for all rules."""
    return ast.parse(file.read_text(encoding="utf-8"))


def short(file: Path) -> str:
    """The path of a file as people name it."""
    return file.relative_to(ROOT).as_posix()


def breaches(rule: Rule, files: Iterable[Path]) -> list[str]:
    """What breaks the rule in those files, as `file:line sentence`."""
    return [f"{short(file)}:{line} {what}" for file in files for line, what in rule(parsed(file))]


def layer_report(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says about the packages in that folder, by the contracts of its pyproject.toml."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    return subprocess.run(
        [*command, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_layers_hold() -> None:
    report = layer_report(ROOT)
    assert report.returncode == 0, report.stdout


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ("access", "import data"),
        ("data", "import scoring"),
        ("scoring", "import components"),
        ("components", "import pages"),
        ("pages", "import web"),
        ("pages", "import data"),
        ("pages", "import sqlalchemy"),
        ("components", "import flask"),
        ("scoring", "import dash"),
        ("data", "import plotly"),
        ("web", "import duckdb"),
    ],
)
def test_the_layers_bite(tmp_path: Path, package: str, line: str) -> None:
    for name in LAYERS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert layer_report(tmp_path).returncode == 0
    (tmp_path / package / "planted.py").write_text(f"{line}\n")
    report = layer_report(tmp_path)
    assert report.returncode != 0
    assert f"{package}.planted" in report.stdout


def test_every_folder_of_code_is_a_package() -> None:
    """import-linter does not look into folders without __init__.py, and would pass over what is in them."""
    folders = {file.parent for file in product_files() if file.parent != ROOT}
    assert [short(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_nothing_imports_the_composition_root() -> None:
    inside = [file for file in product_files() if file.parent != ROOT and "bench" not in file.parts]
    assert breaches(lambda tree: architecture.imports_of(tree, "app"), inside) == []


def test_files_and_functions_are_short() -> None:
    long = [
        f"{short(file)}:{line} {what}"
        for file in product_files()
        for line, what in architecture.sizes(parsed(file), file.read_text(encoding="utf-8"))
    ]
    assert long == []


def test_length_bites() -> None:
    body = "    pass\n" * architecture.MOST_FUNCTION_LINES
    fits = f"def f():\n{body[9:]}"
    assert architecture.sizes(ast.parse(fits), fits) == []
    too_long = f"def f():\n{body}"
    assert architecture.sizes(ast.parse(too_long), too_long) == [(1, "f has 41 lines")]
    file = "x = 1\n" * (architecture.MOST_FILE_LINES + 1)
    assert architecture.sizes(ast.parse(file), file) == [(1, "the file has 301 lines")]


def test_module_names_say_what_is_in_them() -> None:
    assert [short(file) for file in product_files() if architecture.vague_name(file.stem)] == []


@pytest.mark.parametrize("name", ["utils", "date_utils", "helpers", "manager", "state_manager"])
def test_vague_names_bite(name: str) -> None:
    assert architecture.vague_name(name)
    assert not architecture.vague_name("management")


def test_sql_is_written_not_glued() -> None:
    files = [file for file in product_files() if short(file).startswith("data/")]
    found = {
        f"{short(file)}:{function}": f"line {line}: {what}"
        for file in files
        for line, function, what in architecture.built_sql(parsed(file))
    }
    assert {place: what for place, what in found.items() if place not in GLUED_SQL_ALLOWED} == {}
    assert GLUED_SQL_ALLOWED.keys() - found.keys() == set(), "these places no longer need leave"


@pytest.mark.parametrize(
    "code",
    [
        'con.execute(f"SELECT * FROM {table}")',
        'con.execute("SELECT * FROM %s" % table)',
        'con.execute("SELECT * FROM " + table)',
        'con.execute("SELECT {}".format(table))',
        'con.execute(" AND ".join(parts))',
        'con.execute(text(f"SELECT {x}"))',
        'sql = f"SELECT {x}"\ncon.execute(sql)',
        'sql = "SELECT 1" + x\nagain = sql\ncon.executemany(again, rows)',
        'sql = "SELECT 1"\nsql += " WHERE x"\ncon.execute(sql)',
        'def f(con, x):\n    con.sql(query=f"SELECT {x}")',
        'def f(x):\n    return f"DELETE FROM {x}"',
    ],
)
def test_glued_sql_bites(code: str) -> None:
    assert architecture.built_sql(ast.parse(code)) != []


@pytest.mark.parametrize(
    "code",
    [
        'con.execute("SELECT $x", {"x": f"{a}"})',
        "con.execute(QUERY, [a + b])",
        'print(f"Select {n} factories")',
        'def f():\n    sql = f"{a}"\ndef g(con, sql):\n    con.execute(sql)',
        "count = 0\ncount += 1\ncon.execute(QUERY, count)",
    ],
)
def test_plain_sql_passes(code: str) -> None:
    assert architecture.built_sql(ast.parse(code)) == []


def outside(*places: str) -> list[Path]:
    """The product's files that do not lie in one of those places."""
    return [file for file in product_files() if not short(file).startswith(places)]


RULES: dict[str, tuple[Rule, tuple[str, ...], list[str]]] = {
    "only data speaks DuckDB": (
        lambda tree: architecture.imports_of(tree, "duckdb"),
        ("data/", "bench/"),
        [
            "import duckdb",
            "from duckdb import connect",
            "if x:\n    import duckdb",
            'import_module("duckdb")',
        ],
    ),
    "only components/charts.py makes graphs": (
        architecture.graphs,
        ("components/charts.py",),
        ["dcc.Graph(id='x')", "Graph()", "dash.dcc.Graph()"],
    ),
    "no HTML from text, no themes from outside": (
        architecture.unsafe_markup,
        (),
        [
            "dcc.Markdown('x')",
            "Dash(external_stylesheets=[dbc.themes.BOOTSTRAP])",
            "x = dbc.icons.BOOTSTRAP",
            "component(dangerously_allow_html=True)",
            "component(**{'dangerously_allow_html': True})",
            "from dash.dcc import Markdown",
            "from dash_bootstrap_components import themes",
        ],
    ),
    "every page and callback goes through pages/registry.py": (
        architecture.unguarded_callbacks,
        ("pages/registry.py",),
        [
            "@callback(Output('a', 'b'))\ndef f(): ...",
            "@callback\ndef f(): ...",
            "@app.callback(Output('a', 'b'))\ndef f(): ...",
            "dash.register_page(__name__)",
            "app.callback(x)(f)",
        ],
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_rule_holds(name: str) -> None:
    rule, allowed, _ = RULES[name]
    assert breaches(rule, outside(*allowed) if allowed else product_files()) == []


@pytest.mark.parametrize(
    ("name", "planted"), [(name, bad) for name, (_, _, samples) in RULES.items() for bad in samples]
)
def test_rule_bites(name: str, planted: str) -> None:
    rule, _, _ = RULES[name]
    assert rule(ast.parse(planted)) != []


def unguarded() -> list[str]:
    """Registered pages and callbacks whose function carries no permission of the policy table."""
    named = {path: entry.layout for path, entry in registry.PAGES.items()}
    named |= {name: entry.function for name, entry in registry.CALLBACKS.items()}
    return [name for name, code in named.items() if getattr(code, "permission", None) not in POLICY]


def test_every_page_and_callback_names_a_permission() -> None:
    modules = [module.name for module in pkgutil.iter_modules(pages.__path__) if module.name != "registry"]
    for module in modules:
        importlib.import_module(f"pages.{module}")
    assert registry.PAGES, "no page is registered"
    assert unguarded() == []


def test_a_function_without_a_permission_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = SimpleNamespace(layout=lambda: None, function=lambda: None)
    wrong = SimpleNamespace(layout=SimpleNamespace(permission="everything"))
    monkeypatch.setattr(registry, "PAGES", {"/bare": bare, "/wrong": wrong})
    monkeypatch.setattr(registry, "CALLBACKS", {"module.bare": bare})
    assert unguarded() == ["/bare", "/wrong", "module.bare"]
