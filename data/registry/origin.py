"""The country of a list that does not name one, from its points or its words, so that names are read rightly.

In a list of one country its name in a factory's name says nothing: "Karim Fashions (BD) Ltd." is "Karim Fashions".
"""

from collections import Counter
from functools import cache

import pandas as pd

from data.codebook.countries import country_names
from data.registry.coordinates import countries_at, on_earth
from data.registry.lists import numbers, texts
from data.registry.names import tokens

LOOKED_AT = 300
"""So many points, spread over the list, say in which country it is."""
MOST = 0.9
"""The part of the points that must lie in one country."""
MENTIONS, MOST_MENTIONS = 5, 0.6
"""So often, and in such a part of all mentions of countries, names and addresses must mention one country."""


def with_countries(known: pd.DataFrame, arriving: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both lists with a country: where one names none, the one of the other; where neither does, the likeliest."""
    named = [single_country(frame) for frame in (known, arriving)]
    if all(frame_names for frame_names in named):
        return known, arriving
    told = next((codes for codes in named if codes), None)
    guess = (told if len(told) == 1 else None) if told else likeliest(pd.concat([known, arriving]))
    if not guess:
        return known, arriving
    code = next(iter(guess))
    first, second = (
        frame if codes else frame.assign(country=code) for frame, codes in zip((known, arriving), named, strict=True)
    )
    return first, second


def single_country(frame: pd.DataFrame) -> frozenset[str]:
    """The countries that a list names; none where the column is missing or empty."""
    return frozenset(code for code in texts(frame, "country") if code)


def likeliest(frame: pd.DataFrame) -> frozenset[str]:
    """The one country in which nearly all points lie, or that names and addresses mention; none where unclear."""
    latitude, longitude = (numbers(texts(frame, name)) for name in ("latitude", "longitude"))
    points = [(a, b) for a, b in zip(latitude.tolist(), longitude.tolist(), strict=True) if on_earth(a, b)]
    sample = points[:: max(1, len(points) // LOOKED_AT)]
    found = Counter(code for point in sample for code in countries_at(*point))
    if found and found.most_common(1)[0][1] >= MOST * len(sample) and len(sample) >= MENTIONS:
        return frozenset({found.most_common(1)[0][0]})
    words = [word for name in ("name", "address") for text in texts(frame, name) if text for word in tokens(text[:300])]
    mentions = Counter(code for word in words if (code := one_word_countries().get(word)))
    if not mentions:
        return frozenset()
    code, count = mentions.most_common(1)[0]
    return frozenset({code}) if count >= MENTIONS and count >= MOST_MENTIONS * mentions.total() else frozenset()


@cache
def one_word_countries() -> dict[str, str]:
    """The code of each country whose name is one word."""
    return {"".join(tokens(name)): code for code, name in country_names().items() if len(tokens(name)) == 1}
