"""Updates from Telegram: fetched, read field by field, journaled, one at a time in each chat."""
