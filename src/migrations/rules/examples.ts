/** The tables of the rules' examples. */
export const ORDERS = `CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status varchar(20), total numeric(10,2), quantity integer NOT NULL DEFAULT 1, note text);
CREATE INDEX orders_status_idx ON orders (status);
INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 100) n;
INSERT INTO orders SELECT n, n, 'new', n, 1, 'x' FROM generate_series(1, 100) n;`;
