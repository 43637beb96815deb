"""Folds and stamps over the writing: ink of another tone that runs on beyond the cell."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.scan.paper import Mask
from parsers.scan.picture import Grey

_RULE = 6.0  # mm: a straight run this long is no letter's
_ACROSS = 0.95  # of the area's side: a line so long is a fold, not a stroke through the text
_LIGHTER = 0.35  # of the way from ink to paper: lighter than this is not the writing's tone
_APART = 0.3  # of black to white between two tones that count as two
_CORE = 20  # per cent: a spot's tone is that of its darkest fifth
_DARK = 5  # per cent of the ink that sets the writing's tone
_AREA = 0.35  # mm²
_SMALL = 4  # px of the area to one in which folds are sought
_REGROW = 0.15  # mm around what is kept


def without_overlays(grey: Grey, ink: Mask, scale: float, around: float) -> Mask:
    """Return *ink* without folds from side to side and lighter spots that touch the area's rim.

    *grey* and *ink* show a cell with *around* mm of room around it at *scale* px/mm. Writing in
    a single tone, pencil too, is left alone.
    """
    folds, rim = _folds(ink, scale), round(around * scale)
    out = ink
    if folds.any():
        writing = np.zeros(ink.shape, dtype=np.bool_)
        writing[rim:-rim, rim:-rim] = (ink & ~folds)[rim:-rim, rim:-rim]
        out = ink & ~(folds & _is_lighter(grey, writing, scale))
    return _one_tone(grey, out, scale)


def _is_lighter(grey: Grey, writing: Mask, scale: float) -> Mask:
    """Return where *grey* is lighter than the tone of *writing*; everywhere if there is none."""
    if np.count_nonzero(writing) < _AREA * scale**2:
        return np.ones(grey.shape, dtype=np.bool_)
    dark = float(np.percentile(grey[writing], _DARK))
    return np.asarray(grey > dark + _LIGHTER * (255 - dark))


def _folds(ink: Mask, scale: float) -> Mask:
    """Return straight lines from one side of the area to the other, with their soft rims."""
    small = cv2.resize(
        ink.astype(np.uint8) * 255, None, fx=1 / _SMALL, fy=1 / _SMALL,
        interpolation=cv2.INTER_AREA,
    )  # fmt: skip
    dark = (small > 255 // _SMALL).astype(np.uint8)
    found = np.zeros(dark.shape, dtype=np.uint8)
    run = round(_RULE * scale / _SMALL)
    for kernel, side in ((np.ones((1, run), np.uint8), 1), (np.ones((run, 1), np.uint8), 0)):
        if int(dark.any(axis=1 - side).sum()) < _ACROSS * dark.shape[side]:
            continue
        rules = cv2.dilate(
            cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8)
        )
        _count, labels, stats, _middles = cv2.connectedComponentsWithStats(rules)
        length = stats[:, cv2.CC_STAT_WIDTH if side else cv2.CC_STAT_HEIGHT]
        for index in np.flatnonzero(length >= _ACROSS * dark.shape[side]):
            if index:
                found |= np.asarray(labels == index, dtype=np.uint8)
    if not found.any():
        return np.zeros(ink.shape, dtype=np.bool_)
    size = (ink.shape[1], ink.shape[0])
    return np.asarray(cv2.resize(found, size, interpolation=cv2.INTER_NEAREST), dtype=np.bool_)


def _one_tone(grey: Grey, ink: Mask, scale: float) -> Mask:
    """Return *ink* without spots of a lighter tone that run on beyond the area."""
    if np.count_nonzero(ink) < 2 * _AREA * scale**2 or not _reaches_rim(ink):
        return ink
    dark = float(np.percentile(grey[ink], _DARK))
    core = np.asarray(ink & (grey < dark + _LIGHTER * (255 - dark)))
    grown = cv2.dilate(core.astype(np.uint8), _square(_REGROW, scale)).astype(np.bool_)
    rest = cv2.morphologyEx(
        (ink & ~grown).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)
    )
    near = cv2.dilate(rest, _square(2 * _REGROW, scale))
    _count, labels, stats, _middles = cv2.connectedComponentsWithStats(near)
    out = ink.copy()
    for index in _leaving(np.asarray(stats), ink.shape):
        spot = np.asarray(labels == index) & ink & ~grown
        if np.count_nonzero(spot) < _AREA * scale**2:
            continue
        if float(np.percentile(grey[spot], _CORE)) - dark > _APART * 255:
            out &= ~spot
    return out


def _reaches_rim(ink: Mask) -> bool:
    return bool(ink[0].any() or ink[-1].any() or ink[:, 0].any() or ink[:, -1].any())


def _square(half: float, scale: float) -> Grey:
    side = 2 * round(half * scale) + 1
    return np.ones((side, side), np.uint8)


def _leaving(
    stats: np.ndarray[tuple[int, ...], np.dtype[np.int32]], shape: tuple[int, ...]
) -> list[int]:
    """Return the spots that touch the area's rim: they go on outside."""
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, low = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    touches = (left <= 1) | (top <= 1) | (right >= shape[1] - 1) | (low >= shape[0] - 1)
    return [int(i) for i in np.flatnonzero(touches) if i]
