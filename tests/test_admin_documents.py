"""What admins see of documents stays one message, whatever articles are called."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from fake_bot_html import parse_html

from bot.conversation.replies.buttons import Keyboard, Verb, decode
from bot.state.admin_log import Action, Done
from bot.state.guests import Guest, Invite
from bot.telegram_html.admin.article_lists import PAGE, choices, list_page, removed_page
from bot.telegram_html.admin.documents import (
    article_text,
    key_of,
    preview_buttons,
    preview_text,
    remove_question,
)
from bot.telegram_html.admin.log import LOG_PAGE, log_page
from bot.telegram_html.admin.people import guests_page, invite_text
from bot.telegram_html.markup import fits, plain
from bot.texts import LANGUAGES, Texts, load_texts
from retrieval.article import Article
from retrieval.index.catalogue import Listed
from retrieval.sources.model import Failure
from retrieval.uploads.staged import Preview, Staged, TakenOut

LONG = '<b>"Tên & rất dài"</b> ' * 200
SHORT_ID = "000_96dae0b043e9e0c0.txt"
DAY = date(2026, 3, 12)


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> Texts:
    return load_texts(request.param)


def is_one_message(html: str) -> bool:
    return fits(html) and bool(parse_html(html).text)


def presses(keyboard: Keyboard) -> list[str]:
    return [button.data for row in keyboard for button in row]


def test_the_list_fits_with_the_longest_names_and_ids(texts: Texts) -> None:
    listed = [Listed(id=f"{LONG}{n}", title=LONG, date=DAY, source=LONG, opening=LONG) for n in range(PAGE)]
    html, keyboard = list_page(listed, {f"{LONG}{n}": n for n in range(40)}, 0, 95, texts)
    assert is_one_message(html) and html.count("<code>") == PAGE
    shown = [decode(data) for data in presses(keyboard[:-1])]
    assert [(press.verb, press.argument) for press in shown if press] == [
        (verb, key_of(each.id)) for each in listed for verb in ("show", "take-out")
    ]
    assert presses(keyboard[-1:]) == ["a:sources:0", "a:sources:1"]


def test_ids_of_usual_length_are_whole_so_that_they_can_be_copied(texts: Texts) -> None:
    title = "Một tiêu đề bình thường của một bài báo"
    ids = [f"https://vnanet.vn/vi/thoi-su/{'bai-bao-' * 8}{n}.html" for n in range(PAGE)]
    listed = [Listed(id=each, title=title, date=DAY, source="vnanet.vn", opening="") for each in ids]
    html, _ = list_page(listed, {"vnanet.vn": PAGE}, 0, PAGE, texts)
    assert is_one_message(html) and all(each in plain(html) for each in ids)


def test_an_id_that_cannot_be_copied_gets_a_key_instead(texts: Texts) -> None:
    article = Article("a  b" * 100, "Bài", "Tiêu đề")
    html, keyboard = remove_question(article, texts)
    assert (
        f"~{key_of(article.id)}" in plain(html) and presses(keyboard)[0] == f"a:remove:{key_of(article.id)}"
    )


def test_an_untitled_article_is_called_by_its_opening_words(texts: Texts) -> None:
    listed = Listed(id=SHORT_ID, title=None, date=None, source=None, opening="Chiều 2/4, tại Hà Nội")
    html, _ = list_page([listed], {None: 1}, 0, 1, texts)
    assert "Chiều 2/4, tại Hà Nội" in plain(html) and texts("date-unknown") in plain(html)


def test_previews_fit_and_name_what_could_not_be_read(texts: Texts) -> None:
    previews = tuple(
        Preview(id=LONG, title=LONG, date=DAY, source=LONG, url=LONG, passages=7, opening=LONG)
        for _ in range(10)
    )
    failed = tuple(Failure(LONG, LONG) for _ in range(20))
    staged = Staged(
        token="0123456789abcdef", name=LONG, count=1000, articles=previews, failed=failed, replaces=True
    )
    assert is_one_message(preview_text(staged, texts, LONG))
    html = preview_text(staged, texts)
    assert is_one_message(html) and texts("document-failed", count=20) in plain(html)
    pressed = [decode(data) for data in presses(preview_buttons(staged, texts))]
    assert [(press.verb, press.argument) for press in pressed if press] == [
        ("add", staged.token),
        ("discard", staged.token),
    ]


def test_an_article_and_the_question_about_it_fit(texts: Texts) -> None:
    article = Article(LONG, LONG, LONG, DAY, LONG, LONG, LONG, LONG)
    assert is_one_message(article_text(article, 99, texts))
    html, keyboard = remove_question(article, texts)
    assert is_one_message(html) and all(len(data) <= 64 for data in presses(keyboard))


def test_articles_to_choose_from_fit_with_the_longest_names(texts: Texts) -> None:
    found = [Listed(id=f"{LONG}{n}", title=LONG, date=DAY, source=LONG, opening=LONG) for n in range(8)]
    html, keyboard = choices(found, True, Verb.TAKE_OUT, texts)
    assert is_one_message(html) and texts("article-too-many") in plain(html)
    assert presses(keyboard) == [f"a:takeout:{key_of(each.id)}" for each in found]


def test_what_was_taken_out_is_listed_page_by_page_with_its_day(texts: Texts) -> None:
    at = datetime(2026, 3, 12, tzinfo=UTC).timestamp()
    gone = [TakenOut(id=f"id{n}", title=LONG if n else None, at=at if n else None) for n in range(20)]
    html, keyboard = removed_page(gone, 1, texts)
    assert is_one_message(html) and html.count(texts.date(DAY)) == 8 and "\n9. " in html
    assert presses(keyboard) == [
        *(f"a:return:{key_of(f'id{n}')}" for n in range(8, 16)),
        *(f"a:removed:{n}" for n in range(3)),
    ]
    assert "1. id0\n" in plain(removed_page(gone, 0, texts)[0])
    assert texts("removed-none") in removed_page([], 0, texts)[0]


def test_what_admins_did_is_listed_page_by_page(texts: Texts) -> None:
    at = datetime(2026, 3, 12, 9, 5, tzinfo=UTC)
    done = [Done(action=Action.ADDED, subject=LONG, name=LONG[:40], at=at)] * LOG_PAGE
    html, keyboard = log_page(done, 1, 40, texts)
    assert is_one_message(html) and html.count("09:05 UTC") == LOG_PAGE
    assert presses(keyboard) == ["a:log:0", "a:log:1", "a:log:2"]
    forgotten = Done(action=Action.REINDEXED, subject="", name="", at=at)
    assert plain(log_page([forgotten], 0, 1, texts)[0]).endswith(texts("log-reindexed"))
    assert texts("log-forgotten") in plain(log_page([forgotten], 0, 1, texts)[0])
    assert log_page([], 0, 0, texts) == (texts("log-none"), ())


def test_many_guests_with_long_names_fit(texts: Texts) -> None:
    since = datetime(2026, 3, 1, tzinfo=UTC)
    guests = [Guest(f"a{n:023}", LONG, since) for n in range(10_000)]
    html, keyboard = guests_page(guests, 999, texts)
    assert is_one_message(html) and "10000. " in plain(html)
    assert presses(keyboard)[9:] == [f"a:revoke:a{9999:023}", "a:people:998", "a:people:999"]
    assert guests_page(guests, 5000, texts) == (html, keyboard)


def test_an_invite_shows_two_links_to_copy(texts: Texts) -> None:
    html, keyboard = invite_text(Invite("T0ken-_", "0" * 12), "Lan <b>", "some_bot", texts)
    links = [text for text in parse_html(html).text.split() if text.startswith("https://")]
    assert links == ["https://t.me/some_bot?start=iT0ken-_", "https://t.me/some_bot?startgroup=iT0ken-_"]
    assert "Lan <b>" in plain(html) and presses(keyboard) == [f"a:withdraw:{'0' * 12}"]
