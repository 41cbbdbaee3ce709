"""What is known of a factory on a day, and how sure that makes a score (A7): slow, and on its own."""

from datetime import date, timedelta

from tests.scoring.releases import Made, Reached, Site

CUTS = {"A": (50, 0.30, 0.80, 14), "B": (20, 0.15, 0.60, 30), "C": (8, 0.05, 0.40, 60)}
"""People, participation, share of the workforce covered, days since the newest answer (A7)."""


class Who:
    """What is known of one factory on a day."""

    def __init__(self, site: Site, made: Made, on: date, near: float) -> None:
        def best(name: str) -> float | None:
            return max((getattr(r, name) for r in rows if getattr(r, name) is not None), default=None)

        rows: list[Reached] = [
            r for r in made.reach if r.factory_id == site.factory_id and 0 <= (on - r.quarter).days <= near + 92
        ]
        told = best("headcount")
        self.country, self.sector = site.country or "", site.sector or ""
        self.headcount = site.headcount if told is None else told
        self.people, self.k = best("people"), best("effective")
        self.covered = None if (percent := best("covered")) is None else percent / 100
        counted = [r.sittings for r in rows if r.sittings is not None]
        self.sittings = sum(counted) if counted else None
        begun = min((c.opened for c in made.cells if c.factory_id == site.factory_id), default=on)
        self.settling = on - begun < timedelta(days=182)
        self.flagged = any(
            f.factory_id == site.factory_id and f.first_day <= on and (on - f.last_day).days <= 91 for f in made.flags
        )
        known = self.k is not None and self.headcount is not None
        self.participation = min(1.0, self.k / self.headcount) if known else None


def grade_of(people: float, who: Who, days: int) -> str:
    """A7: the worst of four; what is not known earns no more than C, or B; a warning costs one step."""
    for letter, (least, part, covered, age) in CUTS.items():
        takes_part = letter == "C" if who.participation is None else who.participation >= part
        covers = letter != "A" if who.covered is None else who.covered >= covered
        if people >= least and days <= age and takes_part and covers:
            break
    else:
        return "D"
    return chr(ord(letter) + 1) if who.flagged else letter
