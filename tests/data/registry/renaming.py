"""A second version of a list of factories, as another office would have written it down years later.

Nothing here reads the words or the rules of the code under test. `Noise` says how faithful the office was; some
factories have closed, some are new, and many of the new ones have a name that is nearly one in the list.
"""

import random
import re
from dataclasses import dataclass

import pandas as pd

LEGAL = ["ltd.", "limited", "Ltd", "LTD", "Pvt. Ltd.", "(Pvt.) Ltd.", "Private Limited", "Co. Ltd.", "& Co.", ""]
SHORTER = {
    "garments": ["gmts", "garment", "gmt.", "Grmts"],
    "fashions": ["fashion", "fash."],
    "fashion": ["fashions"],
    "apparels": ["apparel", "app."],
    "industries": ["inds.", "industry", "ind."],
    "international": ["int'l", "intl.", "Intl"],
    "sweaters": ["sweater"],
    "sweater": ["sweaters"],
    "textiles": ["textile", "tex."],
    "textile": ["textiles"],
    "enterprise": ["ent.", "enterprises"],
    "knitwear": ["knit wear", "knitwears"],
    "knitwears": ["knitwear"],
    "dyeing": ["dyg."],
    "manufacturing": ["mfg."],
    "exports": ["export"],
    "clothing": ["clothings"],
    "washing": ["wash."],
    "composite": ["comp."],
    "company": ["co."],
    "designs": ["design"],
    "wears": ["wear"],
    "wear": ["wears"],
    "products": ["product"],
}
SOUNDS = [
    ("ee", "i"), ("oo", "u"), ("ph", "f"), ("ck", "k"), ("sh", "s"), ("z", "j"), ("w", "v"), ("ou", "u"), ("i", "ee"),
    ("u", "oo"), ("q", "k"), ("kh", "k"), ("a", "aa"), ("y", "i"), ("ss", "s"), ("th", "t"), ("e", "a"), ("o", "u"),
]  # fmt: skip
TRADES = [
    "Fashions", "Apparels", "Garments", "Knitwear", "Sweaters", "Textiles", "Knitting", "Composite", "Clothing",
    "Attire", "Dresses", "Washing", "Exports", "Industries", "Design", "International", "Style", "Wears", "Trousers",
]  # fmt: skip
STREETS = {"road": "Rd.", "sector": "Sec.", "plot": "Plot No.", "floor": "Fl.", "section": "Sec", "east": "E.",
           "bazar": "Bazaar", "nagar": "nogor", "chittagong": "Chattogram", "building": "Bldg"}  # fmt: skip


@dataclass(frozen=True)
class Noise:
    """How often each thing happens to a row that both lists have."""

    legal: float = 0.5
    shorter: float = 0.4
    typo: float = 0.2
    sound: float = 0.12
    order: float = 0.03
    dropped: float = 0.03
    country_word: float = 0.08
    unit_word: float = 0.02
    punctuation: float = 0.4
    capitals: float = 0.6
    address_gone: float = 0.15
    address_short: float = 0.35
    address_typo: float = 0.3
    address_other: float = 0.03
    point_gone: float = 0.15
    point_moved: float = 0.5
    point_rounded: float = 0.2
    point_wrong: float = 0.02
    heads: float = 0.8
    closed: float = 0.15
    unknown: float = 0.08
    new: float = 0.09
    confusable: float = 0.7
    sister_address: float = 0.5
    twice: float = 0.02
    columns: tuple[str, ...] = ("name", "address", "latitude", "longitude", "headcount")


CHARACTERS = {
    "usual": Noise(),
    "light": Noise(typo=0.05, sound=0.03, shorter=0.2, address_gone=0.05, point_gone=0.05, dropped=0.0, order=0.0),
    "heavy": Noise(
        typo=0.45,
        sound=0.3,
        shorter=0.6,
        dropped=0.08,
        order=0.1,
        address_gone=0.3,
        address_other=0.08,
        address_typo=0.6,
        point_gone=0.3,
        point_wrong=0.05,
    ),
    "names only": Noise(columns=("name",)),
    "names and addresses": Noise(columns=("name", "address")),
    "names and points": Noise(columns=("name", "latitude", "longitude")),
    "sisters everywhere": Noise(new=0.25, confusable=1.0, sister_address=0.9),
}


