/**
 * What rows get that say nothing, when a column goes that had a default.
 *
 * While both shapes are there only the old one may have it: a row that has both would be taken for one of the new version. So it moves in the
 * transaction in which the old columns go, and whether it can is known before anything begins.
 */
export const DEFAULT_FUNCTIONS = String.raw`
-- The default of a column as SQL, and whether it is the same for each row: neither of the moment, nor of a sequence, nor of the session.
CREATE OR REPLACE FUNCTION zero_downtime.default_of(target text, column_name text, OUT expression text, OUT is_constant boolean) LANGUAGE sql STABLE AS $zd$
  SELECT pg_get_expr(d.adbin, d.adrelid), d.adbin::text !~ '\{(SQLVALUEFUNCTION|NEXTVALUEEXPR|COERCEVIAIO)' AND NOT EXISTS (
      SELECT 1 FROM regexp_matches(d.adbin::text, ':(?:funcid|opfuncid) (\d+)', 'g') AS called JOIN pg_proc p ON p.oid = called[1]::oid WHERE p.provolatile <> 'i')
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = target::regclass AND a.attname = column_name
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.require_default(target text, names text[]) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  name text;
BEGIN
  SELECT each INTO name FROM unnest(names) AS each, zero_downtime.default_of(target, each) AS known WHERE NOT known.is_constant LIMIT 1;
  IF name IS NOT NULL THEN
    RAISE EXCEPTION 'the default of column % of % is worked out for each row, and nobody can tell what stands for it in the new shape', quote_ident(name), target
      USING ERRCODE = 'ZD004', HINT = 'say what it is in the new one, where the change has a default, or drop it and have the program give the value';
  END IF;
END
$zd$;

-- What the old defaults come to in the new shape, for one of its columns.
CREATE OR REPLACE FUNCTION zero_downtime.carry_default(target text, alias text, names text[], new_name text, expression text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  made text;
  value text;
BEGIN
  SELECT string_agg(format('(%s)::%s AS %I', coalesce(known.expression, 'NULL'), format_type(a.atttypid, a.atttypmod), a.attname), ', ') INTO made
    FROM pg_attribute a LEFT JOIN LATERAL zero_downtime.default_of(target, a.attname) AS known ON true
    WHERE a.attrelid = target::regclass AND a.attname = ANY (names) HAVING count(known.expression) > 0;
  IF made IS NOT NULL THEN
    EXECUTE format('SELECT ((%s))::text FROM (SELECT %s) AS %I', expression, made, alias) INTO value;
  END IF;
  IF value IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %L', target, new_name, value);
  END IF;
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.move_default(target text, from_name text, to_name text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  known text := (SELECT expression FROM zero_downtime.default_of(target, from_name));
BEGIN
  IF known IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', target, to_name, known);
  END IF;
END
$zd$;

-- A sequence that belongs to a column goes with it.
CREATE OR REPLACE FUNCTION zero_downtime.move_sequences(target text, from_name text, to_name text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  sequence regclass;
BEGIN
  FOR sequence IN SELECT d.objid FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid JOIN pg_class c ON c.oid = d.objid
      WHERE d.classid = 'pg_class'::regclass AND c.relkind = 'S' AND d.deptype = 'a' AND d.refobjid = target::regclass AND a.attname = from_name LOOP
    EXECUTE format('ALTER SEQUENCE %s OWNED BY %s.%I', sequence, target, to_name);
  END LOOP;
END
$zd$;
`;
