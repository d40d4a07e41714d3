"""From accepted findings to a pack on disk: hand `publish` what it needs, write what it gives, look for residue, record it.

Nothing is written before every reason against it is settled; a pack that the residue scanner does not find clean is removed
again and refused.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.errors import NoSandbox, NotFound, PackBlocked, UsageError
from leakdesk.intake.sandbox import Tier, tier
from leakdesk.language.gazetteer import find_place
from leakdesk.language.spelling import word_keys
from leakdesk.model.anchor import Anchor
from leakdesk.model.claim import Finding, FindingState
from leakdesk.publish import pack as packing
from leakdesk.publish import residue
from leakdesk.publish.exposure import Exposure, measure, measure_draft
from leakdesk.publish.inputs import CasePerson, Dossier, PackDocument, PackInput, PublicText
from leakdesk.publish.names import is_ordinary
from leakdesk.publish.pack import Pack
from leakdesk.publish.roles import RoleDecision, decide
from leakdesk.publish.signing import SigningKey, read_key
from leakdesk.store import decided, found
from leakdesk.store.case import REPORTS, CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.rows import from_json, to_json
from leakdesk.store.tables import documents, entities, mentions, packs, text_layers
from leakdesk.work.dossiers import dossiers as told_by_the_case
from leakdesk.work.holders import letters
from leakdesk.work.sealing import case_seal, seal_all, seal_of, sealable
from leakdesk.work.wordings import wordings

#: The key that signs a case's packs where no other is given.
KEY_NAME = "pack_ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A pack and where it lies."""

    pack: Pack
    out: Path


def set_role(store: CaseStore, entity: str, role: str, reason: str = "") -> RoleDecision:
    """Settle why a person may be named, or that they may not. Raises NotFound, RoleUnusable."""
    decision = decide(role, reason)
    with store.connect() as connection:
        row = connection.execute(select(entities.c.id, entities.c.redirect).where(entities.c.id == entity)).first()
        if row is None:
            raise NotFound(f"entity {entity}", try_="List names with: leakdesk names CASE")
        entity = row.redirect or row.id
        anchors = tuple(
            connection.execute(select(mentions.c.id).where(mentions.c.entity == entity).limit(20)).scalars()
        )
    # The log says that a role was settled and not which: it must not tell who is protected.
    with store.writing([Entry(verb="judged", object_id=entity, note="role", actor="editor")]) as writer:
        decided.put_role(writer, entity, decision.role.value, decision.reason or None, anchors)
    store.mark()
    return decision


def people(connection: Connection) -> tuple[CasePerson, ...]:
    """Every person of the case with all spellings found, and the role that an editor settled.

    What was taken for a person once, and only perhaps, is left out where the word is an ordinary one or names a thing or
    place of this case: masking "machine" protects nobody."""
    roles = decided.roles_of(connection)
    rows = connection.execute(select(entities).where(entities.c.redirect.is_(None)).order_by(entities.c.id)).all()
    others = _things_and_places(rows)
    found_people: list[CasePerson] = []
    for row in rows:
        names = tuple(dict.fromkeys((row.caption, *(name["text"] for name in from_json(row.names)))))
        if row.schema != "Person" or (not row.shown and all(_is_no_name(name, others) for name in names)):
            continue
        role = decide(known.role, known.reason or "") if (known := roles.get(row.id)) else None
        found_people.append(CasePerson(entity=row.id, names=names, role=role))
    return tuple(found_people)


def _things_and_places(rows: Sequence[Any]) -> set[str]:
    """Spelling keys of all one-word names that this case knows as places, bodies or things."""
    names = (name["text"] for row in rows if row.schema != "Person" and row.shown for name in from_json(row.names))
    return {key for name in names if " " not in name for key in word_keys(name, name=True)}


def _is_no_name(name: str, others: set[str]) -> bool:
    """Whether a weak mention is an ordinary word, or the name of something else in this case."""
    if find_place(name) or (" " not in name and others & set(word_keys(name, name=True))):
        return True
    return (
        is_ordinary(name.casefold())
        or not name.replace("-", "").replace("'", "").replace(" ", "").replace(".", "").isalpha()
    )


