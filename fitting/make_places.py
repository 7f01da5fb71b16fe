"""Writes retrieval/questions/data/places.toml: countries and regions in each language that is asked in.

The names come from CLDR (through Babel); what CLDR lacks, everyday short forms, demonyms and capitals, stands below.
Run: .venv/bin/python -m fitting.make_places
"""

import re
from pathlib import Path

from babel import Locale

from retrieval.languages.reading import of, tables

TARGET = Path(__file__).parent.parent / "retrieval" / "questions" / "data" / "places.toml"

# By language and code, separated by commas; of languages with beginnings (see places.py) those.
MORE = {
    "vi": {
        "AE": "UAE",
        "AT": "nước Áo, Cộng hòa Áo, Vienna",
        "AU": "Australia, Úc, Canberra",
        "AZ": "Baku",
        "BE": "nước Bỉ, Vương quốc Bỉ, Brussels",
        "BR": "Brazil, Brasil",
        "BY": "Belarus, Bạch Nga, Minsk",
        "CH": "Thụy Sỹ, Geneva, Genève",
        "CN": "Bắc Kinh, Việt Trung",
        "CU": "La Habana",
        "CZ": "Cộng hòa Séc, CH Séc, Tiệp Khắc",
        "DE": "Berlin",
        "DO": "CH Dominica, Dominicana",
        "EU": "EU, Liên minh châu Âu",
        "EAEU": "EAEU, EEU, Liên minh Kinh tế Á Âu",
        "ASEAN": "ASEAN",
        "EAST-CHINA-SEA": "Biển Hoa Đông, biển Hoa Đông",
        "SEA-OF-JAPAN": "Biển Nhật Bản, biển Nhật Bản",
        "INDIAN-OCEAN": "Ấn Độ Dương",
        "NATO": "NATO",
        "FR": "Paris, Việt Pháp",
        "GB": "Anh, Anh quốc, Vương quốc Anh, Luân Đôn, London",
        "GE": "Gruzia, Tbilisi",
        "ID": "Jakarta",
        "IN": "New Delhi",
        "IR": "Tehran",
        "HK": "Hồng Kông, Hồng Công, Hongkong, Hương Cảng",
        "IT": "Italia, Ý, Rome",
        "JP": "Nhật, Tokyo, Việt Nhật",
        "KH": "Campuchia, Cam-pu-chia, Phnom Penh",
        "KP": "Triều Tiên, Bắc Triều Tiên, Bắc Hàn, Bình Nhưỡng",
        "KR": "Hàn Quốc, Hàn, Seoul, Việt Hàn",
        "KZ": "Astana",
        "LA": "Lào, Viêng Chăn, Vientiane, Việt Lào",
        "LB": "Liban, Lebanon",
        "MA": "Maroc, Morocco",
        "MM": "Myanmar, Myanma, Miến Điện",
        "MO": "Ma Cao, Macau, Macao",
        "MX": "México",
        "PH": "Manila, Philippin",
        "GW": "Guiné-Bissau",
        "PS": "Palestine, Gaza",
        "RU": "Liên bang Nga, Moskva, Moscow, Mátxcơva, Điện Kremlin, Kremlin, Việt Nga",
        "RO": "Rumani, România",
        "SA": "Ả Rập Xê Út, Ả Rập Saudi, Saudi",
        "SE": "Stockholm",
        "SU": "Liên Xô, Xô Viết",
        "TH": "Bangkok",
        "TM": "Ashgabat",
        "TR": "Ankara",
        "TW": "Đài Bắc",
        "UA": "Ukraine, Kiev, Kyiv",
        "US": "Mỹ, Hoa Kỳ, Hoa Kì, Hợp chúng quốc, Washington, Nhà Trắng, Việt Mỹ",
        "VN": "Việt, Hà Nội",
    },
    "en": {
        "AE": "UAE, Emirates, Dubai, Abu Dhabi",
        "AR": "Argentine, Argentinian",
        "AT": "Austrian, Vienna",
        "AU": "Australian",
        "AZ": "Azerbaijani, Baku",
        "BE": "Belgian, Brussels",
        "BR": "Brazilian",
        "BY": "Belarusian, Byelorussia, Minsk",
        "CA": "Canadian, Ottawa",
        "CH": "Swiss, Geneva",
        "CN": "Chinese, Beijing, Peking",
        "CU": "Cuban, Havana",
        "CZ": "Czech, Czechoslovakia",
        "DE": "German, Berlin",
        "DK": "Danish",
        "EG": "Egyptian, Cairo",
        "ES": "Spanish, Spaniard, Spaniards, Madrid",
        "EU": "EU, European Union",
        "EAEU": "EAEU, EEU, Eurasian Economic Union",
        "ASEAN": "ASEAN",
        "SOUTH-CHINA-SEA": "South China Sea, East Sea",
        "EAST-CHINA-SEA": "East China Sea",
        "SEA-OF-JAPAN": "Sea of Japan",
        "INDIAN-OCEAN": "Indian Ocean",
        "NATO": "NATO",
        "FI": "Finnish, Helsinki",
        "FR": "French, Paris",
        "GB": "UK, Britain, British, England, Great Britain, London",
        "GE": "Tbilisi",
        "GL": "Greenlandic",
        "GR": "Greek, Athens",
        "HK": "Hong Kong, Hongkong",
        "HU": "Hungarian, Budapest",
        "ID": "Indonesian, Jakarta",
        "IL": "Israeli",
        "IN": "Indian, New Delhi",
        "IQ": "Iraqi",
        "IR": "Iranian, Tehran",
        "IT": "Italian, Rome",
        "JP": "Japanese, Tokyo",
        "KH": "Cambodian, Phnom Penh",
        "KP": "North Korea, North Korean, Pyongyang",
        "KR": "South Korea, South Korean, Korea, Korean, Seoul",
        "KZ": "Kazakh, Kazakhstani, Astana",
        "LA": "Lao, Laotian, Vientiane",
        "MM": "Burma, Burmese",
        "MN": "Mongolian",
        "MO": "Macau, Macao",
        "MX": "Mexican",
        "MY": "Malaysian, Kuala Lumpur",
        "NL": "Dutch, Holland, Amsterdam",
        "NO": "Norwegian, Oslo",
        "NZ": "New Zealander",
        "PH": "Philippine, Filipino, Manila",
        "PK": "Pakistani, Islamabad",
        "PL": "Polish, Warsaw",
        "PS": "Palestine, Palestinian, Gaza",
        "PT": "Portuguese, Lisbon",
        "RU": "Russian, Russian Federation, Moscow, Kremlin",
        "SA": "Saudi",
        "SE": "Swedish, Stockholm",
        "SG": "Singaporean",
        "SU": "Soviet Union, Soviet, USSR",
        "SY": "Syrian, Damascus",
        "TH": "Thai, Bangkok",
        "TM": "Turkmen, Ashgabat",
        "TR": "Turkish, Turkey, Ankara",
        "TW": "Taiwanese, Taipei",
        "UA": "Ukrainian, Kyiv, Kiev",
        "US": "US, USA, U.S, America, American, United States, Washington",
        "UZ": "Uzbek",
        "VE": "Venezuelan, Caracas",
        "VN": "Vietnamese, Viet Nam, Hanoi",
        "ZA": "South African",
    },
    "ru": {
        "AE": "ОАЭ, Эмират, Дуба",
        "AR": "аргентин",
        "AT": "австрий, Вена, Вене, Вену, Вены, Веной",
        "AU": "австрали",
        "AZ": "азербайджан, Баку",
        "BE": "бельги, Брюссел",
        "BR": "бразил",
        "BY": "белорус, Белорусси, беларус, Минск",
        "CA": "канад",
        "CH": "швейцар, Женев",
        "CN": "Китай, Китая, Китаю, Китае, китай, китаец, китаян, Пекин",
        "CU": "Кубы, Кубе, Кубу, кубин, Гаван",
        "CZ": "чеш, чех, Чехословаки, чехословац",
        "DE": "герман, немец, немц, Берлин",
        "DK": "датск, дани",
        "EG": "египет, египт, Каир",
        "ES": "испан",
        "EU": "ЕС, Евросоюз, Европейский союз",
        "EAEU": "ЕАЭС, Евразийский экономический союз",
        "ASEAN": "АСЕАН",
        "SOUTH-CHINA-SEA": "Южно-Китайск",
        "EAST-CHINA-SEA": "Восточно-Китайск",
        "SEA-OF-JAPAN": "Японское море",
        "INDIAN-OCEAN": "Индийский океан",
        "NATO": "НАТО",
        "FI": "финлянд, финск, Хельсинки",
        "FR": "франц, француз, Париж",
        "GB": "британ, англия, англии, англию, Лондон, Великобритан",
        "GE": "грузин, Тбилиси",
        "GL": "гренланд",
        "GR": "гречес, греци, Афин",
        "HK": "Гонконг, гонконг",
        "HU": "венгр, венгер, Будапешт",
        "ID": "индонез, Джакарт",
        "IL": "израил",
        "IN": "индии, индия, индию, индией, индийс, индиец, индийц, Дели",
        "IQ": "ирак",
        "IR": "иран, Тегеран",
        "IT": "итал",
        "JP": "япон, Токио",
        "KH": "камбодж, Пномпен",
        "KP": "КНДР, Северная Корея, северокоре, Пхеньян",
        "KR": "Коре, корей, кореян, южнокоре, Сеул",
        "KZ": "казах, Астан",
        "LA": "лаос, Вьентьян",
        "MM": "мьянм, бирм",
        "MN": "монгол",
        "MX": "мексик",
        "MY": "малайз",
        "NL": "нидерланд, голланд",
        "NO": "норвег, норвеж",
        "MO": "Макао",
        "NZ": "новозеланд",
        "PH": "филиппин, Манил",
        "PK": "пакистан",
        "PL": "польш, польск, Варшав",
        "PS": "палестин, Газа, Газе, Газу, Газой, сектор Газ",
        "PT": "португал",
        "RU": "росси, русск, Москв, московск, РФ, Кремл",
        "SA": "саудов",
        "SE": "швед, швец, Стокгольм",
        "SG": "сингапур",
        "SU": "СССР, советск",
        "SY": "сири",
        "TH": "таиланд, тайск, Бангкок",
        "TM": "туркмен, Ашхабад",
        "TR": "турец, турци, турок, турки, Анкар",
        "TW": "тайван",
        "UA": "украин, Киев",
        "US": "США, америк, Соединенные Штаты, Вашингтон",
        "UZ": "узбек",
        "VE": "венесуэл",
        "VN": "вьетнам, Хано",
        "ZA": "южноафрикан, ЮАР",
    },
}
# Names that only a text calls them by: in a question they are something else, or too short to be sure.
TOLD = {
    "ASEAN": "Đông Nam Á",
    "AT": "Áo",
    "BE": "Bỉ",
    "CN": "Trung Hoa",
    "IT": "La Mã",
    "KR": "Nam Hàn, Đại Hàn",
    "MN": "Mông, Mongol",
    "SOUTH-CHINA-SEA": "Biển Đông",
    "TH": "người Thái",
    "US": "Nhà trắng, Thượng viện Hoa Kỳ",
}
# Which of the names are those of towns: a town may stand for its country, or only for itself.
TOWNS = {
    "AE": "Dubai, Abu Dhabi, Дуба",
    "AT": "Vienna, Вена, Вене, Вену, Вены, Веной",
    "AU": "Canberra",
    "AZ": "Baku, Баку",
    "BE": "Brussels, Брюссел",
    "BY": "Minsk, Минск",
    "CA": "Ottawa",
    "CH": "Geneva, Genève, Женев",
    "CN": "Bắc Kinh, Beijing, Peking, Пекин",
    "CU": "La Habana, Havana, Гаван",
    "DE": "Berlin, Берлин",
    "EG": "Cairo, Каир",
    "ES": "Madrid",
    "FI": "Helsinki, Хельсинки",
    "FR": "Paris, Париж",
    "GB": "Luân Đôn, London, Лондон",
    "GE": "Tbilisi, Тбилиси",
    "GR": "Athens, Афин",
    "HU": "Budapest, Будапешт",
    "ID": "Jakarta, Джакарт",
    "IN": "New Delhi, Дели",
    "IR": "Tehran, Тегеран",
    "IT": "Rome",
    "JP": "Tokyo, Токио",
    "KH": "Phnom Penh, Пномпен",
    "KP": "Bình Nhưỡng, Pyongyang, Пхеньян",
    "KR": "Seoul, Сеул",
    "KZ": "Astana, Астан",
    "LA": "Viêng Chăn, Vientiane, Вьентьян",
    "MY": "Kuala Lumpur",
    "NL": "Amsterdam",
    "NO": "Oslo",
    "PH": "Manila, Манил",
    "PK": "Islamabad",
    "PL": "Warsaw, Варшав",
    "PS": "Gaza, Газа, Газе, Газу, Газой, сектор Газ",
    "PT": "Lisbon",
    "RU": "Moskva, Moscow, Mátxcơva, Москв, московск",
    "SE": "Stockholm, Стокгольм",
    "SY": "Damascus",
    "TH": "Bangkok, Бангкок",
    "TM": "Ashgabat, Ашхабад",
    "TR": "Ankara, Анкар",
    "TW": "Đài Bắc, Taipei",
    "UA": "Kiev, Kyiv, Киев",
    "US": "Washington, Вашингтон",
    "VE": "Caracas",
    "VN": "Hà Nội, Hanoi, Хано",
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
    "ru": {"Того", "Кита", "Мака", "Новая Гвинея"},
}


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
