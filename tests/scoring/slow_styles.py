"""How countries answer the same vignettes (A4), by least squares with plain sums."""

from statistics import fmean

Line = tuple[float, float]
"""a and b of a + b · x."""


def lines(by_vignette: dict[str, dict[str, float]]) -> dict[str, Line]:
    """The line of each country's vignettes over everybody's; none where they do not make one."""
    everywhere = {vignette: fmean(one.values()) for vignette, one in by_vignette.items()}
    countries = sorted({country for one in by_vignette.values() for country in one})
    found = {}
    for country in countries if len(countries) > 1 else []:
        points = [(everywhere[v], one[country]) for v, one in by_vignette.items() if country in one]
        x_mean, y_mean = fmean(x for x, _ in points), fmean(y for _, y in points)
        width = sum((x - x_mean) ** 2 for x, _ in points)
        if len(points) < 2 or width < 1e-12:
            continue
        b = sum((x - x_mean) * (y - y_mean) for x, y in points) / width
        if b >= 0.2:
            found[country] = (y_mean - b * x_mean, b)
    return found
