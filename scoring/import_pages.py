"""What the import pages show: the list, and one import with everything that is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from access.policy import check, may
from access.viewer import NotAvailable, Viewer
from data.codebook.questions import Question, default_questions
from data.imports.lodging import quarantine_of
from data.imports.reach import OWN_KINDS
from data.imports.sight import Sight, sight_of
from data.readers.suggestion import KnownQuestion
from data.release.reader import OpenRelease
from data.state.imports import EDITED, Import, Stage, imports_of, waiting_count
from data.state.organisations import organisation_id
from scoring.import_keeping import fitting
from scoring.import_mappings import mapping_view, places_of
from scoring.import_parts import read_text
from scoring.import_views import (
    ImportLine,
    ImportsView,
    ImportView,
    ReportView,
)
from scoring.imports import OPEN, PERMISSION, Bench, found, is_own, kinds_for, problem_of

MOST_SHOWN = 200
TAKEN_OUT = "The operator took it out again."


def imports_view(bench: Bench, viewer: Viewer) -> ImportsView:
    """The imports of the viewer's organisation, or of all for the operator. Raises NotAvailable."""
    check(viewer, PERMISSION)
    decides = may(viewer, "imports.decide")
    with bench.state.look() as look:
        whose = None if decides else organisation_id(look, str(viewer.role), viewer.organisation)
        rows = imports_of(look, whose, MOST_SHOWN) if decides or whose is not None else []
        waiting = waiting_count(look) if decides else 0
    return ImportsView(viewer.role, tuple(line_of(one, viewer) for one in rows), waiting)


def import_view(bench: Bench, viewer: Viewer, public_id: object, release: OpenRelease | None) -> ImportView:
    """One import. Raises NotAvailable."""
    one = found(bench, viewer, public_id)
    sight = sight_of(bench.home, one.public_id, one.name)
    known = {question.indicator_id: question for question in known_questions(release, viewer)}
    deeds = deeds_of(one, viewer, sight)
    mapping = None
    if sight is not None and not sight.problem:
        fits = tuple(fitting(bench.home, one, sight.header)) if "edit" in deeds else ()
        mapping = replace(mapping_view(one, sight, known, viewer, places_of(release, viewer)), fits=fits)
    return ImportView(
        viewer.role,
        line_of(one, viewer),
        sight,
        mapping,
        tuple((question.indicator_id, question.text) for question in known.values()),
        kinds_for(viewer),
        report_view(told_report(one, viewer)),
        deeds,
        viewer_is_limited(one, viewer),
    )


def viewer_is_limited(one: Import, viewer: Viewer) -> bool:
    """True where an owner looks at answers, of which nothing may be told that is not in the file."""
    return one.kind == "answers" and not may(viewer, "imports.decide")


def told_report(one: Import, viewer: Viewer) -> dict[str, Any] | None:
    """The report that this viewer reads: of an owner's answers the operator reads what the load itself found."""
    report = one.report
    if report is None:
        return None
    if may(viewer, "imports.decide") and isinstance(report.get("to_operator"), dict):
        return {**report, **report["to_operator"]}
    return {name: value for name, value in report.items() if name != "to_operator"}


def told_sentence(one: Import, viewer: Viewer) -> str:
    """What is said of an import to this viewer: of a load of its answers an owner is told nothing that counts them."""
    if not viewer_is_limited(one, viewer) or one.stage not in (Stage.LOADED, Stage.UNDOING, Stage.UNDONE):
        return one.said
    return TAKEN_OUT if one.stage is Stage.UNDONE else ""


def line_of(one: Import, viewer: Viewer) -> ImportLine:
    """An import as a line."""
    report = told_report(one, viewer)
    counts = {
        what: sum(int(file.get(what, 0)) for file in report.get("files", ())) if report else None
        for what in ("accepted", "rejected", "already_present")
    }
    decides = may(viewer, "imports.decide")
    return ImportLine(
        one.public_id, one.name, one.size, one.kind, one.organisation_name or one.organisation,
        one.email if decides or is_own(one, viewer) else None, is_own(one, viewer), one.organisation_kind == "owner",
        one.stage, told_sentence(one, viewer), one.done, one.total, one.load if decides else None,
        counts["accepted"], counts["rejected"], counts["already_present"], one.created_at, one.changed_at,
    )  # fmt: skip


def deeds_of(one: Import, viewer: Viewer, sight: Sight | None) -> frozenset[str]:
    """What this viewer may do with the import as it stands."""
    decides, own = may(viewer, "imports.decide"), is_own(one, viewer)
    alone = decides or (one.kind in OWN_KINDS and one.kind != "answers")
    readable = sight is not None and not sight.problem
    can = {
        "edit": own and one.stage in EDITED and readable,
        "check": own and one.stage in EDITED and readable and not problem_of(one, sight),
        "load": (own and alone and one.stage is Stage.CHECKED) or (decides and one.stage is Stage.WAITING),
        "send": own and not decides and one.kind == "answers" and one.stage is Stage.CHECKED,
        "refuse": decides and one.stage is Stage.WAITING,
        "cancel": own and one.stage in OPEN,
        "undo": alone and (own or decides) and one.stage is Stage.LOADED and one.load is not None,
    }
    return frozenset(deed for deed, may_do in can.items() if may_do)


def known_questions(release: OpenRelease | None, viewer: Viewer) -> list[KnownQuestion]:
    """What a question may be: one of the default codebook; for the operator those of other data too."""
    known = {one.indicator_id: KnownQuestion(one.indicator_id, one.text, one.scale) for one in questions_here()}
    if release is not None and may(viewer, "imports.decide"):
        known |= {row[0]: KnownQuestion(*row) for row in release.cells.engine.rows("questions_all")}
    return list(known.values())


def questions_here() -> list[Question]:
    """The questions of the default codebook."""
    return list(default_questions().values())


def report_view(report: Mapping[str, Any] | None) -> ReportView | None:
    """A kept report, as the page reads it; None before the first check."""
    if report is None:
        return None
    return ReportView(
        dictionaries(report.get("files")),
        dictionaries(report.get("reasons")),
        dictionaries(report.get("findings")),
        tuple(str(one) for one in report.get("warnings", ())),
        int(report.get("left_out", 0)),
    )


def dictionaries(value: object) -> tuple[dict[str, Any], ...]:
    """The objects of a list; nothing else."""
    found: Sequence[object] = value if isinstance(value, (list, tuple)) else ()
    return tuple(one for one in found if isinstance(one, dict))


def left_out(bench: Bench, viewer: Viewer, public_id: object) -> tuple[bytes, str]:
    """The rows left out, safe for a spreadsheet, and the name of the file they are from. Raises NotAvailable."""
    one = found(bench, viewer, public_id)
    try:
        return quarantine_of(bench.home, one.public_id).read_bytes(), one.name
    except OSError:
        raise NotAvailable from None


def mapping_file(bench: Bench, viewer: Viewer, public_id: object) -> tuple[str, str]:
    """The mapping that reads the file, as TOML, and its name. Raises NotAvailable."""
    one = found(bench, viewer, public_id)
    if one.mapping is None:
        raise NotAvailable
    return one.mapping, str(read_text(one.mapping).get("name", "mapping"))
