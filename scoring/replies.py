"""The right of reply: what a factory's owner answers to a score, a warning or an action, and who reads it.

A reply to the overall score or to a warning is read by whoever sees the factory at all, one to a theme by whoever sees
its themes; a reply to an action is a note under it (`scoring/remarks.py`). It changes no number.
"""

from dataclasses import dataclass
from datetime import datetime

from access.policy import reaches
from access.viewer import NotAvailable, Viewer
from data.release.reader import OpenRelease
from data.state.organisations import organisation_id
from data.state.photos import add_photo, photo_beside
from data.state.remarks import (
    ACTION,
    RemarksFull,
    Said,
    add_remark,
    remark_numbered,
    remarks_at,
    withdraw_remark,
)
from data.state.store import State
from scoring.actions import seen_actions
from scoring.books import asked, book_of, shown_themes
from scoring.model import OVERALL, Factory
from scoring.photos import cleaned_photo
from scoring.quality import lowering
from scoring.remarks import MOST, NOTE, NotKept, cleaned, is_own, keep_remark, note_deed, readable, size_of
from scoring.scores import day_of
from scoring.warning_words import KINDS
from scoring.words import day

ROW, FLAG = "row", "flag"
TOPICS = (ROW, FLAG)
GONE = "something that is no longer shown"


@dataclass(frozen=True)
class Subject:
    """What may be replied to: a row of scores by its key, a warning by its kind, or an action; `name` as in a text."""

    topic: str
    about: str
    name: str

    @property
    def slug(self) -> str:
        """The subject in an address: "row.overall", "flag.coached"."""
        return f"{self.topic}.{self.about}"


@dataclass(frozen=True)
class Reply:
    """One reply as its reader sees it. A withdrawn one has no text and no photo; `at` is since when it stands.

    `shown` is False where what it answers is no longer shown: then only its author reads it.
    """

    remark_id: int
    subject: Subject
    who: str
    text: str
    at: datetime
    own: bool
    withdrawn: bool
    photo: tuple[int, int] | None
    shown: bool


@dataclass(frozen=True)
class RepliesView:
    """The owner's replies for one factory, newest first, and what there is to reply to."""

    factory: Factory
    replies: tuple[Reply, ...]
    subjects: tuple[Subject, ...]


def subjects(release: OpenRelease, viewer: Viewer, factory_id: str) -> tuple[Subject, ...]:
    """What this viewer sees of a factory that may be replied to: score, themes, warnings. Raises NotAvailable."""
    if not reaches(viewer, "overview.view", factory_id):
        raise NotAvailable
    found = asked(release, factory_id)
    rows = [Subject(ROW, OVERALL, "the overall score")]
    if found is not None:
        book = book_of(release, found.codebook)
        themes = shown_themes(viewer, factory_id, book)
        rows += [Subject(ROW, theme, book.theme_names[theme]) for theme in themes if theme != OVERALL]
    kinds = dict.fromkeys(one.kind for one in lowering(release, factory_id, day_of(release)))
    return (*rows, *(Subject(FLAG, kind, warning_name(kind)) for kind in kinds))


def warning_name(kind: str) -> str:
    """How a text names the warnings of a kind."""
    return f"the warning about {KINDS.get(kind, kind)}"


def replies_to(release: OpenRelease, state: State, viewer: Viewer, factory_id: str) -> tuple[Reply, ...]:
    """The replies to scores and warnings that this viewer sees, oldest first. Raises NotAvailable."""
    there = subjects(release, viewer, factory_id)
    with state.look() as look:
        said = remarks_at(look, factory_id, topics=TOPICS)
    shown = {(one.topic, one.about): one for one in there}
    return tuple(told(one, viewer, shown[key]) for one in said if (key := (one.topic, one.action_id)) in shown)


def own_replies(release: OpenRelease, state: State, viewer: Viewer, factory: Factory) -> RepliesView:
    """What the viewer's organisation replied at a factory, newest first, withdrawn or not. Raises NotAvailable."""
    there = subjects(release, viewer, factory.factory_id)
    shown = {(one.topic, one.about): one for one in there} | action_subjects(release, viewer, factory.factory_id)
    with state.look() as look:
        said = remarks_at(look, factory.factory_id, topics=(*TOPICS, ACTION))
    mine = [one for one in said if is_own(one, viewer)]
    found = [told(one, viewer, shown.get((one.topic, one.action_id))) for one in reversed(mine)]
    return RepliesView(factory, tuple(found), there)


