-- Requests that bring their own skill, until it has come; then the row becomes one of requests. Moments are UTC text with six
-- fraction digits.
CREATE TABLE temp_requests (
    seq               INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id        TEXT NOT NULL UNIQUE,
    engine            TEXT NOT NULL,
    model             TEXT,
    model_effort      TEXT,
    input             TEXT NOT NULL,
    parameter         TEXT NOT NULL,
    runtime_options   TEXT NOT NULL,
    status            TEXT NOT NULL CHECK (status IN ('created', 'rejected')),
    rejection_code    TEXT,
    rejection_message TEXT CHECK (length(rejection_message) <= 16384),
    -- What the client was told under its key moves to idempotency_keys with the request.
    idempotency_key   TEXT UNIQUE,
    question          TEXT,
    told_status       TEXT,
    warnings          TEXT NOT NULL DEFAULT '[]',
    created_at        TEXT NOT NULL,
    updated_at        TEXT NOT NULL,
    CHECK ((status = 'rejected') = (rejection_code IS NOT NULL)),
    CHECK ((rejection_code IS NULL) = (rejection_message IS NULL)),
    CHECK ((idempotency_key IS NULL) = (question IS NULL))
);
