"""The corpus tables: their columns, types that never depend on the data, keys and descriptions."""

from collections.abc import Sequence

from extractor.io.columns import Column, Table, Type


def _table(name: str, description: str, key: Sequence[str], columns: Sequence[tuple[str, Type, str]]) -> Table:
    return Table(name, description, tuple(Column(*column) for column in columns), tuple(key))


_TIE_COUNTS: tuple[tuple[str, Type, str], ...] = (
    ("agreement", "integer", "Agreements, by the year of signing."),
    ("visit", "integer", "Visits that took place."),
    ("meeting", "integer", "Meetings that took place."),
    ("appointment", "integer", "Appointments and titles given."),
    ("establishment", "integer", "Joint units founded."),
    ("total", "integer", "Acts of all types."),
)

CORPUS_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table("organizations", "One row per real organisation over all texts.", ("id",), (
            ("id", "string", "Lasting id."),
            ("name", "string", "The name that most texts use."),
            ("aliases", "list", "Other full names."),
            ("acronyms", "list", "Acronyms."),
            ("kind", "string", "Kind of institution, from a closed list."),
            ("country", "string", "ISO 3166-1 alpha-2 code."),
            ("part_of", "string", "Id of the organisation that it is a unit of."),
            ("house", "string", "Id of the top organisation that it belongs to; its own where it is no unit."),
            ("ror", "string", "Identifier in the Research Organization Registry; of the parent where ror_level says so."),
            ("ror_level", "string", "organization or parent; empty where nothing certain was found."),
            ("n_texts", "integer", "Texts that name it, copies counted too."),
            ("n_mentions", "integer", "Mentions in all texts."),
            ("first_published", "date", "First day of publication of a text that names it."),
            ("last_published", "date", "Last day of publication of a text that names it."),
        )),
        _table("persons", "One row per real person over all texts.", ("id",), (
            ("id", "string", "Lasting id."),
            ("name", "string", "The form that most texts use."),
            ("names", "list", "Other forms."),
            ("family", "string", "Family name."),
            ("given", "string", "Given names."),
            ("honorific", "string", "Honorific that most texts print."),
            ("titles", "list", "Titles of posts, as printed."),
            ("organizations", "list", "Ids of the top organisations where posts were held."),
            ("n_texts", "integer", "Texts that name the person, copies counted too."),
        )),
        _table("agreements", "One row per real agreement over all texts.", ("id",), (
            ("id", "string", "Lasting id."),
            ("parties", "list", "Ids of the organisations that enter it."),
            ("party_names", "list", "Their names."),
            ("countries", "list", "Their countries, each once."),
            ("instrument", "string", "Paper that it is laid down in."),
            ("action", "string", "Last step told: planned, agreed, signed, in_force, renewed or ended."),
            ("date", "string", "When it was signed, else when its first known step was; EDTF."),
            ("date_start", "date", "First day covered by that date."),
            ("date_end", "date", "Last day covered by that date."),
            ("duration", "string", "How long it runs, ISO 8601 (P5Y)."),
            ("until", "date", "Last day of its term, counted from signing or renewal; empty where no term is told."),
            ("ended", "date", "When it was ended; empty where no text tells a day."),
            ("topics", "list", "What it is about."),
            ("signatories", "list", "Ids of the people who signed."),
            ("signatory_names", "list", "Their names."),
            ("n_sources", "integer", "Texts that tell it, copies not counted."),
            ("n_texts", "integer", "Texts that tell it, copies counted too."),
            ("doc_ids", "list", "Ids of these texts."),
            ("conflicts", "list", "Fields on which the texts disagree: date, instrument, parties."),
            ("sentence", "string", "The words of one text that tell it."),
        )),
        _table("timeline", "One row per telling of an agreement, by the day for which it speaks.", ("agreement", "doc_id", "event_id"), (
            ("agreement", "string", "Id of the agreement."),
            ("step", "string", "planned, agreed, signed, in_force, renewed or ended."),
            ("date", "string", "Date that the text gives; EDTF."),
            ("date_start", "date", "First day covered."),
            ("date_end", "date", "Last day covered."),
            ("doc_id", "string", "Text that tells it."),
            ("event_id", "string", "Event of that text."),
            ("published", "date", "Day of publication of the text."),
            ("instrument", "string", "Paper as this text names it."),
            ("parties", "list", "Ids of the parties that this text names."),
            ("is_copy", "boolean", "Whether the text copies another one."),
            ("sentence", "string", "The words that tell it."),
        )),
        _table("conflicts", "One row per value of each field on which texts disagree.", ("agreement", "field", "value"), (
            ("agreement", "string", "Id of the agreement."),
            ("field", "string", "date, instrument or parties."),
            ("value", "string", "What these texts say; ids of parties are joined by spaces."),
            ("is_chosen", "boolean", "Whether the agreements table has this value."),
            ("n_sources", "integer", "Texts that say so, copies not counted."),
            ("doc_ids", "list", "Ids of these texts."),
        )),
        _table("ties", "One row per pair of top organisations and year, a before b.", ("a", "b", "year"), (
            ("a", "string", "Id of an organisation."),
            ("b", "string", "Id of the other."),
            ("name_a", "string", "Name of a."),
            ("name_b", "string", "Name of b."),
            ("country_a", "string", "Country of a."),
            ("country_b", "string", "Country of b."),
            ("year", "integer", "Year of the acts; empty where none is known."),
            *_TIE_COUNTS,
        )),
        _table("country_ties", "One row per pair of countries and year; a is b for acts within a country.", ("a", "b", "year"), (
            ("a", "string", "ISO 3166-1 alpha-2 code."),
            ("b", "string", "ISO 3166-1 alpha-2 code."),
            ("year", "integer", "Year of the acts; empty where none is known."),
            *_TIE_COUNTS,
        )),
        _table("duplicates", "One row per text that copies an earlier one.", ("doc_id",), (
            ("doc_id", "string", "The copy."),
            ("copy_of", "string", "The text of the group that was published first."),
            ("similarity", "number", "Estimated share of common runs of five words, 0 to 1."),
        )),
        _table("doubtful", "One row per pair that may be one and was kept apart.", ("kind", "a", "b"), (
            ("kind", "string", "organization or person."),
            ("a", "string", "Id."),
            ("b", "string", "Id of the other."),
            ("name_a", "string", "Name of a."),
            ("name_b", "string", "Name of b."),
            ("reason", "string", "Why it is in doubt."),
        )),
        _table("members", "One row per record of a text, and the row of a corpus table that it is in.", ("kind", "doc_id", "local_id"), (
            ("kind", "string", "organization, person or agreement."),
            ("id", "string", "Id of the row in organizations, persons or agreements."),
            ("doc_id", "string", "Text."),
            ("local_id", "string", "Id of the institution, person or event within the text."),
        )),
    )
}  # fmt: skip
