ALTER TABLE orders RENAME COLUMN payment_status TO status;
ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
CREATE INDEX orders_status_idx ON orders (status);
UPDATE orders SET note = '' WHERE note IS NULL;
