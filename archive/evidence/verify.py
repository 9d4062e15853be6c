#!/usr/bin/env python3
"""Check this folder of evidence. It needs Python 3.6 or newer, no network, and
nothing of the program that packed the folder.

  python3 verify.py                      everything in the folder
  python3 verify.py --key KEY            and that it was signed with this key
  python3 verify.py --noted FILE         and that it goes on from the checkpoint
                                         in FILE, which somebody noted before

It ends with 0 when all holds, with 1 when something does not.
"""
import base64
import hashlib
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
faults = []


def fault(text):
    faults.append(text)
    print("FAULT  " + text)


def read(name):
    with open(os.path.join(HERE, *name.split("/")), "rb") as f:
        return f.read()


def sha256(b):
    return hashlib.sha256(b).hexdigest()


# --- SHA256SUMS: the files are those that were packed -----------------------

def check_sums():
    named = {"SHA256SUMS"}
    for line in read("SHA256SUMS").decode().splitlines():
        digest, name = line[:64], line[66:]
        named.add(name)
        try:
            if sha256(read(name)) != digest:
                fault(name + ": its SHA-256 is not the one in SHA256SUMS")
        except OSError as e:
            fault("%s: %s" % (name, e.strerror))
    for folder, _, files in os.walk(HERE):
        for f in files:
            name = os.path.relpath(os.path.join(folder, f), HERE).replace(os.sep, "/")
            if name not in named:
                print("note   %s was not packed: it is no part of the evidence" % name)
    print("ok     %d files have their SHA-256" % (len(named) - 1) if not faults else "       %d files in SHA256SUMS" % (len(named) - 1))


# --- The Merkle tree of RFC 6962 ---------------------------------------------

