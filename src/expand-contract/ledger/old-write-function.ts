/**
 * Called by triggers, on behalf of whoever writes the old shape: that it was written, when, and by a session of which name, where
 * a session of the new version may do the same and mean no harm.
 *
 * Not more often than every five seconds for sessions of one name, whether one writes all of it or each write opens another: so what is known of
 * the last write is five seconds old at most. Kept as a number, because a session may change how it writes times.
 */
export const OLD_WRITE_FUNCTION = `
CREATE OR REPLACE FUNCTION zero_downtime.note_old_write(wanted text, writer text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $zd$
DECLARE
  setting text := 'zero_downtime.noted_' || substr(md5(wanted || ' ' || writer), 1, 12);
  now_ms bigint := extract(epoch FROM clock_timestamp()) * 1000;
  noted_ms bigint := coalesce(nullif(current_setting(setting, true), ''), '0');
BEGIN
  IF noted_ms > now_ms - 5000 THEN
    RETURN;
  END IF;
  SELECT extract(epoch FROM max(at)) * 1000 INTO noted_ms FROM zero_downtime.old_write
    WHERE migration = wanted AND application_name = writer AND at > to_timestamp((now_ms - 5000) / 1000.0);
  IF noted_ms IS NULL THEN
    INSERT INTO zero_downtime.old_write (migration, at, application_name) VALUES (wanted, to_timestamp(now_ms / 1000.0), writer);
    noted_ms := now_ms;
  END IF;
  PERFORM set_config(setting, noted_ms::text, false);
END
$zd$;
GRANT EXECUTE ON FUNCTION zero_downtime.note_old_write(text, text) TO PUBLIC;
`;
