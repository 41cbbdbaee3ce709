"""A photo as it is kept: decoded, turned upright, made small and written anew, so that only the picture survives."""

import threading
from io import BytesIO

from PIL import Image, ImageOps

from data.state.photos import Photo
from scoring.remarks import NotKept

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 24_000_000
LONG_SIDE = 1600
QUALITY = 85
NO_PICTURE = "This file is no picture that can be read. Choose a JPEG, PNG or WebP file."
TOO_LARGE = "This picture has too many pixels. Choose one with at most 24 megapixels."

_one_at_a_time = threading.Lock()
"""A decoded picture fills about 100 MB, so several at once could fill the machine."""


class PhotoNotKept(NotKept):
    """A photo that cannot be kept; the message tells its author why."""


def cleaned_photo(raw: object) -> Photo:
    """The picture in these bytes, at most 1,600 pixels on its long side. Raises PhotoNotKept with a sentence.

    Nothing that a camera or a program wrote beside the picture is in it.
    """
    if not isinstance(raw, bytes) or not raw:
        raise PhotoNotKept(NO_PICTURE)
    with _one_at_a_time:
        picture = opened(raw)
        try:
            upright = plain(small(picture))
        except Exception as problem:
            # A broken or hostile file makes a decoder raise nearly anything; all of it means the same to its author.
            raise PhotoNotKept(NO_PICTURE) from problem
        content = BytesIO()
        upright.save(content, "JPEG", quality=QUALITY, optimize=True)
    return Photo(content.getvalue(), *upright.size)


def opened(raw: bytes) -> Image.Image:
    """The picture, of which only the head is read yet. Raises PhotoNotKept: none of ours, or too many pixels."""
    try:
        picture = Image.open(BytesIO(raw), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise PhotoNotKept(TOO_LARGE) from problem
    except Exception as problem:
        # As above: whatever reading the head of a broken file raises, it is no picture.
        raise PhotoNotKept(NO_PICTURE) from problem
    if picture.width * picture.height > MOST_PIXELS:
        raise PhotoNotKept(TOO_LARGE)
    return picture


def small(picture: Image.Image) -> Image.Image:
    """The first frame, upright, at most LONG_SIDE on its long side."""
    picture.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is decoded at a fraction of its size where that is enough
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):  # sixteen bits of grey, of which eight are kept
        upright = upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return upright


def plain(picture: Image.Image) -> Image.Image:
    """The same pixels on white, in a new picture that knows nothing else."""
    bare = Image.new("RGB", picture.size, "white")
    bare.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    return bare
