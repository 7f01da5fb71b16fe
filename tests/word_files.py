"""Word documents made part by part, as Word and other programs write them."""

from collections.abc import Mapping

from document_files import zipped

ORDINARY = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = ("styles", "numbering", "footnotes", "endnotes")


def word(
    body: str, extra: Mapping[str, str | bytes] | None = None, space: str = ORDINARY, /, **parts: str
) -> bytes:
    """A document of this `w:body`; `parts` are what stands in `styles`, `numbering`, `footnotes`, `endnotes`."""
    written = {f"word/{kind}.xml": _part(kind, inside, space) for kind, inside in parts.items()}
    relations = "".join(relation(n, kind, f"{kind}.xml") for n, kind in enumerate(parts))
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "_rels/.rels": relations_of(relation(1, "officeDocument", "word/document.xml")),
            "word/document.xml": _part("document", f"<w:body>{body}</w:body>", space),
            "word/_rels/document.xml.rels": relations_of(relations),
            **written,
            **(extra or {}),
        }
    )


def relations_of(relations: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'


def relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def p(*runs: str, style: str = "", number: tuple[int, int] | None = None, mark: str = "") -> str:
    """A paragraph of runs, or of plain texts."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        said += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    said += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{said}</w:pPr>{''.join(each if each.startswith('<') else r(each) for each in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*blocks: str, properties: str = "") -> str:
    """A cell of paragraphs and tables, or of one plain text each."""
    inside = "".join(each if each.startswith("<") else p(each) for each in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, more: str = "", change: str = "") -> str:
    """One list, with number 1 and, changed by `change`, number 2."""
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{more}'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{change}</w:num>'
    )


def style(style_id: str, inside: str = "", kind: str = "paragraph", name: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>{inside}</w:style>'


def field(instruction: str, *shown: str) -> str:
    """A field over what it shows: runs of one paragraph."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{mark('begin')}{told}{mark('separate')}{''.join(shown)}{mark('end')}"


def _part(kind: str, inside: str, space: str) -> str:
    return (
        f'<w:{kind} xmlns:w="{space}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        f' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{inside}</w:{kind}>'
    )
