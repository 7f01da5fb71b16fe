"""A chapter of a book -> its lines: what the book's own styles hide is left out, and so are tables of contents."""

from collections.abc import Iterable, Iterator

import regex
from lxml import etree

from retrieval.sources.formats.assembly import Marked
from retrieval.sources.formats.epub.xhtml_lines import lines_of

_COMMENT_END, _COMMENT = "*/", "/*"
_BRACE = regex.compile(r"([{}])")
_SELECTOR = regex.compile(r"([a-zA-Z][a-zA-Z0-9]*)?([.#][\w-]+)?")
_DISPLAY = regex.compile(r"(?:^|[;\s])(display|visibility)\s*:\s*([a-z-]+)", regex.IGNORECASE)
_NOT_SEEN = frozenset(("none", "hidden"))
_LONGEST_SHEET = 400_000
_FRAME = frozenset(("html", "body"))
_NOTE = regex.compile(r"(?:foot|end|rear|side)?notes?\b", regex.IGNORECASE)
_TYPE = "{http://www.idpf.org/2007/ops}type"
_FEWEST_LINKS, _MOSTLY, _HALF = 3, 0.8, 0.5


class HidingRules:
    """The elements that style sheets hide, as far as a tag, a class or an id tells: `.hide`, `p.hide`, `#x`."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._hidden: set[str] = set()
        for sheet in sheets:
            for selector, hides in _rules(sheet[:_LONGEST_SHEET]):
                (self._hidden.add if hides else self._hidden.discard)(selector)

    def fit(self, element: etree._Element, name: str) -> bool:
        if not self._hidden:
            return False
        called = [f".{each}" for each in (element.get("class") or "").split()[:50]]
        called += [f"#{element.get('id')}"] if element.get("id") else []
        return any(
            each in self._hidden or name + each in self._hidden for each in ["", *called] if name + each
        )


def chapter_lines(root: etree._Element, rules: HidingRules, is_contents: bool) -> Iterator[Marked]:
    """The lines of a chapter, those of a table of contents with their reason; takes the hidden ones out."""
    own = HidingRules(each.text or "" for each in root.iter("{*}style"))
    hidden = list(_take_out_hidden(root, (rules, own)))
    reason = "contents" if is_contents or _is_contents(root) else None
    for line in lines_of(root):
        yield Marked(line, reason)
    for text in hidden:
        yield Marked(text, "hidden")


def _take_out_hidden(root: etree._Element, sheets: tuple[HidingRules, ...]) -> Iterator[str]:
    """What cannot be seen; notes can, since reading systems show them where they are referred to."""
    own: list[etree._Element] = []
    by_sheet: list[etree._Element] = []
    for element in root.iter(etree.Element):
        name = str(element.tag).rpartition("}")[2].lower()
        if _is_note(element):
            element.attrib.pop("hidden", "")
            element.attrib.pop("style", "")
        elif name in _FRAME:
            continue
        elif element.get("hidden") is not None or _hides(element.get("style") or ""):
            own.append(element)
        elif any(sheet.fit(element, name) for sheet in sheets):
            by_sheet.append(element)
    size = sum(len("".join(map(str, each.itertext()))) for each in _outermost(by_sheet))
    believed = by_sheet and size <= _HALF * len("".join(map(str, root.itertext())))
    for element in list(_outermost(own)) + (list(_outermost(by_sheet)) if believed else []):
        yield from _taken_out(element)


def _outermost(elements: list[etree._Element]) -> Iterator[etree._Element]:
    """Those not inside another of them, given in the order of the document."""
    inside: set[etree._Element] = set()
    for element in elements:
        if element not in inside:
            yield element
            inside.update(element.iter())


def _is_note(element: etree._Element) -> bool:
    types = f"{element.get(_TYPE) or ''} {element.get('role') or ''}"
    return bool(_NOTE.search(types))


def _taken_out(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    if parent is None:
        return
    text = " ".join("".join(map(str, element.itertext())).split())
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)
    if text:
        yield text


def _hides(declarations: str) -> bool:
    return any(value.lower() in _NOT_SEEN for _, value in _DISPLAY.findall(declarations[:4000]))


def _rules(sheet: str) -> Iterator[tuple[str, bool]]:
    """The simple selectors outside of `@media` and the like that say anything of display, and whether they hide."""
    pieces = sheet.split(_COMMENT)
    plain = pieces[0] + " ".join(piece.partition(_COMMENT_END)[2] for piece in pieces[1:])
    around: list[str] = []
    written = ""
    for piece in _BRACE.split(plain):
        if piece == "{":
            around.append(written)
        elif piece == "}" and around:
            selectors = around.pop()
            if not around and _DISPLAY.search(written):
                for selector in selectors.rpartition(";")[2][:2000].split(","):
                    if _SELECTOR.fullmatch(selector.strip()):
                        yield selector.strip(), _hides(written)
        written = piece


def _is_contents(root: etree._Element) -> bool:
    """Whether nearly all that a page says are links to other places of the book."""
    links = [each for each in root.iter("{*}a") if ":" not in (each.get("href") or ":")]
    if len(links) < _FEWEST_LINKS:
        return False
    body = next(root.iter("{*}body"), root)
    linked = sum(len("".join(map(str, each.itertext())).strip()) for each in links)
    return linked >= _MOSTLY * len("".join("".join(map(str, body.itertext())).split(" ")))
