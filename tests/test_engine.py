"""The engine: named queries, limits, and a reading connection that can reach nothing but its file."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from data.engine import SQL, Engine, attach, reading, sql, writing
from data.settings import Settings

QUERIES = sorted(path.relative_to(SQL).with_suffix("").as_posix() for path in SQL.rglob("*.sql"))
TEXT = re.compile(r"'(?:[^']|'')*'|--[^\n]*")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A file with a table, and beside it things that nobody may read."""
    path = tmp_path / "a release.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE cells AS SELECT 1 AS n")
    with duckdb.connect(str(tmp_path / "vault.duckdb")) as connection:
        connection.execute("CREATE TABLE answers AS SELECT 1 AS level")
    (tmp_path / "secret.csv").write_text("word\nlinen\n")
    return path


PROBES = [
    "FROM '{folder}/secret.csv'",
    "FROM read_csv('{folder}/secret.csv')",
    "FROM read_text('{folder}/secret.csv')",
    "FROM read_blob('/etc/hostname')",
    "FROM sniff_csv('{folder}/secret.csv')",
    "FROM glob('{folder}/*')",
    "FROM parquet_scan('{folder}/x.parquet')",
    "ATTACH '{folder}/vault.duckdb'",
    "ATTACH '{folder}/vault.duckdb' (READ_ONLY)",
    "ATTACH '{folder}/new.duckdb'",
    "COPY cells TO '{folder}/out.csv'",
    "COPY cells FROM '{folder}/secret.csv'",
    "EXPORT DATABASE '{folder}/out'",
    "IMPORT DATABASE '{folder}/out'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "FROM 'https://example.org/x.csv'",
    "SET enable_external_access = true",
    "SET GLOBAL enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET memory_limit = '64GB'",
    "SET threads = 64",
    "SET temp_directory = '{folder}/temp'",
    "SET file_search_path = '{folder}'",
    "SET python_enable_replacements = true",
    "SET allow_community_extensions = true",
    "SET profiling_output = '{folder}/profile'",
    "PRAGMA enable_profiling",
    "CREATE SECRET stolen (TYPE s3)",
    "CREATE TABLE mine (n INTEGER)",
    "INSERT INTO cells VALUES (2)",
    "DELETE FROM cells",
    "DROP TABLE cells",
    "FROM frame",
]


@pytest.mark.parametrize("probe", PROBES)
def test_a_reading_connection_reaches_nothing_else(release: Path, probe: str) -> None:
    frame = pd.DataFrame({"word": ["linen"]})
    there = sorted(path.name for path in release.parent.iterdir())
    connection = reading(release, Settings())
    try:
        with pytest.raises(duckdb.Error):
            connection.execute(probe.format(folder=release.parent)).fetchall()
        assert connection.cursor().execute("FROM cells").fetchall() == [(1,)]
    finally:
        connection.close()
    assert sorted(path.name for path in release.parent.iterdir()) == there
    assert len(frame) == 1


def test_two_reading_connections_to_one_file_live_side_by_side(release: Path) -> None:
    first, second = reading(release, Settings()), reading(release, Settings())
    second.close()
    assert first.execute("FROM cells").fetchall() == [(1,)]
    with pytest.raises(duckdb.Error):
        first.execute("SET threads = 64")
    first.close()


def test_limits_come_from_the_settings(release: Path, tmp_path: Path) -> None:
    settings = Settings(threads=1, memory="500MB")
    for connection in (reading(release, settings), writing(tmp_path / "v.duckdb", settings)):
        found = connection.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchone()
        assert found == (1, "476.8 MiB")
        connection.close()


def test_files_are_written_in_the_format_that_every_allowed_engine_reads(tmp_path: Path) -> None:
    odd = tmp_path / "it's here"
    odd.mkdir()
    connection = duckdb.connect()
    attach(connection, odd / "x.duckdb", "release")
    tags = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'release'").fetchone()
    assert "v1.5" in str(tags)
    connection.close()


