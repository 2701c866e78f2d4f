/** What must be so of tables before anything is done to them: what cannot end well does not begin. */
export const REQUIRE_FUNCTIONS = `
-- Whether a database was made in the shape that a change comes to: its old columns are not there, and its new ones are.
CREATE OR REPLACE FUNCTION zero_downtime.is_so_already(m zero_downtime.migration) RETURNS boolean LANGUAGE plpgsql STABLE AS $zd$
DECLARE
  is_so boolean := false;
BEGIN
  IF m.definition ->> 'isSo' IS NOT NULL THEN
    EXECUTE 'SELECT ' || (m.definition ->> 'isSo') INTO is_so;
  END IF;
  RETURN is_so;
END
$zd$;

-- How many of these columns a table has.
CREATE OR REPLACE FUNCTION zero_downtime.columns_of(target text, names text[]) RETURNS bigint LANGUAGE sql STABLE AS $zd$
  SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(target) AND attname = ANY (names) AND attnum > 0 AND NOT attisdropped
$zd$;

-- From then on no version starts that knows the old shape.
CREATE OR REPLACE FUNCTION zero_downtime.taken_for_done(m zero_downtime.migration, why text, settings jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
BEGIN
  UPDATE zero_downtime.migration SET phase = 'contracted', ended_at = clock_timestamp() WHERE name = m.name;
  PERFORM zero_downtime.end_older(settings);
  RETURN zero_downtime.told('step', why);
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.require_fit(m zero_downtime.migration) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  target text;
  variable jsonb;
BEGIN
  FOR variable IN SELECT * FROM jsonb_array_elements(m.definition -> 'variables') LOOP
    IF zero_downtime.word_of(variable) IS NULL THEN
      RAISE EXCEPTION USING ERRCODE = 'ZD002', HINT = 'correct the table or the column, or the search_path of the role',
        MESSAGE = CASE WHEN to_regclass(variable ->> 'table') IS NULL THEN format('there is no table %s', variable ->> 'table')
          ELSE format('there is no column %I of %s', variable ->> 'column', variable ->> 'table') END;
    END IF;
  END LOOP;
  -- One that is made by a unit is not there yet.
  FOR target IN SELECT DISTINCT m.definition -> walk ->> 'table' FROM unnest(ARRAY['backfill', 'verify']) AS walk WHERE to_regclass(m.definition -> walk ->> 'table') IS NOT NULL LOOP
    IF EXISTS (SELECT 1 FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent WHERE i.inhparent = to_regclass(target) AND c.relkind <> 'p') THEN
      RAISE EXCEPTION 'other tables inherit from %, which its trigger would miss', target
        USING ERRCODE = 'ZD004', HINT = 'make it a partitioned table, or end the inheritance first';
    END IF;
    PERFORM zero_downtime.key_of(target);
  END LOOP;
  SELECT unit -> 'tables' ->> 0 INTO target FROM unnest(ARRAY['expand', 'complete']) AS phase, jsonb_array_elements(m.definition -> phase) AS unit
    JOIN pg_class c ON c.oid = to_regclass(unit -> 'tables' ->> 0) AND c.relkind = 'p' WHERE unit ->> 'index' IS NOT NULL LIMIT 1;
  IF target IS NOT NULL THEN
    RAISE EXCEPTION '% is partitioned, and no index of all its partitions is built while others write', target
      USING ERRCODE = 'ZD004', HINT = 'declare an index of each partition, then make one of the table ON ONLY, and attach them';
  END IF;
END
$zd$;

-- That an expression over a row reads no other columns than those that it is to follow: where another one changed, nobody could tell which shape
-- should follow.
CREATE OR REPLACE FUNCTION zero_downtime.require_alone(target text, alias text, expression text, own text[]) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  found_name text;
  view_name text := format('zero_downtime.reads_%s', pg_backend_pid());
BEGIN
  -- The server knows what a view reads.
  EXECUTE format('CREATE VIEW %s AS SELECT (%s) AS value FROM %s AS %I', view_name, expression, target, alias);
  SELECT a.attname INTO found_name FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = target::regclass
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE r.ev_class = view_name::regclass AND a.attname <> ALL (own) LIMIT 1;
  EXECUTE format('DROP VIEW %s', view_name);
  IF found_name IS NOT NULL THEN
    RAISE EXCEPTION '% reads column % too, whose changes nothing would follow', expression, quote_ident(found_name)
      USING ERRCODE = 'ZD004', HINT = 'let it read ' || array_to_string(own, ' and ') || ' alone';
  END IF;
END
$zd$;

-- That each value of an enum has one in the other shape: where one has none, whoever writes it would meet the error.
CREATE OR REPLACE FUNCTION zero_downtime.require_values(target text, column_name text, expression text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  enum oid := (SELECT t.oid FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid AND t.typtype = 'e' WHERE a.attrelid = target::regclass AND a.attname = column_name);
  label text;
BEGIN
  FOR label IN SELECT enumlabel FROM pg_enum WHERE enumtypid = enum ORDER BY enumsortorder LOOP
    BEGIN
      EXECUTE format('SELECT (%s) FROM (SELECT %L::%s) AS made (%I)', expression, label, enum::regtype, column_name);
    EXCEPTION WHEN data_exception THEN
      RAISE EXCEPTION 'the value % of % has none in the other shape', quote_literal(label), quote_ident(column_name)
        USING ERRCODE = 'ZD004', HINT = 'say which one stands for it';
    END;
  END LOOP;
END
$zd$;

-- That a trigger of that name sees a row as it is written, and may set its columns.
CREATE OR REPLACE FUNCTION zero_downtime.require_trigger(target text, trigger_name text, names text[]) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  found_name text;
BEGIN
  IF current_setting('server_version_num')::integer < 130000 AND (SELECT relkind = 'p' FROM pg_class WHERE oid = target::regclass) THEN
    RAISE EXCEPTION '% is partitioned, and a partitioned table has no trigger that changes rows before PostgreSQL 13', target
      USING ERRCODE = 'ZD004', HINT = 'upgrade the server first';
  END IF;
  SELECT a.attname INTO found_name FROM pg_attribute a WHERE a.attrelid = target::regclass AND a.attname = ANY (names)
    AND (a.attidentity <> '' OR coalesce(to_jsonb(a) ->> 'attgenerated', '') <> '');
  IF found_name IS NOT NULL THEN
    RAISE EXCEPTION 'column % of % is generated by the server, and so follows no other', quote_ident(found_name), target
      USING ERRCODE = 'ZD004', HINT = 'drop its expression or identity first; a default does the same for those who write';
  END IF;
  SELECT t.tgname INTO found_name FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid AND p.pronamespace = 'zero_downtime'::regnamespace
    WHERE t.tgrelid = target::regclass AND EXISTS (SELECT 1 FROM jsonb_array_elements_text(obj_description(t.oid, 'pg_trigger')::jsonb) AS spoken_for WHERE spoken_for = ANY (names)) LIMIT 1;
  IF found_name IS NOT NULL THEN
    RAISE EXCEPTION 'trigger % of % keeps the same column alike with another one already', quote_ident(found_name), target
      USING ERRCODE = 'ZD004', HINT = 'take the migration that it belongs to up to contract first, or abort it';
  END IF;
  -- A row trigger of INSERT or UPDATE that is fired before the row is written, after the one that is to have the last word.
  SELECT t.tgname INTO found_name FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid = target::regclass AND NOT t.tgisinternal AND t.tgtype & 3 = 3 AND t.tgtype & 20 <> 0 AND t.tgname::text COLLATE "C" > trigger_name COLLATE "C"
      AND p.pronamespace <> 'zero_downtime'::regnamespace ORDER BY t.tgname DESC LIMIT 1;
  IF found_name IS NOT NULL THEN
    RAISE EXCEPTION 'trigger % of % comes after % in the order of names, and may change what that one has seen', quote_ident(found_name), target, quote_ident(trigger_name)
      USING ERRCODE = 'ZD004', HINT = 'give it a name that sorts before: ALTER TRIGGER RENAME';
  END IF;
END
$zd$;
`;
