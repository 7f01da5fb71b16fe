"""Which column of a table holds which field of an article, by its name in English, Vietnamese or Russian."""

from collections.abc import Mapping, Sequence

import regex

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.text.forms import fold, normalise

NAMES = {
    "text": "text|body|content|article|article text|full text|nội dung|văn bản|bài viết|текст|содержание|статья",
    "title": "title|headline|heading|tiêu đề|tựa đề|nhan đề|заголовок|название",
    "date": "date|published|published at|publication date|pubdate|ngày|ngày đăng|ngày xuất bản|дата|дата публикации",
    "source": "source|publisher|outlet|nguồn|báo|источник|издание",
    "author": "author|authors|byline|tác giả|автор|авторы",
    "url": "url|link|permalink|canonical|liên kết|đường dẫn|ссылка",
    "id": "id|mã|код",
    "lang": "lang|language|ngôn ngữ|язык",
    "path": "path|file|filename|tệp|tên tệp|файл",
}
"""Names of each field, the better ones first; case, marks and underscores do not matter."""
_SHOWN = 20
_JOINTS = regex.compile(r"[\s_.-]+")


def fields_of(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """The positions of the columns by our names; `columns`, as in `Original`, beat what the names tell.

    Raises:
        SourceError: no column holds the text, or one that `columns` name is missing.
    """
    found = positions(header)
    for ours, theirs in columns.items():
        if (place := _named(theirs, header)) is not None:
            found[ours] = place
        elif ours not in found:  # other tables of the collection may use our own name
            raise SourceError(Reason.of(Problem.COLUMN_MISSING, name=repr(theirs), header=_shown(header)))
    if "text" not in found:
        raise SourceError(Reason.of(Problem.NO_TEXT_COLUMN, header=_shown(header), example=_example(header)))
    return found


def positions(header: Sequence[str]) -> dict[str, int]:
    """The positions of the columns that are known by their names, by ours."""
    keys = [_key(name) for name in header]
    return {
        ours: keys.index(key)
        for ours, names in NAMES.items()
        if (key := next((key for key in map(_key, names.split("|")) if key in keys), None))
    }


def _named(theirs: str, header: Sequence[str]) -> int | None:
    if theirs in header:
        return header.index(theirs)
    keys = [_key(name) for name in header]
    return keys.index(_key(theirs)) if _key(theirs) in keys else None


def _key(name: str) -> str:
    return _JOINTS.sub(" ", fold(normalise(name))).strip()


def _shown(header: Sequence[str]) -> str:
    return ", ".join(repr(name[:40]) for name in header[:_SHOWN]) or "no columns"


def _example(header: Sequence[str]) -> str:
    return (header[-1].strip()[:40] if header else "") or "content"
