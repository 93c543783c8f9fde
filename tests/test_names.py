"""Whether two spellings are held to be of one name."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolve.names import SAME, folded, same_name

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khalil al-Haddad", "Khaleel Haddad"),
        ("Abd al-Aziz Mansur", "Abdulaziz Mansour"),
        ("Youssef ben Salah", "Yusuf Salah"),
        ("Chokri Ben Moussa", "Choukri Benmoussa"),
        ("José Núñez", "Jose Nunez"),
        ("Qasim Sharif", "Kassem Shareef"),
        ("Jon Smith", "John Smith"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other).score >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Masud Darwani", "Masrur Darwani"),
        ("John Smith", "Jane Smith"),
        ("Dan Miller", "Don Miller"),
        ("Samir Nasser", "Samira Nasser"),
        ("Hamad bin Tariq Mansur", "Muhammad bin Tariq Mansur"),
        ("Ahmad Tariq", "Tariq Ahmad"),
        ("Smith", "Jones"),
        ("", "Jones"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert same_name(one, other).score < SAME


def test_a_reason_goes_with_a_score() -> None:
    assert same_name("Ida M. Roth", "Ida Roth").why == "2 of 3 words sound alike"
    assert same_name("Ida Roth", "IDA ROTH").why == "written alike"


def test_folding_drops_what_does_not_tell() -> None:
    assert folded("Sa'id  al-Ḥakīm") == "said al hakim"


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    there, back = same_name(one, other).score, same_name(other, one).score
    assert 0 <= there <= 1
    assert there == pytest.approx(back, abs=1e-9)


def test_endless_names_take_no_time() -> None:
    begun = time.process_time()
    same_name("abd al " * 20000, "al abd" * 20000)
    assert time.process_time() - begun < 2


@pytest.mark.shared
def test_variants_of_officials_names() -> None:
    if not DATA.exists():
        pytest.skip("no shared data")
    from bench.scoring.names import score
    from bench.scoring.workbench import Workbench

    figures = list(score(Workbench(DATA)))
    assert all(figure.value >= 86 for figure in figures)
