/**
 * A command of another engine, which nobody who asks the ledger can do: whoever can is told when it is due, and tells when it has ended with success.
 *
 * Until then everybody else waits, so that nothing that was declared after it begins before. A session of its name is one of its own: while it is
 * there, the command is run already.
 */
export const COMMAND_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.command_due(m zero_downtime.migration, at integer, goal text) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  title text := m.definition -> m.phase -> at ->> 'title';
  running integer;
BEGIN
  -- Whoever wants to contract must not run what expands.
  IF (m.phase, goal) NOT IN (('expand', 'command'), ('contract', 'contract')) THEN
    RETURN zero_downtime.told('wait', format('%s has not ended yet', title), 2000);
  END IF;
  SELECT pid INTO running FROM pg_stat_activity WHERE datname = current_database() AND application_name = m.name LIMIT 1;
  IF FOUND THEN
    RETURN zero_downtime.told('wait', format('%s is being run by session %s', title, running), 2000);
  END IF;
  RETURN zero_downtime.told('due', format('%s is due', title));
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.command_ended(m zero_downtime.migration, in_phase text) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  at integer := CASE WHEN m.phase = in_phase THEN zero_downtime.next_unit(m.name, m.phase) END;
BEGIN
  IF m.definition -> in_phase -> at ->> 'isOutside' IS NULL THEN
    RETURN zero_downtime.told('done', 'the ledger knows it already');
  END IF;
  PERFORM zero_downtime.mark(m.name, in_phase, at, clock_timestamp());
  RETURN zero_downtime.told('step', format('%s has ended', m.definition -> in_phase -> at ->> 'title'));
END
$zd$;
`;
