"""How fast spaCy's blank Arabic pipeline with an entity ruler is, in MB a second.

    python3 -m pip install -r benches/requirements.txt
    TAWSIM_SPACY=python3 cargo bench --bench extract

`benches/extract.rs` calls it with a folder that has `articles`, between record separators, and
`names`, one a line. One process, on one core.
"""

import os
import sys
import time
from pathlib import Path

# Before anything brings its own threads.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import spacy  # noqa: E402


def main() -> None:
    folder = Path(sys.argv[1])
    articles = (folder / "articles").read_text(encoding="utf-8").split("\x1e")
    names = (folder / "names").read_text(encoding="utf-8").splitlines()
    pipeline = spacy.blank("ar")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CITY", "pattern": name} for name in names])
    found = 0
    begin = time.perf_counter()
    for document in pipeline.pipe(articles):
        found += len(document.ents)
    took = time.perf_counter() - begin
    assert found > 0
    size = sum(len(article.encode()) for article in articles)
    print(size / 2**20 / took)


if __name__ == "__main__":
    main()
