"""Writes retrieval/questions/data/places.toml: countries and regions in each language that is asked in.

The names come from CLDR (through Babel); what CLDR lacks, everyday short forms, demonyms and capitals, in
place_names.toml.
Run: .venv/bin/python -m fitting.make_places
"""

import re
import tomllib
from pathlib import Path

from babel import Locale

from retrieval.languages.reading import of, tables

TARGET = Path(__file__).parent.parent / "retrieval" / "questions" / "data" / "places.toml"
_WRITTEN = tomllib.loads(Path(__file__).with_name("place_names.toml").read_text(encoding="utf-8"))
MORE, TOLD, TOWNS = _WRITTEN["more"], _WRITTEN["told"], _WRITTEN["towns"]
WRONG, AMBIGUOUS = _WRITTEN["wrong"]["codes"], _WRITTEN["ambiguous"]


def main() -> None:
    names = {
        lang: {str(code): str(name) for code, name in Locale(lang).territories.items()} for lang in tables()
    }
    codes = [c for c in names["en"] if re.fullmatch("[A-Z]{2}", c) and c not in WRONG]
    lines = [
        "# Countries, unions and regions by language: as phrases, where it declines them as beginnings of words.",
        "# Made by fitting/make_places.py from CLDR and the additions written there; do not edit here.",
        "",
    ]
    for code in sorted({*codes, *(code for more in MORE.values() for code in more)}):
        lines.append(f"[{code}]")
        for lang, named in names.items():
            forms = _forms(
                lang, named.get(code, "") if len(code) == 2 else "", MORE.get(lang, {}).get(code, "")
            )
            lines.append(f"{lang} = {_list(forms)}")
        lines += [
            f"{kind} = {_list(_divided(of_kind[code]))}"
            for kind, of_kind in (("told", TOLD), ("towns", TOWNS))
            if code in of_kind
        ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _forms(lang: str, name: str, added: str) -> list[str]:
    plain = re.sub(r"\s*\(.*?\)", "", name).strip()
    if of(lang, "places", "beginnings_for"):
        plain = _beginning(plain)
    found = [] if plain in AMBIGUOUS.get(lang, ()) or not plain else [plain]
    found += [form.replace("St. ", "Saint ") for form in found if form.startswith("St. ")]
    return list(dict.fromkeys((*found, *_divided(added))))


def _divided(names: str) -> list[str]:
    return [form.strip() for form in names.split(",") if form.strip()]


def _list(forms: list[str]) -> str:
    return f"[{', '.join(map(_quoted, forms))}]"


def _beginning(name: str) -> str:
    """The part of a Russian name that stays when it is declined; several words are left whole."""
    return name if " " in name or len(name) <= 4 else re.sub("[аяыиеоуйь]$", "", name)


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
