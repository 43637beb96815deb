"""The bought readers' models: where they lie, and that strangers are not taken for them."""

import string

import pytest

from parsers.scan.readers.models import (
    READERS,
    VARIABLE,
    ModelError,
    find,
    own_folder,
    table,
    verified,
    verified_own,
)

FILES = [model.file for model in table()]


@pytest.mark.parametrize("file", FILES)
def test_every_model_is_here_after_make_setup(file):
    assert verified(file).name == file


def test_the_table_pins_every_copy():
    assert {model.reader for model in table()} == set(READERS)
    for model in table():
        assert model.licence == "Apache-2.0"
        for copy in model.copies:
            assert len(copy.sha256) == 64
            assert set(copy.sha256) <= set(string.hexdigits.lower())
            assert copy.bytes > 1_000_000
            assert copy.version
            assert bool(copy.package_sha256) == (copy.source == "pypi")


def test_the_named_folder_goes_before_the_variable_and_that_before_our_own(tmp_path, monkeypatch):
    own = find(FILES[0])
    named, variable = tmp_path / "named", tmp_path / "variable"
    for folder in (named, variable):
        folder.mkdir()
        (folder / FILES[0]).write_bytes(b"x")
    monkeypatch.setenv(VARIABLE, str(variable))
    assert own_folder() == variable
    assert find(FILES[0], named) == named / FILES[0]
    assert find(FILES[0]) == variable / FILES[0]
    assert find(FILES[1], named) != named / FILES[1]
    monkeypatch.delenv(VARIABLE)
    assert find(FILES[0]) == own


def test_a_strange_file_is_refused_with_what_to_do(tmp_path):
    (tmp_path / FILES[0]).write_bytes(b"not a net")
    with pytest.raises(ModelError, match="ekbot models --fetch") as caught:
        verified(FILES[0], tmp_path)
    assert str(tmp_path) in caught.value.reason


def test_a_file_that_is_changed_later_is_seen(tmp_path):
    whole = find(FILES[1])
    assert whole is not None
    copy = tmp_path / FILES[1]
    copy.write_bytes(whole.read_bytes())
    assert verified(FILES[1], tmp_path) == copy
    copy.write_bytes(copy.read_bytes()[:-1])
    with pytest.raises(ModelError):
        verified(FILES[1], tmp_path)


def test_a_missing_file_is_missing():
    assert find("no-such.onnx") is None
    with pytest.raises(ModelError, match="saknas"):
        verified("no-such.onnx")


def test_our_own_weights_are_held_against_their_note(tmp_path):
    own = verified_own()
    copy = tmp_path / own.name
    with pytest.raises(ModelError, match="saknas"):
        verified_own(copy)
    copy.write_bytes(own.read_bytes())
    copy.with_suffix(".toml").write_bytes(own.with_suffix(".toml").read_bytes())
    assert verified_own(copy) == copy
    copy.write_bytes(own.read_bytes()[:-1])
    with pytest.raises(ModelError, match="skadad"):
        verified_own(copy)
