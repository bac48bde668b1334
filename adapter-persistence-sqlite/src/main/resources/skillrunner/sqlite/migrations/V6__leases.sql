-- Until when the owner's claim on a run that works is good. A run that was taken before this has an owner without a claim;
-- whoever starts next takes it over.
ALTER TABLE runs ADD COLUMN lease_until TEXT;
