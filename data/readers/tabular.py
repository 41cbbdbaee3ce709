"""Rows of a mapped file that are no answers, staged as the table of their kind: factories, orders, measures…"""

import pandas as pd

from data.readers.kinds import KINDS
from data.readers.mapping import MeasurePart
from data.readers.reading import Reading
from data.readers.staging import insert
from data.readers.survey import declare


def stage_table(reading: Reading, lines: list[int], sheet: pd.DataFrame) -> None:
    """Nothing; each row of a batch is staged as one row of its kind, or as one for every measure in it."""
    mapping = reading.mapping
    fields = pd.DataFrame({"line": lines})
    for name in mapping.fields:
        fields[name] = reading.values(sheet, f"fields.{name}").to_numpy()
    for index, name in enumerate(mapping.segments):
        fields[f"s{index}"] = reading.values(sheet, f"segments.{name}").to_numpy()
    for part in ("factories", "buyers"):
        declare(reading, part, sheet, fields)
    if mapping.measures:
        stage_measures(reading, sheet, fields)
    else:
        insert(reading.engine, KINDS[mapping.kind], fields, [f"seg_{name}" for name in mapping.segments])


def stage_measures(reading: Reading, sheet: pd.DataFrame, fields: pd.DataFrame) -> None:
    """Nothing; one row for every measure that a row of the file gives is staged."""
    blank = pd.Series(True, index=sheet.index)
    for column, part in reading.mapping.measures.items():
        if column not in sheet:
            continue
        given = sheet[column].notna() & ~sheet[column].isin(["", *reading.mapping.not_asked])
        blank &= ~given
        rows = fields[given.to_numpy()].assign(**measured(part), value=sheet.loc[given, column].to_numpy())
        if len(rows):
            insert(reading.engine, KINDS["measures"], rows, ())
    reading.blank += fields.loc[blank.to_numpy(), "line"].tolist()


def measured(part: MeasurePart) -> dict[str, str]:
    """What is said of every row of one measure."""
    told = {"measure": part.measure, "unit": part.unit, "summed": part.summed}
    return {name: value for name, value in told.items() if value is not None}
