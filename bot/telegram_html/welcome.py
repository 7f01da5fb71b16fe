"""What /start and /help say, as pure functions: values in, Telegram HTML and buttons out."""

from collections.abc import Sequence

from bot.conversation.about import About
from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import collection_line
from bot.telegram_html.markup import escape
from bot.texts import Texts


def start_text(
    texts: Texts, about: About | None, keep_days: int, *, examples: int, lists: bool = True
) -> str:
    """What the bot does, what it has, and what is kept of a person; last what introduces so many questions to tap.

    `keep_days` is for how long questions are kept; `lists`: whether there is a list of articles; `about` is None where
    there is nothing to ask about yet, which somebody else says.
    """
    collection = _collection(about, texts, lists=lists) if about else ""
    privacy = texts("privacy", days=keep_days)
    return _paragraphs(texts("start"), collection, privacy, _introduced(examples, texts))


def _collection(about: About, texts: Texts, *, lists: bool) -> str:
    """How many articles, of which dates, in which languages."""
    lines = [collection_line(about, texts)]
    if named := [name for code in about.languages if (name := texts.language_name(code))]:
        lines.append(texts("collection-languages", count=len(named), languages=", ".join(named)))
    if lists:
        lines.append(texts("start-articles"))
    return "\n".join(lines)


def help_text(texts: Texts, keep_days: int, *, examples: int, lists: bool = True, admin: bool = False) -> str:
    """How to ask, and what is kept; for admins also what they may do; last what introduces questions to tap."""
    how = "\n".join([texts("help"), *([texts("help-articles")] if lists else [])])
    more = texts("help-admin") if admin else ""
    return _paragraphs(how, texts("privacy", days=keep_days), more, _introduced(examples, texts))


def example_buttons(questions: Sequence[str]) -> Keyboard:
    """Each asks the question that stands on it."""
    return tuple((Button.of(question, Verb.TRY, str(n)),) for n, question in enumerate(questions))


def _introduced(examples: int, texts: Texts) -> str:
    return texts("examples-heading", count=examples) if examples else ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(escape(part) for part in parts if part)
