"""Text of any age becomes the same text; what a font or damage made of it is refused by name."""

import codecs
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import SourceError
from retrieval.sources.formats.legacy_fonts import (
    _TCVN3,
    _VNI_LETTERS,
    _VNI_MARKS,
    from_tcvn3,
    from_vni,
    require_unicode,
)
from retrieval.sources.formats.plain.encodings import decode
from retrieval.text.forms import normalise

VIETNAMESE = (
    "Hai bên nhất trí mở thêm đường bay thẳng, bắt đầu từ mùa hè, với ba chuyến mỗi tuần. Bộ trưởng Ngoại giao cho"
    " biết quan hệ giữa hai nước đang phát triển tốt đẹp, và những thỏa thuận mới sẽ được ký kết vào cuối năm nay."
)
RUSSIAN = (
    "Стороны договорились открыть прямой рейс, начиная с лета. Министр иностранных дел сообщил, что отношения"
    " двух стран развиваются успешно."
)
FRENCH = (
    "Les deux pays ont décidé d’ouvrir une ligne aérienne dès l’été. Le président a déclaré à la télévision qu’il"
    " était déjà prêt à dîner là-bas, où ça lui plaît, après des années très difficiles."
)
GERMAN = (
    "Die beiden Länder haben beschlossen, ab dem Frühling eine Flugverbindung für Touristen zu eröffnen. Der"
    " Außenminister äußerte sich zufrieden: Das müßte schon für die nächsten Jahre genügen."
)
CZECH = (
    "Obě země se dohodly, že od léta otevřou přímou leteckou linku. Ministr zahraničí řekl, že vztahy se dobře"
    " rozvíjejí a že též další dohody může podepsat již příští týden."
)
POLISH = (
    "Oba kraje zgodziły się otworzyć bezpośrednie połączenie lotnicze. Minister powiedział, że stosunki rozwijają"
    " się dobrze i że będą też nowe umowy."
)
PORTUGUESE = (
    "Os dois países não vão só abrir uma ligação aérea: é também já certo que há mais três voos por mês. Você é o"
    " avô do João, e a avó está à mesa com o irmão, só os três."
)
SPANISH = (
    "Él sí está aquí; además, según el ministro, habrá más vuelos después del año próximo. Mamá, papá y José."
)
ITALIAN = (
    "È già così: ciò può succedere, però più giù la città è bella e il caffè è buono perché sarà estate."
)
NORWEGIAN = (
    "På torsdag sa statsministeren at også Norge må få være med. Når året er omme, så går vi på skøyter nå. Å være"
    " på sjøen er å få ro, og både de små og de store får gå på båten før året er slutt."
)
SWEDISH = (
    "Så var det då på nytt år; också när vi går på två ben får vi må bra. Å andra sidan är det så på ön, där även"
    " de små får gå på båten när solen står på."
)
DANISH = (
    "Det må også være på tide at få så mange år på bænken, når vi når frem før den første påskedag på Læsø."
)
ENGLISH = (
    "It’s a “naïve” question, said the man in the café, and he went on to talk of Müller and of El Niño."
)

OTHERS = {
    "fr": FRENCH,
    "de": GERMAN,
    "cs": CZECH,
    "pl": POLISH,
    "pt": PORTUGUESE,
    "es": SPANISH,
    "it": ITALIAN,
    "no": NORWEGIAN,
    "sv": SWEDISH,
    "da": DANISH,
    "en": ENGLISH,
    "ru": RUSSIAN,
    "vi": VIETNAMESE,
}


def in_windows_1258(text: str) -> bytes:
    """As old Vietnamese Windows writes it: tones stand behind their vowels."""
    return b"".join(_byte_of(character) for character in unicodedata.normalize("NFC", text))


def _byte_of(character: str) -> bytes:
    try:
        return character.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", character)
        tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        return (unicodedata.normalize("NFC", marks.replace(tone, "")) + tone).encode("cp1258")


def in_tcvn3(text: str) -> str:
    letters = {letter: chr(code) for code, letter in _TCVN3.items() if code < 256}
    return "".join(letters.get(c, letters.get(c.lower(), c)) for c in unicodedata.normalize("NFC", text))


def in_vni(text: str) -> str:
    return "".join(map(_vni_of, unicodedata.normalize("NFC", text.lower())))


def _vni_of(character: str) -> str:
    alone = {letter: written for written, letter in _VNI_LETTERS.items()}
    pairs = {
        unicodedata.normalize("NFC", _VNI_LETTERS.get(vowel, vowel) + mark): vowel + written
        for vowel in "aeouyôö"
        for written, mark in _VNI_MARKS.items()
    }
    return alone.get(character) or pairs.get(character) or character


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (VIETNAMESE, "utf-8"),
        (VIETNAMESE, "utf-8-sig"),
        (VIETNAMESE, "utf-16"),
        (VIETNAMESE, "utf-32"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (FRENCH, "cp1252"),
        (GERMAN.replace("’", "'"), "latin-1"),
        (SPANISH, "latin-1"),
        (PORTUGUESE, "latin-1"),
        (NORWEGIAN, "latin-1"),
        (SWEDISH, "latin-1"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (ENGLISH, "cp1252"),
    ],
)
def test_text_reads_the_same_from_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_text_may_end_in_any_letter_of_its_code_page() -> None:
    text = "He said that the man from the town was in the café"
    assert decode(text.encode("cp1252")) == text


