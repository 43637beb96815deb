"""Small pictures: never larger than a letter bears, ringed in red, nothing foreign opened."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from parsers.picturing import LARGEST, encoded, ring_all, ringed


def opened(content):
    return Image.open(io.BytesIO(content))


def test_a_piece_keeps_its_size_and_its_ink():
    part = np.full((60, 300), 253, dtype=np.uint8)
    part[20:30, 50:90] = 10
    picture = opened(encoded(part))
    assert (picture.size, picture.mode) == ((300, 60), "L")
    assert picture.getpixel((0, 0)) == 255
    assert picture.getpixel((60, 25)) < 30


def test_noise_is_made_small_enough_for_a_letter():
    noise = np.random.default_rng(1).integers(0, 255, (2_000, 3_000), dtype=np.uint8)
    content = encoded(noise)
    assert len(content) <= LARGEST
    assert min(opened(content).size) > 50


def test_an_empty_piece_gives_no_picture():
    assert encoded(np.zeros((0, 5), dtype=np.uint8)) == b""


def test_the_ring_is_red_and_leaves_the_piece_whole():
    content = ringed(encoded(np.zeros((60, 300), dtype=np.uint8)), 3)
    picture = opened(content).convert("RGB")
    pixels = np.asarray(picture).astype(int)
    red = (pixels[..., 0] > 150) & (pixels[..., 1] < 80)
    black = pixels.sum(axis=2) < 120
    assert red.sum() > 1_000
    assert black.sum() >= 0.99 * 60 * 300
    assert len(content) < LARGEST


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nxx", b"GIF89a", b"%PDF-1.7"])
def test_what_is_no_picture_of_ours_is_not_opened(content):
    assert ring_all([(content, 1)]) == (b"",)


def test_a_picture_larger_than_ours_is_not_opened():
    out = io.BytesIO()
    Image.new("L", (3_000, 3_000)).save(out, "PNG")
    assert ringed(out.getvalue(), 1) == b""


@given(st.binary(max_size=200))
def test_any_bytes_give_a_picture_or_none(content):
    assert isinstance(ringed(b"\x89PNG\r\n\x1a\n" + content, 1), bytes)
