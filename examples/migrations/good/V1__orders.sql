CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL
);

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  payment_status varchar(20) NOT NULL,
  total numeric(10,2) NOT NULL,
  quantity integer NOT NULL DEFAULT 1,
  note text
);
