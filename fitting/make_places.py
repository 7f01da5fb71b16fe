"""Writes retrieval/questions/data/places.toml: names of countries and regions in Vietnamese, English and Russian.

The names come from CLDR (through Babel); what CLDR lacks, everyday short forms, demonyms and capitals, stands below.
Run: .venv/bin/python -m fitting.make_places
"""

import re
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).parent.parent / "retrieval" / "questions" / "data" / "places.toml"

# code: (Vietnamese, English, Russian stems), separated by commas. Russian entries match as the beginning of a word.
MORE = {
    "AE": ("UAE", "UAE, Emirates, Dubai, Abu Dhabi", "ОАЭ, Эмират, Дуба"),
    "AR": ("", "Argentine, Argentinian", "аргентин"),
    "AT": ("", "Austrian, Vienna", "австрий, Вена, Вене, Вену"),
    "AU": ("Australia, Úc, Canberra", "Australian", "австрали"),
    "AZ": ("Baku", "Azerbaijani, Baku", "азербайджан, Баку"),
    "BE": ("Brussels", "Belgian, Brussels", "бельги, Брюссел"),
    "BR": ("Brazil", "Brazilian", "бразил"),
    "BY": ("Belarus, Bạch Nga, Minsk", "Belarusian, Byelorussia, Minsk", "белорус, беларус, Минск"),
    "CA": ("", "Canadian, Ottawa", "канад"),
    "CH": ("Thụy Sỹ, Geneva, Genève", "Swiss, Geneva", "швейцар, Женев"),
    "CN": ("Bắc Kinh, Việt Trung", "Chinese, Beijing", "кита, Пекин"),
    "CU": ("La Habana", "Cuban, Havana", "Кубы, Кубе, Кубу, кубин, Гаван"),
    "CZ": ("Cộng hòa Séc, Tiệp Khắc", "Czech, Czechoslovakia", "чеш, чехи, чехо"),
    "DE": ("Berlin", "German, Berlin", "герман, немец, немц, Берлин"),
    "DK": ("", "Danish", "датск, дани"),
    "EG": ("", "Egyptian, Cairo", "егип, Каир"),
    "ES": ("", "Spanish, Madrid", "испан"),
    "EU": (
        "EU, Liên minh châu Âu",
        "EU, European Union",
        "ЕС, Евросоюз, Европейский союз, Европейского союза",
    ),
    "EAEU": (
        "EAEU, EEU, Liên minh Kinh tế Á Âu",
        "EAEU, EEU, Eurasian Economic Union",
        "ЕАЭС, Евразийский экономический союз, Евразийского экономического союза, Евразийским экономическим союзом",
    ),
    "ASEAN": ("ASEAN", "ASEAN", "АСЕАН"),
    # Waters that are called after a country and are not of it.
    "SOUTH-CHINA-SEA": (
        "Biển Đông",
        "South China Sea, East Sea",
        "Южно-Китайск",
    ),
    "EAST-CHINA-SEA": ("Biển Hoa Đông, biển Hoa Đông", "East China Sea", "Восточно-Китайск"),
    "SEA-OF-JAPAN": (
        "Biển Nhật Bản, biển Nhật Bản",
        "Sea of Japan",
        "Японское море, Японского моря, Японском море",
    ),
    "INDIAN-OCEAN": ("Ấn Độ Dương", "Indian Ocean", "Индийский океан, Индийского океана, Индийском океане"),
    "NATO": ("NATO", "NATO", "НАТО"),
    "FI": ("", "Finnish, Helsinki", "финлянд, финск, Хельсинки"),
    "FR": ("Paris, Việt Pháp", "French, Paris", "франц, Париж"),
    "GB": (
        "Anh, Anh quốc, Vương quốc Anh, Luân Đôn, London",
        "UK, Britain, British, England, Great Britain, London",
        "британ, англия, англии, англию, Лондон, Великобритан",
    ),
    "GE": ("Gruzia, Tbilisi", "Tbilisi", "грузин, Тбилиси"),
    "GL": ("", "Greenlandic", "гренланд"),
    "GR": ("", "Greek, Athens", "гречес, греци, Афин"),
    "HU": ("", "Hungarian, Budapest", "венг, Будапешт"),
    "ID": ("Jakarta", "Indonesian, Jakarta", "индонез, Джакарт"),
    "IL": ("", "Israeli", "израил"),
    "IN": ("New Delhi", "Indian, New Delhi", "индии, индия, индию, индией, индий, Дели"),
    "IQ": ("", "Iraqi", "ирак"),
    "IR": ("Tehran", "Iranian, Tehran", "иран, Тегеран"),
    "IT": ("Italia, Ý, Rome", "Italian, Rome", "итал"),
    "JP": ("Nhật, Tokyo, Việt Nhật", "Japanese, Tokyo", "япон, Токио"),
    "KH": ("Campuchia, Phnom Penh", "Cambodian, Phnom Penh", "камбодж, Пномпен"),
    "KP": (
        "Triều Tiên, Bình Nhưỡng",
        "North Korea, North Korean, Pyongyang",
        "КНДР, Северная Корея, Северной Кореи",
    ),
    "KR": (
        "Hàn Quốc, Hàn, Seoul, Việt Hàn",
        "South Korea, South Korean, Korea, Korean, Seoul",
        "Коре, корей, Сеул",
    ),
    "KZ": ("Astana", "Kazakh, Kazakhstani, Astana", "казах, Астан"),
    "LA": ("Lào, Viêng Chăn, Vientiane, Việt Lào", "Lao, Laotian, Vientiane", "лаос, Вьентьян"),
    "MM": ("Myanmar", "Burma, Burmese", "мьянм, бирм"),
    "MN": ("", "Mongolian", "монгол"),
    "MX": ("", "Mexican", "мекси"),
    "MY": ("", "Malaysian, Kuala Lumpur", "малайз"),
    "NL": ("", "Dutch, Holland, Amsterdam", "нидерланд, голланд"),
    "NO": ("", "Norwegian, Oslo", "норве"),
    "NZ": ("", "New Zealander", "новозеланд, Новая Зеланди, Новой Зеланди, Новую Зеланди"),
    "PH": ("Manila", "Philippine, Filipino, Manila", "филиппин, Манил"),
    "PK": ("", "Pakistani, Islamabad", "пакистан"),
    "PL": ("", "Polish, Warsaw", "польш, польск, Варшав"),
    "PS": ("Palestine, Gaza", "Palestine, Palestinian, Gaza", "палестин, Газ"),
    "PT": ("", "Portuguese, Lisbon", "португал"),
    "RU": (
        "Liên bang Nga, Moskva, Moscow, Mátxcơva, Điện Kremlin, Kremlin, Việt Nga",
        "Russian, Russian Federation, Moscow, Kremlin",
        "росси, русск, Москв, московск, РФ, Кремл",
    ),
    "SA": ("Ả Rập Xê Út, Saudi", "Saudi", "саудов"),
    "SE": ("Stockholm", "Swedish, Stockholm", "швед, швец, Стокгольм"),
    "SG": ("", "Singaporean", "сингапур"),
    "SU": ("Liên Xô, Xô Viết", "Soviet Union, Soviet, USSR", "СССР, советск"),
    "SY": ("", "Syrian, Damascus", "сири"),
    "TH": ("Bangkok", "Thai, Bangkok", "таиланд, тайск, Бангкок"),
    "TM": ("Ashgabat", "Turkmen, Ashgabat", "туркмен, Ашхабад"),
    "TR": ("Ankara", "Turkish, Turkey, Ankara", "турец, турци, Анкар"),
    "TW": ("", "Taiwanese, Taipei", "тайван"),
    "UA": ("Kiev, Kyiv", "Ukrainian, Kyiv, Kiev", "украин, Киев"),
    "US": (
        "Mỹ, Hoa Kỳ, Washington, Nhà Trắng, Việt Mỹ",
        "US, USA, U.S, America, American, United States, Washington",
        "США, америк, Вашингтон",
    ),
    "UZ": ("", "Uzbek", "узбек"),
    "VE": ("", "Venezuelan, Caracas", "венесуэл"),
    "VN": ("Việt, Hà Nội", "Vietnamese, Viet Nam, Hanoi", "вьетнам, Хано"),
    "ZA": ("", "South African", "южноафрикан, ЮАР"),
}
# Names of CLDR that mean something else in everyday text, or are too short to be told apart.
WRONG = {
    "GG",
    "JE",
    "IM",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UN",
    "ZZ",
    "XA",
    "XB",
    "AQ",
    "IO",
}
AMBIGUOUS = {
    "vi": {"Áo", "Bỉ", "Man", "Tây"},
    "en": {"Man", "Jersey", "Georgia", "Chad", "Jordan", "Mali", "Niger", "Turkey"},
    "ru": {"Того"},
}


