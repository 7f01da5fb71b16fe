"""What each language says in its own words: one TOML file a language in `data/`, read by every room above.

Questions may be asked in these languages; `recognised.toml` holds what tells others. Lists are of words and phrases as
they are written, compared as each room compares. The entries, all of which a language may leave out:

home: the country that its articles may leave unsaid. syllables: of a word, where they are written apart.
stemmer: the algorithm of Snowball for its words in the lexicon.
detection: function_words and chat_words vote for it, plain_words: so do a little words of ASCII, script decides.
keyboard: rows of keys, and letters that are taken for each other (`retrieval.text.edits`).
sentences: abbreviations, after which a full stop ends none.
dates: months, quarters, quarter_words, ordinals (endings behind a day), day_words (before one).
amounts: what a number is multiplied by, shares, currencies.
roman: words before and after a numeral; before_small: before one in small letters; small_before: behind one.
times: counts with years_ago; past_beside: what a year stands behind that a text is not about (* for any ending),
    compared_with: of these what compares; latest: words that ask for the newest; spans: from one year, #, to another;
    parts: patterns of what makes a part of the year behind it; weekdays: as they are written;
    this_year: what an undated article is of a year by; days, months, years: words by their distance from the date.
asks: words by what is asked for. answer_kinds: by a closer kind, what asks for it, and patterns of what tells it.
several: what asks for a list, and for figures to be compared (* for any ending, alone for up to three words), single:
    words that look like a plural and are none.
numbers: as words. who_is: what stands before or behind a name, and particles.
small_talk: phrases by kind; a question of these and filler alone is not searched. Of what is asked about the bot itself
    there are abilities, identity, articles, help, language (which it writes), wrong (a complaint), sure (whether it
    is), more, rude, chat; noted: a nod or a no; alone: such a word that asks beside any other.
courtesies: what stands around a question: openings before it, closings behind it, tails behind a question word alone;
    kept: what looks like a closing and is none; pointing: words that stand for something in the sentence before;
    gratitude: words of thanks.
    In these and in small talk `[a|b|]` is a choice.
follow_ups: openers, closers: what a question that leans on the one before begins or ends with; particles: what any may
    end with; whole: phrases with words in them that look like such cues; pronouns: words for something said before,
    of which possessives stand before a noun with a name's `'s` in their place;
    pointers: nouns that point back to it; asking: question words, of which counting stand before
    what they count, when ask for a time and why for a reason;
    behind_time: words that go with a year before them; empty: words that name nothing to look for.
suggestions: said: words by which texts tell of a topic, by the kind of figure beside them; unsure: words of sentences
    that tell of no fact; months: so many months of a year, parts: words for a part of one; roles and surnames: of
    people, apart: words behind a role that belong to it; asks: how a topic is asked, with {a} and {b} for countries,
    {year}, {months}, {name}, {title}; places: what countries are called there, cases: their endings.
places: see `retrieval.questions.places`.
names: endings that cases give them; for the rest see `retrieval.ranking.proper_names`.
same_question: see `retrieval.same_question.groups`.
atoms: in the language of the collection, how amounts, dates and names are told from what looks like them; units and
    magnitudes by a key that the interface words (`retrieval.excerpts.atoms`).
abbreviations: of chats, see `retrieval.questions.abbreviations`.
"""