def test_big_endian_text_is_read_by_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + VIETNAMESE.encode("utf-16-be")) == VIETNAMESE
    assert decode(codecs.BOM_UTF32_BE + VIETNAMESE.encode("utf-32-be")) == VIETNAMESE


def test_windows_1258_reads_as_normal_vietnamese() -> None:
    data = in_windows_1258(VIETNAMESE)
    assert data != VIETNAMESE.encode()
    assert normalise(decode(data)) == VIETNAMESE
    assert normalise(decode(data, "windows-1258")) == VIETNAMESE


def test_what_the_sender_declares_is_believed_where_it_fits() -> None:
    short = "Да, мир"
    assert decode(short.encode("cp1251"), "windows-1251") == short
    assert decode("日本語のニュース".encode("iso-2022-jp"), "iso-2022-jp") == "日本語のニュース"
    assert decode(VIETNAMESE.encode("utf-16-le"), "UTF-16LE") == VIETNAMESE
    assert decode("“quoted”".encode("cp1252"), "iso-8859-1") == "“quoted”"


@pytest.mark.parametrize(
    "charset", ["iso-8859-1", "utf-16", "x-unknown", "hex", "zlib", "rot13", "a\0b", "idna", ""]
)
def test_a_wrong_declaration_does_no_harm_to_utf8(charset: str) -> None:
    assert decode(VIETNAMESE.encode(), charset) == VIETNAMESE


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (VIETNAMESE.encode()[:-20] + b"\xe1\xba rest", "cannot be decoded as UTF-8"),
        (
            "O café é bom para os dois, não é, e o que a casa tem? ".encode() * 3 + b"\xe9 fim",
            "line 1 is damaged: mend it",
        ),
        (b"Caf\xe9 \x81\x8d\x8f\x90\x9d xyz", "do not tell which older encoding"),
        ("Да".encode("cp1251"), "do not tell which older encoding"),
        (b"\xff\xd8\xff\xe0 jfif", "binary"),
        (b"%PDF-1.7", "binary"),
        (b"PK\x03\x04", "binary"),
        (b"abc\0def", "binary"),
        (b"", "empty"),
    ],
)
def test_bytes_that_do_not_tell_their_encoding_are_refused(data: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        decode(data)


TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"


@pytest.mark.parametrize(("text", "name"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_vietnamese_in_a_fonts_encoding_is_refused_by_name(text: str, name: str) -> None:
    for data in (text.encode(), text.encode("cp1252"), f"<p>{text}</p>".encode()):
        with pytest.raises(SourceError, match=rf"{name}.*Unicode.*UniKey"):
            decode(data)
    with pytest.raises(SourceError, match=name):
        decode(text.encode("cp1252"), "iso-8859-1")


def test_both_font_encodings_convert_to_the_same_words() -> None:
    assert from_tcvn3(TCVN3) == "Cộng hoà xã hội chủ nghĩa Việt Nam"
    assert from_vni(VNI) == "cộng hòa xã hội chủ nghĩa việt nam"


def test_the_tables_hold_every_vietnamese_letter() -> None:
    vowels = [
        unicodedata.normalize("NFC", v + t)
        for v in "aăâeêioôơuưy"
        for t in ("", *"\u0300\u0301\u0303\u0309\u0323")
    ]
    for letter in (*vowels, "đ"):
        assert from_tcvn3(in_tcvn3(letter)) == letter
        assert from_vni(in_vni(letter)) == letter
    assert len({in_tcvn3(letter) for letter in vowels}) == len({in_vni(letter) for letter in vowels}) == 72


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_real_text_of_other_languages_is_never_taken_for_a_fonts_encoding(text: str) -> None:
    require_unicode(text)
    for sentence in text.split(". "):
        require_unicode(sentence)
    require_unicode(" ".join(word for word in text.split() if not word.isascii()))


WORDS = sorted({word.strip(".,") for word in VIETNAMESE.split() if not word.isascii()})


@given(st.lists(st.sampled_from(WORDS), unique=True, min_size=len(WORDS) * 2 // 3), st.booleans())
@settings(max_examples=150)
def test_vietnamese_words_are_recognised_in_both_font_encodings(words: list[str], tcvn3: bool) -> None:
    text = " ".join(words)
    require_unicode(text)
    with pytest.raises(SourceError, match="TCVN3" if tcvn3 else "VNI"):
        require_unicode(in_tcvn3(text) if tcvn3 else in_vni(text))


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "cp1258", "utf-16", "koi8-r", "shift_jis", "hex"]),
)
@settings(max_examples=300)
def test_any_bytes_become_text_or_one_sentence(data: bytes, charset: str | None) -> None:
    try:
        assert isinstance(decode(data, charset), str)
    except SourceError as error:
        assert "\n" not in str(error)
