"""Numbers as a text writes them, in digits and in words, with what each stands for.

A number is read from the place where it begins as far as it goes: digits with their magnitude ("2.3 million"), number
words ("two hundred and fifty"), fractions ("two-thirds", "one in five", "2 1/2"), and magnitudes without a number
("tens of thousands"). Whether it counts anything is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.annotate.quantities.lexicon import NumberWords, lexicon

Form = Literal["digits", "words", "fraction", "vague"]

_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3}){1,12}+(?:\.\d++)?(?!,*+\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+")
_NEXT = re.compile(r"(?:[ \u00a0\n]|[-‐‑])([A-Za-z]{2,12})\b")
_AND_NEXT = re.compile(r"[ \u00a0\n]and[ \u00a0\n]([A-Za-z]{3,12})\b")
_SUFFIX = re.compile(r"[A-Za-z]{1,3}(?![A-Za-z0-9])")
_MORE = re.compile(r"(\+)(?![\d/+])|[-‐](plus|odd|ish|some)(?![\w])", re.IGNORECASE)
_LONGEST = 40
"""Code points of digits beyond which they are no number that counts anything."""
_LARGEST = 1e60
_PLURAL_NEXT = re.compile(r"[ \u00a0\n]([a-z]{3,20})\b")
_VULGAR = re.compile(r"[ \u00a0]?([½¼¾⅓⅔⅛])")
_VULGARS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
_SLASH = re.compile(r"[/⁄](\d{1,4})(?![\d/])")
_MIXED = re.compile(r"[ \u00a0-](\d)[/⁄](\d{1,2})(?![\d/])")
_POWER = re.compile(r"[ ]?[×x][ ]?10(?:\^|\*\*)?([-−–]?\d{1,3}|[⁻⁰¹²³⁴-⁹]{1,4})")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−–", "-0123456789--")
_OUT_OF = re.compile(
    r"[ \u00a0\n](?:in|out[ \u00a0\n]of)[ \u00a0\n](?:every[ \u00a0\n])?(\d{1,3}(?:,000){0,3}|[A-Za-z]{3,8})\b"
)
_HALF = re.compile(r"[ \u00a0\n-]and[ \u00a0\n-]a[ \u00a0\n-]half\b", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([A-Za-z]+|[^\w\s])[ \u00a0\n-]$")
_OF_SCALE = re.compile(r"[ \u00a0\n]of[ \u00a0\n](thousands|millions|billions|trillions)\b", re.IGNORECASE)
_HALF_SCALE = re.compile(
    r"[ \u00a0\n](?:an?|the|one)[ \u00a0\n-]([A-Za-z]{5,8})\b|[ -]([A-Za-z]{5,8})\b", re.IGNORECASE
)
_OF = re.compile(r"[ \u00a0\n]of\b")


@dataclass(frozen=True, slots=True)
class Number:
    """A number at its place.

    Attributes:
        start, end: code points of the text.
        mantissa: the number before its magnitude ("2.3" of "2.3 million").
        scale: the magnitude, 1 where there is none.
        form: "vague" is a magnitude that stands for some number of its size.
        whole: whether it is written without decimals.
        more: what is joined behind and bounds it: "+", "plus", "odd"; "" for nothing.
    """

    start: int
    end: int
    mantissa: float
    scale: float
    form: Form
    whole: bool = True
    more: str = ""

    @property
    def value(self) -> float:
        """What it stands for; products of decimals lose their dust ("4.35 million" is 4350000)."""
        if self.scale == 1:
            return float(self.mantissa)
        return float(f"{self.mantissa * self.scale:.15g}")


def find_numbers(text: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Number]:
    """The numbers of a text whose words lie at `starts` and `ends`, in order, none within another."""
    reached = 0
    for start, in_digits in _beginnings(text, starts, ends):
        if start < reached:
            continue
        number = _in_digits(text, start) if in_digits else _in_words(text, start, reached)
        if number is None:
            continue
        reached = number.end
        if number.value <= _LARGEST:
            yield number


def _beginnings(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[tuple[int, bool]]:
    """Where a number may begin, and whether in digits."""
    triggers = lexicon().numbers.triggers
    found = [(match.start(), True) for match in _NUMERAL.finditer(text)]
    for start, end in zip(starts, ends, strict=True):
        if 3 <= end - start <= 11 and text[start:end].lower() in triggers:
            found.append((start, False))
    return sorted(found)


def _in_digits(text: str, start: int) -> Number | None:
    match = _NUMERAL.match(text, start)
    if match is None or match.end() - start > _LONGEST:
        return None
    written = match.group()
    number = Number(start, match.end(), float(written.replace(",", "")), 1, "digits", "." not in written)
    number = _with_fraction(text, number)
    return _out_of(text, _with_half(text, _scaled(text, _with_power(text, number))))


def _with_fraction(text: str, number: Number) -> Number:
    """The number with a fraction behind it, or as the upper part of one."""
    vulgar = _VULGAR.match(text, number.end)
    if vulgar:
        return replace(number, end=vulgar.end(), mantissa=number.mantissa + _VULGARS[vulgar[1]], whole=False)
    mixed = _MIXED.match(text, number.end)
    if mixed and 0 < int(mixed[1]) < int(mixed[2]):
        share = int(mixed[1]) / int(mixed[2])
        return replace(number, end=mixed.end(), mantissa=number.mantissa + share, whole=False)
    slash = _SLASH.match(text, number.end)
    if slash and number.whole and 0 < number.mantissa < int(slash[1]) and text[number.start - 1 : number.start] != "/":
        return replace(number, end=slash.end(), mantissa=number.mantissa / int(slash[1]), form="fraction", whole=False)
    return number


def _with_power(text: str, number: Number) -> Number:
    match = _POWER.match(text, number.end)
    if not match:
        return number
    exponent = int(match[1].translate(_RAISED))
    return replace(number, end=match.end(), mantissa=float(f"{number.mantissa!r}e{exponent}"), whole=False)


def _scaled(text: str, number: Number) -> Number:
    """The number with the magnitude words behind it ("3 hundred million")."""
    scales = lexicon().numbers.scales
    while (match := _NEXT.match(text, number.end)) and match[1].lower() in scales:
        number = replace(number, end=match.end(), scale=number.scale * float(scales[match[1].lower()]))
    return number


def with_suffix(text: str, number: Number, money: bool) -> Number:
    """The number with a magnitude joined to its digits: "7.5M", and of money or of a plural "1.9m"."""
    match = _SUFFIX.match(text, number.end)
    if match is None or number.form != "digits" or number.scale != 1:
        return number
    words = lexicon().numbers
    scale = words.suffixes.get(match[0])
    if scale is None and (money or _counts_in_millions(text, number, match.end())):
        scale = words.suffixes_of_money.get(match[0])
    return replace(number, end=match.end(), scale=scale) if scale else number


def with_more(text: str, number: Number) -> Number:
    """The number with a mark joined to it that bounds it: "100+", "15-plus", "30-odd"."""
    match = _MORE.match(text, number.end) if number.form in ("digits", "words") else None
    return replace(number, end=match.end(), more=(match[1] or match[2]).lower()) if match else number


def _counts_in_millions(text: str, number: Number, end: int) -> bool:
    """Whether "m" means millions, not metres: "1.9m people", but not "100m hurdles"."""
    following = _PLURAL_NEXT.match(text, end)
    if following is None or not lexicon().is_plural(following[1]):
        return False
    return following[1] in lexicon().plurals or not number.whole


def _with_half(text: str, number: Number) -> Number:
    match = _HALF.match(text, number.end)
    if not match:
        return number
    return _scaled(text, replace(number, end=match.end(), mantissa=number.mantissa + 0.5, whole=False))


def _in_words(text: str, start: int, floor: int) -> Number | None:
    """The number whose first, or telling, word is at `start`; it may take in what stands before, from `floor` on."""
    words = lexicon().numbers
    word = _word_at(text, start)
    if word in words.units or word in words.tens:
        return _cardinal(text, start, words)
    before = _WORD_BEFORE.search(text, max(floor, start - 16), start)
    if word in words.denominators:
        return _share(text, start, word, before, words)
    if word in words.scales:
        return _lone_scale(text, start, word, before, floor, words)
    return _vague(text, start, word, words)


def _word_at(text: str, start: int) -> str:
    end = start
    while end < len(text) and end - start < 16 and text[end].isalpha():
        end += 1
    return text[start:end].lower()


def _cardinal(text: str, start: int, words: NumberWords) -> Number | None:
    """Number words from `start` on, as far as they make one number; a share, where they go on as one."""
    total, current, end = 0.0, 0.0, start
    scale, word = 1.0, _word_at(text, start)
    while True:
        if word in words.scales:
            scale = words.scales[word]
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * scale, 0
        else:
            current += words.units.get(word, words.tens.get(word, 0))
        end += len(word)
        following = _continues(text, end, word, current, words)
        if following is None:
            break
        end, word = following
    number = Number(start, end, total + current, 1, "words")
    return _out_of(text, _denominated(text, _with_half(text, number), words))


def _continues(text: str, end: int, word: str, current: float, words: NumberWords) -> tuple[int, str] | None:
    """Start and text of the next word of a number in words, or None where it ends."""
    match = _NEXT.match(text, end)
    following = match[1].lower() if match else ""
    if match and following in words.scales:
        return match.start(1), following
    if match and word in words.tens and 0 < words.units.get(following, 0) < 10:
        return match.start(1), following
    if word not in words.scales:
        return None
    match = _AND_NEXT.match(text, end) or match
    following = match[1].lower() if match else ""
    if match and (following in words.units or following in words.tens) and current % 100 == 0 and following != "one":
        return match.start(1), following
    return None


def _denominated(text: str, number: Number, words: NumberWords) -> Number:
    """As in "two thirds", "one quarter": the number as a share."""
    match = _NEXT.match(text, number.end)
    if match is None or not 1 <= number.mantissa <= 19:
        return number
    below = words.denominators.get(match[1].lower())
    if below is None or number.mantissa >= below or (match[1].lower().endswith("s") != (number.mantissa > 1)):
        return number
    return Number(number.start, match.end(), number.mantissa / below, 1, "fraction", whole=False)


def _out_of(text: str, number: Number) -> Number:
    """As in "one in five", "3 out of 10": the number as a share."""
    if not (number.whole and number.scale == 1 and 1 <= number.mantissa <= 20):
        return number
    match = _OUT_OF.match(text, number.end)
    if match is None:
        return number
    words = lexicon().numbers
    written = match[1].lower()
    spelt = words.units.get(written, words.tens.get(written))
    below = float(written.replace(",", "")) if written[0].isdigit() else spelt
    if below is None or below <= number.mantissa or _is_dated(text, match.end(), match[0]):
        return number
    return Number(number.start, match.end(), number.mantissa / below, 1, "fraction", whole=False)


def _is_dated(text: str, end: int, phrase: str) -> bool:
    """Whether "in" of the phrase is about time ("two in three days"), not about a share."""
    following = _NEXT.match(text, end)
    unit = lexicon().unit_words.get(following[1].lower()) if following else None
    goes_on = text[end : end + 1] in "%-:.,'’" and text[end + 1 : end + 2].isdigit()
    return " in " in phrase and (unit is not None or goes_on)


def _share(text: str, start: int, word: str, before: re.Match[str] | None, words: NumberWords) -> Number | None:
    """As in "half a million", "half of", "a third of", "by a quarter"."""
    end = start + len(word)
    preceding = before[1].lower() if before else ""
    if word == "half":
        return _half(text, start, end, preceding, words)
    if preceding not in ("a", "an") or before is None or word.endswith("s"):
        return None
    if not _OF.match(text, end) and not _measures_share(text, before.start()):
        return None
    return Number(before.start(), end, 1 / words.denominators[word], 1, "fraction", whole=False)


def _measures_share(text: str, start: int) -> bool:
    """Whether the words before "a third" say that it is a size ("by a third", "more than a quarter")."""
    before = text[max(0, start - 24) : start].lower().split()[-2:]
    return before[-1:] == ["by"] or " ".join(before) in lexicon().before or (before[-1:] or [""])[0] in lexicon().before


def _half(text: str, start: int, end: int, preceding: str, words: NumberWords) -> Number | None:
    match = _HALF_SCALE.match(text, end)
    scale = words.scales.get((match[1] or match[2]).lower()) if match else None
    if match and scale:
        return Number(start, match.end(), 0.5, scale, "words", whole=False)
    following = _NEXT.match(text, end)
    behind = following[1].lower() if following and text[end] != "-" else ""
    if preceding in words.no_half_behind:
        return None
    if behind in words.half_before or _measures_share(text, start):
        return Number(start, end, 0.5, 1, "fraction", whole=False)
    return None


def _lone_scale(
    text: str, start: int, word: str, before: re.Match[str] | None, floor: int, words: NumberWords
) -> Number | None:
    """As in "a million", "several hundred", "a few thousand"."""
    if len(word) < 4:
        return None
    end = start + len(word)
    scaled = _scaled(text, Number(start, end, 1, words.scales[word], "words"))
    near = text[max(floor, start - 12) : start].lower().rstrip()
    some = next((phrase for phrase in words.some_of if near.endswith(phrase)), None)
    if some is not None:
        return replace(scaled, start=start - 1 - len(some), form="vague")
    if before is not None and before[1].lower() in ("a", "an"):
        more = _cardinal_after(text, scaled, words)
        return replace(more, start=before.start())
    return None


def _cardinal_after(text: str, scaled: Number, words: NumberWords) -> Number:
    """As in "a hundred and fifty": the number with what follows its magnitude."""
    match = _AND_NEXT.match(text, scaled.end)
    if match is None or scaled.scale > 1000 or match[1].lower() not in {**words.units, **words.tens}:
        return scaled
    rest = _cardinal(text, match.start(1), words)
    if rest is None or rest.form != "words" or rest.value >= scaled.value:
        return scaled
    return Number(scaled.start, rest.end, scaled.value + rest.value, 1, "words")


def _vague(text: str, start: int, word: str, words: NumberWords) -> Number | None:
    """As in "dozens", "tens of thousands", "scores of"."""
    end = start + len(word)
    match = _OF_SCALE.match(text, end)
    if match:
        scale = words.vague[match[1].lower()]
        return Number(start, match.end(), words.vague.get(word, 20), scale, "vague")
    if word in words.vague_before_of:
        behind = _OF.match(text, end)
        return Number(start, end, words.vague_before_of[word], 1, "vague") if behind else None
    return Number(start, end, words.vague[word], 1, "vague") if word != "tens" else None
