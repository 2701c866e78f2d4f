SET lock_timeout = '2s';

-- Expand: the new column, which a trigger fills for what the old version writes.
ALTER TABLE orders ADD COLUMN status varchar(20);
-- Wide enough for what is to come; nothing that is stored changes.
ALTER TABLE orders ALTER COLUMN payment_status TYPE varchar(40);
ALTER TABLE orders ADD CONSTRAINT orders_note_given CHECK (note IS NOT NULL) NOT VALID;
