"""What a reader of an overview's JSON twin must know, as the files of other pages say it of theirs."""

from scoring.views import OverviewView


def overview_notes(view: OverviewView) -> tuple[str, ...]:
    """One sentence each: what it is, what scores, changes and people are, what is left out."""
    demo = ("Demo data: every factory and buyer and number is invented",) if view.stamp.demo else ()
    return (
        f"Seamline: how {view.factory.name} stands on {view.stamp.through}",
        "Scores are 0 to 100 where 100 is good. Low and high are the likely (95 %) range",
        "Outer low and high hold if those who did not answer feel somewhat differently",
        f"A change is the score now less the one on {view.since}, with the likely range of both",
        "People and answers are to the nearest 5",
        "All numbers stand for at least ten answers by ten people. An empty score means too few",
        *demo,
    )
