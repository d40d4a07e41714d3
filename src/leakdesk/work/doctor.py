"""Which optional parts are present, what each missing one costs, and whether the place of a case is a safe one."""

from __future__ import annotations

import os
import shutil
import tomllib
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from leakdesk.intake.sandbox import find_box

#: Folder names that synchronising programs use.
_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "nextcloud",
    "owncloud",
    "icloud",
    "mega",
    "yandex.disk",
    "syncthing",
)


def parts() -> list[dict[str, Any]]:
    """One entry a part: name, present, without (what its absence costs), install (one line)."""
    table = tomllib.loads((files("leakdesk.work") / "parts.toml").read_text("utf-8"))
    return [
        {"name": p["name"], "present": _present(p), "without": p["without"], "install": p["install"]}
        for p in table["part"]
    ]


def _present(part: dict[str, str]) -> bool:
    check = part.get("check")
    if check == "box":
        return find_box().program is not None
    if check == "english":
        return english_model() is not None
    if "program" in part:
        return shutil.which(part["program"]) is not None
    if "module" in part:
        return find_spec(part["module"]) is not None
    return Path(part["data"]).exists()


def english_model() -> str | None:
    """The English model that deep reading would load, or None; nothing is loaded here."""
    from leakdesk.language.syntax import ENGLISH_MODELS

    chosen = os.environ.get("LEAKDESK_SPACY_EN", "")
    if find_spec("spacy") is None:
        return None
    if chosen:
        return chosen if Path(chosen).is_dir() or (chosen.isidentifier() and find_spec(chosen)) else None
    return next((name for name in ENGLISH_MODELS if find_spec(name) is not None), None)


def warnings(place: Path) -> list[str]:
    """What a person should know about the place where a case lies: encryption, swap, synchronising, others' access."""
    found: list[str] = []
    resolved = place.resolve()
    if _encrypted(resolved) is False:
        found.append("This disk is not encrypted: whoever takes the computer can read the case.")
    if _plain_swap():
        found.append("Swap is in use and not encrypted: parts of documents may be written to it.")
    if any(name in part.lower() for part in resolved.parts for name in _SYNCED):
        found.append("This folder seems to be synchronised with a server: move the case elsewhere.")
    if _shared(resolved):
        found.append("Other accounts of this computer may look into this folder.")
    return found


def _encrypted(path: Path) -> bool | None:
    """True or False where this system says so, None where it does not."""
    while not path.exists():
        path = path.parent
    device = path.stat().st_dev
    block = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}")
    return _crypt(block.resolve()) if block.exists() else None


def _crypt(block: Path) -> bool:
    uuid = block / "dm" / "uuid"
    if uuid.exists() and uuid.read_text("ascii", "replace").startswith("CRYPT-"):
        return True
    below = block / "slaves"
    return below.is_dir() and any(_crypt(each.resolve()) for each in below.iterdir())


def _plain_swap() -> bool:
    try:
        lines = Path("/proc/swaps").read_text("utf-8", "replace").splitlines()[1:]
    except OSError:
        return False
    for line in lines:
        device = line.split()[0]
        name = Path(device).resolve().name
        if "zram" not in name and not _crypt(Path("/sys/class/block") / name):
            return True
    return False


def _shared(path: Path) -> bool:
    while not path.exists():
        path = path.parent
    return bool(path.stat().st_mode & 0o007) and (path / "leakdesk.json").exists()
