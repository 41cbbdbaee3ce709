"""What a footprint says in words: whose it is, what it adds up, what is left out, what it is not."""

from scoring.cascade_views import Charged, FootprintView, Sureness
from scoring.cascade_words import ADDED_UP, NOT_SHARED
from scoring.effect_numbers import full_ends, in_full
from scoring.words import counted, short_day, stretch

PERIOD_WORDS = {"6m": "6 months", "1y": "12 months", "all": "all the time"}
UNTOLD = "Too few such actions, or too few factories, so far to say what usually follows."


def is_own(view: FootprintView) -> bool:
    """True for a buyer's own footprint, False for all actions at one factory."""
    return view.factory is None


def heading(view: FootprintView) -> str:
    """What the page is called."""
    return "Your footprint" if is_own(view) else "All actions here"


def lead(view: FootprintView) -> str:
    """One line under the heading: whose actions, and where."""
    if view.factory is not None:
        return f"What buyers did at {view.factory.name}, and what usually follows."
    return "What usually follows your own actions, at the factories that share with you."


def who(view: FootprintView) -> str:
    """Whom the numbers are of, for sources and files."""
    return view.factory.name if view.factory else view.buyer or "Own actions"


def span(view: FootprintView) -> str:
    """What was added up over how long: "worker-week points, 12 months"."""
    return f"worker-week points, {PERIOD_WORDS[view.query.period]}"


def done(view: FootprintView) -> str:
    """Whose actions, of which days, how many, where."""
    where = "" if view.factory else f" at {counted(view.factories, 'factory', 'factories')}"
    counts = f"{counted(view.actions, 'action')}{where}"
    return f"{who(view)}, {stretch(view.first, view.last)} · {counts}"


def source(view: FootprintView) -> str:
    """Where the numbers come from."""
    return f"{done(view)} · release {view.stamp.release}"


def not_of(view: FootprintView) -> str:
    """Of whom the footprint is not a measurement."""
    return "you alone" if is_own(view) else "this factory alone"


def total_sentence(view: FootprintView) -> str:
    """The whole in one sentence, for those who do not see it."""
    if view.total is None:
        return f"{heading(view)}: not told yet."
    return (
        f"{heading(view)}, {view.row_name}: {in_full(view.total.value)}, likely {full_ends(view.total)} {span(view)}."
    )


def why_untold(view: FootprintView) -> str:
    """Why there is no sum."""
    every = {row.sureness for row in view.rows}
    return NOT_SHARED if every == {Sureness.NOT_SHARED} else UNTOLD


def small_print(view: FootprintView) -> tuple[str, ...]:
    """What is not in the sum and what small effects mean there, one sentence each."""
    said = []
    hidden = [row for row in view.rows if row.sureness is Sureness.NOT_SHARED]
    untold = [row for row in view.rows if row.points is None and row not in hidden]
    if hidden:
        kinds = counted(len(hidden), "kind is", "kinds are")
        said.append(f"{kinds} not in the sum. {NOT_SHARED}")
    if untold:
        said.append(f"{counted(len(untold), 'kind is', 'kinds are')} not in the sum: too little is known of them yet.")
    if any(row.sureness is Sureness.NO_EFFECT_SEEN and row.points for row in view.rows):
        said.append(ADDED_UP)
    if view.left_out:
        verb = "is" if view.left_out == 1 else "are"
        said.append(f"{counted(view.left_out, 'action')} at factories of unknown size {verb} not counted.")
    return tuple(said)


def charged_line(one: Charged, *, own: bool) -> str:
    """Under a single action: when, and how large it was; on a buyer's page also what it was."""
    parts = [short_day(one.action.date), one.action.kind_name if own else "", one.action.what]
    return " · ".join(part for part in parts if part)
