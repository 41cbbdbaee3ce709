"""How effects and footprints are computed, step by step, and what they cannot say; for the method page."""

from data.effects.exposures import WINDOW
from data.effects.panel import WIDEST
from data.effects.single_events import AFTER, BEFORE, SOONEST
from scoring.method_words import Stage

WEEK = 7
SHOWN = f"−{WINDOW.leads} to {WINDOW.lags}"

STEPS = (
    Stage("Weeks around an action", f"A cell of at most {WIDEST // WEEK} weeks is one observation, in the week of its "
          "middle day. It is exposed to an action by the share of its own days that lie in each week before and "
          "after. Wider cells are left out, and counted.", "x = severity × share of the cell’s days in that week"),
    Stage("Size of an action", "An action of usual size counts once. Others count by their size over the median size "
          "of their kind, between a quarter and four; an unknown size counts once.",
          "severity = |size| / median |size| of its kind, within 0.25 and 4"),
    Stage("All kinds together", "All kinds of action are estimated at once, so that what follows one kind is not taken "
          "for another’s. What is particular to a factory, and what moves all factories of a country in the same "
          "week, is taken out.", f"y = factory + country × week + Σ kinds Σ weeks β x + e;  weeks {SHOWN} one by one, "
          f"{WINDOW.lags + 1} to {WINDOW.tail} together;  a cell weighs its answers"),
    Stage("What usually follows", f"The effect of a kind is the mean over weeks 0 to {WINDOW.lags}, in points. A "
          "theme’s is the equal mean of its questions, the whole’s the equal mean of the themes. Its range follows "
          "from how factories differ, not from how many weeks were looked at.",
          f"effect = mean of β over weeks 0 to {WINDOW.lags};  ± t × error clustered by factory"),
    Stage("Before it began", f"If answers moved in the {WINDOW.leads} weeks before such actions already, the kind is "
          "marked, and nothing about it is called clear.", "t of the mean of β over the weeks before;  Simes over "
          "questions, p under 0.05"),
    Stage("This time", f"For one action, {AFTER // WEEK} weeks after are held against {BEFORE // WEEK} before, beside "
          "what moved at other factories of the country. Its range is learnt from the same stretches around ordinary "
          f"days. Nothing is said before {SOONEST // WEEK} weeks are over. A buyer reads this from its own actions "
          "alone, and no other action is used.", "p = share of ordinary stretches that differ as much"),
    Stage("Footprint", "Every action is charged with what usually follows its kind, by its size and the people at the "
          f"factory, over weeks 0 to {WINDOW.tail}. What helped counts too.",
          f"Σ severity × people × Σ β over weeks 0 to {WINDOW.tail}, in worker-week points"),
)  # fmt: skip

CANNOT = (
    "It does not say why. “After” tells what came later, at many factories alike. What buyers decide may follow what "
    "goes badly at a factory; the mark “moved before” is there for that.",
    "It says little of one action. Ordinary ups and downs of one question at one factory are mostly larger than what "
    "one action is followed by.",
    "It is not a measurement of one buyer. A footprint adds averages of all buyers’ actions of a kind.",
    f"It does not see what lasts longer than {WINDOW.tail} weeks, nor what comes over one region of a country in the "
    "same weeks as many actions.",
    "It says nothing of kinds that seldom happen, or from few factories.",
)
