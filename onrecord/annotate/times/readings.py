"""The readings of time expressions: which function values the shapes of which `reading` in `data/times.toml`.

A reading takes what was found and returns its TIMEX3 type and value with the rule that gave it, or None where
the words mean something else here.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.annotate.times import days, lengths, named, periods, seasons, sets
from onrecord.annotate.times.scene import Found, Reading

READINGS: dict[str, Callable[[Found], Reading | None]] = {
    "iso_day": days.iso_day,
    "numeric_day": days.numeric_day,
    "calendar_day": days.calendar_day,
    "short_famous_day": named.short_famous_day,
    "day_of_month": days.day_of_month,
    "month": periods.month,
    "year": periods.year,
    "fiscal_year": periods.fiscal_year,
    "decade": periods.decade,
    "century": periods.century,
    "weekday": days.weekday,
    "deictic": days.deictic,
    "tonight": days.tonight,
    "part_of_day": days.part_of_day,
    "bare_part_of_day": days.bare_part_of_day,
    "clock": days.clock,
    "relative_unit": periods.relative_unit,
    "weekend": periods.weekend,
    "week_of": periods.week_of,
    "context_unit": periods.context_unit,
    "same_unit_year_before": periods.same_unit_year_before,
    "bare_unit": periods.bare_unit,
    "quarter_told": seasons.quarter_told,
    "edge_of_unit": periods.edge_of_unit,
    "season": seasons.season,
    "bare_season": seasons.bare_season,
    "quarter": seasons.quarter,
    "half": seasons.half,
    "year_ago_period": seasons.year_ago_period,
    "ago": lengths.ago,
    "earlier": lengths.earlier,
    "weekday_offset": days.weekday_offset,
    "vague_span": lengths.vague_span,
    "span": lengths.span,
    "duration": lengths.plain_duration,
    "compound_duration": lengths.compound_duration,
    "duration_range": lengths.duration_range,
    "plural_duration": lengths.plural_duration,
    "set_of_units": sets.set_of_units,
    "set_of_weekdays": sets.set_of_weekdays,
    "frequency": sets.frequency,
    "annual": sets.annual,
    "rate": sets.rate,
    "vague": sets.vague,
    "weak": sets.weak,
    "holiday": days.named_holiday,
}
