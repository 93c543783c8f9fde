"""Writes onrecord/web/outlines.json: the outlines of countries from Natural Earth 1:110m, which is public domain.

They come in the wheel of geopandas 0.14.4 (`pip download --no-deps geopandas==0.14.4`), read for its data alone.

Run: python -m gazetteer.outlines WHEEL
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

_SHAPES = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp"
_TARGET = Path(__file__).parent.parent / "onrecord" / "web" / "outlines.json"
_POLYGON = 5
_HEADER = 100
"""Bytes before the first record of a shapefile (ESRI Shapefile Technical Description, 1998)."""


def main(wheel: str) -> None:
    """Reads the wheel and writes the outlines."""
    data = ZipFile(wheel).read(_SHAPES)
    found = [[[round(lon, 2), round(lat, 2)] for lon, lat in ring] for ring in rings(data)]
    _TARGET.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="ascii")
    print(f"{_TARGET}: {len(found)} outlines, {sum(map(len, found))} points, {_TARGET.stat().st_size:,} bytes")


def rings(data: bytes) -> Iterator[list[tuple[float, float]]]:
    """The rings of all polygons of a shapefile, each as pairs of longitude and latitude."""
    at = _HEADER
    while at < len(data):
        length = 2 * struct.unpack_from(">i", data, at + 4)[0]
        body = data[at + 8 : at + 8 + length]
        at += 8 + length
        if struct.unpack_from("<i", body)[0] == _POLYGON:
            yield from _rings_of(body)


def _rings_of(body: bytes) -> Iterator[list[tuple[float, float]]]:
    parts, points = struct.unpack_from("<2i", body, 36)
    starts = [*struct.unpack_from(f"<{parts}i", body, 44), points]
    flat = struct.unpack_from(f"<{2 * points}d", body, 44 + 4 * parts)
    for first, last in pairwise(starts):
        yield [(flat[2 * n], flat[2 * n + 1]) for n in range(first, last)]


if __name__ == "__main__":
    main(sys.argv[1])
