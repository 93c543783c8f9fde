"""The errors of a layer on development data, by class, with examples; and where it tells how sure it is, whether so.

    python bench/errors.py --data ../shared/data --layer attribution entities [--show 3] [--split dev]

Each class is counted once for every thing given that was not found as given, and for every thing found that is not
given. The figures themselves are those of `bench/quality.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from bench.mistakes import attribution, coreference, entities, likelihood, names, places, quantities, sources, syntax
from bench.scoring.workbench import Workbench

ROOT = Path(__file__).resolve().parent.parent
LAYERS: dict[str, Callable[[Workbench, int], Iterator[str]]] = {
    "attribution": attribution.lines,
    "basis": sources.lines,
    "entities": entities.lines,
    "syntax": syntax.lines,
    "quantities": quantities.lines,
    "places": places.lines,
    "names": names.lines,
    "coreference": coreference.lines,
    "likelihood": likelihood.lines,
}


def main() -> None:
    """Prints the classes of each layer asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--split", default="dev", help="what stands for 'dev' in the names of files")
    parser.add_argument("--model", type=Path, help="an encoder instead of the one in the package")
    parser.add_argument("--layer", nargs="+", choices=LAYERS, default=list(LAYERS))
    parser.add_argument("--show", type=int, default=0, help="examples of each class")
    asked = parser.parse_args()
    bench = Workbench(asked.data, asked.split, asked.model)
    for name in asked.layer:
        print(*LAYERS[name](bench, asked.show), sep="\n", flush=True)


if __name__ == "__main__":
    main()
