"""Zip packages of office programs: members listed once each, sizes and expansion bounded, XML parsed without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leakdesk.documents.hints import ReaderLimits

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Expansion is only a bomb beyond this many bytes.
_SMALL = 1 << 20


class NotAPackage(Exception):
    """The bytes are no zip package; the argument says why."""


@dataclass(slots=True)
class Package:
    """An opened package: its members by name (first of equal names first), and what could not be read."""

    archive: zipfile.ZipFile
    limits: ReaderLimits
    size: int
    names: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    stopped: str = ""
    _expanded: int = 0

    def has(self, name: str) -> bool:
        """Whether the package has a member of this name."""
        return name in self.archive.NameToInfo

    def read(self, name: str) -> bytes | None:
        """A member's bytes, None where it is missing, damaged or too large (then listed)."""
        info = self.archive.NameToInfo.get(name)
        return self.read_member(info) if info is not None else None

    def read_member(self, info: zipfile.ZipInfo) -> bytes | None:
        """The bytes of one member by its directory entry."""
        room = self._room()
        try:
            with self.archive.open(info) as stream:
                content = stream.read(room + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            self.damaged.append(info.filename)
            return None
        if len(content) > room:
            self.stopped = "expansion"
            self.damaged.append(info.filename)
            return None
        self._expanded += len(content)
        return content

    def _room(self) -> int:
        most = max(_SMALL, self.size * self.limits.expansion)
        return max(0, min(most, self.limits.expanded_bytes) - self._expanded)

    def xml(self, name: str) -> _Element | None:
        """A member parsed as XML; a damaged one is read as far as it goes."""
        content = self.read(name)
        if content is None:
            return None
        root = parse_xml(content)
        if root is None:
            self.damaged.append(name)
        return root


def open_package(data: bytes, limits: ReaderLimits) -> Package:
    """Open a package, or raise NotAPackage."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise NotAPackage("damaged: its list of members cannot be read") from error
    names = [info.filename for info in archive.infolist() if not info.is_dir()][: limits.members]
    package = Package(archive, limits, len(data), names)
    if len(archive.infolist()) > limits.members:
        package.stopped = "members"
    return package


def parse_xml(content: bytes) -> _Element | None:
    """XML without entities, network or huge trees; damaged XML as far as it goes; None where nothing is left."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - a C module without stubs

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def relations(package: Package, member: str) -> dict[str, str]:
    """Relation id -> member name for a member of an OOXML package (external targets left out)."""
    folder, _, name = member.rpartition("/")
    root = package.xml(f"{folder}/_rels/{name}.rels") if package.has(f"{folder}/_rels/{name}.rels") else None
    if root is None:
        return {}
    found: dict[str, str] = {}
    for each in root:
        target = each.get("Target") if isinstance(each.tag, str) else None
        if target and each.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[each.get("Id") or ""] = path
    return found
