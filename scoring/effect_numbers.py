"""How effects and footprints are printed: points to one decimal, footprints in thousands to one decimal.

Halves are rounded away from zero, and rounding keeps order, so a printed value lies inside its printed range. An end
of a range that leaves out zero never prints as zero.
"""

from math import floor

from scoring.model import Estimate
from scoring.words import MINUS, count

THOUSAND = 1000.0


def tenths(value: float) -> float:
    """The value to one decimal, halves away from zero; never a negative zero."""
    size = floor(abs(value) * 10 + 0.5 + 1e-9) / 10
    return -size if value < 0 and size else size


def signed_tenths(value: float) -> str:
    """A value with its sign and one decimal: "−3.1", "+0.4", "0.0"."""
    rounded = tenths(value)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.1f}"


def leaves_out_zero(estimate: Estimate) -> bool:
    """True when the whole range lies on one side of zero."""
    return estimate.low > 0 or estimate.high < 0


def end_of_range(value: float, clear: bool) -> str:
    """One end of a range; where the range leaves out zero, an end that would print as 0.0 has two decimals."""
    if not clear or tenths(value) != 0:
        return signed_tenths(value)
    return f"{'+' if value > 0 else MINUS}{max(abs(value), 0.01):.2f}"


def signed_ends(estimate: Estimate) -> str:
    """The likely range with signs: "−1.5 to +0.7"."""
    clear = leaves_out_zero(estimate)
    return f"{end_of_range(estimate.low, clear)} to {end_of_range(estimate.high, clear)}"


def ends_of_size(estimate: Estimate) -> str:
    """The likely range as a size, where it lies on one side of zero: "2.0 to 4.2"; else with its signs."""
    if not leaves_out_zero(estimate):
        return signed_ends(estimate)
    near, far = sorted((estimate.low, estimate.high), key=abs)
    return f"{end_of_range(near, True)[1:]} to {end_of_range(far, True)[1:]}"


def in_thousands(estimate: Estimate) -> Estimate:
    """The same in thousands of points."""
    return Estimate(estimate.value / THOUSAND, estimate.low / THOUSAND, estimate.high / THOUSAND)


def thousands(points: float) -> str:
    """Points of a footprint in thousands: "−24.8 k"."""
    return f"{signed_tenths(points / THOUSAND)}\u00a0k"


def thousands_ends(points: Estimate) -> str:
    """The likely range of a footprint in thousands: "−33.1 to −16.4"."""
    return signed_ends(in_thousands(points))


def in_full(points: float) -> str:
    """Points of a footprint to the nearest hundred, written out: "−35,900"."""
    hundreds = round(tenths(points / THOUSAND) * THOUSAND)
    return f"{MINUS if hundreds < 0 else '+' if hundreds > 0 else ''}{count(abs(hundreds))}"


def full_ends(points: Estimate) -> str:
    """The likely range of a footprint, written out: "−49,000 to −22,700"."""
    return f"{in_full(points.low)} to {in_full(points.high)}"
