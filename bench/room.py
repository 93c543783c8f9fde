"""How fast and how large the reading room's pages are, on a case: processor time of this process, bytes, requests.

    python bench/room.py story.case

The pages are asked for in the process that serves them, so the time is the server's own; of each the middle one of
several is told. The first page is asked for after the start, as a visitor would.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time

from starlette.testclient import TestClient

from onrecord.case.store import Store
from onrecord.web.app import application

_TIMES = 7
_MAP = re.compile(r'<section aria-labelledby="map">.*?</section>', re.S)
_WORDS = ("said", "prime minister", '"last year"', "gover", "x")


def asked(room: TestClient, address: str) -> tuple[float, bytes]:
    """Milliseconds of processor time that an answer took, and the answer."""
    start = time.process_time()
    answer = room.get(address)
    answer.raise_for_status()
    return 1000 * (time.process_time() - start), answer.content


def told(name: str, room: TestClient, address: str, times: int = _TIMES) -> None:
    took = [asked(room, address) for _ in range(times)]
    print(f"{name:34} {statistics.median(one for one, _ in took):7.0f} ms {len(took[-1][1]) / 1000:8.0f} KB")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("case")
    case = given.parse_args().case
    with Store(case) as store:
        start = time.process_time()
        with TestClient(application(store, threads=1), base_url="http://127.0.0.1") as room:
            print(f"{'start':34} {1000 * (time.process_time() - start):7.0f} ms")
            took, page = asked(room, "/")
            without = len(_MAP.sub("", page.decode()).encode())
            print(f"{'story, the first time':34} {took:7.0f} ms {len(page) / 1000:8.0f} KB")
            print(f"{'story, without its map':34} {'':10} {without / 1000:8.0f} KB")
            for name, address in (("story", "/"), ("reports", "/reports"), ("actors", "/actors")):
                told(name, room, address)
            told("statements", room, "/statements")
            told("statements with words", room, "/statements?words=troops")
            told("review", room, "/review")
            for words in _WORDS:
                told(f"search: {words}", room, f"/search.json?q={words}")


if __name__ == "__main__":
    main()
