"""The tables of production measures: what a factory told of its own work, day by day.

See `data/state/models.py` for what holds of all tables.
"""

from datetime import date as Day
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.state.models import Base


class MeasureColumns:
    """What is known of one value: the same for what stands now and for what stood before.

    `part` is what within the factory it was measured at, empty for the factory as a whole. `summed` says how the parts
    of a day make the day: "sum" or "mean".
    """

    factory_id: Mapped[str]
    measure: Mapped[str]
    date: Mapped[Day]
    part: Mapped[str]
    source: Mapped[str]
    value: Mapped[float]
    unit: Mapped[str | None]
    summed: Mapped[str | None]


class MeasureRow(MeasureColumns, Base):
    """One value of one measure on one day at one part of a factory, as its source told it last."""

    __tablename__ = "measures"
    # In this order, so that the course of one measure is one stretch of the index.
    __table_args__ = (UniqueConstraint("factory_id", "measure", "date", "part", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)


class MeasureVersionRow(MeasureColumns, Base):
    """A value as it stood until its source told it differently. Versions of one value follow by `id`."""

    __tablename__ = "measure_versions"
    __table_args__ = (Index(None, "factory_id", "measure", "date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    replaced_at: Mapped[datetime]
