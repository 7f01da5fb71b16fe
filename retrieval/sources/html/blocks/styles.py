"""What style sheets say of the elements of a page, as far as it decides whether a text is seen.

Only simple selectors are understood: names, classes, ids, and such inside each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

import regex
from lxml import etree

Element = etree._Element
Declared = Mapping[str, str]

_PROPERTIES = frozenset(
    "display visibility font-size vertical-align position left right top text-indent margin-left clip clip-path height"
    " width max-height max-width overflow overflow-y color background background-color text-decoration"
    " text-decoration-line".split()
)
_MOST_RULES, _ALIKE, _DEEPEST, _LONGEST = 2000, 40, 8, 400_000
_BRACES = regex.compile(r"[{}]")
_COMPOUND = regex.compile(r"(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,15})?(?P<names>(?:[.#][\w-]{1,100}){0,8})")
_SCREEN = regex.compile(
    r"@(?:media\s+(?:only\s+)?(?:screen|all)|supports\b.{1,100}|layer\b.{0,100})", regex.IGNORECASE
)


class _Compound(NamedTuple):
    tag: str
    names: frozenset[str]

    def fits(self, element: Element, names: frozenset[str]) -> bool:
        return (not self.tag or self.tag == element.tag) and self.names <= names

    @property
    def weight(self) -> tuple[int, int, int]:
        ids = sum(name[0] == "#" for name in self.names)
        return ids, len(self.names) - ids, bool(self.tag)


class _Rule(NamedTuple):
    compounds: tuple[_Compound, ...]
    declared: Declared
    order: int

    @property
    def weight(self) -> tuple[int, ...]:
        sums = [sum(parts) for parts in zip(*(each.weight for each in self.compounds), strict=True)]
        return (*sums, self.order)


class StyleSheets:
    """The rules of a page's style sheets, in their order, by what the elements that they are about must be called.

    Only rules for which `matters` holds are looked for; the others count where they overrule one of those.
    """

    def __init__(self, sheets: Iterable[str], matters: Callable[[Declared], bool]) -> None:
        self._decisive = defaultdict[str, list[_Rule]](list)
        self._others = defaultdict[str, list[_Rule]](list)
        self._names: dict[Element, frozenset[str]] = {}
        rules_in_order = chain.from_iterable(_rules(sheet[:_LONGEST]) for sheet in sheets)
        for order, rule in enumerate(islice(rules_in_order, _MOST_RULES)):
            last = rule.compounds[-1]
            rules = (self._decisive if matters(rule.declared) else self._others)[
                min(last.names, default=last.tag)
            ]
            if len(rules) < _ALIKE:
                rules.append(rule._replace(order=order))

    def __bool__(self) -> bool:
        return bool(self._decisive)

    def of(self, element: Element) -> Declared:
        """What the sheets say of an element that they hide, raise or lower: the more exact rule wins, then the
        later.
        """
        fitting = self._fitting(element, self._decisive)
        found: dict[str, str] = {}
        if fitting:
            fitting += self._fitting(element, self._others)
            for rule in sorted(fitting, key=lambda rule: rule.weight):
                declared = rule.declared.items()
                found |= {name: value for name, value in declared if not _is_kept(found.get(name), value)}
        return found

    def _fitting(self, element: Element, rules: Mapping[str, list[_Rule]]) -> list[_Rule]:
        keys = (str(element.tag), *self._names_of(element))
        return [rule for key in keys for rule in rules.get(key, ()) if self._fits(rule, element)]

    def _fits(self, rule: _Rule, element: Element) -> bool:
        *outer, last = rule.compounds
        if not last.fits(element, self._names_of(element)):
            return False
        above = element.getparent() if outer else None
        while outer and above is not None:
            if outer[-1].fits(above, self._names_of(above)):
                outer.pop()
            above = above.getparent()
        return not outer

    def _names_of(self, element: Element) -> frozenset[str]:
        if element not in self._names:
            self._names[element] = names_of(element)
        return self._names[element]


def own_sheet(page: Element) -> str:
    """What stands in the `style` elements of a page, for screens; the files of its other sheets are not there."""
    return "\n".join(str(each.text or "") for each in page.iter("style") if _for_screens(each))


def is_not_displayed(declared: Declared) -> bool:
    """Whether an element of which this is said is not shown, in so many words."""
    display, visibility = declared.get("display", ""), declared.get("visibility", "")
    return display.startswith("none") or visibility.startswith(("hidden", "collapse"))


def names_of(element: Element) -> frozenset[str]:
    """`.class` and `#id`, as selectors call them."""
    classes = (element.get("class") or "")[:1000].split()
    own = (element.get("id") or "").strip()
    return frozenset([f".{name}" for name in classes] + ([f"#{own}"] if own else []))


def declarations(written: str) -> dict[str, str]:
    """`display:none; color: red` -> the properties that are asked for here, in lower case."""
    found: dict[str, str] = {}
    for declaration in written[:4000].split(";"):
        name, colon, value = declaration.partition(":")
        if colon and (name := name.strip().lower()) in _PROPERTIES:
            found[name] = value.strip().lower()[:100]
    return found


def _is_kept(known: str | None, value: str) -> bool:
    return known is not None and "!important" in known and "!important" not in value


def _for_screens(style: Element) -> bool:
    media = (style.get("media") or "all").lower()
    return media.strip() in ("", "all", "screen")


@lru_cache(maxsize=4)
def _rules(css: str) -> tuple[_Rule, ...]:
    """The chapters of a book have one sheet."""
    return tuple(_rules_in(css))


def _rules_in(css: str) -> Iterator[_Rule]:
    for selectors, body in _leaves(_without_comments(css)):
        if declared := declarations(body):
            for selector in selectors[:2000].split(","):
                if compounds := _compounds(selector):
                    yield _Rule(compounds, declared, 0)


def _without_comments(css: str) -> str:
    pieces = css.split("/*")
    return pieces[0] + " ".join(piece.partition("*/")[2] for piece in pieces[1:])


def _leaves(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold on screens; those of animations and print do not."""
    around, start, opened = list[str](), 0, False
    for brace in _BRACES.finditer(css):
        written, start = css[start : brace.start()], brace.end()
        if brace.group() == "{":
            around.append(written.rpartition(";")[2].strip())
            opened = True
        elif around:
            selectors = around.pop()
            if opened and len(around) <= _DEEPEST and all(map(_SCREEN.fullmatch, around)):
                yield selectors, written
            opened = False


def _compounds(selector: str) -> tuple[_Compound, ...]:
    found = []
    for part in selector.replace(">", " ").split()[:_DEEPEST]:
        match = _COMPOUND.fullmatch(part)
        if match is None:
            return ()
        names = regex.findall(r"[.#][\w-]+", match["names"])
        found.append(_Compound((match["tag"] or "").lower(), frozenset(names)))
    return tuple(found)
