"""What an admin's change does to the uploads before the collection is read anew. For threads."""

from dataclasses import replace

from bot.on_telegram.admin.reindex_outcome import UPLOADS
from bot.processes.unfinished import Begun
from bot.processes.uploads import UploadsProcess
from retrieval.uploads.uploads import Uploads

_NAMED = 3
"""Articles that a report names."""


def done(begun: Begun, uploads: Uploads, reader: UploadsProcess) -> Begun:
    """Does it; the note with the names of what was changed, and with what is to be read for it. For a thread."""
    match begun.change:
        case "add":
            added = reader.add(begun.argument)
            shown = added.titles[:_NAMED]
            return replace(begun, subjects=shown, more=added.count - len(shown))
        case "remove":
            title = uploads.title_of(begun.argument)
            reader.remove(begun.argument)
            return replace(begun, subjects=begun.subjects or (title,))
        case "return":
            known = [each for each in uploads.taken_out() if each.id == begun.argument]
            titles = tuple(each.title or each.id for each in known)
            where = uploads.bring_back(begun.argument)
            # What was hidden in other sources has to be read from them.
            options = UPLOADS if where == "uploads" else ()
            return replace(begun, subjects=titles or begun.subjects, options=options)
    return begun
