/**
 * Walks along a table in batches of its key: to write what rows lack, or to compare what they hold.
 *
 * Its place is kept in the transaction that does the work, so whoever is killed is found where it was. The end is fixed when it begins: later
 * rows belong to the trigger, and no walk runs after a table that grows. A key is kept as text, and so read and written in one style, whatever
 * the session's is.
 */
export const WALK_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.begin_walk(wanted text, in_phase text, target text) RETURNS void LANGUAGE plpgsql
    SET datestyle = 'ISO' SET intervalstyle = 'postgres' SET extra_float_digits = 3 AS $zd$
DECLARE
  key record;
  last text[];
  estimate bigint;
  plan json;
BEGIN
  SELECT * INTO key FROM zero_downtime.key_of(target);
  EXECUTE format('SELECT ARRAY[%s] FROM %s AS walked ORDER BY %s LIMIT 1', zero_downtime.as_texts(key.names), target,
    (SELECT string_agg('walked.' || name || ' DESC', ', ' ORDER BY place) FROM unnest(key.names) WITH ORDINALITY AS each (name, place))) INTO last;
  SELECT greatest(coalesce(nullif(sum(c.reltuples), -1), 0), coalesce(sum(s.n_live_tup), 0))::bigint INTO estimate
    FROM pg_class c LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind IN ('r', 'm') AND c.oid IN (SELECT zero_downtime.with_parts(ARRAY[target]));
  IF last IS NOT NULL AND estimate <= 0 THEN
    -- Nobody has counted, or what was counted was lost with a crash or an upgrade: the planner takes it from the size of the files.
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT 1 FROM %s', target) INTO plan;
    estimate := plan -> 0 -> 'Plan' ->> 'Plan Rows';
  END IF;
  INSERT INTO zero_downtime.walk (migration, phase, key_columns, key_types, bound, rows_total, batch, is_in_order)
    VALUES (wanted, in_phase, key.names, key.types, last, greatest(estimate, 0), 1000, zero_downtime.is_in_order(target, key.names[1]));
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.with_parts(tables text[]) RETURNS SETOF oid LANGUAGE sql STABLE AS $zd$
  WITH RECURSIVE part AS (SELECT to_regclass(name)::oid AS id FROM unnest(tables) AS name
    UNION SELECT i.inhrelid FROM pg_inherits i JOIN part p ON i.inhparent = p.id)
  SELECT id FROM part WHERE id IS NOT NULL
$zd$;

-- Whether rows of neighbouring keys lie on the same pages, as the server's statistics say; where there are none, they are taken to.
CREATE OR REPLACE FUNCTION zero_downtime.is_in_order(target text, key_column text) RETURNS boolean LANGUAGE sql STABLE AS $zd$
  SELECT coalesce(max(abs(s.correlation)) > 0.5, true) FROM zero_downtime.with_parts(ARRAY[target]) AS part
    JOIN pg_class c ON c.oid = part JOIN pg_stats s ON s.schemaname = c.relnamespace::regnamespace::name AND s.tablename = c.relname AND quote_ident(s.attname) = key_column
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.as_texts(names text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT string_agg(name || '::text', ', ' ORDER BY place) FROM unnest(names) WITH ORDINALITY AS each (name, place)
$zd$;

-- A key as the server compares it, by the index that it is of.
CREATE OR REPLACE FUNCTION zero_downtime.as_row(key text[], types text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT 'ROW(' || string_agg(quote_literal(value) || '::' || type, ', ' ORDER BY place) || ')' FROM unnest(key, types) WITH ORDINALITY AS each (value, type, place)
$zd$;

-- The key of the last of so many rows that come next; nothing when the end is reached.
CREATE OR REPLACE FUNCTION zero_downtime.end_of_range(place zero_downtime.walk, target text, rows bigint) RETURNS text[] LANGUAGE plpgsql
    SET datestyle = 'ISO' SET intervalstyle = 'postgres' SET extra_float_digits = 3 AS $zd$
DECLARE
  last text[];
BEGIN
  IF place.bound IS NULL OR place.reached = place.bound THEN
    RETURN NULL;
  END IF;
  place.upto := place.bound;
  -- By the table's own columns: an unqualified name in ORDER BY would be looked for among what is selected first.
  EXECUTE format('SELECT ARRAY[%s] FROM %s AS walked WHERE %s ORDER BY %s OFFSET %s LIMIT 1', zero_downtime.as_texts(place.key_columns), target,
    zero_downtime.range_condition(place),
    (SELECT string_agg('walked.' || name, ', ' ORDER BY number) FROM unnest(place.key_columns) WITH ORDINALITY AS each (name, number)), rows - 1) INTO last;
  RETURN coalesce(last, place.bound);
END
$zd$;

-- The rows between where the walk is and where it goes, as a condition.
CREATE OR REPLACE FUNCTION zero_downtime.range_condition(place zero_downtime.walk) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT coalesce(key || ' > ' || zero_downtime.as_row(place.reached, place.key_types) || ' AND ', '') || key || ' <= ' || zero_downtime.as_row(place.upto, place.key_types)
    FROM (SELECT 'ROW(' || array_to_string(place.key_columns, ', ') || ')' AS key) AS named
$zd$;
`;
