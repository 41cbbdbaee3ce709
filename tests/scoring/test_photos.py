"""A photo is decoded and written anew: the picture survives, and nothing that was written beside it does."""

import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from data.state.photos import Photo
from scoring.photos import LONG_SIDE, NO_PICTURE, TOO_LARGE, PhotoNotKept, cleaned_photo

SECRET = b"zqplacezq"


def saved(picture: Image.Image, kind: str, **more: Any) -> bytes:
    """The picture as a file of that kind."""
    written = BytesIO()
    picture.save(written, kind, **more)
    return written.getvalue()


def halves(width: int = 400, height: int = 200) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), (200, 20, 20))
    picture.paste((20, 20, 200), (width // 2, 0, width, height))
    return picture


def shown(photo: Photo) -> Image.Image:
    """The kept picture, decoded."""
    picture = Image.open(BytesIO(photo.content))
    assert picture.format == "JPEG"
    assert picture.size == (photo.width, photo.height)
    return picture.convert("RGB")


def is_red(picture: Image.Image, x: int, y: int) -> bool:
    """True when the pixel there is the red one."""
    red, _, blue = picture.getpixel((x, y))
    return red > 150 > blue


def tagged() -> bytes:
    """A JPEG with words in every place that a camera or a program writes to; taken with the camera on its side."""
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0112] = SECRET.decode(), SECRET.decode(), 6
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = saved(
        halves(), "JPEG", exif=exif, comment=SECRET, icc_profile=profile, xmp=b"<x>" + SECRET + b"</x>", dpi=(7, 7)
    )
    assert raw.count(SECRET) >= 4
    return raw + SECRET


def test_nothing_that_a_camera_wrote_survives_and_the_picture_stands_upright() -> None:
    photo = cleaned_photo(tagged())
    assert SECRET not in photo.content
    kept = Image.open(BytesIO(photo.content))
    assert not kept.getexif()
    assert kept.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (photo.width, photo.height) == (200, 400)
    assert is_red(shown(photo), 100, 20), "what was left is up, as the camera was turned"
    assert not is_red(shown(photo), 100, 380)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_words_in_other_formats_do_not_survive(kind: str) -> None:
    more: dict[str, Any] = {"exif": Image.Exif()} if kind == "PNG" else {"xmp": SECRET}
    if kind == "PNG":
        more = {"pnginfo": PngImagePlugin.PngInfo()}
        more["pnginfo"].add_text("Comment", SECRET.decode())
    raw = saved(halves(), kind, **more)
    assert SECRET in raw
    photo = cleaned_photo(raw)
    assert SECRET not in photo.content
    assert is_red(shown(photo), 20, 20)


@pytest.mark.parametrize(
    ("width", "height", "kept"),
    [
        (400, 200, (400, 200)),
        (3200, 1600, (1600, 800)),
        (1000, 4000, (400, 1600)),
        (1600, 1, (1600, 1)),
        (1, 1, (1, 1)),
    ],
)
def test_the_long_side_is_bounded_and_small_pictures_stay(width: int, height: int, kept: tuple[int, int]) -> None:
    photo = cleaned_photo(saved(halves(width, height) if width > 1 else Image.new("RGB", (1, 1)), "PNG"))
    assert (photo.width, photo.height) == kept
    assert max(kept) <= LONG_SIDE


def test_what_is_seen_through_is_white_and_sixteen_bits_of_grey_stay_grey() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert shown(cleaned_photo(saved(clear, "PNG"))).getpixel((9, 9)) == (255, 255, 255)
    listed = Image.new("P", (20, 20), 0)
    listed.putpalette([0, 0, 0] * 256)
    assert shown(cleaned_photo(saved(listed, "PNG", transparency=0))).getpixel((9, 9)) == (255, 255, 255)
    deep = Image.new("I;16", (20, 20), 32768)
    grey, _, _ = shown(cleaned_photo(saved(deep, "PNG"))).getpixel((9, 9))
    assert 120 <= grey <= 136
    assert shown(cleaned_photo(saved(halves().convert("CMYK"), "JPEG"))).size == (400, 200)


def test_a_moving_picture_is_kept_as_its_first_moment() -> None:
    frames = saved(halves(), "WEBP", save_all=True, append_images=[Image.new("RGB", (400, 200), "white")])
    assert is_red(shown(cleaned_photo(frames)), 20, 20)


WHOLE = saved(halves(), "JPEG")
PNG = saved(halves(), "PNG")


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", WHOLE[:200], WHOLE[: len(WHOLE) // 2],
        PNG[:60], PNG[:40] + b"\0" * 60, saved(halves(), "GIF"), saved(halves(), "BMP"), saved(halves(), "TIFF"),
        None, "text", 7, True, ["x"], {},
    ],
)  # fmt: skip
def test_anything_else_gets_a_plain_sentence(raw: Any) -> None:
    with pytest.raises(PhotoNotKept) as told:
        cleaned_photo(raw)
    assert str(told.value) == NO_PICTURE


@pytest.mark.parametrize(("width", "height"), [(6001, 4000), (20000, 5000), (30000, 30000)])
def test_a_picture_that_would_fill_the_machine_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    """A black picture of many pixels is a small file: only its head may be believed, and it is enough."""
    raw = bytearray(saved(Image.new("1", (8, 8)), "PNG"))
    raw[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    raw[29:33] = zlib.crc32(bytes(raw[12:29])).to_bytes(4, "big")
    with pytest.raises(PhotoNotKept) as told:
        cleaned_photo(bytes(raw))
    assert str(told.value) == TOO_LARGE
