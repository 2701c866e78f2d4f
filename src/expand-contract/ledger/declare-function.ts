/**
 * Writes down what is to be done, or finds that it is written down already.
 *
 * The same name with other contents is refused: what was run in part cannot become something else.
 */
export const DECLARE_FUNCTION = `
CREATE OR REPLACE FUNCTION zero_downtime.declare(wanted text, hash text, asked jsonb) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  known zero_downtime.migration;
  resolved text := asked::text;
  variable jsonb;
  found_type text;
BEGIN
  INSERT INTO zero_downtime.migration (name, content_hash, definition) VALUES (wanted, hash, asked) ON CONFLICT (name) DO NOTHING;
  SELECT * INTO known FROM zero_downtime.migration WHERE name = wanted FOR UPDATE;
  IF known.content_hash <> hash THEN
    RAISE EXCEPTION 'migration % was declared with other contents (% then, % now) and is in phase %', wanted, known.content_hash, hash, known.phase
      USING ERRCODE = 'ZD001', HINT = 'give the changed migration a name of its own, after aborting the first one where it has not ended';
  END IF;
  IF known.phase <> 'expand' OR EXISTS (SELECT 1 FROM zero_downtime.unit_done WHERE migration = wanted) THEN
    RETURN known.phase;
  END IF;
  FOR variable IN SELECT * FROM jsonb_array_elements(asked -> 'variables') LOOP
    SELECT format_type(a.atttypid, a.atttypmod) INTO found_type FROM pg_attribute a
      WHERE a.attrelid = to_regclass(variable ->> 'table') AND a.attname = variable ->> 'column' AND a.attnum > 0 AND NOT a.attisdropped;
    IF found_type IS NULL THEN
      RAISE EXCEPTION 'there is no column % of %', quote_ident(variable ->> 'column'), variable ->> 'table'
        USING ERRCODE = 'ZD002', HINT = 'correct the table or the column, or the search_path of the role';
    END IF;
    resolved := replace(resolved, '{{' || (variable ->> 'name') || '}}', substr(to_json(found_type)::text, 2, length(to_json(found_type)::text) - 2));
  END LOOP;
  UPDATE zero_downtime.migration SET definition = resolved::jsonb WHERE name = wanted;
  RETURN known.phase;
END
$zd$;
`;
