"""Who a person is in a publication: subject, official, professional, protected. There is no fifth role and no default.

A reason is required where somebody is named for what they do in somebody else's story (professional). It is refused
where somebody is protected: relatives, minors, bystanders and informants all get the same word and no explanation,
so that a seized case denounces nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from leakdesk.errors import UsageError


class PersonRole(StrEnum):
    """Why a person may be named, or that they may not."""

    SUBJECT = "subject"
    OFFICIAL = "official"
    PROFESSIONAL = "professional"
    PROTECTED = "protected"


#: What each role says about a reason.
REASON: Mapping[PersonRole, Literal["optional", "required", "refused"]] = {
    PersonRole.SUBJECT: "optional",
    PersonRole.OFFICIAL: "optional",
    PersonRole.PROFESSIONAL: "required",
    PersonRole.PROTECTED: "refused",
}


class RoleUnusable(UsageError):
    """This role cannot be given. Say: leakdesk roles CASE ENTITY subject|official|professional|protected [--reason
    TEXT]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDecision:
    """A person's role with its reason ("" where there is none)."""

    role: PersonRole
    reason: str = ""

    def __post_init__(self) -> None:
        rule = REASON[self.role]
        if rule == "required" and not self.reason.strip():
            raise RoleUnusable(f"{self.role.value} needs --reason")
        if rule == "refused" and self.reason.strip():
            raise RoleUnusable("protected takes no reason: none is ever stored for it")


def decide(role: str, reason: str = "") -> RoleDecision:
    """The decision for words from a command line. Raises RoleUnusable (exit 2) for an unknown role or a wrong
    reason."""
    if role not in set(PersonRole):
        raise RoleUnusable(role)
    return RoleDecision(role=PersonRole(role), reason=reason.strip())