def test_named_queries_answer_as_columns_rows_and_frames() -> None:
    engine = Engine(duckdb.connect())
    engine.offer("cells", {"closed": pd.to_datetime(["2026-02-02"])})
    assert len(engine.rows("newest_day")) == len(engine.frame("newest_day")) == 1
    assert len(next(iter(engine.run("newest_day").values()))) == 1
    engine.offer("cells", {"closed": pd.to_datetime([])})
    assert engine.rows("newest_day") == [(None,)]


def selects(name: str) -> list[dict[str, Any]]:
    """Every SELECT of a file, subqueries included, as DuckDB's own parser has it."""
    found: list[dict[str, Any]] = []
    for statement in duckdb.extract_statements(sql(name)):
        for body in bodies(TEXT.sub(lambda m: "''" if m[0][0] == "'" else "", statement.query)):
            (told,) = duckdb.execute("SELECT json_serialize_sql($body)", {"body": body}).fetchone()
            parsed = json.loads(told)
            assert not parsed["error"], (name, body, parsed)
            found += nodes(parsed)
    return found


def bodies(statement: str) -> list[str]:
    """What is selected in a statement: from its WITH or SELECT on, or each SELECT that stands in brackets in it."""
    depth, starts = 0, []
    for token in re.finditer(r"[()]|\b(?:WITH|SELECT)\b", statement):
        if token[0] == "(":
            depth += 1
        elif token[0] == ")":
            depth -= 1
            if starts and starts[-1][0] > depth:
                starts[-1] = (-1, statement[starts[-1][1] : token.start()])
        elif depth == 0:
            return [statement[token.start() :]]
        elif not starts or starts[-1][0] == -1:
            starts.append((depth, token.start()))
    return [body for _, body in starts]


def nodes(parsed: Any) -> list[dict[str, Any]]:
    """Every part of a parsed statement that has a list of selected columns."""
    inner = parsed.values() if isinstance(parsed, dict) else parsed if isinstance(parsed, list) else ()
    here = [parsed] if isinstance(parsed, dict) and "select_list" in parsed else []
    return here + [node for part in inner for node in nodes(part)]


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_has_two_names_that_are_one(name: str) -> None:
    """SQL names ignore case: of `P` and `p` in one SELECT only one is computed, and nobody is told."""
    for select in selects(name):
        named = [one["alias"] or (one.get("column_names") or [""])[-1] for one in select["select_list"]]
        names = [one.casefold() for one in named if one]
        assert len(names) == len(set(names)), names
    words = set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", TEXT.sub("", sql(name))))
    twice = [word for word in words if word != word.upper() and word.lower() != word]
    assert twice == [], "a name that is neither all small nor all capitals"


def test_the_check_for_equal_names_bites() -> None:
    (told,) = duckdb.execute("SELECT json_serialize_sql('SELECT a AS p, sum(b) AS P FROM t')").fetchone()
    (select,) = nodes(json.loads(told))
    assert [one["alias"] for one in select["select_list"]] == ["p", "P"]


@pytest.mark.parametrize("name", QUERIES)
def test_fractions_are_written_as_doubles(name: str) -> None:
    """`0.25` is a DECIMAL, which overflows or rounds where a DOUBLE would not; `25e-2` is a double."""
    bare = TEXT.sub("", sql(name))
    assert re.findall(r"(?<![\w.])\d+\.\d+(?!\d*e)\b", bare) == []


def test_every_query_is_asked_by_name_somewhere() -> None:
    """By its name in quotes, or by one put together: f"{word}_released", f"effects/{word}", f"effects/told_{word}s"."""
    root = SQL.parent.parent
    code = "\n".join(
        p.read_text(encoding="utf-8") for folder in ("data", "scoring", "bench") for p in (root / folder).rglob("*.py")
    )

    def asked(name: str) -> bool:
        word, _, ending = name.rpartition("_")
        folder, _, file = name.rpartition("/")
        told = file.removeprefix("told_").removesuffix("s")
        return (
            f'"{name}"' in code
            or (f'"{word}"' in code and f'}}_{ending}"' in code)
            or (f'"{file}"' in code and f'f"{folder}/{{' in code)
            or (f'"{told}"' in code and f'f"{folder}/told_{{' in code and file == f"told_{told}s")
        )

    assert [name for name in QUERIES if not asked(name)] == []
