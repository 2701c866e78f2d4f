/**
 * Writes down what is to be done, or finds that it is written down already.
 *
 * The same name with other contents is refused: what was run in part cannot become something else. What does not fit the tables is found out
 * later, by whoever begins: what was never begun can still be declared, and aborted.
 */
export const DECLARE_FUNCTION = `
CREATE OR REPLACE FUNCTION zero_downtime.declare(wanted text, hash text, asked jsonb) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  known zero_downtime.migration;
  resolved text := asked::text;
  variable jsonb;
  word text;
BEGIN
  INSERT INTO zero_downtime.migration (name, content_hash, definition) VALUES (wanted, hash, asked) ON CONFLICT (name) DO NOTHING;
  SELECT * INTO known FROM zero_downtime.migration WHERE name = wanted FOR UPDATE;
  IF known.content_hash <> hash THEN
    RAISE EXCEPTION 'migration % was declared with other contents (% then, % now) and is in phase %', wanted, known.content_hash, hash, known.phase
      USING ERRCODE = 'ZD001', HINT = 'give the changed migration a name of its own, after aborting the first one where it has not ended';
  END IF;
  IF zero_downtime.has_begun(known) THEN
    RETURN known.phase;
  END IF;
  FOR variable IN SELECT * FROM jsonb_array_elements(asked -> 'variables') LOOP
    word := zero_downtime.word_of(variable);
    IF word IS NOT NULL THEN
      resolved := replace(resolved, '<<' || (variable ->> 'name') || '>>', substr(to_json(word)::text, 2, length(to_json(word)::text) - 2));
    END IF;
  END LOOP;
  UPDATE zero_downtime.migration SET definition = resolved::jsonb WHERE name = wanted;
  RETURN known.phase;
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.has_begun(m zero_downtime.migration) RETURNS boolean LANGUAGE sql STABLE AS $zd$
  SELECT m.phase <> 'expand' OR m.building IS NOT NULL OR EXISTS (SELECT 1 FROM zero_downtime.unit_done WHERE migration = m.name)
$zd$;

-- What a variable stands for, or nothing where there is no such column.
CREATE OR REPLACE FUNCTION zero_downtime.word_of(variable jsonb) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT CASE variable ->> 'what' WHEN 'not null' THEN a.attnotnull::text
      ELSE format_type(a.atttypid, a.atttypmod) || CASE WHEN variable ->> 'what' = 'collated type' AND a.attcollation <> t.typcollation
        THEN (SELECT format(' COLLATE %I.%I', n.nspname, c.collname) FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace WHERE c.oid = a.attcollation) ELSE '' END END
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = to_regclass(variable ->> 'table') AND a.attname = variable ->> 'column' AND a.attnum > 0 AND NOT a.attisdropped
$zd$;
`;
