"""What admins put into the collection by hand: staged, previewed, then added or discarded; and what they took out.

Added files lie in a folder that every reindexing reads (retrieval/uploads/folder.py). Nothing here touches the serving
index: what was added or removed shows after the next reindexing.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from retrieval.article import Article
from retrieval.errors import IndexUnusable, SourceError
from retrieval.index.embedded.generations import Generations
from retrieval.problems import Problem
from retrieval.processes.child import Limits
from retrieval.processes.workers import READING, Workers
from retrieval.reasons import Reason
from retrieval.sources.collection import Reading
from retrieval.sources.metadata_files import known_of
from retrieval.sources.model import MAX_BYTES, Failure, Original, Sourced
from retrieval.sources.reading import articles_of
from retrieval.sources.reading_ahead import read_all
from retrieval.storage.whole_files import remove_unfinished
from retrieval.uploads.folder import UploadFolder, no_step
from retrieval.uploads.names import name_of, safe_name
from retrieval.uploads.removed import Hidden
from retrieval.uploads.staged import Named, Removal, Return, Staged, TakenOut, preview

_PREVIEWS = 10
_CALLED = 100
"""Characters of an article's beginning that stand for its title in the list of what was taken out."""


class Uploads:
    """The uploads of one data directory. Calls may come from several threads; one admin's do so one after another."""

    def __init__(
        self,
        generations: Generations,
        reading: Reading,
        limits: Limits = READING,
        step: Callable[[], None] = no_step,
    ) -> None:
        """Beside what `generations` serves. `reading` tells how files are read, each within `limits`, and opens the web
        for links; `step` is called between any two changes on the disk."""
        self._generations, data_dir = generations, generations.data_dir
        self._folder = UploadFolder(data_dir / "uploads", step)
        self._hidden = Hidden(data_dir / "removed.json")
        self._reading = reading
        self._limits = limits
        self._step = step

    def stage(self, name: str, data: bytes, known: Mapping[str, str] | None = None) -> Staged:
        """Keeps a file aside and reads it; `known` is metadata that beats the file's own.

        Raises:
            SourceError: too large, of no supported kind, or nothing in it can be read.
        """
        name = safe_name(name)
        if len(data) > MAX_BYTES:
            raise SourceError(Reason.of(Problem.UPLOAD_TOO_LARGE, limit=MAX_BYTES // 2**20), place=name)
        known_of(known or {})  # what cannot be read later is refused now
        self.drop_old()
        token = self._folder.put_aside(name, data, known or {})
        try:
            staged = self._preview(token)
            titles = [each.title or each.opening[:_CALLED] for each in staged.articles]
            self._folder.keep(token, {"titles": titles, "count": staged.count})
        except BaseException:
            self._folder.forget(token)
            raise
        return staged

    def stage_link(self, url: str) -> Staged:
        """Keeps a copy of the page at `url` aside and reads it; raises SourceError when it cannot be had."""
        if self._reading.web is None:
            raise SourceError(Reason.of(Problem.WEB_NO_WAY), place=url)
        with self._reading.web() as web:
            found, more = (*islice(web.originals(url), 2), None, None)[:2]
            if found is None or isinstance(found, Failure):
                raise SourceError(found.reason if found else Reason.of(Problem.WEB_LISTS_NONE), place=url)
            if more is not None:
                raise SourceError(Reason.of(Problem.WEB_LISTS_SEVERAL), place=url)
            address = found.url or url
            return self.stage(name_of(address, found.name), found.read(), {"url": address})

    def add(self, token: str) -> Named:
        """Moves what was staged among the uploads, also when that was begun before; what the articles in it are called.

        Raises SourceError when it is not there any more.
        """
        note = self._folder.noted(token)
        for name in self._folder.decide(token):
            self._show_again(name)
        titles = tuple(note.get("titles", ()))
        return Named(titles=titles, count=note.get("count", len(titles)))

    @property
    def begun(self) -> bool:
        """Whether a process that was killed has begun to add something."""
        return bool(self._folder.decided())

    def recover(self) -> bool:
        """Finishes what a process that was killed has begun to add, and removes what it left; whether there was
        something to add. To be called while nothing is staged, added or removed."""
        begun = self._folder.decided()
        for token in begun:
            self.add(token)
        self._folder.sweep()
        remove_unfinished(self._hidden.path)
        return bool(begun)

    def discard(self, token: str) -> None:
        """Forgets what was staged, also when it was forgotten before."""
        self._folder.forget(token)

    def drop_old(self) -> None:
        """Forgets what has waited for a day."""
        self._folder.drop_old()

    def title_of(self, article_id: str) -> str:
        """What an article of the index in service is called; its id where it is not there."""
        article = self._indexed(article_id)
        return _called(article) if article else article_id

    def remove(self, article_id: str) -> Removal:
        """Takes an article out: an upload of its own is put away, any other is hidden from the next reindexing on."""
        article = self._indexed(article_id)
        if article is None:
            return "unknown"
        path, called = Path(article.path) if article.path else None, _called(article)
        uploaded = path is not None and path.resolve().parent == self._folder.path.resolve()
        alone = path is not None and uploaded and len(self._articles(path)) == 1
        if not alone or article.url == article_id:  # a page may stand in another source as well
            self._hidden.add(article_id, path, called)
            self._step()
        if not alone or path is None:
            return "hidden"
        self._folder.take_out(path.name, {"id": article_id, "title": called})
        self._step()
        return "deleted"

    def taken_out(self) -> list[TakenOut]:
        """What can be brought back, the latest first; raises SourceError when a note is spoilt."""
        files = (
            TakenOut(id=each.note.get("id") or each.name, title=each.note.get("title"), at=each.at)
            for each in self._folder.taken_out()
        )
        hidden = (
            TakenOut(id=article_id, title=note.title, at=note.at)
            for article_id, note in self._hidden.all().items()
        )
        found: dict[str, TakenOut] = {}
        for each in sorted((*files, *hidden), key=lambda each: each.at or 0.0, reverse=True):
            found.setdefault(each.id, each)
        return list(found.values())

    def bring_back(self, article_id: str) -> Return:
        """Lets an article in again that was taken out: from the next reindexing on it is there.

        Raises NameTaken where another file has the name of its file by now.
        """
        files = [
            each for each in self._folder.taken_out() if (each.note.get("id") or each.name) == article_id
        ]
        if files:
            self._folder.bring_back(files[0].token)
        hidden = self.restore(article_id)
        self._step()
        return "everywhere" if hidden else "uploads" if files else "unknown"

    def restore(self, article_id: str) -> bool:
        """Lets a hidden article in again; False when it was not hidden."""
        return self._hidden.take_out(article_id)

    def removed(self) -> Mapping[str, Path | None]:
        """The hidden articles by id, each with its file, if any; raises SourceError when the list is spoilt."""
        return self._hidden.files()

    def _preview(self, token: str) -> Staged:
        file = self._folder.aside(token)
        with Workers(limits=self._limits) as workers:
            found = list(self._read(file, workers))
            articles = [each.article for each in found if isinstance(each, Sourced)]
            failed = tuple(
                failure
                for each in found
                for failure in ([each] if isinstance(each, Failure) else each.remarked)
            )
            if not articles:
                why = failed[0].reason if failed else Reason.of(Problem.NO_ARTICLE)
                raise SourceError(why, place="" if why.startswith(f"{file.name} ") else file.name)
            shown = tuple(preview(article, workers) for article in articles[:_PREVIEWS])
        replaces = (self._folder.path / file.name).exists()
        return Staged(
            token=token, name=file.name, count=len(articles), articles=shown, failed=failed, replaces=replaces
        )

    def _read(self, path: Path, workers: Workers) -> Iterator[Sourced | Failure]:
        return read_all(articles_of(self._original(path)), workers)

    def _articles(self, path: Path) -> list[object]:
        """What a file holds, as far as it takes to tell one article from several."""
        return list(islice(articles_of(self._original(path)), 2))

    def _original(self, path: Path) -> Original:
        return Original(
            id=path.name,
            place=path.name,
            name=path.name,
            open=lambda: path.open("rb"),
            known=known_of(UploadFolder(path.parent).said().get(path.name, {})),
            columns=self._reading.columns,
        )

    def _show_again(self, name: str) -> None:
        """Who adds a file that was hidden means it to be read."""
        if not (removed := self.removed()):
            return
        file = self._folder.path / name
        with Workers(limits=self._limits) as workers:
            ids = {each.article.id for each in self._read(file, workers) if isinstance(each, Sourced)}
        for article_id, hidden_in in removed.items():
            # Under its mere name an article of another source may be hidden, which is not meant.
            if hidden_in == file.resolve() or (article_id in ids and article_id != name):
                self.restore(article_id)
                self._step()

    def _indexed(self, article_id: str) -> Article | None:
        try:
            with self._generations.catalogue() as articles:
                return articles.article(article_id)
        except IndexUnusable:
            return None


def _called(article: Article) -> str:
    return article.title or " ".join(article.text[:_CALLED].split())