def main() -> None:
    names = {
        lang: {str(code): str(name) for code, name in Locale(lang).territories.items()}
        for lang in ("vi", "en", "ru")
    }
    codes = [c for c in names["en"] if re.fullmatch("[A-Z]{2}", c) and c not in WRONG]
    lines = [
        "# Countries, unions and regions in three languages: vi and en as phrases, ru as beginnings of words.",
        "# Made by fitting/make_places.py from CLDR and the additions written there; do not edit here.",
        "",
    ]
    for code in sorted({*codes, *MORE}):
        more = MORE.get(code, ("", "", ""))
        forms = {
            lang: _forms(lang, names[lang].get(code, "") if len(code) == 2 else "", added)
            for lang, added in zip(("vi", "en", "ru"), more, strict=True)
        }
        lines.append(f"[{code}]")
        lines += [f"{lang} = [{', '.join(_quoted(form) for form in found)}]" for lang, found in forms.items()]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _forms(lang: str, name: str, added: str) -> list[str]:
    plain = re.sub(r"\s*\(.*?\)", "", name).strip()
    found = [] if plain in AMBIGUOUS[lang] or not plain else [_stem(plain) if lang == "ru" else plain]
    found += [form.strip() for form in added.split(",") if form.strip()]
    return list(dict.fromkeys(found))


def _stem(name: str) -> str:
    """The part of a Russian name that stays when it is declined; several words are left whole."""
    return name if " " in name or len(name) <= 4 else re.sub("[аяыиеоуйь]$", "", name)


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
