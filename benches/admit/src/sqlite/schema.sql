-- What admit keeps of a client who is invited, as a careful program would lay it out.
CREATE TABLE client (
    id BLOB PRIMARY KEY,
    practice BLOB NOT NULL,
    external_id TEXT,
    given TEXT,
    family TEXT,
    birth TEXT,
    email TEXT,
    nature INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    status INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX client_by_practice ON client (practice, id);
CREATE UNIQUE INDEX client_by_external_id ON client (practice, external_id);
CREATE UNIQUE INDEX client_by_email ON client (practice, email);

CREATE TABLE client_word (
    practice BLOB NOT NULL,
    word TEXT NOT NULL,
    client BLOB NOT NULL,
    PRIMARY KEY (practice, word, client)
) WITHOUT ROWID;

CREATE TABLE invitation (
    id BLOB PRIMARY KEY,
    practice BLOB NOT NULL,
    client BLOB,
    tie INTEGER NOT NULL,
    name TEXT,
    email TEXT,
    channel INTEGER NOT NULL,
    inviter TEXT NOT NULL,
    generation INTEGER NOT NULL,
    sends INTEGER NOT NULL,
    state INTEGER NOT NULL,
    message BLOB,
    created_at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX invitation_by_practice ON invitation (practice, id);
CREATE INDEX invitation_by_client ON invitation (client, id);
CREATE INDEX invitation_by_email ON invitation (practice, email, id);
CREATE INDEX invitation_by_lapse ON invitation (expires_at) WHERE state = 0;

CREATE TABLE message (
    id BLOB PRIMARY KEY,
    practice BLOB NOT NULL,
    kind INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    name TEXT,
    address TEXT NOT NULL,
    subject BLOB NOT NULL,
    invitation BLOB,
    generation INTEGER,
    state INTEGER NOT NULL,
    due INTEGER,
    attempt INTEGER NOT NULL,
    timeline TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX message_by_practice ON message (practice, id);
CREATE INDEX message_by_subject ON message (subject, id);
CREATE INDEX message_by_due ON message (due) WHERE due IS NOT NULL;

CREATE TABLE event (
    place INTEGER PRIMARY KEY,
    practice BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    happening TEXT NOT NULL,
    object BLOB NOT NULL,
    subject BLOB,
    details TEXT NOT NULL,
    before BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE UNIQUE INDEX event_by_seq ON event (practice, seq);
CREATE INDEX event_by_subject ON event (practice, subject, seq);

CREATE TABLE person (
    practice BLOB NOT NULL,
    id BLOB NOT NULL,
    external_id TEXT,
    name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    email TEXT,
    stage INTEGER NOT NULL,
    status INTEGER NOT NULL,
    invitation BLOB,
    invitation_state INTEGER,
    invitation_expires_at INTEGER,
    message BLOB,
    last_sign_in INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (practice, id)
) WITHOUT ROWID;
CREATE INDEX person_by_name ON person (practice, sort_key, id);
CREATE INDEX person_by_sign_in ON person (practice, last_sign_in, id);
