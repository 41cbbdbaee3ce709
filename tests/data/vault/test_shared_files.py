"""Real files of other people go in through the mappings that are kept here, and every row of them is accounted for.

How many rows there are is what each file's own provenance says, or is counted here by other means than our readers.
"""

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.release.derived_actions import derived_actions
from data.state.trade import actions_frame, orders_frame
from data.vault.load import LoadReport
from data.vault.outcome import Outcome
from tests.conftest import ROOT
from tests.data.vault.place import Place, counts, quarantined

MAPPINGS = ROOT / "data" / "sample" / "mappings"
BGMEA = "bgmea-factories-2011/bgmea_2011.csv"
SCMS = "usaid-scms-2006-2010/scms_2006_2010.csv"
UCI = "uci-garment-productivity/garments_worker_productivity.csv"
DAMAGED = "uci-garment-productivity/garments_worker_productivity_broken_dates.csv"
ACTIONS = "tech-collective-actions/actions.csv"


def found(shared_data: Path, name: str) -> Path:
    """A file of the shared data; without it the test is skipped."""
    path = shared_data / name
    if not path.is_file():
        pytest.skip(f"{name} is not among the shared data")
    return path


def loaded(place: Place, path: Path, mapping: str, kind: str) -> LoadReport:
    """What became of a file."""
    return place.load(path, kind, mapping=MAPPINGS / f"{mapping}.toml")


def whole(outcome: Outcome) -> int:
    """How many rows an outcome accounts for."""
    return outcome.accepted + outcome.rejected + outcome.already_present


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as the standard library reads them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_facility_list_goes_in_and_none_of_its_rows_is_lost(place: Place, shared_data: Path) -> None:
    folder = found(shared_data, "osh-facility-lists/10.csv").parent
    lists = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".xls", ".xlsx"))
    assert len(lists) == 33
    for path in lists:
        mapped = "osh-facility-list"
        if path.suffix == ".csv":
            rows = rows_of(path)
            mapped += "-geocoded" if "lat" in rows[0] else ""
        outcome = place.of("factories", loaded(place, path, mapped, "factories"))
        if path.suffix == ".csv":
            assert whole(outcome) == len(rows), path.name
        else:
            assert whole(outcome) == 15, path.name
        assert outcome.rejected <= 1, path.name
    countries = place.ask("SELECT DISTINCT country FROM factories ORDER BY 1")
    assert all(len(country) == 2 for (country,) in countries)
    assert {("CN",), ("US",), ("SV",), ("SK",)} <= set(countries)


def test_the_same_list_as_csv_xls_and_xlsx_is_the_same_factories(place: Place, shared_data: Path) -> None:
    for name, new in (("12.csv", 15), ("12.xls", None), ("12.xlsx", None)):
        report = loaded(place, found(shared_data, f"osh-facility-lists/{name}"), "osh-facility-list", "factories")
        outcome = place.of("factories", report)
        assert outcome.accepted == new if new else outcome.already_present >= 14
        assert whole(outcome) == 15


def test_a_workbook_with_a_title_above_its_header_goes_in(place: Place, shared_data: Path) -> None:
    path = found(shared_data, "nike-factories-2023/imap_export.xls")
    outcome = place.of("factories", loaded(place, path, "nike-imap-2023", "factories"))
    assert counts(outcome) == (643, 0, 0)
    assert place.ask("SELECT count(DISTINCT country) FROM factories") == [(38,)]
    assert place.ask("SELECT headcount FROM factories WHERE name = 'A & K Designs, Inc.'") == [(111,)]
    again = place.of("factories", loaded(place, path, "nike-imap-2023", "factories"))
    assert counts(again) == (0, 0, 643)


def test_coordinates_outside_the_country_are_left_out_and_the_factory_stays(place: Place, shared_data: Path) -> None:
    path = found(shared_data, BGMEA)
    report = loaded(place, path, "bgmea-2011", "factories")
    assert counts(place.of("factories", report)) == (3932, 0, 0)
    # A box around Bangladesh leaves out 22 of them; the twenty-third lies in Kolkata, within the box.
    placed = pd.read_csv(path)
    inside = placed["Latitude"].between(20.5, 26.7) & placed["Longitude"].between(88, 92.7)
    assert (~inside).sum() == 22
    assert place.ask("SELECT count(*) FROM factories WHERE latitude IS NULL AND longitude IS NULL") == [(23,)]
    assert len(report.warnings) == 1
    assert report.warnings[0].startswith("The coordinates of 23 factories were left out")


