-- Where in the sequence the requests since a moment begin, also if the clock was set back meanwhile.
CREATE INDEX requests_by_age ON requests (created_at, seq);
