"""`backup` and `restore`: what a data folder holds that cannot be made anew, in one file, and back."""

from pathlib import Path

from bot.backups.archive import STATE, Listing
from bot.backups.backup import back_up
from bot.backups.restore import restore
from bot.exit_codes import DONE
from bot.printable import say
from bot.state.db.copying import file_of
from config.settings import Settings


def write_backup(settings: Settings, file: Path) -> int:
    """Prints what is in it, and what is not."""
    listing = back_up(settings, file)
    say(f"{file}: {_held(listing)}, {file.stat().st_size / 1e6:,.1f} MB.")
    if file_of(settings.state) is None:
        say("The bot's state is on a server and not in it: back that up with pg_dump.")
    return DONE


def restore_backup(settings: Settings, file: Path) -> int:
    """Prints what is back, and where that lies which it replaced."""
    done = restore(settings, file)
    say(f"Restored from {done.listing.made}: {_held(done.listing)}.")
    if done.replaced:
        say(f"What was there before is in {done.replaced}: delete it when all is well.")
    say(
        f"Settings are not put in force: compare {settings.data_dir / 'settings-of-backup.env'} with your .env."
    )
    return DONE


def _held(listing: Listing) -> str:
    state = "the bot's state" if STATE in listing.files else "no state"
    index = f"the index {listing.generation}" if listing.generation else "no index"
    uploads = "1 uploaded file" if listing.uploads == 1 else f"{listing.uploads} uploaded files"
    return f"{index}, {state}, {uploads}"
