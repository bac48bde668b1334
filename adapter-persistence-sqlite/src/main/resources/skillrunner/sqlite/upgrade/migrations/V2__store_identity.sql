-- Which file this is, and how often a server has begun to use it. It may be there already, if only the history was lost.
CREATE TABLE IF NOT EXISTS store_identity (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    id       TEXT    NOT NULL,
    starts   INTEGER NOT NULL DEFAULT 0
);
INSERT OR IGNORE INTO store_identity (only_row, id) VALUES (1, lower(hex(randomblob(16))));