def two_versions(whole: pd.DataFrame, noise: Noise, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, list[int | None]]:
    """A first list, the other office's, and for each row of that the place of its factory in the first, or None.

    Some real factories are left out of the first list, so that they are new in the second; others are invented.
    """
    dice = random.Random(seed)  # noqa: S311  # a test's dice
    left_out = {at for at in range(len(whole)) if dice.random() < noise.unknown}
    first = whole.drop(index=whole.index[sorted(left_out)]).reset_index(drop=True)
    places = iter(range(len(first)))
    rows: list[dict[str, object]] = []
    truth: list[int | None] = []
    for at, row in enumerate(whole.to_dict("records")):
        place = None if at in left_out else next(places)
        if dice.random() < noise.closed:
            continue
        for _ in range(2 if dice.random() < noise.twice else 1):
            rows.append(rewritten({str(k): v for k, v in row.items()}, noise, dice))
            truth.append(place)
    for _ in range(int(noise.new * len(first))):
        rows.append(rewritten(newcomer(first, noise, dice), noise, dice))
        truth.append(None)
    order = list(range(len(rows)))
    dice.shuffle(order)
    frame = pd.DataFrame([rows[at] for at in order])[[name for name in ("country", *noise.columns) if name in rows[0]]]
    return first, frame, [truth[at] for at in order]


def newcomer(first: pd.DataFrame, noise: Noise, dice: random.Random) -> dict[str, object]:
    """A factory that the first list has not; often a sister of one it has, or of a name much like one."""
    taken = set(first["name"].str.casefold())
    while True:
        near, other = (first.iloc[dice.randrange(len(first))].to_dict() for _ in range(2))
        words = re.sub(r"\b(ltd|limited|pvt|private)\b\.?|[().]", " ", str(near["name"]).casefold()).split()
        others = re.sub(r"\b(ltd|limited|pvt|private)\b\.?|[().]", " ", str(other["name"]).casefold()).split()
        if len(words) < 2 or len(others) < 2:
            continue
        place = near
        if dice.random() < noise.confusable:
            kind = dice.choice(["trade", "unit", "more", "first"])
            if kind == "trade":
                name = " ".join([*words[:-1], dice.choice(TRADES)])
            elif kind == "unit":
                name = " ".join(words) + dice.choice([" (unit-2)", " unit 2", "-2", " (U-3)", " Unit II", " (2)"])
            elif kind == "more":
                name = " ".join([*words, dice.choice(TRADES)])
            else:
                name = " ".join([dice.choice(["new", "royal", "al", "star", "sun"]), *words])
            if dice.random() > noise.sister_address:
                place = other
        else:
            name = " ".join([others[0], *words[1:]]) if dice.random() < 0.5 else made_up(dice)
            place = other
        if name.casefold() + " ltd." not in taken and name.casefold() not in taken:
            return {**place, "name": name + " ltd.", "headcount": dice.randrange(50, 3000)}


def made_up(dice: random.Random) -> str:
    """A name that nobody has."""
    syllables = ["ka", "mo", "ri", "sha", "ba", "ndu", "te", "lo", "ra", "ni", "zu", "ha", "mi", "do"]
    return "".join(dice.choice(syllables) for _ in range(3)) + " " + dice.choice(TRADES)


def rewritten(row: dict[str, object], noise: Noise, dice: random.Random) -> dict[str, object]:
    """The same factory as the other office has it."""
    row = {**row, "name": renamed(str(row["name"]), noise, dice)}
    row["address"] = readdressed(str(row["address"]), noise, dice)
    latitude, longitude = float(str(row["latitude"])), float(str(row["longitude"]))
    if dice.random() < noise.point_wrong:
        latitude, longitude = dice.uniform(21.0, 26.0), dice.uniform(88.5, 92.0)
    elif dice.random() < noise.point_moved:
        latitude, longitude = latitude + dice.gauss(0, 0.01), longitude + dice.gauss(0, 0.01)
    if dice.random() < noise.point_rounded:
        digits = dice.choice([1, 2, 3])
        latitude, longitude = round(latitude, digits), round(longitude, digits)
    gone = dice.random() < noise.point_gone
    row["latitude"], row["longitude"] = (None, None) if gone else (latitude, longitude)
    if dice.random() < noise.heads:
        row["headcount"] = max(1, int(float(str(row["headcount"])) * dice.lognormvariate(0, 0.35)))
    return row


