"""The tables, once, for SQLite and PostgreSQL (SQLAlchemy Core).

Every table but `tallies` carries `row_sha256`, the hash of its other columns; `tallies` holds for each table the number
of rows and the sum of their hashes, so that a row changed, deleted, added or swapped behind leakdesk's back is found.
Columns named in `JSON_COLUMNS` hold compact JSON; their shapes are those of docs/formats.md.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()
HASH = "row_sha256"
_BIG = BigInteger().with_variant(Integer, "sqlite")


def _table(name: str, *columns: Column[object] | Index) -> Table:
    return Table(name, METADATA, *columns, Column(HASH, LargeBinary(32), nullable=False))


def _text(name: str, *, key: bool = False, null: bool = False) -> Column[object]:
    return Column(name, Text, primary_key=key, nullable=null)


def _number(name: str, *, key: bool = False, null: bool = False) -> Column[object]:
    return Column(name, _BIG, primary_key=key, nullable=null, autoincrement=False)


# --- what was received -------------------------------------------------------------------------------------------------

#: One leak, one collection of reports, one list, one key table.
datasets = _table(
    "datasets",
    _text("id", key=True),
    _text("kind"),  # leak | reports | list | keys
    _text("label"),
    _text("format", null=True),
    _text("date", null=True),
    _text("sha256", null=True),
    _number("count"),
)

#: Sealed bytes: `store` is "file", "segment" (place = its number) or "range" (place = the container's SHA-256).
originals = _table(
    "originals",
    _text("sha256", key=True),
    _number("size"),
    _text("store"),
    _text("place"),
    _number("start"),
    _number("length"),  # bytes at that place; differs from size where `undo` changes them
    _text("undo"),  # "" or "mbox" (one level of >From quoting)
    Index("originals_by_place", "store", "place"),
)

#: Received or unpacked, sealed, and not read yet. Empty when everything is accounted for.
inbox = _table(
    "inbox",
    _number("seq", key=True),
    _text("id"),
    _text("parent"),
    _text("top"),
    _text("location"),
    _text("location_bytes", null=True),
    _text("sha256"),
    _number("size"),
    _text("name"),
    _text("media_type"),
    _text("dataset"),
    _number("depth"),
    _text("state"),  # of the part itself: a truncated attachment is partial however well it reads
    _text("reason"),
    _text("limit_"),
    _text(
        "phase"
    ),  # new | open (a container whose members are coming in) | copy (same bytes as a container known already)
    _number("cursor"),  # members already taken in
    _number("cursor_byte"),
    _number("listed"),  # members by the independent count
    _text("notes"),
    Index("inbox_by_phase", "phase", "seq"),
    Index("inbox_by_id", "id", unique=True),
)

#: One row a sighting: the ledger.
items = _table(
    "items",
    _number("seq", key=True),
    _text("id"),
    _text("parent"),
    _text("top"),
    _text("document", null=True),
    _text("dataset"),
    _text("location"),
    _text("location_bytes", null=True),
    _text("sha256", null=True),
    _number("size"),
    _text("raw", null=True),  # {"container","start","length","sha256"}: the raw range in a mailbox, which `dd` shows
    _text("media_type"),
    _text("state"),
    _text("stage"),
    _text("reason"),
    _text("limit_"),
    _number("listed", null=True),  # members by the independent count; null where it is no container
    _text("notes"),
    Index("items_by_id", "id", unique=True),
    Index("items_by_parent", "parent"),
    Index("items_by_document", "document"),
    Index("items_not_read", "state", sqlite_where=Column("state", Text) != "read"),
)

#: Receipt traces that stay here for good: archive user names, uids, modes, device nodes.
sealed_log = _table("sealed_log", _number("number", key=True), _text("item"), _text("key"), _text("value"))

# --- documents and their text -------------------------------------------------------------------------------------------

documents = _table(
    "documents",
    _number("seq", key=True),
    _text("id"),
    _text("sha256"),
    _number("size"),
    _text("dataset"),
    _text("kind"),
    _text("schema"),
    _text("media_type"),
    _text("title", null=True),
    _text("head", null=True),  # MessageHead
    _text("date", null=True),
    _text("date_utc", null=True),
    _text("message_id", null=True),
    _text("languages"),
    _number("pages", null=True),
    _text("layer", null=True),
    _text("attachments"),  # [{"id","name","media_type","size"}]
    _number("listed", null=True),  # how many things are inside; null where it is no container
    _text("state"),
    _text("stage"),
    _text("reason"),
    _text("limit_"),
    _text("created", null=True),
    _text("modified", null=True),
    _text("outlet", null=True),
    _text("published", null=True),
    _text("url", null=True),
    _text("reader"),
    _text("notes"),
    Index("documents_by_id", "id", unique=True),
    Index("documents_by_layer", "layer"),
    Index("documents_by_date", "date_utc"),
    Index("documents_by_message_id", "message_id"),
)

#: Frozen texts. `id` hashes (bytes, reader and its version, hints); a newer reading makes a new row beside the old.
text_layers = _table(
    "text_layers",
    _number("seq", key=True),
    _text("id"),
    _text("document"),
    _text("sha256"),
    _text("extractor"),
    _text("text"),
    _text("pages"),  # [[number, start, end], ...]
    _text("segments"),  # [[start, end, role, language], ...]
    Index("text_layers_by_id", "id", unique=True),
    Index("text_layers_by_document", "document"),
)

#: Where the words of a text layer stand on its pages: packed by `boxes`, read only to show a quotation on its page.
word_boxes = _table(
    "word_boxes",
    _text("layer", key=True),
    _number("version"),
    _number("count"),
    Column("data", LargeBinary, nullable=False),
)

#: What threading and grouping of copies said: one row a message, rewritten as more letters come in.
letters = _table(
    "letters",
    _text("document", key=True),
    _text("thread", null=True),
    _text("group_", null=True),
    _text("reason"),
    Index("letters_by_thread", "thread"),
    Index("letters_by_group", "group_"),
)

# --- read deeply --------------------------------------------------------------------------------------------------------

#: The result of one deep step over one document (or the whole case, document ""), as the step's own JSON.
readings = _table(
    "readings",
    _text("document", key=True),
    _text("step", key=True),
    _text("version"),
    _text("layer", null=True),
    _text("state"),  # done | missing (reason "needs X") | failed
    _text("reason"),
    _text("data", null=True),
    Index("readings_by_step", "step", "state"),
)
mentions = _table(
    "mentions",
    _text("document", key=True),
    _text("id", key=True),
    _text("layer"),
    _number("start"),
    _number("end"),
    _text("text"),
    _text("type"),
    _text("normal"),
    _text("rules"),
    _text("confidence"),
    _text("entity", null=True),
    Index("mentions_by_entity", "entity"),
)
entities = _table(
    "entities",
    _text("id", key=True),
    _text("schema"),
    _text("caption"),
    _text("names"),
    _text("countries"),
    _number("shown"),
    _text("redirect", null=True),
    _text("suggestions"),
    _text("data", null=True),
)
statements = _table(
    "statements",
    _text("id", key=True),
    _text("entity_id"),
    _text("schema"),
    _text("prop"),
    _text("value"),
    _text("dataset"),
    _text("origin"),
    Index("statements_by_entity", "entity_id"),
)
attributions = _table("attributions", _text("document", key=True), _text("id", key=True), _text("layer"), _text("data"))
claims = _table(
    "claims",
    _text("document", key=True),
    _text("id", key=True),
    _text("layer"),
    _text("origin"),
    _text("sentence"),
    _text("quote"),
    _number("start"),
    _number("end"),
    _text("data"),
)
supports = _table(
    "supports",
    _number("number", key=True),
    _text("document"),
    _text("claim"),
    _text("stance"),
    _text("anchor"),
    Index("supports_by_claim", "document", "claim"),
)
#: Who had it from whom: nodes and derivations, rebuilt as a whole.
derivations = _table(
    "derivations",
    _number("number", key=True),
    _text("kind"),
    _text("source"),
    _text("target"),
    _text("certainty"),
    _text("data"),
)
screenings = _table(
    "screenings",
    _number("number", key=True),
    _text("entity"),
    _text("list"),
    _text("kind"),
    _text("verdict"),
    _text("data"),
)
authenticity = _table("authenticity", _text("document", key=True), _text("data"))

# --- what persons decide ------------------------------------------------------------------------------------------------

judgements = _table(
    "judgements",
    _number("number", key=True),
    _text("left"),  # mention anchors, not entity ids: a judgement survives re-reading
    _text("right"),
    _text("judgement"),
    _text("actor"),
    _text("day"),
    _number("withdrawn"),
    _text("data", null=True),
)
roles = _table("roles", _text("entity", key=True), _text("role"), _text("reason", null=True), _text("anchors"))
findings = _table(
    "findings",
    _text("id", key=True),
    _text("state"),
    _text("sentence"),
    _text("claim"),
    _text("document"),
    _text("data"),
    Index("findings_by_document", "document"),
)
notes = _table(
    "notes",
    _number("number", key=True),
    _text("document"),
    _text("kind"),  # note | tag | search (a saved one: value is its name, anchor the query)
    _text("value"),
    _text("anchor", null=True),
    _text("actor"),
    _text("day"),
    _number("withdrawn"),
    Index("notes_by_document", "document"),
)
packs = _table("packs", _text("id", key=True), _text("day"), _text("root"), _text("data"))
#: 32 random bytes a text layer, the source of all its salts; the case's own key has the id "". They never leave.
document_keys = _table("document_keys", _text("document", key=True), Column("key", LargeBinary(32), nullable=False))
#: The sealed tree of a text layer: root, depth (2**depth leaves) and its leaf in the case tree.
seals = _table(
    "seals",
    _text("layer", key=True),
    _text("document"),
    Column("root", LargeBinary(32), nullable=False),
    _number("depth"),
    Column("commitment", LargeBinary(32), nullable=False),
    Index("seals_by_document", "document"),
)
settings = _table("settings", _text("name", key=True), _text("value"))

# --- the log and the work ---------------------------------------------------------------------------------------------

custody = _table(
    "custody",
    _number("number", key=True),
    _text("day"),
    _text("actor"),
    _text("verb"),
    _text("object_id"),
    _text("hash_in"),
    _text("hash_out"),
    _text("tool"),
    _text("note"),
    _text("previous"),
    _text("hash"),
    Index("custody_by_object", "object_id"),
)
#: Background work: one row a (document, step, version); a lease that ran out may be taken by anybody.
jobs = _table(
    "jobs",
    _text("document", key=True),
    _text("step", key=True),
    _text("version", key=True),
    _text("state"),  # claimed | finished | failed
    _text("owner"),
    Column("lease", Float, nullable=False),
    _number("attempts"),
    _text("reason"),
    Index("jobs_by_state", "step", "state", "lease"),
)
#: Number of rows of each table and the sum of their hashes modulo 2**256.
tallies = Table(
    "tallies",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("count", _BIG, nullable=False),
    Column("sum", LargeBinary(32), nullable=False),
)

#: Tables whose rows are numbered as they come.
NUMBERED = {
    "inbox": "seq",
    "items": "seq",
    "documents": "seq",
    "text_layers": "seq",
    "sealed_log": "number",
    "supports": "number",
    "derivations": "number",
    "screenings": "number",
    "judgements": "number",
    "notes": "number",
}

#: Columns that hold JSON.
JSON_COLUMNS = frozenset(
    {
        "location",
        "raw",
        "notes",
        "head",
        "languages",
        "attachments",
        "pages",
        "segments",
        "data",
        "rules",
        "names",
        "countries",
        "suggestions",
        "anchor",
        "anchors",
    }
)
