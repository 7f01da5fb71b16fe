"""Which articles there are: the list for everybody, an article page by page, and the switch that closes the list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from bot_fixtures import copied, fake_api, shared_bot, shared_data
from bot_process import BotProcess, fast_bot, new_chat
from crowd import words_data
from fake_bot_api import Chat, FakeBotApi, Message, User

from bot.on_telegram.commands import ARTICLES, MENU
from bot.telegram_html.articles import PAGE
from bot.texts import LANGUAGES, Texts, load_texts

TITLES = [f"Tin số {number} của làng Sukasaha" for number in range(1, 13)]
LONG = [f"Đoạn {number}: " + "nước lên cao, người làng đắp đê suốt đêm. " * 12 for number in range(1, 9)]
ADDRESS = "https://example.com/tin?so=12&a=b"
ASKED = {
    "vi": ("Có những bài báo nào?", "co nhung bai nao", "danh sách bài báo"),
    "en": ("Which articles are there?", "list articles", "articles"),
    "ru": ("Какие статьи есть?", "список статей", "статьи"),
}
AN = User(501, "An", "vi")

api = fake_api("module", presses=True)
data = shared_data()
bot = shared_bot()


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles, the last one the newest and long, the second of no date, the first of no title."""
    folder = tmp_path_factory.mktemp("articles")
    rows = [
        {
            "id": f"tin-{number}", "title": title, "date": f"2024-01-{number:02}", "source": "Báo Làng",
            "text": f"Chuyện thứ {number} ở làng.\nNgười làng <kể> & nghe.",
        }
        for number, title in enumerate(TITLES, 1)
    ]  # fmt: skip
    rows[-1] |= {"text": "\n".join(LONG), "url": ADDRESS, "author": "Lê Na"}
    del rows[1]["date"], rows[0]["title"]
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return words_data(folder / "data", folder)


def pressed(chat: Chat, message: Message, label: str, sender: User | None = None) -> str:
    """Presses the first button that reads so; what its answer says."""
    data = next(str(button["callback_data"]) for button in message.buttons if label in button["text"])
    return str(chat.wait_for_answer(chat.press(message, data, sender=sender)).get("text", ""))


def labels(message: Message) -> list[str]:
    return [str(button["text"]) for button in message.buttons]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_the_newest_first_with_date_and_source(api: FakeBotApi, language: str) -> None:
    texts = load_texts(language)
    listed = new_chat(api, language).ask("/articles")
    places = [listed.text.find(title) for title in reversed(TITLES[-PAGE:])]
    assert -1 not in places and places == sorted(places)
    assert texts.date(date(2024, 1, 12)) in listed.text and "Báo Làng" in listed.text
    assert labels(listed) == ["1", "2", "3", "4", "5", "1/3", texts("button-more")]
    assert [e["url"] for e in listed.entities if e["type"] == "text_link"] == [ADDRESS]


@pytest.mark.parametrize(("language", "words"), [(each, w) for each, all_ in ASKED.items() for w in all_])
def test_whoever_asks_which_articles_there_are_gets_the_list(
    api: FakeBotApi, language: str, words: str
) -> None:
    listed = new_chat(api, language).ask(words)
    assert TITLES[-1] in listed.text and "1" in labels(listed)


def test_the_list_is_turned_and_ends_with_what_has_no_date(api: FakeBotApi) -> None:
    chat, texts = new_chat(api, "vi"), load_texts("vi")
    listed = chat.ask("/articles")
    pressed(chat, listed, texts("button-more"))
    pressed(chat, listed, texts("button-more"))
    chat.wait_for_edit(listed, after=2)
    assert labels(listed) == ["11", "12", texts("button-back"), "3/3"]
    assert listed.text.index("“Chuyện thứ 1") < listed.text.index(TITLES[1])
    assert texts("date-unknown") in listed.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_read_page_by_page_word_for_word_and_the_list_comes_back(
    api: FakeBotApi, language: str
) -> None:
    chat, texts = new_chat(api, language), load_texts(language)
    shown = chat.ask("/articles")
    pressed(chat, shown, "1")
    chat.wait_for_edit(shown)
    pages = [shown.text]
    assert shown.text.startswith(TITLES[-1]) and "Lê Na" in shown.text
    assert texts("button-articles") in labels(shown)
    while texts("button-read-on") in labels(shown):
        before = len(shown.revisions)
        pressed(chat, shown, texts("button-read-on"))
        chat.wait_for_edit(shown, after=before)
        pages.append(shown.text)
    assert len(pages) > 1
    body = "\n\n".join(page.partition("\n\n")[2] for page in pages)
    assert body.split() == "\n".join(LONG).split()
    before = len(shown.revisions)
    pressed(chat, shown, texts("button-articles"))
    chat.wait_for_edit(shown, after=before)
    assert TITLES[-2] in shown.text