def renamed(name: str, noise: Noise, dice: random.Random) -> str:
    """The name as the other office writes it."""
    legal = re.search(r"[\s(]*(?:\(?pvt\.?\)?\s*)?(?:ltd|limited)\b\.?", name, re.I)
    if legal and dice.random() < noise.legal:
        name = f"{name[: legal.start()]} {dice.choice(LEGAL)} {name[legal.end() :]}"
    words = name.split()
    for at, word in enumerate(words):
        plain = word.casefold().strip("().,")
        if plain in SHORTER and dice.random() < noise.shorter:
            words[at] = dice.choice(SHORTER[plain])
    if dice.random() < noise.typo:
        words = mistyped(words, dice)
    if dice.random() < noise.sound:
        words = transliterated(words, dice)
    if len(words) > 2 and dice.random() < noise.order:
        at = dice.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
    if len(words) > 3 and dice.random() < noise.dropped:
        words.pop(dice.randrange(1, len(words)))
    if dice.random() < noise.country_word:
        words.insert(
            dice.choice([len(words), max(1, len(words) - 1)]), dice.choice(["(BD)", "Bangladesh", "(Bangladesh)"])
        )
    if dice.random() < noise.unit_word:
        words.append("Unit")
    name = " ".join(words)
    if dice.random() < noise.punctuation:
        name = dice.choice([
            name.replace(".", ""), name.replace("&", "and"), name.replace("-", " "), name.replace(" ", "  ", 1),
            name.replace("(", "- ").replace(")", ""), name.replace(" and ", " & "), name + ",", name.replace(". ", "."),
        ])  # fmt: skip
    return dice.choice([name.upper(), name.title(), name.capitalize()]) if dice.random() < noise.capitals else name


def mistyped(words: list[str], dice: random.Random) -> list[str]:
    """The words with one letter wrong in one of the longer ones."""
    long = [at for at, word in enumerate(words) if len(word) >= 4]
    if not long:
        return words
    at = dice.choice(long)
    word, spot = words[at], dice.randrange(1, len(words[at]) - 1)
    letter = dice.choice("abcdefghiklmnoprstuy")
    words[at] = dice.choice([
        word[:spot] + word[spot + 1 :],
        word[:spot] + letter + word[spot:],
        word[:spot] + letter + word[spot + 1 :],
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
        word[:spot] + word[spot] + word[spot:],
    ])  # fmt: skip
    return words


def transliterated(words: list[str], dice: random.Random) -> list[str]:
    """The words with one of them spelt as it sounds to somebody else."""
    able = [(at, old, new) for at, word in enumerate(words) for old, new in SOUNDS if old in word[1:].casefold()]
    if able:
        at, old, new = dice.choice(able)
        words[at] = words[at][0] + words[at][1:].casefold().replace(old, new, 1)
    return words


def readdressed(address: str, noise: Noise, dice: random.Random) -> str | None:
    """The address as the other office writes it, or None."""
    if dice.random() < noise.address_gone:
        return None
    parts = [part.strip() for part in address.split(",")]
    if dice.random() < noise.address_other:
        return f"{dice.randrange(1, 400)}, New Market Road, {parts[-1]}"
    if dice.random() < noise.address_short and len(parts) > 2:
        parts = (
            parts[-dice.randrange(2, len(parts)) :] if dice.random() < 0.5 else parts[: dice.randrange(2, len(parts))]
        )
    text = dice.choice([", ", ",", " ", "; "]).join(parts)
    for long, short in STREETS.items():
        if dice.random() < 0.5:
            text = re.sub(rf"\b{long}\b", short, text, flags=re.I)
    text = text.replace("#", dice.choice(["#", "No.", "", "no "]))
    if dice.random() < noise.address_typo:
        text = " ".join(mistyped(text.split(), dice))
    if dice.random() < 0.3:
        text += dice.choice([", Bangladesh", " BD", ", Bangladesh.", "-1340"])
    return dice.choice([text.upper(), text, text.title()])