def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(index, size, path, h):
    """The root that a leaf's hash and the hashes beside it lead to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    fn, sn = index, size - 1
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            h = node(p, h)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            h = node(h, p)
        fn, sn = fn >> 1, sn >> 1
    return h if sn == 0 else None


def goes_on(old_size, old_root, size, root, path):
    """Whether a log begins with an older one (RFC 9162, 2.1.4.2)."""
    if old_size == size:
        return old_root == root and not path
    if not 0 <= old_size < size:
        return False
    if old_size == 0:
        return not path
    path = list(path)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == root


# --- Ed25519 by RFC 8032, to verify only ---------------------------------------

P = 2 ** 255 - 19
Q = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    x, y = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = y - x, d - c, d + c, y + x
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, a):
    r = (0, 1, 1, 0)
    while n:
        if n & 1:
            r = add(r, a)
        a, n = add(a, a), n >> 1
    return r


def point(b):
    y = int.from_bytes(b, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT % P
    if (x * x - xx) % P or x == 0 and sign:
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, message, sig):
    if len(public) != 32 or len(sig) != 64:
        return False
    a, r, s = point(public), point(sig[:32]), int.from_bytes(sig[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    k = int.from_bytes(hashlib.sha512(sig[:32] + public + message).digest(), "little") % Q
    u, v = times(s, BASE), add(r, times(k, a))
    return (u[0] * v[2] - v[0] * u[2]) % P == 0 and (u[1] * v[2] - v[1] * u[2]) % P == 0


# --- Checkpoints: signed notes -------------------------------------------------

def checkpoint(text):
    """Origin, size, root and time of a checkpoint."""
    lines = text.replace("\r\n", "\n").split("\n")
    at = [l[5:] for l in lines if l.startswith("time ")]
    return lines[0], int(lines[1]), base64.b64decode(lines[2]), at[0] if at else "?"


def check_signature(note, key, what):
    """Whether a note bears the signature of a key NAME+HASH+BASE64."""
    note = note.replace("\r\n", "\n")
    name, digits, rest = key.strip().split("+", 2)
    raw = base64.b64decode(rest)
    want = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if raw[:1] != b"\1" or digits != want.hex():
        fault(what + ": the key is not one that this script knows")
        return False
    body, _, tail = note.partition("\n\n")
    for line in tail.split("\n"):
        m = re.match("\u2014 (\\S+) (\\S+)$", line)
        if m and m.group(1) == name:
            sig = base64.b64decode(m.group(2))
            if sig[:4] == want and signed(raw[1:], (body + "\n").encode(), sig[4:]):
                return True
    fault(what + ": the signature is not right")
    return False


# --- WARC: bodies as web archives exchange them -----------------------------------

def warc_records(b):
    at = 0
    while at < len(b):
        end = b.find(b"\r\n\r\n", at)
        if end < 0 or not b.startswith(b"WARC/1.", at):
            fault("captures.warc: no record at byte %d" % at)
            return
        head = {}
        for line in b[at:end].decode("utf-8", "replace").split("\r\n")[1:]:
            k, _, v = line.partition(":")
            head[k.strip().lower()] = v.strip()
        size = int(head["content-length"])
        yield head, b[end + 4:end + 4 + size]
        at = end + 4 + size + 4


def check_warc(leaves):
    if not os.path.exists(os.path.join(HERE, "captures.warc")):
        return
    by_time = {}
    for s in leaves:
        if s["pressmark"] == "capture":
            by_time.setdefault(s["fetched"], []).append(s["body"])
    n = 0
    for head, block in warc_records(read("captures.warc")):
        if head.get("warc-type") != "response":
            continue
        n += 1
        body = block.partition(b"\r\n\r\n")[2]
        what = "captures.warc, %s" % head.get("warc-record-id")
        algorithm, _, digest = head.get("warc-payload-digest", "").partition(":")
        if algorithm != "sha1" or base64.b32encode(hashlib.sha1(body).digest()).decode() != digest:
            fault(what + ": the payload is not that of its digest")
        known = by_time.get(head.get("warc-date"))
        if known is not None and sha256(body) not in known:
            fault(what + ": the payload is not the one that the log speaks of")
    print("ok     captures.warc: %d payloads have their digests" % n if not faults else "       captures.warc: %d payloads" % n)


# --- The log ------------------------------------------------------------------------

def check_proof(key):
    if not os.path.exists(os.path.join(HERE, "proof.json")):
        print("note   there is no proof.json: nothing of this was in the archive's log")
        return [], None
    f = json.loads(read("proof.json").decode())
    if f["checkpoint"].encode() != read("checkpoint.txt"):
        fault("checkpoint.txt is not the checkpoint of proof.json")
    origin, size, root, at = checkpoint(f["checkpoint"])
    if check_signature(f["checkpoint"], f["key"], "checkpoint.txt"):
        print("ok     the checkpoint of %s (%d leaves) is signed by %s" % (at, size, f["key"]))
    if key and key.strip() != f["key"]:
        fault("it was signed with another key than the one that you named")
    said = []
    for l in f["leaves"]:
        s = json.loads(l["leaf"])
        s["index"] = l["index"]
        path = [base64.b64decode(h) for h in l["path"] or []]
        if root_of(l["index"], size, path, leaf_hash(l["leaf"].encode())) != root:
            fault("proof.json: leaf %d (%s %d) is not in the log of the checkpoint" % (l["index"], s["pressmark"], s["seq"]))
        said.append(s)
    print("%s %d captures and versions lead to the root of the checkpoint" % ("ok    " if not faults else "      ", len(said)))
    return said, (origin, size, root, at)


def check_files(said):
    """The files are what the leaves of the log say."""
    article = json.loads(read("article.json").decode())
    captures = {c["capture"]: c for c in article["captures"]}
    versions = {v["version"]: v for v in article["versions"]}
    n = 0
    for s in said:
        if s["page"] != article["page"]:
            fault("leaf %d is of another page" % s["index"])
        if s["pressmark"] == "version":
            v = versions.get(s["version"])
            what = "version %d" % s["version"]
            if v is None or v.get("leaf") != s["index"]:
                fault(what + " is not in article.json as the log has it")
                continue
            pairs = [(v["text_file"], s["text"])]
            if v["title"] != s["title"] or v["capture"] != s["capture"] or v["first_seen"] != s["seen"]:
                fault(what + ": title, time or capture in article.json are not those of the log")
        else:
            c = captures.get(s["seq"])
            what = "capture %d" % s["seq"]
            if c is None or c.get("leaf") != s["index"]:
                fault(what + " is not in article.json as the log has it")
                continue
            pairs = [(c["headers_file"], s["headers"])]
            if c.get("body_file"):
                pairs.append((c["body_file"], s["body"]))
            if (c["url"], c["final"], c["fetched"], c["status"], c.get("sha256")) != (s["url"], s["final"], s["fetched"], s["status"], s["body"]):
                fault(what + ": addresses, time, status or SHA-256 in article.json are not those of the log")
        for name, digest in pairs:
            n += 1
            if sha256(read(name)) != digest:
                fault("%s is not the file that the log speaks of (%s)" % (name, what))
    print("%s %d texts, headers and bodies are those that the log speaks of" % ("ok    " if not faults else "      ", n))


def check_earlier(said, now, noted):
    known = []
    if os.path.exists(os.path.join(HERE, "earlier.json")):
        for e in json.loads(read("earlier.json").decode())["checkpoints"]:
            origin, size, root, at = checkpoint(e["checkpoint"])
            what = "earlier.json, the checkpoint of %s" % at
            if origin != now[0] or not goes_on(size, root, now[1], now[2], [base64.b64decode(h) for h in e["path"] or []]):
                fault(what + ": the log does not go on from it")
            elif check_signature(e["checkpoint"], e["key"], what):
                known.append((size, at, root))
    known.append((now[1], now[3], now[2]))
    known.sort()
    for s in sorted(said, key=lambda s: s["index"]):
        if s["pressmark"] == "version":
            at = next(at for size, at, _ in known if size > s["index"])
            print("       version %d was in the archive's log by %s: %s" % (s["version"], at, s["title"]))
    if noted:
        with open(noted, encoding="utf-8") as f:
            origin, size, root, at = checkpoint(f.read())
        if origin == now[0] and any(k[0] == size and k[2] == root for k in known):
            print("ok     the checkpoint in %s, of %s, is one of these: what has a leaf below %d was in the archive by then" % (noted, at, size))
        else:
            fault("the checkpoint in %s is none of those of this folder" % noted)


def main(args):
    key = noted = None
    while args:
        if len(args) > 1 and args[0] == "--key":
            key = args[1]
        elif len(args) > 1 and args[0] == "--noted":
            noted = args[1]
        else:
            print(__doc__)
            return 2
        args = args[2:]
    try:
        check_sums()
        said, now = check_proof(key)
        if now:
            check_files(said)
            check_earlier(said, now, noted)
        elif key or noted:
            fault("without proof.json there is nothing to compare")
        check_warc(said)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration) as e:
        fault("the folder can't be read: %s: %s" % (type(e).__name__, e))
    print("ALL HOLDS" if not faults else "%d FAULTS: this is not what was packed" % len(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
