from __future__ import annotations

import pytest

from onrecord.settings import SETTINGS, BadSetting, setting, threads


@pytest.mark.parametrize("entry", SETTINGS, ids=[entry.name for entry in SETTINGS])
def test_every_setting_has_a_default_it_allows_and_a_sentence_of_help(entry: object) -> None:
    from onrecord.settings import Setting

    assert isinstance(entry, Setting)
    assert entry.default >= entry.least
    assert entry.help.endswith(".")
    assert setting(entry.name, {}) == entry.default


def test_names_are_unique() -> None:
    assert len({entry.name for entry in SETTINGS}) == len(SETTINGS)


def test_the_environment_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert setting("threads", {"ONRECORD_THREADS": " 12 "}) == 12
    monkeypatch.setenv("ONRECORD_THREADS", "7")
    assert setting("threads") == 7


def test_an_empty_variable_counts_as_unset() -> None:
    assert setting("threads", {"ONRECORD_THREADS": ""}) == 0


@pytest.mark.parametrize("written", ["many", "1.5", "-1", "1" * 5000])
def test_a_value_that_cannot_be_is_an_error_in_one_line(written: str) -> None:
    with pytest.raises(BadSetting, match=r"^ONRECORD_THREADS: .*unset it for 0\.$"):
        setting("threads", {"ONRECORD_THREADS": written})


def test_an_unknown_setting_names_those_there_are() -> None:
    with pytest.raises(BadSetting, match="settings are threads"):
        setting("colour", {})


def test_threads_default_to_the_cores_of_this_process() -> None:
    assert threads({}) >= 1
    assert threads({"ONRECORD_THREADS": "3"}) == 3
