/** What one column has, and the one that takes its place must have too. */
export const REPLACE_FUNCTIONS = String.raw`
-- Rights of a column alone; those of the table hold for all its columns.
CREATE OR REPLACE FUNCTION zero_downtime.same_rights(target text, from_name text, to_name text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  given record;
BEGIN
  FOR given IN SELECT a.privilege_type AS privilege, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee
      FROM pg_attribute c, aclexplode(c.attacl) AS a WHERE c.attrelid = target::regclass AND c.attname = from_name LOOP
    EXECUTE format('GRANT %s (%I) ON %s TO %s', given.privilege, to_name, target, given.grantee);
  END LOOP;
END
$zd$;

-- No trigger of the table may know a column that goes: the server does not look into functions, and each write would meet the error.
CREATE OR REPLACE FUNCTION zero_downtime.require_unread(target text, column_name text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  literal text := regexp_replace(column_name, '([][\\.*+?^$(){}|])', '\\\1', 'g');
  quoted text := regexp_replace('"' || replace(column_name, '"', '""') || '"', '([][\\.*+?^$(){}|])', '\\\1', 'g');
  found_name text;
BEGIN
  SELECT quote_ident(t.tgname) INTO found_name FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid = target::regclass AND NOT t.tgisinternal AND p.pronamespace <> 'zero_downtime'::regnamespace
      AND p.prosrc ~* ('(^|[^[:alnum:]_$])(new|old)\s*\.\s*(' || literal || '|' || quoted || ')($|[^[:alnum:]_$])') ORDER BY 1 LIMIT 1;
  IF found_name IS NOT NULL THEN
    RAISE EXCEPTION 'trigger % of % reads column %, and would fail without it', found_name, target, quote_ident(column_name)
      USING ERRCODE = 'ZD007', HINT = 'have its function do without, or drop it, and run again';
  END IF;
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.column_number(target text, column_name text) RETURNS smallint LANGUAGE sql STABLE AS $zd$
  SELECT attnum FROM pg_attribute WHERE attrelid = target::regclass AND attname = column_name AND NOT attisdropped
$zd$;

-- As a key, or in an expression or a condition, which the server knows as a dependency.
CREATE OR REPLACE FUNCTION zero_downtime.has_column(index pg_index, number smallint) RETURNS boolean LANGUAGE sql STABLE AS $zd$
  SELECT number = ANY (index.indkey::int2[]) OR EXISTS (SELECT 1 FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = index.indexrelid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = index.indrelid AND d.refobjsubid = number)
$zd$;

-- A column takes its indexes and constraints with it, and nothing says so: those that have none of the new column in their place.
CREATE OR REPLACE FUNCTION zero_downtime.lost_with(target text, from_name text, to_name text) RETURNS SETOF text LANGUAGE sql STABLE AS $zd$
  WITH moved AS (SELECT target::regclass::oid AS id, zero_downtime.column_number(target, from_name) AS old, zero_downtime.column_number(target, to_name) AS new)
  SELECT 'index ' || i.indexrelid::regclass AS what FROM moved, pg_index i
    WHERE i.indrelid = id AND zero_downtime.has_column(i, old) AND ((i.indisreplident OR i.indisprimary) AND NOT EXISTS (SELECT 1 FROM zero_downtime.carried k WHERE k.old_id = i.indexrelid AND k.kind = 'index')
      OR NOT EXISTS (SELECT 1 FROM pg_index j WHERE j.indrelid = id AND j.indexrelid <> i.indexrelid AND j.indisvalid AND j.indisunique >= i.indisunique AND (j.indpred IS NULL) = (i.indpred IS NULL)
        AND j.indkey::int2[] = array_replace(i.indkey::int2[], old, new) AND zero_downtime.has_column(j, new)))
  UNION ALL SELECT 'constraint ' || quote_ident(c.conname) FROM moved, pg_constraint c
    WHERE c.conrelid = id AND c.contype IN ('c', 'f') AND old = ANY (c.conkey) AND NOT EXISTS (SELECT 1 FROM pg_constraint d
      WHERE d.conrelid = id AND d.contype = c.contype AND d.oid <> c.oid AND d.convalidated >= c.convalidated AND d.confrelid = c.confrelid
        AND d.conkey = array_replace(c.conkey, old, new))
  UNION ALL SELECT format('constraint %I of %s', c.conname, c.conrelid::regclass) FROM moved, pg_constraint c
    WHERE c.confrelid = id AND c.contype = 'f' AND c.conparentid = 0 AND old = ANY (c.confkey) AND NOT EXISTS (SELECT 1 FROM pg_constraint d
      WHERE d.confrelid = id AND d.conrelid = c.conrelid AND d.contype = 'f' AND d.convalidated >= c.convalidated AND d.conkey = c.conkey AND d.confkey = array_replace(c.confkey, old, new))
  ORDER BY what
$zd$;

-- Each must have one of the new column in its place, or be gone.
CREATE OR REPLACE FUNCTION zero_downtime.require_replaced(target text, from_name text, to_name text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  lost text;
BEGIN
  PERFORM zero_downtime.require_unread(target, from_name);
  SELECT min(each) INTO lost FROM zero_downtime.lost_with(target, from_name, to_name) AS each;
  IF lost IS NOT NULL THEN
    RAISE EXCEPTION '% would go with column %, and nothing of column % is in its place', lost, quote_ident(from_name), quote_ident(to_name)
      USING ERRCODE = 'ZD007', HINT = 'declare one of the new column, or drop it, and run again';
  END IF;
END
$zd$;
`;
