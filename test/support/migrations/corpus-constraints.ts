import type { CaseGroup } from './corpus';

const FAMILY = `
  CREATE TABLE parent (id integer PRIMARY KEY, code text UNIQUE, other integer);
  CREATE TABLE child (id integer PRIMARY KEY, parent_id integer NOT NULL, code text, x integer, y integer NOT NULL);
  CREATE TABLE linked (id integer PRIMARY KEY, parent_id integer REFERENCES parent);
  CREATE TABLE pending (id integer PRIMARY KEY, parent_id integer, x integer);
  INSERT INTO parent SELECT n, 'c' || n, n FROM generate_series(1, 300) n;
  INSERT INTO child SELECT n, n, 'c' || n, n, n FROM generate_series(1, 300) n;
  INSERT INTO linked SELECT n, n FROM generate_series(1, 300) n;
  INSERT INTO pending SELECT n, n, n FROM generate_series(1, 300) n;
  ALTER TABLE pending ADD CONSTRAINT pending_fk FOREIGN KEY (parent_id) REFERENCES parent NOT VALID;
  ALTER TABLE pending ADD CONSTRAINT pending_check CHECK (x > 0) NOT VALID;
  CREATE UNIQUE INDEX child_x_key ON child (x);
  CREATE UNIQUE INDEX child_y_key ON child (y);
  CREATE TABLE keyless (id integer, made integer NOT NULL, checked integer);
  INSERT INTO keyless SELECT n, n, n FROM generate_series(1, 300) n;
  ALTER TABLE keyless ADD CONSTRAINT keyless_checked CHECK (checked IS NOT NULL);
  CREATE UNIQUE INDEX keyless_id_key ON keyless (id);
  CREATE UNIQUE INDEX keyless_made_key ON keyless (made);
  CREATE UNIQUE INDEX keyless_checked_key ON keyless (checked);`;

export const CONSTRAINT_CASES: readonly CaseGroup[] = [
  {
    name: 'constraints',
    given: FAMILY,
    statements: [
      ...['', ' NOT VALID'].flatMap((validity) => [
        `ALTER TABLE child ADD CONSTRAINT k FOREIGN KEY (parent_id) REFERENCES parent (id)${validity}`,
        `ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent${validity}`,
        `ALTER TABLE child ADD FOREIGN KEY (code) REFERENCES parent (code) ON DELETE CASCADE${validity}`,
        `ALTER TABLE child ADD FOREIGN KEY (x) REFERENCES child (id)${validity}`,
        `ALTER TABLE child ADD CONSTRAINT k CHECK (x > 0)${validity}`,
        `ALTER TABLE child ADD CHECK (x > 0 AND code <> '')${validity}`,
        `ALTER TABLE child ADD CHECK (code IS NOT NULL) NO INHERIT${validity}`,
      ]),
      'ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent DEFERRABLE INITIALLY DEFERRED',
      'ALTER TABLE child ADD COLUMN p integer REFERENCES parent',
      'ALTER TABLE child ADD COLUMN p integer REFERENCES parent DEFAULT 1',
      'ALTER TABLE child ADD COLUMN p integer NOT NULL DEFAULT 1 REFERENCES parent (id)',
      'ALTER TABLE child ADD UNIQUE (x)',
      'ALTER TABLE child ADD CONSTRAINT k UNIQUE (x, y)',
      'ALTER TABLE child ADD CONSTRAINT k UNIQUE (x) DEFERRABLE',
      'ALTER TABLE child ADD CONSTRAINT k UNIQUE USING INDEX child_x_key',
      'ALTER TABLE child ADD CONSTRAINT k EXCLUDE USING btree (x WITH =)',
      'ALTER TABLE keyless ADD PRIMARY KEY (id)',
      'ALTER TABLE keyless ADD PRIMARY KEY (made)',
      'ALTER TABLE keyless ADD PRIMARY KEY (checked)',
      'ALTER TABLE keyless ADD PRIMARY KEY USING INDEX keyless_id_key',
      'ALTER TABLE keyless ADD PRIMARY KEY USING INDEX keyless_made_key',
      'ALTER TABLE keyless ADD PRIMARY KEY USING INDEX keyless_checked_key',
      'ALTER TABLE keyless ADD COLUMN k integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
      'ALTER TABLE keyless ADD COLUMN k serial PRIMARY KEY',
      'ALTER TABLE pending VALIDATE CONSTRAINT pending_fk',
      'ALTER TABLE pending VALIDATE CONSTRAINT pending_check',
      'ALTER TABLE linked VALIDATE CONSTRAINT linked_parent_id_fkey',
      'ALTER TABLE pending ADD CHECK (x < 1000) NOT VALID, VALIDATE CONSTRAINT pending_check',
      'ALTER TABLE linked DROP CONSTRAINT linked_parent_id_fkey',
      'ALTER TABLE pending DROP CONSTRAINT pending_check',
      'ALTER TABLE pending DROP CONSTRAINT pending_fk',
      'ALTER TABLE parent DROP CONSTRAINT parent_pkey',
      'ALTER TABLE parent DROP CONSTRAINT parent_pkey CASCADE',
      'ALTER TABLE parent DROP CONSTRAINT parent_code_key',
      'ALTER TABLE linked ALTER CONSTRAINT linked_parent_id_fkey DEFERRABLE',
      'ALTER TABLE parent DROP COLUMN id',
      'ALTER TABLE parent DROP COLUMN id CASCADE',
      'ALTER TABLE parent DROP COLUMN other',
      'ALTER TABLE linked DROP COLUMN parent_id',
      'DROP TABLE linked',
      'DROP TABLE parent',
      'DROP TABLE parent CASCADE',
      'DROP TABLE parent, linked, pending',
      'DROP TABLE child',
      'DROP TABLE IF EXISTS missing',
      'TRUNCATE child',
      'TRUNCATE parent',
      'TRUNCATE parent CASCADE',
      'TRUNCATE parent, linked, pending',
      'TRUNCATE child RESTART IDENTITY',
      'CREATE TABLE fresh (id integer PRIMARY KEY, parent_id integer REFERENCES parent)',
      'CREATE TABLE fresh (id integer, p integer, FOREIGN KEY (p) REFERENCES parent (id), c text REFERENCES parent (code))',
      'CREATE TABLE fresh (LIKE child INCLUDING ALL)',
      'CREATE TABLE fresh (id integer) INHERITS (child)',
      'CREATE TABLE fresh (x integer)',
      'CREATE TABLE IF NOT EXISTS child (x integer)',
      'CREATE TABLE child (x integer)',
      'CREATE TABLE fresh AS SELECT * FROM child',
      'CREATE UNLOGGED TABLE fresh (x integer)',
      'CREATE TEMPORARY TABLE fresh (x integer)',
    ],
  },
];