def test_markup_in_an_article_is_shown_as_text(api: FakeBotApi) -> None:
    chat = new_chat(api)
    shown = chat.ask("/articles")
    pressed(chat, shown, "3")
    assert "Người làng <kể> & nghe." in chat.wait_for_edit(shown).text


def test_anybody_in_a_group_may_turn_the_list(api: FakeBotApi) -> None:
    group = api.group_chat(-1_000_777)
    group.send("/articles", sender=AN)
    listed = group.wait_for_message()
    pressed(group, listed, load_texts("vi")("button-more"), User(502, "Bình", "vi"))
    assert TITLES[6] in group.wait_for_edit(listed).text


def test_buttons_of_old_lists_work_and_forged_ones_are_refused_politely(api: FakeBotApi) -> None:
    chat, texts = new_chat(api), load_texts("vi")
    listed = chat.ask("/articles")
    first = str(listed.buttons[0]["callback_data"])
    chat.wait_for_answer(chat.press(listed, first, inaccessible=True))
    assert chat.wait_for_edit(listed).text.startswith(TITLES[-1])
    unknown = first.replace(first[7:18], "AAAAAAAAAAA")
    assert chat.wait_for_answer(chat.press(listed, unknown, stale=True))["text"] == texts("articles-gone")
    for forged in ("1:read:x", "1:list:-1", "1:list:99999", "1:read:" + "A" * 40):
        said = chat.wait_for_answer(chat.press(listed, forged, stale=True))["text"]
        assert said == texts("button-stale")
    last = chat.wait_for_answer(chat.press(listed, "1:list:9999", stale=True))
    assert not last.get("text") and "12" in labels(listed)


def test_the_menu_offers_the_list(api: FakeBotApi) -> None:
    chat = new_chat(api, "ru")
    api.wait_until(lambda: chat.menu, what="menu")
    assert {"command": ARTICLES, "description": load_texts("ru")("command-articles")} in chat.menu


def test_where_the_list_is_switched_off_one_sentence_says_so_and_no_title_is_told(
    tmp_path: Path, collection: Path
) -> None:
    with (
        FakeBotApi() as api,
        fast_bot(api, copied(collection, tmp_path / "data"), LIST_ARTICLES="false") as bot,
    ):
        bot.wait_for_line("Ready", timeout=60)
        for language, asked in ASKED.items():
            chat, texts = new_chat(api, language), load_texts(language)
            for words in ("/articles", *asked):
                said = chat.ask(words)
                assert said.text == texts("articles-off") and not said.buttons
            _edit_is_told_no_title(chat, asked[0], texts)
            assert ARTICLES not in [entry["command"] for entry in chat.menu]
            assert "/articles" not in chat.ask("/help").text
            press = chat.press(chat.messages[0], "1:list:0", stale=True)
            assert chat.wait_for_answer(press)["text"] == texts("articles-off")
        assert [entry["command"] for entry in chat.menu] == [name for name in MENU if name != ARTICLES]


def _edit_is_told_no_title(chat: Chat, words: str, texts: Texts) -> None:
    asked = chat.send("Xin chào!")
    reply = chat.wait_for_message()
    chat.edit(asked, words)
    assert texts("articles-off") in chat.wait_for_edit(reply).text


def test_an_empty_collection_says_that_it_has_none(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    folder.mkdir()
    (folder / "a.jsonl").write_text("", encoding="utf-8")
    with FakeBotApi() as api, _empty(api, tmp_path / "data", folder) as bot:
        bot.wait_for_line("eady", timeout=60)
        said = new_chat(api, "en").ask("/articles").text
        assert said in (load_texts("en")("articles-none"), load_texts("en")("not-ready"))


def _empty(api: FakeBotApi, data: Path, sources: Path) -> BotProcess:
    data.mkdir()
    return fast_bot(api, data, SOURCES=str(sources))
