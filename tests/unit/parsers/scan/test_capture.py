"""Picture files become upright pages with square pixels; bombs are known before they burst."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, TiffImagePlugin

from bot.domain.forms import Content
from parsers.mail.media import sniff
from parsers.pdf.guard import RefusedError
from parsers.scan.capture import Broken, pictures
from parsers.scan.picture import Picture
from parsers.scan.pixels import is_empty, preview

SIZE = (420, 594)  # an A4 page at 50 dpi


def page(size=SIZE, mode="L", ground=255, ink=0):
    sheet = Image.new(mode, size, ground)
    wide, high = size
    ImageDraw.Draw(sheet).rectangle((wide * 0.7, high * 0.1, wide * 0.8, high * 0.3), fill=ink)
    return sheet


def saved(image, kind, **more):
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def zero_is_white(content):
    """A TIFF with its PhotometricInterpretation changed from 1 to 0."""
    tag = struct.pack("<HHI", 262, 3, 1)
    assert content.count(tag + b"\1\0") == 1
    return content.replace(tag + b"\1\0", tag + b"\0\0")


def captured(content, **more):
    return list(pictures(content, sniff(content), **more))


def the_page(content):
    (picture,) = captured(content)
    assert isinstance(picture, Picture)
    return picture


def stands_upright(picture):
    """Tell whether the black bar is high up on the right and nowhere else."""
    high, wide = picture.grey.shape
    dark = picture.grey < 128
    inside = dark[round(high * 0.12) : round(high * 0.28), round(wide * 0.72) : round(wide * 0.78)]
    return bool(inside.all()) and abs(float(dark.mean()) - 0.02) < 0.004


def deep():
    return Image.fromarray(np.asarray(page()).astype(np.uint16) * 257)


@pytest.mark.parametrize(
    "content",
    [
        saved(page(), "PNG"),
        saved(page(), "JPEG"),
        saved(page(), "BMP"),
        saved(page().convert("P"), "GIF"),
        saved(page(mode="RGB", ground="white"), "WEBP"),
        saved(page(mode="RGB", ground="white"), "AVIF"),
        saved(page(mode="RGB", ground="white"), "MPO", save_all=True, append_images=[page(mode="RGB")]),
        saved(page(mode="1", ground=1), "TIFF", compression="group4"),
        saved(page(mode="1", ground=1), "TIFF", compression="group3"),
        zero_is_white(saved(page(mode="1", ground=0, ink=1), "TIFF")),
        zero_is_white(saved(page(ground=0, ink=255), "TIFF", compression="tiff_lzw")),
        saved(page(mode="CMYK", ground=0, ink=(0, 0, 0, 255)), "TIFF"),
        saved(page(mode="CMYK", ground=0, ink=(0, 0, 0, 255)), "JPEG"),
        saved(page(mode="LAB", ground=(255, 128, 128), ink=(0, 128, 128)), "TIFF"),
        saved(page(mode="LA", ground=(0, 0), ink=(0, 255)), "PNG"),
        saved(page(mode="RGBA", ground=(9, 9, 9, 0), ink=(0, 0, 0, 255)), "PNG"),
        saved(page(mode="RGB", ground="white").convert("P"), "PNG", transparency=b"\xff" * 200),
        saved(deep(), "PNG"),
        saved(deep(), "TIFF"),
        saved(Image.fromarray(np.asarray(page(), dtype=np.float32) * 9 - 40), "TIFF"),
    ],
)  # fmt: skip
def test_pixels_of_every_kind_are_black_on_white(content):
    picture = the_page(content)
    assert picture.grey.shape == (SIZE[1], SIZE[0])
    assert picture.grey.dtype == np.uint8
    assert stands_upright(picture)
    assert picture.colour is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (2, Image.Transpose.FLIP_LEFT_RIGHT), (3, Image.Transpose.ROTATE_180),
        (6, Image.Transpose.ROTATE_90), (8, Image.Transpose.ROTATE_270),
        (5, Image.Transpose.TRANSPOSE),
    ],
)  # fmt: skip
def test_a_picture_is_turned_as_its_file_says(kind, orientation, turn):
    exif = Image.Exif()
    exif[0x0112] = orientation
    more = {"tiffinfo": {274: orientation}} if kind == "TIFF" else {"exif": exif}
    picture = the_page(saved(page().transpose(turn), kind, **more))
    assert picture.grey.shape == (SIZE[1], SIZE[0])
    assert stands_upright(picture)


FAX = (1728, 1145)


@pytest.mark.parametrize(
    ("size", "tags", "high", "dpi"),
    [
        (FAX, {282: 204.0, 283: 98.0, 296: 2}, 2383, 204.0),
        (FAX, {282: 80.31, 283: 38.58, 296: 3}, 2383, 204.0),
        ((1728, 2292), {282: 204.0, 283: 196.0, 296: 2}, 2386, 204.0),
        ((1145, 1728), {282: 98.0, 283: 204.0, 296: 2, 274: 6}, 2383, 204.0),  # lying
        (FAX, {}, 2383, None),  # tells nothing, and is as wide as a fax
        (FAX, {282: 72.0, 283: 72.0, 296: 2}, 2383, 72.0),
        (FAX, {282: 204.0, 283: 1.0, 296: 2}, 1145, None),  # absurd
        ((1728, 2444), {282: 204.0, 283: 98.0, 296: 2}, 2444, None),  # stretched, tag left over
    ],
)
def test_a_fax_gets_square_pixels(size, tags, high, dpi):
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        info[tag] = value
    stored = page(FAX if 274 in tags else size, "1", 1)
    if 274 in tags:
        stored = stored.transpose(Image.Transpose.ROTATE_90)
    picture = the_page(saved(stored, "TIFF", compression="group4", tiffinfo=info))
    assert picture.grey.shape[1] == 1728
    assert abs(picture.grey.shape[0] - high) <= 1
    assert stands_upright(picture)
    if dpi is not None:
        assert picture.dpi == pytest.approx(dpi, rel=0.01)


def test_an_empty_claim_of_resolution_is_none():
    assert the_page(saved(page(), "PNG")).dpi is None
    assert the_page(saved(page((3_000, 4_000)), "JPEG", dpi=(72, 72))).dpi is None
    assert the_page(saved(page((1_654, 2_339)), "JPEG", dpi=(200, 200))).dpi == 200


def test_colour_is_kept_where_it_tells_something():
    assert (
        the_page(saved(page(mode="RGB", ground="white", ink=(20, 30, 190)), "PNG")).colour
        is not None
    )
    yellowed = page(mode="RGB", ground=(236, 224, 190), ink=(20, 19, 16))
    assert the_page(saved(yellowed, "JPEG")).colour is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize(("size", "high"), [((4_960, 7_016), 3_508), ((4_000, 5_600), 5_000)])
def test_a_large_page_is_made_smaller_and_tells_its_new_resolution(kind, size, high):
    picture = the_page(saved(page(size), kind, dpi=(600, 600)))
    assert picture.grey.shape[0] == high
    assert stands_upright(picture)
    assert picture.dpi == pytest.approx(600 * high / size[1], rel=0.001)


def a_tiff(*frames, **more):
    return saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], **more)


def test_a_fax_of_several_pages_gives_them_one_after_the_other():
    found = captured(a_tiff(page(), Image.new("L", SIZE, 255), page((300, 300))))
    assert [p.number for p in found] == [1, 2, 3]
    assert [p.grey.shape for p in found] == [(594, 420), (594, 420), (300, 300)]
    assert [is_empty(p) for p in found] == [False, True, False]


def test_a_small_copy_of_a_page_is_no_page():
    small = Image.new("L", (210, 297), 255)
    small.encoderinfo = {"tiffinfo": {254: 1}}
    assert [p.number for p in captured(a_tiff(page(), small))] == [1]


def test_more_pages_than_allowed_are_refused_before_any_is_decoded():
    content = a_tiff(*[page((300, 300))] * 4)
    assert len(captured(content, most=4)) == 4
    with pytest.raises(RefusedError) as refused:
        captured(content, most=3)
    assert refused.value.content is Content.TOO_LARGE


def test_a_broken_page_hides_no_other():
    good, bad = page((300, 300)), page((310, 310))
    content = a_tiff(good, bad, good, compression="tiff_adobe_deflate")
    with Image.open(io.BytesIO(content)) as image:
        image.seek(1)
        start = image.tag_v2[273][0]
    soiled = content[:start] + b"\xff" * 12 + content[start + 12 :]
    found = captured(soiled)
    assert [type(p) for p in found] == [Picture, Broken, Picture]
    assert found[1].number == 2


def chunk(kind, content):
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png_bomb(wide, high):
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + wide)) for _ in range(high)) + packer.flush()
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg_bomb():
    """A small JPEG whose header says 60,000 x 60,000."""
    content = bytearray(saved(page(), "JPEG"))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        png_bomb(12_000, 12_000),
        jpeg_bomb(),
        saved(Image.new("1", (12_000, 12_000)), "TIFF", compression="group4"),
        a_tiff(page(mode="1", ground=1), Image.new("1", (12_000, 12_000)), compression="group4"),
    ],
    ids=["png", "jpeg", "tiff", "second page"],
)
def test_a_bomb_is_known_by_its_size_alone(content):
    with pytest.raises(RefusedError) as refused:
        captured(content)
    assert refused.value.content is Content.TOO_LARGE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP", "AVIF"])
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_damaged_files_give_pages_broken_pages_or_a_refusal(kind, data):
    content = bytearray(saved(page((220, 240), "RGB", "white", (0, 0, 200)), kind))
    for _n in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    media = {"AVIF": "image/heic"}.get(kind, f"image/{kind.lower()}")
    try:
        found = list(pictures(bytes(content[: data.draw(st.integers(9, len(content)))]), media))
    except RefusedError:
        return
    assert found
    assert all(isinstance(p, Broken) or max(p.grey.shape) <= 5_000 for p in found)


def test_a_preview_is_a_small_png():
    with Image.open(io.BytesIO(preview(Picture(np.zeros((2_000, 1_000), np.uint8)), 500))) as shown:
        assert (shown.format, shown.size) == ("PNG", (250, 500))
