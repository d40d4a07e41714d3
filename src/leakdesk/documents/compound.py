"""OLE compound files: what is embedded in them, and the wrapped file of an OLE package."""

from __future__ import annotations

import io
import struct

from leakdesk.documents.hints import ReaderHints
from leakdesk.model.document import Extract, Kind, Part, State

NAME = "leakdesk-compound 1"
MEDIA_TYPE = "application/x-ole-storage"
#: Streams whose whole content is the embedded file.
_CONTENTS = ("CONTENTS", "Contents", "contents")
_LARGEST = 512 << 20


def package_file(native: bytes) -> tuple[str, bytes]:
    """(name, bytes) of the file in an OLE package stream; ("", the bytes as they are) where it is none."""
    try:
        at = 2 if struct.unpack_from("<H", native)[0] == 2 else 6 if struct.unpack_from("<H", native, 4)[0] == 2 else -1
        if at < 0:
            return "", native
        label, at = _text(native, at)
        _path, at = _text(native, at)
        at += 4
        (length,) = struct.unpack_from("<I", native, at)
        at += 4 + length
        (size,) = struct.unpack_from("<I", native, at)
        if size == 0 or at + 4 + size > len(native) + 4:
            return "", native
        return label.replace("\\", "/").rpartition("/")[2], native[at + 4 : at + 4 + size]
    except (struct.error, ValueError, IndexError):
        return "", native


def _text(data: bytes, at: int) -> tuple[str, int]:
    from leakdesk.documents.charsets import decode

    end = data.index(b"\0", at)
    return decode(data[at:end]).text, end + 1


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read an embedded OLE object: the file it wraps becomes a part."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            parts = _parts(file)
    except Exception as error:  # olefile raises OSError, struct.error, IndexError and others on damaged files
        return _failed("open", f"damaged compound file ({type(error).__name__})")
    if not parts:
        return _failed("read", "not read: no reader for this object")
    return Extract(kind=Kind.CONTAINER, schema="Package", media_type=MEDIA_TYPE, parts=tuple(parts))


def _failed(stage: str, reason: str) -> Extract:
    return Extract(
        kind=Kind.CONTAINER, schema="Package", media_type=MEDIA_TYPE, state=State.FAILED, stage=stage, reason=reason
    )


def _parts(file) -> list[Part]:  # type: ignore[no-untyped-def]
    parts: list[Part] = []
    for path in file.listdir(streams=True, storages=False):
        leaf = path[-1]
        if leaf == "\x01Ole10Native":
            name, content = package_file(file.openstream(path).read(_LARGEST)[4:])
            if not name:
                name, content = package_file(file.openstream(path).read(_LARGEST))
            parts.append(Part(name=name or "object.bin", data=content))
        elif leaf in _CONTENTS:
            parts.append(Part(name="contents.bin", data=file.openstream(path).read(_LARGEST)))
        elif leaf == "Package":
            parts.append(Part(name="package.zip", data=file.openstream(path).read(_LARGEST)))
        elif leaf == "EmbeddedOdf":
            parts.append(Part(name="embedded.odf", data=file.openstream(path).read(_LARGEST)))
    return parts