def public_texts(connection: Connection) -> tuple[PublicText, ...]:
    """The reports about the leak: what the public has already."""
    query = (
        select(documents.c.id, text_layers.c.text)
        .join(text_layers, text_layers.c.id == documents.c.layer)
        .where(documents.c.dataset == REPORTS)
        .order_by(documents.c.id)
    )
    return tuple(PublicText(name=row.id, text=row.text) for row in connection.execute(query))


def chosen_findings(connection: Connection, ids: Sequence[str]) -> tuple[Finding, ...]:
    """The findings of these ids in that order; without ids all accepted ones. Raises NotFound."""
    everything = {finding.id: finding for finding in decided.findings_of(connection)}
    if not ids:
        return tuple(finding for finding in everything.values() if finding.state is FindingState.ACCEPTED)
    missing = [each for each in ids if each not in everything]
    if missing:
        raise NotFound(f"finding {missing[0]}", try_="List findings with: leakdesk finding CASE list")
    return tuple(everything[each] for each in ids)


def leaked_passages(connection: Connection, findings: Iterable[Finding]) -> list[Anchor]:
    """The places of the leak that some findings would publish, each once."""
    anchors = [a for one in findings for a in (*one.quotes, *(support.anchor for support in one.support))]
    public = set(connection.execute(select(documents.c.id).where(documents.c.dataset == REPORTS)).scalars())
    return list({(a.document, a.start, a.end): a for a in anchors if a.document not in public}.values())


def expose_findings(connection: Connection, findings: Sequence[Finding]) -> Exposure:
    """How many could have held what these findings publish."""
    anchors = leaked_passages(connection, findings)
    return replace(_held_by(connection, anchors), wordings=wordings(connection, anchors))


def _held_by(connection: Connection, anchors: Sequence[Anchor]) -> Exposure:
    return measure([anchor.exact for anchor in anchors], letters(connection), anchors)


def expose_draft(connection: Connection, draft: str) -> Exposure:
    """The same for a reporter's draft. Raises IsPublished (exit 3) for a text that is a published report."""
    return measure_draft(draft, lambda: letters(connection), public_texts(connection))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a pack is built. `key`: a signing key's file, else the case's own; `reason`: why few holders are acceptable; `cleared`:
    places (document, start, end) that name nobody, as an editor has seen; `dossiers`: else what the case says itself."""

    key: Path | None = None
    number_people: bool = False
    reason: str = ""
    dossiers: Mapping[str, Dossier] | None = None
    cleared: frozenset[tuple[str, int, int]] = frozenset()
    facsimiles: bool = False


def pack(store: CaseStore, ids: Sequence[str], out: Path, options: Options) -> Written:
    """Build, scan, write and record a pack. Raises UsageError for a target that is not empty; what blocks a pack comes
    back in `pack.blocked`, and then nothing was written."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out.name} exists and is not empty", try_="Choose a folder that does not exist yet.")
    signing_key = _signing_key(store, options.key)
    seal_all(store)
    with store.connect() as connection:
        given = pack_input(store, connection, ids, signing_key, options)
        built = packing.build(given)
        if built.blocked:
            return Written(pack=built, out=out)
        _no_residue(connection, built, given)
    _write(built, out)
    with store.writing(_custody(given, built, options.reason)) as writer:
        data = {"findings": [f.id for f in given.findings], "sealed": len(given.case.commitments)}
        row = {"day": "", "root": built.root, "data": to_json(data)}
        writer.put(packs, {"id": built.root}, row)
    store.mark()
    return Written(pack=built, out=out)


