#!/usr/bin/env python3
# pyright: basic
"""Verify a leakdesk pack: python3 verify.py [FOLDER] [--key KEY] [--json]

Needs Python 3.9 or later and nothing else: no network, no other file. The steps are those of the pack's format
(docs/formats.md of leakdesk, "The pack"). KEY is the publisher's key as you know it from elsewhere: SHA256:..., an
`ssh-ed25519 ...` line, or a file with one; without it the key in the pack is shown and you must compare it yourself.
Exit code 0: every step holds; 1: not. A time stamp's own signature is not checked here: the openssl line that does
it is printed.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import struct
import sys
from pathlib import Path
from typing import Any

SAYS = (
    "These words stood in this order in a text committed to by root R, signed by key K, not later than T. "
    "Hidden parts were in the commitment too. It does not show who wrote them or that they are true."
)
SAYS_NOT = "This pack does not verify. Do not rely on it."
FORMAT, CANONICAL = "leakdesk-pack-1", "leakdesk-canonical-1"
NAMESPACE = b"leakdesk-pack-v1"
NAMES = re.compile(
    r"(README\.txt|index\.html|verify\.html|verify\.py|findings\.json|documents/[1-9][0-9]{0,5}\.json"
    r"|facsimiles/[1-9][0-9]{0,5}-[1-9][0-9]{0,5}\.png)\Z"
)
OWN_PROOF = re.compile(r"root\.json(\.sig|\.tsq|(\.[a-z0-9-]{1,32})?\.tsr)?\Z")
LABEL = re.compile(r"\[(masked|person [0-9]{2,4})\]\Z")
MAX_DEPTH, MAX_FILE, MAX_FILES = 40, 1 << 28, 200000
NAMED = ["root record", "signature", "files", "documents", "case root", "passages", "page", "time stamp"]
STEPS = dict(enumerate(NAMED, 1))


class Broken(Exception):
    """A step does not hold; the message says why."""


def need(condition, why):
    if not condition:
        raise Broken(why)


# ---- Ed25519 (RFC 8032, section 5.1) ----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_mul(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_equal(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point_decode(data):
    """A point from 32 bytes; None unless they are the one right way to write a point of the curve."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(public, message, signature):
    """True if the signature is right. Keys of small order, which would sign anything, are refused."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point_decode(public), point_decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or point_equal(point_mul(8, a), (0, 1, 1, 0)):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return point_equal(point_mul(s, BASE), point_add(r, point_mul(k, a)))


# ---- SSHSIG (OpenSSH's PROTOCOL.sshsig) ----


def ssh_string(value):
    return struct.pack(">I", len(value)) + value


def ssh_signature(armour):
    """Public key and signature of an SSHSIG file. It must be byte for byte as ssh-keygen writes it."""
    lines = armour.decode("ascii").split("\n")
    frame = [lines[0], *lines[-2:]]
    need(frame == ["-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----", ""], "not an SSH signature file")
    blob = base64.b64decode("".join(lines[1:-2]), validate=True)
    body = base64.b64encode(blob).decode()
    usual = [body[at : at + 70] for at in range(0, len(body), 70)]
    need(lines[1:-2] == usual, "the signature file is not in its usual form")
    head = b"SSHSIG" + struct.pack(">I", 1) + ssh_string(ssh_string(b"ssh-ed25519") + ssh_string(bytes(32)))[:-32]
    rest = ssh_string(NAMESPACE) + ssh_string(b"") + ssh_string(b"sha512") + struct.pack(">I", 83)
    rest += ssh_string(b"ssh-ed25519") + struct.pack(">I", 64)
    need(len(blob) == len(head) + 32 + len(rest) + 64, "not an Ed25519 signature for a leakdesk pack")
    public = blob[len(head) : len(head) + 32]
    need(blob[:-64] == head + public + rest, "not an Ed25519 signature for a leakdesk pack")
    return public, blob[-64:]


def key_line(public):
    return "ssh-ed25519 " + base64.b64encode(ssh_string(b"ssh-ed25519") + ssh_string(public)).decode()


def fingerprint(public):
    digest = hashlib.sha256(ssh_string(b"ssh-ed25519") + ssh_string(public)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


# ---- JSON, one way to write each value ----


def no_fractions(text):
    raise ValueError("a number that is no integer")


def parse(data, name):
    """The JSON value of a file: UTF-8, keys sorted, no spaces, one line feed at the end. Anything else is refused."""
    try:
        value = json.loads(data.decode("utf-8"), parse_float=no_fractions, parse_constant=no_fractions)
        again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8") + b"\n"
    except (ValueError, RecursionError) as error:
        raise Broken(name + " cannot be read: " + type(error).__name__) from None
    need(again == data, name + " is not in canonical form")
    return value


def is_int(value, low, high):
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def from_hex(value, size, what):
    good = isinstance(value, str) and len(value) == 2 * size and re.match("[0-9a-f]+\\Z", value)
    need(good, f"{what} is not {size} bytes in hex")
    return bytes.fromhex(value)


def has_keys(value, keys, what):
    need(isinstance(value, dict) and set(value) == set(keys), what + " does not have exactly the fields it should have")


def text_of(value, what):
    need(isinstance(value, str), what + " is not text")
    return value


# ---- The steps ----


class Pack:
    """A pack while it is being verified: the files as found, then what each step has established."""

    def __init__(self, files):
        self.files = files
        self.root = {}
        self.public = b""
        self.documents = {}
        self.passages = []
        self.replies = []

    def step_1_root(self):
        need("root.json" in self.files, "there is no root.json")
        self.root = parse(self.files["root.json"], "root.json")
        need(isinstance(self.root, dict), "root.json is no record")
        form = text_of(self.root.get("format"), "the format")
        newer = form.startswith("leakdesk-pack-") and form != FORMAT
        need(not newer, "made by a newer leakdesk: take the verify.py of that version")
        need(form == FORMAT, "root.json is no leakdesk root record")
        has_keys(self.root, ["format", "canonical", "case_root", "case_depth", "key", "files"], "root.json")
        need(self.root["canonical"] == CANONICAL, "made with unknown rules for plain text")
        from_hex(self.root["case_root"], 32, "the case root")
        need(is_int(self.root["case_depth"], 0, MAX_DEPTH), "the depth of the case tree is no number")
        need(isinstance(self.root["files"], dict), "the list of files is no list")
        for name, digest in self.root["files"].items():
            need(NAMES.match(name), "a file name that no pack has")
            from_hex(digest, 32, "a digest of a file")
        need("findings.json" in self.root["files"] and "index.html" in self.root["files"], "no findings are listed")
        return "R = " + self.root["case_root"]

    def step_2_signature(self):
        need("root.json.sig" in self.files, "there is no root.json.sig")
        public, signature = ssh_signature(self.files["root.json.sig"])
        need(self.root["key"] == key_line(public), "the signature is by another key than root.json names")
        digest = hashlib.sha512(self.files["root.json"]).digest()
        signed = b"SSHSIG" + ssh_string(NAMESPACE) + ssh_string(b"") + ssh_string(b"sha512") + ssh_string(digest)
        need(ed25519_verify(public, signed, signature), "the signature is wrong")
        self.public = public
        return "K = " + fingerprint(public)

    def step_3_files(self):
        listed = self.root["files"]
        for name in sorted(listed):
            need(name in self.files, name + " is missing")
            need(hashlib.sha256(self.files[name]).hexdigest() == listed[name], name + " was changed")
        for name in sorted(self.files):
            need(name in listed or OWN_PROOF.match(name), "a file that is not listed: " + ascii(name))
        return f"{len(listed)} files, none missing, added or changed"

    def step_4_documents(self):
        numbers = sorted(int(name[10:-5]) for name in self.root["files"] if name.startswith("documents/"))
        need(numbers == list(range(1, len(numbers) + 1)), "the documents are not numbered from 1")
        for number in numbers:
            name = f"documents/{number}.json"
            self.documents[number] = Document(parse(self.files[name], name), number)
        return f"{len(numbers)} documents: opened words and hidden parts give their roots"

    def step_5_case(self):
        root, depth = bytes.fromhex(self.root["case_root"]), self.root["case_depth"]
        indexes = set()
        for number, document in self.documents.items():
            need(is_int(document.index, 0, 2**depth - 1), f"document {number} has no place in the case tree")
            need(len(document.path) == depth, f"document {number} has a path of another length")
            value, at = document.commitment, document.index
            for sibling in document.path:
                value = hashlib.sha256(b"\x01" + (sibling + value if at & 1 else value + sibling)).digest()
                at >>= 1
            need(value == root, f"document {number} is not under the case root")
            need(document.index not in indexes, f"document {number} stands at a place that is taken")
            indexes.add(document.index)
        return "each document is under R"

    def step_6_passages(self):
        record = parse(self.files["findings.json"], "findings.json")
        good = isinstance(record, dict) and record.get("format") == "leakdesk-findings-1"
        good = good and isinstance(record.get("findings"), list) and isinstance(record.get("documents"), list)
        need(good, "findings.json is no list of findings")
        self.check_documents_listed(record["documents"])
        told = {number: set() for number in self.documents}
        for place, finding in enumerate(record["findings"], 1):
            good = isinstance(finding, dict) and is_int(finding.get("number"), place, place)
            need(good, "the findings are not numbered from 1")
            need(isinstance(finding.get("passages"), list), f"finding {place} has no list of passages")
            for passage in finding["passages"]:
                self.check_passage(passage, place, told)
        for number, document in self.documents.items():
            need(told[number] == set(document.words), f"document {number} opens words that no passage shows")
        return f"{len(self.passages)} passages stand word for word in their documents; labels stand for hidden parts"

    def check_documents_listed(self, listed):
        need(len(listed) == len(self.documents), "findings.json lists other documents")
        for number, entry in enumerate(listed, 1):
            has_keys(entry, ["number", "fields"], "an entry of a document")
            good = is_int(entry["number"], number, number) and entry["fields"] == self.documents[number].fields
            need(good, "findings.json lists other header fields")

    def check_passage(self, passage, place, told):
        where = f"a passage of finding {place}"
        good = isinstance(passage, dict) and isinstance(passage.get("parts"), list) and passage["parts"]
        need(good, where + " has no parts")
        number = passage.get("document")
        need(is_int(number, 1, MAX_FILES) and number in self.documents, where + " names no document of the pack")
        document, at, texts, before = self.documents[number], 0, [], ""
        for part in passage["parts"]:
            if isinstance(part, dict) and set(part) == {"label"}:
                need(LABEL.match(text_of(part["label"], where)), where + " has an unknown label")
                need(before != part["label"], where + " shows the same label twice in a row")
                texts.append(part["label"] + " ")
                before = part["label"]
                continue
            has_keys(part, ["first", "text"], where)
            need(is_int(part["first"], at, 2**MAX_DEPTH) and before != "text", where + " is out of order")
            need(before == "" or part["first"] > at, where + " shows a label where nothing is hidden")
            gap = at > 0 and any(at <= leaf < part["first"] for leaf in document.words)
            need(not gap, where + " shows a label for words that stand open")
            at = document.check_words(part["first"], text_of(part["text"], where), where, told[number])
            texts.append(part["text"])
            before = "text"
        read = "".join(texts).strip(" \n")
        need(read == text_of(passage.get("text"), where), where + " reads otherwise than its parts")
        self.passages.append(read)

    def step_7_page(self):
        page = self.files["index.html"].decode("utf-8")
        shown = re.findall(r"<blockquote[^>]*>([^<]*)</blockquote>", page)
        same = page.count("<blockquote") == len(shown) and shown == [html.escape(text) for text in self.passages]
        need(same, "index.html shows other passages than findings.json")
        return "index.html shows these passages and no other quotation"

    def step_8_time(self):
        digest = hashlib.sha256(self.files["root.json"]).digest()
        imprint = bytes.fromhex("3031300d060960864801650304020105000420") + digest
        request = bytes.fromhex("3039020101") + imprint + bytes.fromhex("0101ff")
        need(self.files.get("root.json.tsq", request) == request, "root.json.tsq is a request for another root")
        self.replies = sorted(name for name in self.files if name.endswith(".tsr"))
        for name in self.replies:
            need(b"\x04\x20" + digest in self.files[name], name + " is a time stamp for another root")
        if not self.replies:
            return "none attached" + ("; a request is ready (root.json.tsq)" if "root.json.tsq" in self.files else "")
        return "attached, to be checked with: " + "; ".join(
            f"openssl ts -verify -data root.json -in {name} -CAfile AUTHORITY.pem" for name in self.replies
        )


class Document:
    """A document's disclosure: its opened words and the root that they and the hidden parts give."""

    def __init__(self, record, number):
        name = f"document {number}"
        has_keys(record, ["format", "number", "depth", "salt", "index", "path", "leaves"], name)
        good = record["format"] == "leakdesk-document-1" and is_int(record["number"], number, number)
        need(good, name + " is no disclosure of that number")
        need(is_int(record["depth"], 0, MAX_DEPTH), name + " has no depth")
        good = isinstance(record["path"], list) and isinstance(record["leaves"], list)
        need(good, name + " has no leaves or no path")
        self.name, self.depth, self.index = name, record["depth"], record["index"]
        self.path = [from_hex(value, 32, name + ": a hash of the path") for value in record["path"]]
        self.words, self.decoys, self.fields = {}, set(), []
        root = self.merge(record["leaves"])
        salt = from_hex(record["salt"], 16, name + ": the salt")
        self.commitment = hashlib.sha256(b"\x00" + salt + b"D" + root + bytes([self.depth])).digest()

    def merge(self, leaves):
        """The root. Subtrees lie where their size allows, fill the tree exactly, and hidden ones are as large as
        they can be."""
        stack, at = [], 0
        for item in leaves:
            need(isinstance(item, list) and item, self.name + ": a leaf is no list")
            level, value = self.leaf(item, at)
            need(at % (1 << level) == 0, self.name + ": a hidden part lies where it cannot lie")
            at += 1 << level
            hidden = item[0] == "hide"
            while stack and stack[-1][0] == level:
                left = stack.pop()
                need(not (hidden and left[2]), self.name + ": hidden parts are not joined")
                value, level, hidden = hashlib.sha256(b"\x01" + left[1] + value).digest(), level + 1, False
            stack.append((level, value, hidden))
        need(len(stack) == 1 and stack[0][0] == self.depth, self.name + ": the leaves do not fill the tree")
        return stack[0][1]

    def leaf(self, item, at):
        """Level and hash of one item of the disclosure."""
        if item[0] == "hide":
            need(len(item) == 3 and is_int(item[1], 0, self.depth), self.name + ": a hidden part has no size")
            return item[1], from_hex(item[2], 32, self.name + ": a hidden part")
        need(len(item) >= 2, self.name + ": a leaf without salt")
        salt = from_hex(item[1], 16, self.name + ": the salt of a leaf")
        if item[0] == "word" and len(item) == 3:
            self.words[at] = text_of(item[2], self.name + ": a word")
            need(self.words[at].strip(" \n") != "", self.name + ": an empty word")
            data = b"W" + self.words[at].encode("utf-8")
        elif item[0] == "field" and len(item) == 4:
            field, value = text_of(item[2], self.name + ": a field"), text_of(item[3], self.name + ": a field")
            need("\x00" not in field, self.name + ": a field name with NUL")
            self.fields.append([field, value])
            data = b"F" + field.encode("utf-8") + b"\x00" + value.encode("utf-8")
        else:
            need(item[0] == "decoy" and len(item) == 2, self.name + ": a leaf of unknown kind")
            self.decoys.add(at)
            data = b"X"
        return 0, hashlib.sha256(b"\x00" + salt + data).digest()

    def check_words(self, first, text, where, told):
        """The words from leaf `first` on, with nothing but opened decoys between them, are `text`. Returns the leaf
        after."""
        at, rest = first, text
        while rest:
            if at in self.words:
                need(rest.startswith(self.words[at]), where + " differs from the words of " + self.name)
                rest = rest[len(self.words[at]) :]
                told.add(at)
            else:
                need(at in self.decoys and at != first, where + " has a gap that no label shows")
            at += 1
        need(at > first, where + " has an empty part")
        return at