def action_subjects(release: OpenRelease, viewer: Viewer, factory_id: str) -> dict[tuple[str, str], Subject]:
    """The actions at a factory that the viewer sees, as what a note under them replies to."""
    return {
        (ACTION, one.action_id): Subject(ACTION, one.action_id, f"{one.kind_name}, {day(one.date)}")
        for one in seen_actions(release, viewer, factory_id)
    }


def keep_reply(
    release: OpenRelease, state: State, viewer: Viewer, factory_id: str, topic: object, about: object, text: object,
    photo: object = None,
) -> None:  # fmt: skip
    """Nothing; the reply is kept. Raises NotAvailable, and NotKept with a sentence about the text or the photo."""
    if not reaches(viewer, "replies.write", factory_id) or not isinstance(about, str):
        raise NotAvailable
    if topic != ACTION and all(
        (one.topic, one.about) != (topic, about) for one in subjects(release, viewer, factory_id)
    ):
        raise NotAvailable
    said, picture = cleaned(text), None if photo is None else cleaned_photo(photo)
    if topic == ACTION:
        keep_remark(release, state, viewer, factory_id, about, NOTE, said, picture)
        return
    author, place = author_of(state, viewer), str(topic)
    try:
        with state.change() as change:
            number = add_remark(
                change, factory_id=factory_id, action_id=about, organisation=author, user_id=viewer.user_id,
                kind=NOTE, text=said, most=MOST, topic=place,
            )  # fmt: skip
            if picture is not None:
                add_photo(change, number, picture)
            note_deed(change, viewer, author, factory_id, "replied", f"{place} {about}")
    except RemarksFull:
        raise NotKept(f"There are {MOST} replies of yours to this already. No more are kept.") from None


def take_back(state: State, viewer: Viewer, factory_id: str, remark_id: object) -> None:
    """Nothing; a reply of the viewer's organisation is withdrawn, once or again. Raises NotAvailable.

    Also one to something that is no longer shown.
    """
    if not reaches(viewer, "replies.write", factory_id):
        raise NotAvailable
    said = numbered(state, remark_id)
    if said is None or said.factory_id != factory_id or not is_own(said, viewer):
        raise NotAvailable
    author = author_of(state, viewer)
    with state.change() as change:
        if withdraw_remark(change, said.id, factory_id, said.action_id, author, topic=said.topic):
            note_deed(change, viewer, author, factory_id, "withdrew a reply", f"{said.topic} {said.action_id}")


def photo_of(release: OpenRelease, state: State, viewer: Viewer, remark_id: object) -> tuple[bytes, str]:
    """The photo beside a reply, a JPEG, and its factory, for whoever may read the reply. Raises NotAvailable."""
    said = numbered(state, remark_id)
    if said is None or said.withdrawn_at is not None or not legible(release, viewer, said):
        raise NotAvailable
    with state.look() as look:
        content = photo_beside(look, said.id)
    if content is None:
        raise NotAvailable
    return content, said.factory_id


def legible(release: OpenRelease, viewer: Viewer, said: Said) -> bool:
    """True when this viewer may read it: at that level, what it answers is shown, or it is the owner's own."""
    if reaches(viewer, "replies.write", said.factory_id) and is_own(said, viewer):
        return True
    if said.topic == ACTION:
        return (said.topic, said.action_id) in action_subjects(release, viewer, said.factory_id) and readable(
            said, viewer
        )
    return any(
        (one.topic, one.about) == (said.topic, said.action_id) for one in subjects(release, viewer, said.factory_id)
    )


def numbered(state: State, remark_id: object) -> Said | None:
    """The remark of that number; None where it is none."""
    if not isinstance(remark_id, int) or isinstance(remark_id, bool):
        return None
    with state.look() as look:
        return remark_numbered(look, remark_id)


def author_of(state: State, viewer: Viewer) -> int:
    """The number of the organisation for which the viewer speaks. Raises NotAvailable."""
    with state.look() as look:
        author = organisation_id(look, str(viewer.role), viewer.organisation)
    if author is None:
        raise NotAvailable
    return author


def told(said: Said, viewer: Viewer, subject: Subject | None) -> Reply:
    """A reply as this viewer reads it; without a subject, what it answers is no longer shown."""
    withdrawn = said.withdrawn_at is not None
    return Reply(
        remark_id=said.id,
        subject=subject or Subject(said.topic, said.action_id, GONE),
        who=said.organisation_name or said.organisation,
        text="" if withdrawn else said.text,
        at=said.at,
        own=is_own(said, viewer),
        withdrawn=withdrawn,
        photo=size_of(said),
        shown=subject is not None,
    )
