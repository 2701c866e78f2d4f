/**
 * Walks along a table in batches of its key: to write what rows lack, or to compare what they hold.
 *
 * Its place is kept in the transaction that does the work, so whoever is killed is found where it was. The end is fixed when it begins: later
 * rows belong to the trigger, and no walk runs after a table that grows.
 */
export const WALK_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.begin_walk(wanted text, in_phase text, target text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  names text[];
  types text[];
  last text[];
  estimate bigint;
BEGIN
  -- The primary key, or else a unique index that no null escapes.
  SELECT array_agg(quote_ident(a.attname) ORDER BY k.place), array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY k.place) INTO names, types
    FROM (SELECT i.indexrelid, i.indkey::int2[] AS keys, i.indnkeyatts FROM pg_index i WHERE i.indrelid = target::regclass AND i.indisunique AND i.indisvalid AND i.indisready
        AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]) AND NOT a.attnotnull)
        ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1) AS chosen,
      unnest(chosen.keys) WITH ORDINALITY AS k (number, place) JOIN pg_attribute a ON a.attrelid = target::regclass AND a.attnum = k.number
    WHERE k.place <= chosen.indnkeyatts;
  IF names IS NULL THEN
    RAISE EXCEPTION 'table % has no primary key, and no unique index of columns that are NOT NULL, to be walked along', target
      USING ERRCODE = 'ZD003', HINT = 'add a primary key first: a unique index, concurrently, and ADD PRIMARY KEY USING INDEX';
  END IF;
  EXECUTE format('SELECT ARRAY[%s] FROM %s ORDER BY %s LIMIT 1', zero_downtime.as_texts(names), target, zero_downtime.descending(names)) INTO last;
  SELECT greatest(coalesce(nullif(sum(c.reltuples), -1), 0), coalesce(sum(s.n_live_tup), 0))::bigint INTO estimate
    FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind IN ('r', 'm') AND (c.oid = target::regclass OR c.oid IN (
      WITH RECURSIVE part AS (SELECT inhrelid FROM pg_inherits WHERE inhparent = target::regclass
        UNION SELECT i.inhrelid FROM pg_inherits i JOIN part p ON i.inhparent = p.inhrelid) SELECT inhrelid FROM part));
  INSERT INTO zero_downtime.walk (migration, phase, key_columns, key_types, bound, rows_total, batch)
    VALUES (wanted, in_phase, names, types, last, greatest(estimate, 0), 1000);
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.as_texts(names text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT string_agg(name || '::text', ', ') FROM unnest(names) AS name
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.descending(names text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT string_agg(name || ' DESC', ', ') FROM unnest(names) AS name
$zd$;

-- A key as the server compares it, by the index that it is of.
CREATE OR REPLACE FUNCTION zero_downtime.as_row(key text[], types text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT 'ROW(' || string_agg(quote_literal(value) || '::' || type, ', ' ORDER BY place) || ')' FROM unnest(key, types) WITH ORDINALITY AS each (value, type, place)
$zd$;

-- The rows of the next batch, as a condition; nothing when the end is reached.
CREATE OR REPLACE FUNCTION zero_downtime.next_range(place zero_downtime.walk, target text, OUT upto text[], OUT condition text) LANGUAGE plpgsql AS $zd$
DECLARE
  key text := 'ROW(' || array_to_string(place.key_columns, ', ') || ')';
  within text := key || ' <= ' || zero_downtime.as_row(place.bound, place.key_types);
BEGIN
  IF place.bound IS NULL OR place.reached = place.bound THEN
    RETURN;
  END IF;
  IF place.reached IS NOT NULL THEN
    within := key || ' > ' || zero_downtime.as_row(place.reached, place.key_types) || ' AND ' || within;
  END IF;
  EXECUTE format('SELECT ARRAY[%s] FROM %s WHERE %s ORDER BY %s OFFSET %s LIMIT 1',
    zero_downtime.as_texts(place.key_columns), target, within, array_to_string(place.key_columns, ', '), place.batch - 1) INTO upto;
  upto := coalesce(upto, place.bound);
  condition := within || ' AND ' || key || ' <= ' || zero_downtime.as_row(upto, place.key_types);
END
$zd$;
`;
