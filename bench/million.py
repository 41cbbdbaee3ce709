"""`python -m bench.million`: every score of 1,000 factories × 44 questions in 11 themes, from a million cells.

The release file is written by SQL, without a vault: what is measured is reading and scoring it.
"""

import tempfile
from datetime import date
from pathlib import Path

import duckdb

from bench.large import scoring_figures
from data.engine import Engine, attach
from data.home import Home
from data.release.files import point_to
from data.release.reader import Releases
from data.settings import Settings

ROWS = """
    INSERT INTO release.factories BY NAME
    SELECT 'F' || i AS factory_id, 'Mill ' || i AS name, ['BD', 'IN', 'KH', 'TR', 'VN'][1 + i % 5] AS country,
           ['apparel', 'footwear'][1 + i // 5 % 2] AS sector, 800 AS headcount FROM range(1000) AS r(i);
    INSERT INTO release.indicators BY NAME
    SELECT 'book' AS codebook, 'Q' || i AS indicator_id, 'T' || i % 11 AS theme, 'scored' AS role,
           FALSE AS zero_tolerance, FALSE AS is_vignette, i AS place FROM range(44) AS r(i);
    INSERT INTO release.cells BY NAME
    SELECT 'book' AS codebook, 'F' || f AS factory_id, 'Q' || q AS indicator_id,
           DATE '2024-11-25' + 31 * k::INT AS opened, DATE '2024-11-25' + 31 * k::INT + 30 AS closed,
           10 AS n, 600e0 + hash(f, q) % 100 AS s1,
           50000e0 + hash(f, q, k) % 1000 AS s2
      FROM range(1000) AS r(f), range(44) AS s(q), range(23) AS t(k) ORDER BY f, q, k;
    INSERT INTO release.adjust BY NAME
    SELECT 'book' AS codebook, 'F' || f AS factory_id, 'Q' || q AS indicator_id,
           DATE '2025-01-01' + to_months(3 * k::INT) AS quarter, 5e-1 * (hash(f, q, k) % 5) - 1 AS points, 102e-2 AS d_w
      FROM range(1000) AS r(f), range(44) AS s(q), range(7) AS t(k) ORDER BY f, q, k;
    INSERT INTO release.reach BY NAME
    SELECT 'F' || f AS factory_id, DATE '2025-01-01' + to_months(3 * k::INT) AS quarter, 250 AS people,
           200 AS effective_people, 900 AS sittings, 800 AS headcount, 80 AS covered
      FROM range(1000) AS r(f), range(7) AS t(k);
"""
LAST = date(2026, 11, 7)


def main() -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory(prefix="seamline-bench-") as folder:
        settings = Settings(home=Path(folder))
        home = Home(settings.home).prepare()
        with duckdb.connect() as connection:
            attach(connection, home.releases / "000001.duckdb", "release")
            Engine(connection).script("release_tables")
            connection.execute(ROWS)
            meta = [1, LAST, 1, 1, "1.1", False, "0"]
            connection.execute("INSERT INTO release.meta VALUES (?, ?, now()::TIMESTAMP, ?, ?, ?, ?, ?)", meta)
            connection.execute("DETACH release")
        point_to(home.releases, "000001")
        opened = Releases(home, settings).current()
        assert opened is not None
        print("\n".join(scoring_figures(opened)[0]))


if __name__ == "__main__":
    main()
