"""What an element of a page is for, as its tag, class, id and role tell it."""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

Element = etree._Element

HIDDEN_TAGS = frozenset(
    "script style noscript template head title svg annotation annotation-xml canvas object embed iframe audio video"
    " map select option datalist input textarea dialog meter progress param source track area".split()
)
"""Elements whose content a reader does not see as text of the page."""
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr"
    " math semantics mrow mi mn mo ms mtext mspace mstyle mpadded mphantom mfenced msup msub msubsup mover munder"
    " munderover mfrac msqrt mroot".split()
)

_TAGS = {
    "nav": "menu",
    "menu": "menu",
    "header": "header",
    "footer": "footer",
    "aside": "aside",
    "figcaption": "caption",
    "caption": "caption",
    "figure": "figure",
    "form": "form",
    "button": "button",
    "address": "author",
    "article": "article",
    "main": "main",
    "details": "details",
}
_WIDE = frozenset(("html", "body", "main", "article"))
"""Their classes tell of the whole page, not of a region in it."""

# In order: `comment-box` is about comments. Words of Vietnamese sites stand beside the English ones.
_NAMES = {
    "comments": r"comment(?!ary)|disqus|binh-?luan|discussion|talkback",
    "share": r"shar(?:e|ing)|social|follow|chia-?se|toolbar|\btools?\b",
    "notice": r"newsletter|subscri|cookie|consent|paywall|modal|popup|pop-up|sign-?up|regist|donat|login",
    "advert": r"(?<![a-z])(?:ads?|adv|advert\w*|adsense|sponsor\w*|banner\w*|qc|promo\w*|outbrain|taboola)(?![a-z])",
    "related": r"relat|recommend|read-?(?:more|also|next)|more-|-more|also-|popular|trending|most-|latest|next-"
    r"|up-?next|lien-?quan|cung-(?:chuyen-?muc|chu-?de)|doc-?(?:nhieu|them)|xem-?(?:nhieu|them)|tin-?(?:moi|khac|lq)|list-?news",
    "teaser": r"teaser|card|tile|thumb|swiper|carousel|slide|listing|\bitems?\b|collection",
    "menu": r"nav(?!y)|menu|bread-?crumb|skip-|topbar|masthead",
    "tags": r"(?<![a-z])tags?(?![a-z])|topics?(?![a-z])|keyword|tu-khoa",
    "footer": r"foot(?!-?note)|copyright|legal|disclaim|imprint",
    "aside": r"sidebar|side-|rail|aside|widget",
    "caption": r"caption|credit|legend|chu-?thich|image-?(?:desc|text)|bild(?:unter|text|quelle)",
    "figure": r"figure|gallery|photo|picture|image|media|video|audio|player|podcast",
    "author": r"author|byline|contributor|(?<![a-z])bio(?![a-z])|tac-?gia|autor",
    "date": r"(?<![a-z])dates?(?![a-z])|time|published|updated|meta(?![a-z])|dateline|detail-time",
    "lead": r"sapo|(?<![a-z])lead|summary|standfirst|description|intro|subtitle|sub-?head|(?<![a-z])de[ck]k?(?![a-z])"
    r"|abstract|excerpt|chapeau|vorspann",
    "title": r"headline|title",
    "box": r"(?<![a-z])(?:info|fact|quote|pull)?-?box|factbox|infobox|pullquote|embed",
}
_PATTERNS = [re.compile(pattern) for pattern in _NAMES.values()]
_KINDS = tuple(f".{kind}" for kind in _NAMES)
_BODY = re.compile(
    r"(?:article|story|post|entry|news|detail|page|content|main|cms|text|rich)-*"
    r"(?:body|content|text|main|detail)(?![a-z])|fck-detail|singular-content|maincontent|articlebody|body-?text|richtext|rich-text|noidung|noi-dung|fulltext"
)
_UNDERSCORES = str.maketrans("_", "-")


def region_of(element: Element, tag: str) -> tuple[str, ...]:
    """The kinds of region that an element opens: by its `tag` (`menu`), by its names (`.menu`), else nothing.

    `body`, `article` and `main` say that the article's text is inside.
    """
    said = element.get("itemprop") or ""
    by_tag = (_TAGS[tag],) if tag in _TAGS else ()
    if tag in _WIDE:
        return by_tag
    names = filter(None, (element.get("class"), element.get("id"), element.get("role")))
    return by_tag + _named(" ".join(names)[:300], "articleBody" in said)


@lru_cache(maxsize=8192)
def _named(names: str, body: bool) -> tuple[str, ...]:
    told = [_told_by(name) for name in names.split()]
    kinds = ("body",) if body or any(each.body for each in told) else ()
    first = min((each.kind for each in told), default=len(_KINDS))
    return (*kinds, *_KINDS[first : first + 1])


class _Told(NamedTuple):
    """What one name tells: the place in `_KINDS` of the first kind that fits, behind their end if none does."""

    kind: int
    body: bool


@lru_cache(maxsize=1 << 14)
def _told_by(name: str) -> _Told:
    """Pages are written in few names, but in many rows of them; no pattern reaches over a blank."""
    name = name.lower().translate(_UNDERSCORES)
    fitting = (place for place, pattern in enumerate(_PATTERNS) if pattern.search(name))
    return _Told(next(fitting, len(_KINDS)), _BODY.search(name) is not None)


_REASONS = {
    "header": "menu",
    "aside": "related",
    "teaser": "related",
    "box": "related",
    "figure": "caption",
    "button": "share",
    "form": "notice",
}
_NO_REASON = ("body", "article", "main", ".lead", ".title", "details")


def reason_of(regions: tuple[str, ...]) -> str:
    """Why a line in these regions is not the article's: by the innermost that tells, else `boilerplate`."""
    for region in reversed(regions):
        if region not in _NO_REASON:
            kind = region.removeprefix(".")
            return _REASONS.get(kind, kind)
    return "boilerplate"