def test_orders_go_in_with_unknown_dates_told_and_late_shipments_found(place: Place, shared_data: Path) -> None:
    path = found(shared_data, SCMS)
    report = loaded(place, path, "scms-2006-2010", "orders")
    outcome = place.of("orders", report)
    assert (whole(outcome), outcome.rejected) == (4223, 15)
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    told = {f.details["text"]: f.details["count"] for f in report.findings if f.kind == "unknown"}
    assert told == {
        text: int((rows["PO Sent to Vendor Date"] == text).sum()) for text in ("Date Not Captured", "N/A - From RDC")
    }
    nowhere = {row["factory_id"] for row in quarantined(outcome)}
    taken = rows[~rows["Manufacturing Site"].isin(nowhere)]
    late = (taken["Delivered to Client Date"] > taken["Scheduled Delivery Date"]).sum()
    early = (taken["Delivered to Client Date"] < taken["Scheduled Delivery Date"]).sum()
    assert late > 200
    assert early > 900
    with place.state.look() as look:
        found_actions = derived_actions(look, date(2012, 1, 1), actions_frame(look))
        assert sum(order["placed_date"] is None for order in orders_frame(look)) == (
            taken["PO Sent to Vendor Date"].isin(told).sum()
        )
    shipped_late = [action for action in found_actions if action["kind"] == "shipment_late"]
    assert len(shipped_late) == late
    assert all(action["magnitude"] > 0 and action["actor_type"] == "unknown" for action in shipped_late)


def test_measures_go_in_and_the_damaged_copy_loses_one_row_of_1905(place: Place, shared_data: Path) -> None:
    good = place.of("measures", loaded(place, found(shared_data, UCI), "uci-garment-productivity", "measures"))
    assert counts(good) == (1197, 0, 0)
    report = loaded(place, found(shared_data, DAMAGED), "uci-garment-productivity-damaged", "measures")
    damaged = place.of("measures", report)
    assert (whole(damaged), damaged.rejected) == (1197, 1)
    assert [row["line"] for row in quarantined(damaged)] == ["2"]
    assert "1905" in quarantined(damaged)[0]["reason"]


def test_a_damaged_copy_alone_gives_1196_rows(place: Place, shared_data: Path) -> None:
    report = loaded(place, found(shared_data, DAMAGED), "uci-garment-productivity-damaged", "measures")
    assert counts(place.of("measures", report)) == (1196, 1, 0)


def test_a_list_of_events_becomes_actions_of_an_unknown_actor(place: Place, shared_data: Path) -> None:
    path = found(shared_data, ACTIONS)
    outcome = place.of("buyer_actions", loaded(place, path, "tech-collective-actions", "buyer_actions"))
    assert whole(outcome) == 506
    # Actions that name no country cannot be put anywhere.
    nowhere = sum(
        row["locations"] in ("None", "") or row["locations"].startswith("['worldwide'") for row in rows_of(path)
    )
    assert outcome.rejected >= nowhere > 0
    assert outcome.accepted >= 460
    with place.state.look() as look:
        actions = actions_frame(look)
    assert {action["actor_type"] for action in actions} == {"unknown"}
    assert {action["buyer_id"] for action in actions} == {None}
    assert min(action["date"] for action in actions) == date(1969, 3, 4)


@pytest.mark.parametrize(
    ("name", "mapping", "kind"),
    [
        (BGMEA, "bgmea-2011", "factories"), (SCMS, "scms-2006-2010", "orders"),
        (UCI, "uci-garment-productivity", "measures"), (ACTIONS, "tech-collective-actions", "buyer_actions"),
    ],
)  # fmt: skip
def test_the_same_file_twice_leaves_everything_as_it_was(
    place: Place, shared_data: Path, name: str, mapping: str, kind: str
) -> None:
    first = place.of(kind, loaded(place, found(shared_data, name), mapping, kind))
    before = {table: rows for table, rows in place.kept().items() if table not in ("files", "loads", "state.loads")}
    again = place.of(kind, loaded(place, found(shared_data, name), mapping, kind))
    after = {table: rows for table, rows in place.kept().items() if table not in ("files", "loads", "state.loads")}
    assert counts(again) == (0, first.rejected, first.accepted + first.already_present)
    assert after == before
