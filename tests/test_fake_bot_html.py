"""The fake reads message text as Telegram does."""

from __future__ import annotations

import html

import pytest
from fake_bot_client import connected
from fake_bot_html import HtmlError, parse_html, utf16_len
from fake_bot_text import checked_link, detected_entities
from hypothesis import given
from hypothesis import strategies as st

REFUSED = {
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "việt <p>x</p>": 'Unsupported start tag "p" at byte offset 7',
    "x<br>y": 'Unsupported start tag "br" at byte offset 1',
    "x<br/>y": 'Unsupported start tag "br/" at byte offset 1',
    "1 <": "Unclosed start tag at byte offset 2",
    "<b": "Unclosed start tag at byte offset 0",
    '<a href="http://a.vn': 'Unclosed start tag "a" at byte offset 0',
    "<a href=http://a.vn>x</a>": "Unexpected end of name token at byte offset 8",
    '<a ="x">x</a>': 'Empty attribute name in the tag "a" at byte offset 0',
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "x</b>": "Unexpected end tag at byte offset 1",
    "<b>x</b": "Unclosed end tag at byte offset 4",
    "<b><i>x</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<blockquote><blockquote>b": "Nested blockquotes are unallowed at byte offset 12",
    "&#xD800;": "Text contains invalid Unicode characters after decoding HTML entities",
}
TYPES = {
    "<b>x</b>": "bold", "<strong>x</strong>": "bold", "<i>x</i>": "italic", "<em>x</em>": "italic",
    "<u>x</u>": "underline", "<ins>x</ins>": "underline", "<s>x</s>": "strikethrough",
    "<strike>x</strike>": "strikethrough", "<del>x</del>": "strikethrough",
    '<span class="tg-spoiler">x</span>': "spoiler", "<tg-spoiler>x</tg-spoiler>": "spoiler",
    "<code>x</code>": "code", "<pre>x</pre>": "pre", "<blockquote>x</blockquote>": "blockquote",
    "<blockquote expandable>x</blockquote>": "expandable_blockquote", "<B >x</B >": "bold",
    "<tg-emoji emoji-id='1'>x</tg-emoji>": "custom_emoji", "<a href='http://a.vn'>x</a>": "text_link",
}  # fmt: skip


@pytest.mark.parametrize("markup", REFUSED)
def test_broken_markup_is_refused_with_its_byte_offset(markup: str) -> None:
    with pytest.raises(HtmlError) as caught:
        parse_html(markup)
    assert str(caught.value) == REFUSED[markup]


@pytest.mark.parametrize("markup", TYPES)
def test_each_supported_tag_becomes_its_entity(markup: str) -> None:
    parsed = parse_html(markup)
    assert parsed.text == "x"
    assert [entity["type"] for entity in parsed.entities] == [TYPES[markup]]


@given(st.text())
def test_any_escaped_text_parses_back_to_itself(text: str) -> None:
    parsed = parse_html(html.escape(text))
    assert (parsed.text, parsed.entities) == (text, [])


