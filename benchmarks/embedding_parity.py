"""The OpenVINO form of the bundled model beside torch: lowest cosine, and recall@1 by vectors alone on XQuAD.

Run: python benchmarks/embedding_parity.py        (TRICHDAN_DEV_DATA names the data, default ../shared/data)
"""

import numpy as np

from benchmarks.evaluate_dev import LANGUAGES
from fitting.development_data import DATA, ROOT, rows
from retrieval.embedding.loading import load_embedder
from retrieval.embedding.protocol import Vectors


def main() -> None:
    if not (DATA / "xquad-dev").is_dir():
        print(f"No development data in {DATA}: skipped (TRICHDAN_DEV_DATA names the folder).")
        return
    passages = rows("xquad-dev/passages.jsonl")
    asked = [row for row in rows("xquad-dev/questions.jsonl") if row["answerable"]]
    ids = [passage["id"] for passage in passages]
    found: dict[str, tuple[Vectors, Vectors]] = {}
    for runtime in ("torch", "openvino"):
        embedder = load_embedder("bundled", ROOT / "data" / "models", runtime)
        found[runtime] = (
            embedder.embed_passages([passage["text"] for passage in passages]),
            embedder.embed_queries([row["question"] for row in asked]),
        )
    for at, what in enumerate(("passages", "questions")):
        pairs = (found["torch"][at] * found["openvino"][at]).sum(axis=1)
        print(f"cosine of {what}: lowest {pairs.min():.4f}, mean {pairs.mean():.4f}")
    print(f"{'recall@1':10}" + "".join(f"{lang:>10}" for lang in LANGUAGES))
    for runtime, (of_passages, of_questions) in found.items():
        best = [ids[at] for at in (of_questions @ of_passages.T).argmax(axis=1)]
        right = np.array([one in row["passage_ids"] for one, row in zip(best, asked, strict=True)])
        cells = [right[[row["lang"] == lang for row in asked]].mean() for lang in LANGUAGES]
        print(f"{runtime:10}" + "".join(f"{cell:>10.4f}" for cell in cells))


if __name__ == "__main__":
    main()
