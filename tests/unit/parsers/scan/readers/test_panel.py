"""Who votes here, and who can't and why."""

from parsers.scan.readers.panel import panel


def test_all_three_makes_vote():
    found = panel()
    assert [reader.name for reader in found.readers] == ["ppocr", "tesseract", "line"]
    assert found.complete
    assert panel() is found


def test_a_reader_without_its_model_is_absent_with_the_reason(tmp_path):
    (tmp_path / "swe.traineddata").write_bytes(b"stranger")
    found = panel(tmp_path)
    assert [reader.name for reader in found.readers] == ["ppocr", "line"]
    assert not found.complete
    (absent,) = found.absent
    assert absent.name == "tesseract"
    assert "swe.traineddata" in absent.reason
    assert "make setup" in absent.advice
