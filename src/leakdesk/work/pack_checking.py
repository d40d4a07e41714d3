"""A finished pack looked at again: its time stamps by an authority the reader trusts, and, for an auditor who may see the
case, everything behind its masks."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from leakdesk.errors import UsageError
from leakdesk.model.plain import to_plain
from leakdesk.publish import audit, verifier
from leakdesk.publish.inputs import CaseSeal, PackDocument
from leakdesk.publish.seal import commitment_salt
from leakdesk.publish.timestamps import Stamp, check_reply, read_authority
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import document_keys, packs, seals
from leakdesk.work.sealing import case_seal, seal_of, sealable

AUDITED = (
    "The pack was made from the texts as they lie in this case; every opened and every hidden part was computed again."
)
NOT_AUDITED = "The pack and this case do not agree; the steps above say where."


def verify_pack(folder: Path, authority: Path | None = None) -> dict[str, Any]:
    """The verifier's answer, with `timestamps`: what each attached reply is worth (step 8 fails if one does not hold)."""
    answer = verifier.verify(folder)
    if not answer["ok"]:
        return answer
    stamps = _stamps(folder, authority)
    if stamps:
        bad = [stamp.sentence for stamp in stamps if not stamp.ok]
        step = answer["steps"][-1]
        step["ok"] = not bad
        step["detail"] = "; ".join(bad or [stamp.sentence for stamp in stamps])
        if bad:
            answer = answer | {"ok": False, "says": verifier.SAYS_NOT}
    return answer | {"timestamps": [to_plain(stamp) for stamp in stamps]}


def _stamps(folder: Path, authority: Path | None) -> list[Stamp]:
    record = (folder / "root.json").read_bytes()
    trusted = read_authority(_bytes(authority)) if authority is not None else []
    stamps: list[Stamp] = []
    for path in sorted(folder.glob("root.json*.tsr")):
        stamp = check_reply(path.name, path.read_bytes(), record, trusted)
        if stamp.state == "not_parsed" and authority is not None:
            stamp = _second_opinion(stamp, path, authority)
        stamps.append(stamp)
    return stamps


def _second_opinion(stamp: Stamp, reply: Path, authority: Path) -> Stamp:
    """What openssl says to a reply that the library cannot read (it is stricter about the order of certificates)."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return stamp
    words = ["ts", "-verify", "-data", "root.json", "-in", reply.name, "-CAfile", str(authority.resolve())]
    done = subprocess.run([openssl, *words], cwd=reply.parent, capture_output=True, timeout=30, check=False)
    if done.returncode != 0:
        return replace(
            stamp,
            state="refused",
            sentence=f"{reply.name} does not hold: openssl refuses it for the authority you named",
        )
    text = subprocess.run(
        [openssl, "ts", "-reply", "-in", reply.name, "-text"],
        cwd=reply.parent,
        capture_output=True,
        timeout=30,
        check=False,
    ).stdout.decode(errors="replace")
    time = next((line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("Time stamp:")), "")
    return replace(stamp, state="verified", time=time, sentence=f"{reply.name}: stamped at {time}, checked by openssl")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UsageError(
            f"{path.name} cannot be read", try_="Give the file with the authority's certificates."
        ) from None


def audit_pack(store: CaseStore, folder: Path) -> dict[str, Any]:
    """Auditor mode: the pack against the case it was made from. `{"ok","steps":[{"letter","name","ok","detail"}],"says"}`."""
    try:
        files = verifier.read_files(folder)
    except verifier.Broken as broken:
        raise UsageError(f"{folder.name}: {broken}", try_="Give the folder of a pack.") from None
    with store.connect() as connection:
        steps = audit.audit(files, _documents(connection, files), _seal_then(connection, files))
    ok = all(step.ok for step in steps)
    return {"ok": ok, "steps": [to_plain(step) for step in steps], "says": AUDITED if ok else NOT_AUDITED}


def _documents(connection: Connection, files: Mapping[str, bytes]) -> Iterator[PackDocument]:
    """The documents of the case that the pack speaks of, found by the salts it opens."""
    opened = set(_salts(files))
    rows = connection.execute(
        select(document_keys.c.document, document_keys.c.key, seals.c.document)
        .join(seals, seals.c.layer == document_keys.c.document)
        .order_by(seals.c.document)
    )
    for layer, key, document in rows:
        if commitment_salt(bytes(key)).hex() not in opened:
            continue
        one = sealable(connection, document)
        if one is not None and one.layer_id == layer:
            _, sealed = seal_of(connection, layer)
            yield PackDocument(
                document=document,
                layer=one.layer,
                key=bytes(key),
                sealed=sealed,
                head=one.head,
                attachments=one.attachments,
            )


def _salts(files: Mapping[str, bytes]) -> Iterator[str]:
    for name, data in files.items():
        if name.startswith("documents/"):
            with contextlib.suppress(ValueError, AttributeError):
                yield str(json.loads(data).get("salt"))


def _seal_then(connection: Connection, files: Mapping[str, bytes]) -> CaseSeal:
    """The case's seal as it was when this pack was made: what was sealed later is left out."""
    try:
        whole = case_seal(connection)
    except KeyError:
        raise UsageError(
            "nothing of this case was ever sealed", try_="Give the case that the pack was made from."
        ) from None
    known = connection.execute(select(packs.c.data).where(packs.c.root == _case_root(files))).scalar()
    count = from_json(known).get("sealed") if known else None
    if not count or count >= len(whole.commitments):
        return whole
    # Seals are only ever appended: the first `count` rows are those of that day.
    first = connection.execute(select(seals.c.commitment).order_by(text("rowid")).limit(count)).scalars()
    return CaseSeal(key=whole.key, commitments=tuple(bytes(each) for each in first))


def _case_root(files: Mapping[str, bytes]) -> str:
    try:
        return str(json.loads(files["root.json"]).get("case_root", ""))
    except (KeyError, ValueError, AttributeError):
        return ""