def read_files(folder):
    """Every file below the folder, by its path with forward slashes. Links and special files are refused."""
    need(folder.is_dir(), "there is no such folder")
    files = {}
    for path in sorted(folder.rglob("*")):
        need(not path.is_symlink(), "a link where a file should be")
        if not path.is_dir():
            need(path.is_file() and path.stat().st_size <= MAX_FILE, "a file that is too large or none")
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
            need(len(files) <= MAX_FILES, "too many files")
    return files


def verify_files(files: dict[str, bytes], key: str | None = None) -> dict[str, Any]:
    """The answer for a pack given as {path: bytes}: {"ok", "steps": [{"number", "name", "ok", "detail"}], "says"}."""
    pack = Pack(files)
    actions = [pack.step_1_root, pack.step_2_signature, pack.step_3_files, pack.step_4_documents]
    actions += [pack.step_5_case, pack.step_6_passages, pack.step_7_page, pack.step_8_time]
    steps: list[dict[str, Any]] = []
    ok = True
    for number, action in enumerate(actions, 1):
        detail = "not reached"
        if ok:
            try:
                detail = action()
                if number == 2 and key is not None:
                    known = key in (fingerprint(pack.public), key_line(pack.public))
                    need(known, "signed by another key than the one you named")
            except Broken as broken:
                ok, detail = False, str(broken)
            except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
                ok, detail = False, "cannot be read: " + type(error).__name__
        steps.append({"number": number, "name": STEPS[number], "ok": ok, "detail": detail})
    return {"ok": ok, "steps": steps, "says": SAYS if ok else SAYS_NOT}