def pack_input(
    store: CaseStore, connection: Connection, ids: Sequence[str], signing_key: SigningKey, options: Options
) -> PackInput:
    """Everything that publishing needs of the case."""
    findings = chosen_findings(connection, ids)
    anchors = leaked_passages(connection, findings)
    cited = {anchor.document for anchor in anchors}
    everybody = people(connection)
    known = frozenset(person.entity for person in everybody)
    quoted = {document: one for document in sorted(cited) if (one := _document(connection, document, known))}
    return PackInput(
        findings=tuple(_only_leaked(finding, cited) for finding in findings),
        documents=_with_pictures(store, quoted, anchors) if options.facsimiles else quoted,
        people=everybody,
        case=case_seal(connection),
        signing_key=signing_key,
        exposure=_held_by(connection, anchors).figures(options.reason),
        public=public_texts(connection),
        dossiers=told_by_the_case(store, findings) if options.dossiers is None else options.dossiers,
        number_people=options.number_people,
        cleared=options.cleared,
    )


def _with_pictures(
    store: CaseStore, documents: Mapping[str, PackDocument], anchors: Sequence[Anchor]
) -> Mapping[str, PackDocument]:
    """The quoted documents with their rendered pages. Raises NoSandbox: no page is rendered outside the box."""
    from leakdesk.work.facsimiles import with_pictures

    how = tier(unsandboxed=False)
    if how is not Tier.BOX:
        raise NoSandbox("facsimiles are rendered from untrusted pages")
    return with_pictures(store, documents, anchors, how)


def _only_leaked(finding: Finding, cited: set[str]) -> Finding:
    """A finding without its quotations of published reports: what a pack proves is what stands in the sealed letters."""
    return replace(
        finding,
        quotes=tuple(anchor for anchor in finding.quotes if anchor.document in cited),
        support=tuple(support for support in finding.support if support.anchor.document in cited),
    )


def _document(connection: Connection, document: str, known: frozenset[str]) -> PackDocument | None:
    one = sealable(connection, document)
    if one is None:
        return None
    key, sealed = seal_of(connection, one.layer_id)
    return PackDocument(
        document=document,
        layer=one.layer,
        key=key,
        sealed=sealed,
        head=one.head,
        attachments=one.attachments,
        mentions=tuple(
            mention
            for mention in found.mentions_of(connection, document)
            if mention.type != "person" or mention.entity is None or mention.entity in known
        ),
    )


def _signing_key(store: CaseStore, given: Path | None) -> SigningKey:
    path = given or store.layout.root / "keys" / KEY_NAME
    if path.exists():
        return read_key(path.read_bytes())
    if given is not None:
        raise NotFound(given.name, try_="Give an OpenSSH Ed25519 key, or leave --key out: one is made for the case.")
    key = SigningKey(secret=secrets.token_bytes(32))
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.openssh())
    return key


def _no_residue(connection: Connection, built: Pack, given: PackInput) -> None:
    masked = [place.text for place in (*built.masked, *built.masked_sentences)]
    scan = residue.scan(built.files, residue.needles_for(masked, given.people, _internal(connection, given)))
    if not scan.clean:
        files = sorted({each.file for each in scan.residues}) or [*scan.foreign, *scan.not_read]
        raise PackBlocked(f"something that was masked can still be found in {', '.join(files)}")


def _internal(connection: Connection, given: PackInput) -> list[str]:
    """Marks of the case that no pack may carry: ids, hashes, Message-IDs."""
    query = select(documents.c.id, documents.c.sha256, documents.c.message_id).where(
        documents.c.id.in_(given.documents)
    )
    rows = connection.execute(query).all()
    marks = [value for row in rows for value in (row.id, row.sha256, row.message_id) if value]
    return [*marks, *(one.layer.sha256 for one in given.documents.values())]


def _write(built: Pack, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, data in built.files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _custody(given: PackInput, built: Pack, reason: str) -> list[Entry]:
    lines = [
        Entry(verb="redacted", object_id=document, hash_out=built.root, actor="editor") for document in given.documents
    ]
    # An editor looked at these places and says that they name nobody.
    looked = [
        Entry(verb="judged", object_id=document, note="names nobody", actor="editor")
        for document in sorted({place[0] for place in given.cleared})
    ]
    return [
        *lines,
        *looked,
        Entry(verb="packed", object_id=built.root, hash_out=built.root, note=reason, actor="editor"),
    ]
