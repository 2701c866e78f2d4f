/**
 * Builds an index outside of any transaction, by whoever asked, and knows it again when it is asked the next time.
 *
 * That the build begins is written down first: an index of that name that was there before is somebody else's, and is neither taken for this one
 * nor dropped. What a build that failed has left is maintained with every write and, if it is unique, refuses rows: it goes before the next try.
 */
export const INDEX_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.index_of(target text, index_name text, OUT id regclass, OUT is_valid boolean) LANGUAGE sql STABLE AS $zd$
  SELECT i.indexrelid::regclass, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = to_regclass(target) AND c.relname = (parse_ident(index_name))[array_upper(parse_ident(index_name), 1)]
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.do_index(m zero_downtime.migration, at integer, unit jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  built record;
BEGIN
  SELECT * INTO built FROM zero_downtime.index_of(unit -> 'tables' ->> 0, unit ->> 'index');
  IF built.id IS NULL THEN
    UPDATE zero_downtime.migration SET building = unit ->> 'index' WHERE name = m.name;
    RETURN zero_downtime.told('run', unit ->> 'title', 0, unit ->> 'sql');
  END IF;
  IF NOT built.is_valid THEN
    RETURN zero_downtime.told('run', 'remove what a build that failed has left', 0, format('DROP INDEX CONCURRENTLY IF EXISTS %s', built.id));
  END IF;
  IF m.building IS DISTINCT FROM unit ->> 'index' THEN
    RETURN zero_downtime.told('failed', format('%s was there before this migration; give the new one another name, or drop it first', built.id));
  END IF;
  PERFORM zero_downtime.mark(m.name, m.phase, at, clock_timestamp());
  RETURN zero_downtime.told('step', unit ->> 'title');
END
$zd$;

-- Takes away an index that this migration has built, or begun to; any other of that name stays.
CREATE OR REPLACE FUNCTION zero_downtime.undo_index(wanted text, target text, index_name text) RETURNS void LANGUAGE plpgsql AS $zd$
DECLARE
  built regclass := (SELECT id FROM zero_downtime.index_of(target, index_name));
BEGIN
  IF built IS NOT NULL AND EXISTS (SELECT 1 FROM zero_downtime.migration m WHERE m.name = wanted AND (m.building = index_name
      OR EXISTS (SELECT 1 FROM zero_downtime.unit_done d WHERE d.migration = wanted AND m.definition -> d.phase -> d.position ->> 'index' = index_name))) THEN
    EXECUTE format('DROP INDEX %s', built);
  END IF;
END
$zd$;
`;
