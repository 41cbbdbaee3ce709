"""The part of the door for bringing files: what is on its way in, and what is done about it."""

from typing import IO

from access.viewer import Viewer
from data.readers.suggestion import KnownQuestion
from scoring import import_reading, imports
from scoring.entrance import Entrance
from scoring.import_pages import import_view, imports_view, known_questions, left_out, mapping_file
from scoring.import_parts import Posted
from scoring.import_views import ImportsView, ImportView
from scoring.imports import Bench


class ImportsDoor(Entrance):
    """Imports. Every method raises NotAvailable for buyers, NGOs, and for an import of another organisation.

    What changes something raises NotDone with a sentence where it cannot be done.
    """

    def imports(self, viewer: Viewer) -> ImportsView:
        """The imports that the viewer may know of, newest first."""
        return imports_view(self._bench(), viewer)

    def import_of(self, viewer: Viewer, public_id: object) -> ImportView:
        """One import with everything that is known of it."""
        return import_view(self._bench(), viewer, public_id, self._releases.current())

    def bring_file(self, viewer: Viewer, name: object, stream: IO[bytes]) -> str:
        """The public id of a new import."""
        return imports.bring(self._bench(), viewer, name, stream, self._questions(viewer))

    def describe_import(self, viewer: Viewer, public_id: object, posted: Posted) -> None:
        """Nothing; how the file is read is as the form says."""
        import_reading.describe(self._bench(), viewer, public_id, posted, self._questions(viewer))

    def answer_asked(self, viewer: Viewer, public_id: object, posted: Posted) -> None:
        """Nothing; the file is looked at again with what was said of it."""
        import_reading.answer(self._bench(), viewer, public_id, posted, self._questions(viewer))

    def write_mapping(self, viewer: Viewer, public_id: object, text: object) -> None:
        """Nothing; the file is read by this TOML text."""
        import_reading.write(self._bench(), viewer, public_id, text)

    def take_canonical(self, viewer: Viewer, public_id: object, kind: object) -> None:
        """Nothing; the file is read as it is."""
        import_reading.take_canonical(self._bench(), viewer, public_id, kind)

    def use_mapping(self, viewer: Viewer, public_id: object, name: object) -> None:
        """Nothing; the file is read by a mapping that was kept."""
        import_reading.use(self._bench(), viewer, public_id, name)

    def check_import(self, viewer: Viewer, public_id: object) -> None:
        """Nothing; the ingester checks the file next."""
        imports.ask_check(self._bench(), viewer, public_id)

    def check_kept(self, viewer: Viewer, public_id: object, posted: Posted) -> None:
        """Nothing, where what the page shows is what was checked. Raises NotKept."""
        import_reading.check_kept(self._bench(), viewer, public_id, posted)

    def load_import(self, viewer: Viewer, public_id: object) -> None:
        """Nothing; the ingester loads the file next."""
        imports.ask_load(self._bench(), viewer, public_id)

    def send_import(self, viewer: Viewer, public_id: object) -> None:
        """Nothing; an owner's answers wait for the operator's yes."""
        imports.send(self._bench(), viewer, public_id)

    def refuse_import(self, viewer: Viewer, public_id: object, why: object) -> None:
        """Nothing; what waited is refused with a sentence."""
        imports.refuse(self._bench(), viewer, public_id, why)

    def cancel_import(self, viewer: Viewer, public_id: object) -> None:
        """Nothing; the import is over."""
        imports.cancel(self._bench(), viewer, public_id)

    def undo_import(self, viewer: Viewer, public_id: object) -> None:
        """Nothing; the ingester takes the load out again, if it still can."""
        imports.undo(self._bench(), viewer, public_id)

    def left_out(self, viewer: Viewer, public_id: object) -> tuple[bytes, str]:
        """The rows that were left out as CSV, and the name of the file they are from."""
        return left_out(self._bench(), viewer, public_id)

    def import_mapping(self, viewer: Viewer, public_id: object) -> tuple[str, str]:
        """The mapping of an import as TOML, and its name."""
        return mapping_file(self._bench(), viewer, public_id)

    def _questions(self, viewer: Viewer) -> list[KnownQuestion]:
        return known_questions(self._releases.current(), viewer)

    def _bench(self) -> Bench:
        return Bench(self._releases.home, self._state)
