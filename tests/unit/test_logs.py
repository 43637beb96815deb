"""The log: JSON lines, no personal data."""

import io
import json
import logging
import warnings

import pytest

from bot.logs import MASK, configure, masked

NUMBERS = (  # official test numbers: they belong to nobody
    "199001012385",
    "19900101-2385",
    "900101-2385",
    "9001012385",
    "900101‑2385",
    "19900101 2385",
)


@pytest.fixture
def log():
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = (root.handlers[:], root.level, ours.level)
    stream = io.StringIO()
    configure("INFO", stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:], level, own = before
    root.setLevel(level)
    ours.setLevel(own)


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_holds_the_message_and_its_keys(log):
    logging.getLogger("bot.app.deliver").info(
        "letter sent", extra={"action": "letter_sent", "case": "K-17", "letter": 4}
    )
    (line,) = lines(log)
    assert line["message"] == "letter sent"
    assert line["level"] == "INFO"
    assert (line["action"], line["case"], line["letter"]) == ("letter_sent", "K-17", 4)
    assert line["time"].endswith("+00:00")


def test_an_errors_text_and_traceback_stay_out(log):
    try:
        int("Åsa Öberg, Björkhaga")
    except ValueError:
        logging.getLogger("bot").exception("mail failed", extra={"mail": 3})
    (line,) = lines(log)
    assert line["error"] == "ValueError"
    assert line["at"].startswith(f"{__name__}:")
    assert "Öberg" not in log.getvalue()


@pytest.mark.parametrize("number", NUMBERS)
def test_an_identity_number_is_masked_wherever_it_stands(log, number):
    logging.getLogger("bot").info("read %s", number, extra={"why": f"<{number}>", "raw": [number]})
    (line,) = lines(log)
    assert number not in log.getvalue()
    assert line["why"] == f"<{MASK}>"
    assert line["message"] == f"read {MASK}"


def test_an_identity_number_is_masked_as_a_number_too(log):
    logging.getLogger("bot").info("read", extra={"person": 199001012385})
    assert "199001012385" not in log.getvalue()


@pytest.mark.parametrize(
    "text", ["2026-11-23 07:30", "9001012386", "1234567890", "K-17", "08-46500400"]
)
def test_other_numbers_are_left_alone(text):
    assert masked(text) == text


def test_libraries_speak_from_warnings_up_only(log):
    logging.getLogger("imapclient").info("< LOGIN")
    logging.getLogger("imapclient").warning("odd answer")
    assert [line["message"] for line in lines(log)] == ["odd answer"]


def test_pythons_warnings_come_as_lines(log):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("gammalt", UserWarning, stacklevel=1)
    assert lines(log)[0]["logger"] == "py.warnings"


def test_a_second_set_up_takes_the_place_of_the_first(log):
    second = io.StringIO()
    configure("ERROR", second)
    logging.getLogger("bot").info("quiet")
    logging.getLogger("bot").error("loud")
    assert log.getvalue() == ""
    assert [line["message"] for line in lines(second)] == ["loud"]
