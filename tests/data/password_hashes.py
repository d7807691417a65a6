"""Makes password_hashes.ndjson: what other products store of a password, by each reference library.

Run once, by hand:  python3 -m venv v && v/bin/pip install bcrypt argon2-cffi passlib
                    v/bin/python tests/data/password_hashes.py > tests/data/password_hashes.ndjson
The tests read the file alone and need neither Python nor these packages.

The first line names the versions that made the rest. Every other line has:
  scheme    the name of the Rust enum Scheme
  made_by   the function that made it
  password  what was hashed
  hash      what is stored
Salts are fixed, so that running it again with the same versions gives the same file; they are given
to the library through its own parameters.
"""

import base64
import hashlib
import json
import struct
import sys
from importlib.metadata import version

import argon2
import argon2.low_level
import bcrypt
from passlib.hash import pbkdf2_sha256, pbkdf2_sha512, scrypt as passlib_scrypt

PASSWORD = "an imported Passw0rd of old"
# Not normalised: full-width letters and a combining accent, as a browser may send them.
UNNORMALISED = "\uff50\uff41ssword of old e\u0301"
SALT = bytes(range(16, 32))


def b64(raw):
    """Base64 as PHC strings write it: the standard signs, without padding."""
    return base64.b64encode(raw).decode().rstrip("=")


def argon(kind, number, password=PASSWORD):
    hashed = argon2.low_level.hash_secret(
        password.encode(), SALT, time_cost=2, memory_cost=512, parallelism=2, hash_len=32, type=kind,
        version=number)
    return hashed.decode()


def bcrypted(prefix, password=PASSWORD, rounds=b"04"):
    # 16 bytes in bcrypt's own base64, and the four prefixes that hold the same hash.
    salt = b"$2b$" + rounds + b"$" + b"CBsTHiESJjAyPkRKTERERu"
    return bcrypt.hashpw(password.encode(), salt).decode().replace("$2b$", prefix, 1)


def scrypt_phc(log_n, block, lanes, password=PASSWORD):
    raw = hashlib.scrypt(password.encode(), salt=SALT, n=1 << log_n, r=block, p=lanes, dklen=32)
    return f"$scrypt$ln={log_n},r={block},p={lanes}${b64(SALT)}${b64(raw)}"


def pbkdf2_phc(name, rounds, size, password=PASSWORD):
    raw = hashlib.pbkdf2_hmac(name, password.encode(), SALT, rounds, size)
    return f"$pbkdf2-{name}$i={rounds},l={size}${b64(SALT)}${b64(raw)}"


def of_passlib(made):
    """passlib writes `.` for `+`, and PBKDF2 without the names of its parameters; the same bytes."""
    _, scheme, params, salt, raw = made.replace(".", "+").split("$")
    params = params if "=" in params else f"i={params}"
    return f"${scheme}${params}${salt}${raw}"


def asp_net_v2(password=PASSWORD):
    """Version byte 0, 16 bytes of salt, 32 bytes of PBKDF2-HMAC-SHA1 with 1,000 rounds."""
    raw = hashlib.pbkdf2_hmac("sha1", password.encode(), SALT, 1000, 32)
    return base64.b64encode(b"\x00" + SALT + raw).decode()


def asp_net_v3(prf, rounds, password=PASSWORD):
    """Version byte 1; big-endian: the PRF (0 SHA-1, 1 SHA-256, 2 SHA-512), rounds, bytes of salt;
    then salt and 32 bytes of subkey."""
    name = ["sha1", "sha256", "sha512"][prf]
    raw = hashlib.pbkdf2_hmac(name, password.encode(), SALT, rounds, 32)
    head = struct.pack(">BIII", 1, prf, rounds, len(SALT))
    return base64.b64encode(head + SALT + raw).decode()


def vectors():
    kinds = argon2.low_level.Type
    yield "Argon2id", "argon2-cffi hash_secret", PASSWORD, argon(kinds.ID, 19)
    yield "Argon2id", "argon2-cffi hash_secret", UNNORMALISED, argon(kinds.ID, 19, UNNORMALISED)
    yield "Argon2i", "argon2-cffi hash_secret", PASSWORD, argon(kinds.I, 19)
    yield "Argon2i", "argon2-cffi hash_secret", PASSWORD, argon(kinds.I, 16)
    for prefix in ["$2a$", "$2b$", "$2y$"]:
        yield "Bcrypt", "bcrypt hashpw", PASSWORD, bcrypted(prefix)
    yield "Bcrypt", "bcrypt hashpw", UNNORMALISED, bcrypted("$2b$", UNNORMALISED)
    yield "Scrypt", "hashlib scrypt", PASSWORD, scrypt_phc(10, 8, 1)
    yield "Scrypt", "passlib scrypt", PASSWORD, of_passlib(
        passlib_scrypt.using(salt=SALT, rounds=9, block_size=8, parallelism=2).hash(PASSWORD))
    yield "Pbkdf2Sha256", "hashlib pbkdf2_hmac", PASSWORD, pbkdf2_phc("sha256", 5000, 32)
    yield "Pbkdf2Sha512", "hashlib pbkdf2_hmac", PASSWORD, pbkdf2_phc("sha512", 5000, 64)
    yield "Pbkdf2Sha256", "passlib pbkdf2_sha256", PASSWORD, of_passlib(
        pbkdf2_sha256.using(salt=SALT, rounds=4000).hash(PASSWORD))
    yield "Pbkdf2Sha512", "passlib pbkdf2_sha512", PASSWORD, of_passlib(
        pbkdf2_sha512.using(salt=SALT, rounds=4000).hash(PASSWORD))
    yield "AspNetV2", "hashlib pbkdf2_hmac, documented layout", PASSWORD, asp_net_v2()
    for prf in range(3):
        yield "AspNetV3", "hashlib pbkdf2_hmac, documented layout", PASSWORD, asp_net_v3(prf, 10_000)


def main():
    packages = ["argon2-cffi", "argon2-cffi-bindings", "bcrypt", "passlib"]
    versions = {name: version(name) for name in packages}
    versions["python"] = ".".join(map(str, sys.version_info[:3]))
    print(json.dumps({"versions": versions}))
    for scheme, made_by, password, stored in vectors():
        row = {"scheme": scheme, "made_by": made_by, "password": password, "hash": stored}
        print(json.dumps(row))


if __name__ == "__main__":
    main()
