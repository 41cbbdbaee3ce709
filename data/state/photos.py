"""The one photo beside a remark. It is added with the remark, and kept as long; who may see it is decided above."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from data.state.consent_models import PhotoRow
from data.state.store import Change, Look


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept: a JPEG, and its sides in pixels."""

    content: bytes
    width: int
    height: int


def add_photo(change: Change, remark_id: int, photo: Photo) -> None:
    """Nothing; the photo stands beside the remark. A second one is a programming error: the database refuses it."""
    change.connection.execute(insert(PhotoRow), {"remark_id": remark_id, **vars(photo)})


def photo_beside(look: Look, remark_id: int) -> bytes | None:
    """The photo beside a remark as it is kept, withdrawn or not; None where there is none."""
    return look.connection.execute(select(PhotoRow.content).where(PhotoRow.remark_id == remark_id)).scalar_one_or_none()
