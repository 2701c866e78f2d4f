/**
 * What stands on a column stands on the one that takes its place, before a version starts that asks for it there: a query without its index is as
 * good as an error. When the old column goes, what stood on it goes too, and the new ones take over the names.
 *
 * What an index or a CHECK says with another column in it is never made of its text: a copy of the table, of which nothing is kept, renames its
 * column, and the server writes it down.
 */
export const CARRY_FUNCTIONS = String.raw`
-- How an index goes on behind the table's name.
CREATE OR REPLACE FUNCTION zero_downtime.index_says(id oid) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT substr(pg_get_indexdef(i.indexrelid), 1 + length(format('CREATE %sINDEX %I ON %s%I.%I', CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END, c.relname,
      CASE c.relkind WHEN 'I' THEN 'ONLY ' ELSE '' END, n.nspname, t.relname)))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace WHERE i.indexrelid = id
$zd$;

-- Whether a table has an index that says the same, besides one.
CREATE OR REPLACE FUNCTION zero_downtime.has_such_index(target text, says text, is_unique boolean, besides regclass) RETURNS boolean LANGUAGE sql STABLE AS $zd$
  SELECT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = target::regclass AND indexrelid <> besides AND indisvalid AND indisunique = is_unique AND zero_downtime.index_says(indexrelid) = says)
$zd$;

-- What a constraint says, proven or not.
CREATE OR REPLACE FUNCTION zero_downtime.constraint_says(id oid) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT regexp_replace(pg_get_constraintdef(id), ' NOT VALID$', '')
$zd$;

-- A name of its own until the old one is free; the same whenever it is asked for.
CREATE OR REPLACE FUNCTION zero_downtime.carried_name(wanted text, old_name text) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT CASE WHEN octet_length(old_name) <= 54 THEN old_name || '_' || left(md5(wanted || ' ' || old_name), 8) ELSE 'zd_' || md5(wanted || ' ' || old_name) END
$zd$;

-- What an index says of another column; nothing where none of the new column's type can.
CREATE OR REPLACE FUNCTION zero_downtime.index_of_other(target text, from_name text, to_name text, id oid) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  new_type text := (SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = target::regclass AND attname = to_name);
  shadow text := 'zero_downtime.shadow_' || pg_backend_pid();
  says text;
BEGIN
  EXECUTE format('CREATE TABLE %s (LIKE %s)', shadow, target);
  EXECUTE format('CREATE INDEX ON %s%s', shadow, zero_downtime.index_says(id));
  EXECUTE format('ALTER TABLE %s DROP COLUMN %I', shadow, to_name);
  EXECUTE format('ALTER TABLE %s RENAME COLUMN %I TO %I', shadow, from_name, to_name);
  SELECT zero_downtime.index_says(indexrelid) INTO says FROM pg_index WHERE indrelid = to_regclass(shadow);
  EXECUTE format('ALTER TABLE %s DROP COLUMN %I, ADD COLUMN %I %s', shadow, to_name, to_name, new_type);
  EXECUTE format('CREATE INDEX ON %s%s', shadow, says);
  RAISE EXCEPTION 'nothing of this is kept' USING ERRCODE = 'ZD000';
EXCEPTION
  WHEN SQLSTATE 'ZD000' THEN RETURN says;
  WHEN undefined_object OR datatype_mismatch THEN RETURN NULL;
END
$zd$;

-- Columns by their numbers as a list of names, with another name in place of one.
CREATE OR REPLACE FUNCTION zero_downtime.listed(relation oid, numbers smallint[], from_name text, to_name text) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT string_agg(quote_ident(CASE a.attname WHEN from_name THEN to_name ELSE a.attname END), ', ' ORDER BY place)
    FROM unnest(numbers) WITH ORDINALITY AS each (number, place) JOIN pg_attribute a ON a.attrelid = relation AND a.attnum = number
$zd$;

-- What a constraint says of another column; nothing where it is not written as is known.
CREATE OR REPLACE FUNCTION zero_downtime.constraint_of_other(target text, from_name text, to_name text, id oid, refers boolean) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  known pg_constraint := (SELECT c FROM pg_constraint c WHERE c.oid = id);
  shadow text := 'zero_downtime.shadow_' || pg_backend_pid();
  form CONSTANT text := 'FOREIGN KEY (%s) REFERENCES %s(%s)';
  says text := zero_downtime.constraint_says(id);
  old text;
BEGIN
  IF known.contype = 'f' THEN
    old := format(form, zero_downtime.listed(known.conrelid, known.conkey, '', ''), known.confrelid::regclass, zero_downtime.listed(known.confrelid, known.confkey, '', ''));
    RETURN CASE WHEN starts_with(says, old) THEN format(form, zero_downtime.listed(known.conrelid, known.conkey, CASE WHEN refers THEN '' ELSE from_name END, to_name),
      known.confrelid::regclass, zero_downtime.listed(known.confrelid, known.confkey, CASE WHEN refers THEN from_name ELSE '' END, to_name)) || substr(says, 1 + length(old)) END;
  END IF;
  EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING CONSTRAINTS)', shadow, target);
  EXECUTE format('ALTER TABLE %s DROP COLUMN %I CASCADE', shadow, to_name);
  EXECUTE format('ALTER TABLE %s RENAME COLUMN %I TO %I', shadow, from_name, to_name);
  SELECT zero_downtime.constraint_says(c.oid) INTO says FROM pg_constraint c WHERE c.conrelid = to_regclass(shadow) AND c.conname = known.conname;
  RAISE EXCEPTION 'nothing of this is kept' USING ERRCODE = 'ZD000';
EXCEPTION WHEN SQLSTATE 'ZD000' THEN
  RETURN says;
END
$zd$;

-- Builds the next index that the old column has and the new one has not, or looks after one that was begun. Of a column that has other values or
-- another type only what says nothing of either is taken along: a unique one could refuse what the old version writes. One by which rows are known
-- is built even where there is another such: it becomes what the old one is.
CREATE OR REPLACE FUNCTION zero_downtime.do_carry(m zero_downtime.migration, at integer, unit jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  target text := unit -> 'tables' ->> 0;
  from_name text := unit -> 'carries' ->> 'from';
  to_name text := unit -> 'carries' ->> 'to';
  old record;
  built record;
  called text;
  says text;
BEGIN
  FOR old IN SELECT i.indexrelid AS id, i.indisunique AS is_unique, i.indisprimary OR i.indisreplident AS is_known_by, c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = target::regclass AND c.relkind = 'i' AND i.indisvalid AND NOT i.indisexclusion AND i.indimmediate
        AND zero_downtime.has_column(i, zero_downtime.column_number(target, from_name)) AND NOT zero_downtime.has_column(i, zero_downtime.column_number(target, to_name))
        AND CASE unit -> 'carries' ->> 'what' WHEN 'all' THEN true WHEN 'plain' THEN i.indexprs IS NULL AND i.indpred IS NULL AND NOT i.indisunique ELSE false END
      ORDER BY c.relname LOOP
    called := coalesce((SELECT new_name FROM zero_downtime.carried WHERE migration = m.name AND kind = 'index' AND old_id = old.id), zero_downtime.carried_name(m.name, old.name));
    SELECT * INTO built FROM zero_downtime.index_of(target, quote_ident(called));
    IF built.id IS NOT NULL AND NOT built.is_valid THEN
      RETURN zero_downtime.told('run', 'remove what a build that failed has left', 0, format('DROP INDEX CONCURRENTLY IF EXISTS %s', built.id));
    END IF;
    CONTINUE WHEN built.id IS NOT NULL;
    says := zero_downtime.index_of_other(target, from_name, to_name, old.id);
    CONTINUE WHEN says IS NULL OR NOT old.is_known_by AND zero_downtime.has_such_index(target, says, old.is_unique, old.id::regclass);
    INSERT INTO zero_downtime.carried (migration, kind, on_table, old_id, old_name, new_name) VALUES (m.name, 'index', target::regclass, old.id, old.name, called)
      ON CONFLICT DO NOTHING;
    RETURN zero_downtime.told('run', format('the index %s, for %s', quote_ident(old.name), to_name), 0,
      format('CREATE %sINDEX CONCURRENTLY %I ON %s%s', CASE WHEN old.is_unique THEN 'UNIQUE ' ELSE '' END, called, target, says));
  END LOOP;
  PERFORM zero_downtime.mark(m.name, m.phase, at, clock_timestamp());
  -- Where nothing more comes along, what is left is looked at.
  SELECT string_agg(lost, ', ') INTO says FROM zero_downtime.lost_with(target, from_name, to_name) AS lost WHERE unit -> 'carries' ->> 'what' = 'nothing';
  RETURN zero_downtime.told('step', (unit ->> 'title') || coalesce('; contract will ask for something of ' || to_name || ' in the place of ' || says, ''));
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.has_constraint(target oid, wanted text) RETURNS boolean LANGUAGE sql STABLE AS $zd$
  SELECT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = target AND conname = wanted)
$zd$;

-- The constraints of a column, and the foreign keys of others that refer to it, which the one that replaces it has not yet, as they are to be.
CREATE OR REPLACE FUNCTION zero_downtime.constraints_to_carry(target text, from_name text, to_name text, refers boolean)
    RETURNS TABLE (id oid, name name, on_table regclass, says text) LANGUAGE plpgsql AS $zd$
DECLARE
  old smallint := zero_downtime.column_number(target, from_name);
  new smallint := zero_downtime.column_number(target, to_name);
  each record;
BEGIN
  FOR each IN SELECT c.oid AS id, c.conname, c.conrelid::regclass AS on_table FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
      WHERE c.conparentid = 0 AND to_jsonb(c) ->> 'confdelsetcols' IS NULL AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true'
        AND (c.contype = 'c' OR c.contype = 'f' AND t.relkind = 'r')
        AND CASE WHEN refers THEN c.confrelid = target::regclass AND old = ANY (c.confkey) AND NOT new = ANY (c.confkey)
          ELSE c.conrelid = target::regclass AND old = ANY (c.conkey) AND NOT new = ANY (c.conkey) END
      ORDER BY c.conrelid, c.conname LOOP
    says := zero_downtime.constraint_of_other(target, from_name, to_name, each.id, refers);
    CONTINUE WHEN says IS NULL OR EXISTS (SELECT 1 FROM pg_constraint d WHERE d.conrelid = each.on_table AND zero_downtime.constraint_says(d.oid) = says);
    id := each.id;
    name := each.conname;
    on_table := each.on_table;
    RETURN NEXT;
  END LOOP;
END
$zd$;

-- The next of them holds for new rows at once, and is proven of old ones afterwards, if the old one was.
CREATE OR REPLACE FUNCTION zero_downtime.carry_constraint(wanted text, target text, from_name text, to_name text, refers boolean) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  old record;
  called text;
BEGIN
  SELECT * INTO old FROM zero_downtime.constraints_to_carry(target, from_name, to_name, refers) LIMIT 1;
  IF FOUND THEN
    called := zero_downtime.carried_name(wanted, old.name);
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s NOT VALID', old.on_table, called, old.says);
    INSERT INTO zero_downtime.carried (migration, kind, on_table, old_id, old_name, new_name)
      VALUES (wanted, CASE WHEN refers THEN 'reference' ELSE 'constraint' END, old.on_table, old.id, old.name, called) ON CONFLICT DO NOTHING;
  END IF;
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.constraints_to_prove(wanted text) RETURNS TABLE (name name, on_table regclass) LANGUAGE sql STABLE AS $zd$
  SELECT d.conname, d.conrelid::regclass FROM zero_downtime.carried k JOIN pg_constraint c ON c.oid = k.old_id AND c.convalidated
    JOIN pg_constraint d ON d.conrelid = k.on_table AND d.conname = k.new_name AND NOT d.convalidated
    WHERE k.migration = wanted AND k.kind <> 'index' ORDER BY 2, 1
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.prove_constraint(wanted text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  unproven record;
BEGIN
  SELECT * INTO unproven FROM zero_downtime.constraints_to_prove(wanted) LIMIT 1;
  IF FOUND THEN
    EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', unproven.on_table, unproven.name);
  END IF;
END
$zd$;

-- What is called how before it goes, and what it is for: somebody may have changed either since.
CREATE OR REPLACE FUNCTION zero_downtime.know_names(wanted text) RETURNS void LANGUAGE sql AS $zd$
  UPDATE zero_downtime.carried k SET
      old_name = coalesce(CASE k.kind WHEN 'index' THEN (SELECT relname FROM pg_class WHERE oid = k.old_id) ELSE (SELECT conname FROM pg_constraint WHERE oid = k.old_id) END, k.old_name),
      stands_for = CASE WHEN k.kind = 'index' THEN (SELECT CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END FROM pg_constraint WHERE conindid = k.old_id AND contype IN ('p', 'u')) END,
      is_identity = k.kind = 'index' AND EXISTS (SELECT 1 FROM pg_index WHERE indexrelid = k.old_id AND indisreplident)
    WHERE k.migration = wanted
$zd$;

-- A column that others refer to goes when they do not: to the old one where it was replaced, to the new one where that is given up.
CREATE OR REPLACE FUNCTION zero_downtime.drop_references(wanted text, to_old boolean) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  reference record;
BEGIN
  FOR reference IN SELECT c.conrelid::regclass AS on_table, c.conname FROM zero_downtime.carried k
      JOIN pg_constraint c ON c.conrelid = k.on_table AND CASE WHEN to_old THEN c.oid = k.old_id ELSE c.conname = k.new_name END
      WHERE k.migration = wanted AND k.kind = 'reference' ORDER BY 1, 2 LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', reference.on_table, reference.conname);
  END LOOP;
END
$zd$;

-- When the old ones are gone, the new ones are called as they were, and are what they were.
CREATE OR REPLACE FUNCTION zero_downtime.take_names(wanted text, target text) RETURNS void LANGUAGE plpgsql SET client_min_messages = 'warning' AS $zd$
DECLARE
  namespace text := (SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = target::regclass);
  new record;
  called text;
  built pg_index;
BEGIN
  FOR new IN SELECT * FROM zero_downtime.carried WHERE migration = wanted ORDER BY new_name LOOP
    IF new.kind <> 'index' THEN
      CONTINUE WHEN zero_downtime.has_constraint(new.on_table, new.old_name) OR NOT zero_downtime.has_constraint(new.on_table, new.new_name);
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', new.on_table::regclass, new.new_name, new.old_name);
      CONTINUE;
    END IF;
    called := namespace || '.' || quote_ident(new.new_name);
    CONTINUE WHEN to_regclass(namespace || '.' || quote_ident(new.old_name)) IS NOT NULL OR to_regclass(called) IS NULL;
    SELECT * INTO built FROM pg_index WHERE indexrelid = to_regclass(called);
    IF new.is_identity THEN
      EXECUTE format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I', target, new.new_name);
    END IF;
    EXECUTE CASE WHEN new.stands_for IS NOT NULL THEN format('ALTER TABLE %s ADD CONSTRAINT %I %s USING INDEX %I', target, new.old_name, new.stands_for, new.new_name)
      -- Somebody has declared the same besides.
      WHEN NOT new.is_identity AND zero_downtime.has_such_index(target, zero_downtime.index_says(built.indexrelid), built.indisunique, built.indexrelid) THEN 'DROP INDEX ' || called
      ELSE format('ALTER INDEX %s RENAME TO %I', called, new.old_name) END;
  END LOOP;
END
$zd$;
`;