def verify(folder: str | Path, key: str | None = None) -> dict[str, Any]:
    """The same for a folder."""
    try:
        files = read_files(Path(folder))
    except (Broken, OSError) as error:
        why = str(error) if isinstance(error, Broken) else "cannot be read: " + type(error).__name__
        first = {"number": 1, "name": STEPS[1], "ok": False, "detail": why}
        rest = [{"number": n, "name": STEPS[n], "ok": False, "detail": "not reached"} for n in range(2, 9)]
        return {"ok": False, "steps": [first, *rest], "says": SAYS_NOT}
    return verify_files(files, key)


def main(arguments):
    key, folders, as_json = None, [], False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--json":
            as_json = True
        elif word == "--key" and rest:
            key = rest.pop(0)
            if Path(key).is_file():
                key = Path(key).read_text(encoding="utf-8", errors="replace")
            key = " ".join(key.split()[:2])
        elif word.startswith("-"):
            print(__doc__)
            return 2
        else:
            folders.append(word)
    answer = verify(folders[0] if folders else Path(__file__).resolve().parent, key)
    if as_json:
        print(json.dumps(answer))
    else:
        for step in answer["steps"]:
            mark = "ok" if step["ok"] else "NO"
            print(step["number"], mark, step["name"].ljust(12), step["detail"])
        print(answer["says"])
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
