"""Names of places and organisations that belong to nobody: coined words in the flavour of each country."""

from dataclasses import dataclass

SECTORS = ("knitwear", "footwear")


@dataclass(frozen=True)
class Country:
    """One country of the demo world: how its factories are called and where they lie.

    `patterns` name a knitwear and a footwear factory, `share_women` is of the workforce, `towns` are
    latitude and longitude of industrial districts.
    """

    code: str
    timezone: str
    share_women: float
    towns: tuple[tuple[float, float], ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    joint: str
    patterns: tuple[str, str]
    owners: tuple[str, ...]


COUNTRIES = (
    Country(
        "BD", "Asia/Dhaka", 0.58,
        ((24.0, 90.42), (23.63, 90.5), (22.33, 91.81)),
        ("Kash", "Shimul", "Bokul", "Doyel", "Hijol", "Palash", "Jhinuk", "Chatok"),
        ("bonika", "paree", "danglar", "tolika", "dighar"),
        "", ("{} Knit Composite", "{} Footwear"),
        ("Shaplanir Holdings", "Nodibhor Group", "Kuashakal Group", "Tistarekha Holdings",
         "Phulkumar Enterprise", "Megholoy Group", "Jonakpur Holdings", "Rupalidheu Group"),
    ),
    Country(
        "VN", "Asia/Ho_Chi_Minh", 0.76,
        ((11.1, 106.65), (10.95, 106.85), (20.85, 106.65)),
        ("Suối Lam", "Mây Chiều", "Đồi Sương", "Trăng Nhạt", "Lá Biếc", "Gió Khơi", "Cầu Rêu", "Sao Rơi"),
        ("Thảo", "Mộc", "Vịnh", "Đăng", "Nhã"),
        " ", ("Dệt Kim {}", "Giày {}"),
        ("Tập đoàn Hoa Nắng Sớm", "Công ty Bến Mây Xanh", "Tập đoàn Rừng Thưa", "Công ty Cánh Én Bạc",
         "Tập đoàn Đồng Lúa Tím", "Công ty Vườn Khuya", "Tập đoàn Sông Ngàn Lau", "Công ty Đảo Trăng Khuyết"),
    ),
    Country(
        "TR", "Europe/Istanbul", 0.48,
        ((38.42, 27.2), (37.05, 37.35), (40.2, 29.05)),
        ("Kavak", "Söğüt", "Ihlamur", "Karaçalı", "Nergis", "Üvez", "Kekik", "Turna"),
        ("pınarcık", "örenli", "yamacı", "geçitli", "dereönü"),
        "", ("{} Triko", "{} Ayakkabı"),
        ("Akbulutlu Holding", "Gündoğrusu Tekstil Grubu", "Yelkovanlı Holding", "Sarıçiğdem Grubu",
         "Kırlangıçlı Holding", "Mavideren Grubu", "Taşköprücük Holding", "Beyazharman Grubu"),
    ),
    Country(
        "KE", "Africa/Nairobi", 0.66,
        ((-1.45, 36.96), (-1.3, 36.85), (-4.05, 39.65)),
        ("Upepo", "Kivuli", "Mwamba", "Ziwani", "Nyasi", "Korongo", "Umande", "Tawi"),
        ("Ridge", "Vale", "Thicket", "Crossing", "Bend"),
        " ", ("{} Knit Works", "{} Shoemakers"),
        ("Mlimatatu Holdings", "Mbalamtoni Group", "Jiwelupe Industries", "Pwanikavu Holdings",
         "Savanoma Group", "Kisimatatu Industries", "Mtolaini Holdings", "Anganjema Group"),
    ),
)  # fmt: skip

BUYERS = (
    ("Fjordhavre Retail", "DK"),
    ("Brindlecott & Rowe", "GB"),
    ("Kessendorf Textilhandel", "DE"),
    ("Maison Verrelune", "FR"),
    ("Halvmånevik Kläder", "SE"),
    ("Maplethorn Apparel", "CA"),
    ("Oudewaalse Kledinghuis", "NL"),
    ("Solmarisma Moda", "ES"),
    ("Thistlewharf Outfitters", "GB"),
    ("Quillenford Trading", "US"),
    ("Hoshikazemi Trading", "JP"),
    ("Wattlebrae Stores", "AU"),
)
"""The twelve buyers and their home countries."""


def numbered(name: str, round_: int) -> str:
    """The name itself the first time it is used, later with a number behind it."""
    return name if round_ == 0 else f"{name} {round_ + 1}"


def owner_of(factory: int) -> int:
    """The owner of a factory, both as places in their lists: two factories an owner."""
    return factory // 2


def country_of(factory: int) -> Country:
    """The country of a factory: owners stay within one country, and the countries take turns."""
    return COUNTRIES[owner_of(factory) % len(COUNTRIES)]


def factory_name(factory: int, sector: int) -> str:
    """The name of a factory by its place in the list and its sector."""
    country = country_of(factory)
    place = 2 * (owner_of(factory) // len(COUNTRIES)) + factory % 2
    stem = country.first[place % 8] + country.joint + country.second[place % 5]
    return numbered(country.patterns[sector].format(stem), place // 40)


def owner_id(owner: int) -> str:
    """The identifier of an owner by its place in the list."""
    return f"O{owner + 1:02d}"


def owner_name(identifier: str) -> str:
    """The name of the owner with that identifier. The canonical folder has no place for it."""
    owner = int(identifier.removeprefix("O")) - 1
    country, place = COUNTRIES[owner % len(COUNTRIES)], owner // len(COUNTRIES)
    return numbered(country.owners[place % 8], place // 8)