@given(st.text(), st.text(min_size=1))
def test_a_bold_escaped_text_has_utf16_bounds(before: str, bold: str) -> None:
    parsed = parse_html(f"{html.escape(before)}<b>{html.escape(bold, quote=False)}</b>")
    bounds = {"offset": len(before.encode("utf-16-le")) // 2, "length": len(bold.encode("utf-16-le")) // 2}
    assert parsed.entities == [{"type": "bold", **bounds}]
    assert utf16_len(bold) == bounds["length"]


def test_a_bare_ampersand_and_unknown_references_are_text() -> None:
    assert parse_html("a & b &nbsp; &apos; &lt &#0; &#65;").text == "a & b &nbsp; &apos; < &#0; A"


def test_code_with_a_class_inside_pre_is_one_entity_with_a_language() -> None:
    parsed = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert parsed.entities == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


def test_an_empty_element_leaves_no_entity() -> None:
    assert parse_html("a<b></b>").entities == []


def test_a_nested_entity_follows_the_one_that_holds_it() -> None:
    parsed = parse_html("<blockquote>đ <b>x</b></blockquote>")
    assert [(entity["type"], entity["offset"]) for entity in parsed.entities] == [
        ("blockquote", 0),
        ("bold", 2),
    ]


def test_links_are_kept_only_when_they_are_web_addresses() -> None:
    assert checked_link("https://Báo.vn") == "https://báo.vn/"
    assert checked_link("http://a.vn:80/p q#:~:text=x,y") == "http://a.vn:80/p%20q#:~:text=x,y"
    assert checked_link("a.vn") == "http://a.vn/"
    for wrong in (
        "",
        "http://",
        "https://localhost",
        "file:///etc",
        "mailto:a@b.vn",
        "/path",
        "http://a b.vn",
    ):
        assert checked_link(wrong) is None, wrong


def test_commands_mentions_hashtags_and_links_are_found_in_plain_text() -> None:
    found = detected_entities("😀 /ask@my_bot @some #thẻ https://a.vn/x. 1/2")
    assert [(e["type"], e["offset"], e["length"]) for e in found] == [
        ("bot_command", 3, 11), ("mention", 15, 5), ("hashtag", 21, 4), ("url", 26, 14),
    ]  # fmt: skip


def test_a_message_carries_its_entities_and_the_library_reads_them() -> None:
    with connected() as client:
        sent = client.html('😀 <b>đậm</b> <a href="https://a.vn">nguồn</a> <code>x</code>')
        assert [sent.parse_entity(entity) for entity in sent.entities] == ["đậm", "nguồn", "x"]
        assert sent.entities[1].url == "https://a.vn/"
        (stored,) = client.chat.messages
        assert stored.text == "😀 đậm nguồn x"
        assert stored.entity_texts("bold") == ["đậm"]
        assert (stored.raw_text[:5], stored.parse_mode) == ("😀 <b>", "HTML")


def test_a_parse_error_names_itself_and_is_a_violation() -> None:
    with connected() as client:
        reason = 'can\'t parse entities: unsupported start tag "p" at byte offset 0'
        assert client.refused_html("<p>x</p>").lower() == reason
        assert len(client.api.violations) == 1
        assert client.api.violations[0].lower() == f"sendmessage: bad request: {reason}"
        assert client.chat.messages == []


def test_markup_is_plain_text_without_a_parse_mode() -> None:
    with connected() as client:
        assert client.say("a < b <p>").text == "a < b <p>"


def test_the_length_limit_counts_characters_after_parsing() -> None:
    with connected() as client:
        assert len(client.html("<b>" + "&lt;" * 4096 + "</b>").text) == 4096
        assert client.say("😀" * 4096).text == "😀" * 4096
        assert client.refused_text("x" * 4097) == "Message is too long"
        assert client.refused_html("&lt;" * 4097) == "Message is too long"


def test_raw_text_over_32768_bytes_is_refused_however_short_it_shows() -> None:
    with connected() as client:
        assert client.html("<b></b>" * 4681 + "x").text == "x"
        assert client.refused_html("<b></b>" * 4682 + "x") == "Text is too long"


@pytest.mark.parametrize("text", ["", "  \n ", "<b></b>", "<b> </b>", "\u200b"])
def test_a_text_that_shows_nothing_is_refused(text: str) -> None:
    with connected() as client:
        assert client.refused_html(text) == "Message text is empty"


def test_outer_white_space_is_trimmed_and_control_characters_go() -> None:
    with connected() as client:
        sent = client.html(" \n a\tb\r\u2028<b>c </b>\n ")
        assert sent.text == "a bc"
        assert sent.parse_entities() == {sent.entities[0]: "c"}


def test_entities_beyond_a_hundred_are_dropped_and_noted() -> None:
    with connected() as client:
        assert len(client.html("<b>x</b> " * 100).entities) == 100
        assert client.api.violations == []
        assert len(client.html("<b>x</b> " * 103).entities) == 100
        assert client.api.violations == ["sendMessage: 3 of 103 entities dropped"]


def test_an_invalid_link_becomes_plain_text_and_is_noted() -> None:
    with connected() as client:
        sent = client.html('<a href="https://nowhere">x</a>')
        assert (sent.text, sent.entities) == ("x", ())
        assert client.api.violations == ["sendMessage: link dropped, it is not a valid URL: https://nowhere"]


def test_code_takes_no_other_formatting() -> None:
    with connected() as client:
        sent = client.html("<b>a <code>b</code> c</b>")
        assert [(e.type, sent.parse_entity(e)) for e in sent.entities] == [
            ("bold", "a "), ("code", "b"), ("bold", " c"),
        ]  # fmt: skip


def test_other_parse_modes_are_refused() -> None:
    with connected() as client:
        assert client.refused_text("*x*", parse_mode="MarkdownV2").startswith("Unsupported parse_mode")
