import { quoteLiteral } from '../../sql/quote';
import { IS_INSTALLED } from '../ledger/install';
import { SERVER_ADVICE } from '../run/server-advice';
import { PREPARE_SESSION } from '../run/session';

const ADVICE = Object.entries(SERVER_ADVICE).map(([code, text]) => `WHEN '${code}' THEN ${quoteLiteral(`; ${text}`)}`).join(' ');

/**
 * One step of a migration in psql: the first prepares the session, the next ones try for the lock, all others advance.
 *
 * The server makes every line of the log, because it quotes what stands in it. Of an error only the first line is told, and of one about a value
 * not the value: rows are nobody's business here. What the ledger wants to be run is run by \gexec, which reads no variable of psql in it.
 */
export const STEP_SQL = String.raw`\set failed false
\set leaves false
\set rests false
\set state step
\if :prepared
\if :taken
SELECT o.state AS state, coalesce(o.statement, '') AS statement, o.statement IS NOT NULL AS runs, o.note AS note,
    round(o.pause / 1000.0, 3) AS pause, o.pause > 0 AS rests, clock_timestamp() AS now, coalesce(o.done, -1) AS at_row,
    o.total IS NULL OR o.done < :walk_from OR :walk_from < 0 AS begins,
    o.state IN ('due', 'done', 'unmet', 'failed') AS ends,
    o.state IN ('due', 'done', 'unmet', 'failed') OR clock_timestamp() > :'told_at'::timestamptz + interval '10 seconds' OR NOT t.is_small AND o.note <> :'told_note' AS tells,
    CASE WHEN t.is_small THEN :'told_note' ELSE o.note END AS told_note,
    json_strip_nulls(json_build_object('time', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'level', CASE o.state WHEN 'failed' THEN 'error' ELSE 'info' END, 'migration', :'migration', 'goal', :'goal', 'state', o.state, 'note', o.note,
      'done', o.done, 'total', o.total, 'rowsPerSecond', round(t.rate), 'secondsLeft', ceil(greatest(0, o.total - o.done) / nullif(t.rate, 0)))) AS line
  FROM zero_downtime.advance(:'migration', :'goal', :'settings'::jsonb) AS o,
    LATERAL (SELECT o.state IN ('run', 'wait') AND o.total IS NOT NULL AS is_small,
      CASE WHEN :walk_from >= 0 AND o.state = 'step' AND o.total IS NOT NULL AND o.done > :walk_from AND clock_timestamp() > :'walk_at'::timestamptz + interval '3 seconds'
        THEN (o.done - :walk_from) / extract(epoch FROM clock_timestamp() - :'walk_at'::timestamptz)::numeric END AS rate) AS t \gset
\if :ERROR
\set failed true
\else
\if :begins
\set walk_from :at_row
\set walk_at :now
\endif
\if :tells
\setenv ZD_LINE :line
\! printf '%s\n' "$ZD_LINE"
\set told_at :now
\endif
\if :runs
SELECT :'statement' \gexec
\if :ERROR
\set failed true
\set leaves true
\endif
\endif
\endif
\else
SELECT pg_try_advisory_lock(zero_downtime.runner_lock(:'migration')) AS taken,
    :'goal' = 'expanded' AND :'phase' NOT IN ('expand', 'abort', 'aborted') AS ends,
    json_strip_nulls(json_build_object('time', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'level', 'info',
      'migration', :'migration', 'goal', :'goal', 'state', 'wait', 'note', 'another session runs this migration')) AS line \gset
\if :ERROR
\set failed true
\elif :taken
\set ends false
\elif :ends
\set state done
\else
\if :waits
\else
\setenv ZD_LINE :line
\! printf '%s\n' "$ZD_LINE"
\set waits true
\endif
\set rests true
\set pause 0.5
\endif
\endif
\else
-- What a statement answers is no line of the log.
\o /dev/null
SET client_min_messages = error;
${PREPARE_SESSION};
SELECT CASE WHEN :seconds = 0 THEN 'infinity' ELSE clock_timestamp() + :seconds * interval '1 second' END AS ends_at, '-infinity' AS told_at, '' AS told_note,
    -1 AS walk_from, '-infinity' AS walk_at, false AS waits, false AS ends, false AS runs, 0 AS faults,
    ${IS_INSTALLED} AS installed \gset
\if :installed
\else
-- In one message: the server runs it as one transaction.
SELECT :'install' \gexec
\endif
\if :ERROR
\set failed true
\else
\i :migration.sql
\if :ERROR
\set failed true
\else
\set prepared true
\endif
\endif
\endif
\if :failed
SELECT :'LAST_ERROR_SQLSTATE' ~ '^(ZD|42)' AS is_permanent, :'LAST_ERROR_SQLSTATE' ~ '^(40|53|55P03)' AND :faults < 5 AS passes, :faults + 1 AS faults,
    2 ^ :faults AS pause, json_strip_nulls(json_build_object('time', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'level', 'error',
      'migration', :'migration', 'goal', :'goal', 'sqlstate', :'LAST_ERROR_SQLSTATE', 'note', CASE WHEN :'LAST_ERROR_SQLSTATE' ~ '^2[23]'
      THEN regexp_replace(:'LAST_ERROR_MESSAGE', '"[^"]*"', '"…"', 'g') ELSE :'LAST_ERROR_MESSAGE' END
      || CASE :'LAST_ERROR_SQLSTATE' ${ADVICE} ELSE '' END)) AS line \gset
\setenv ZD_LINE :line
\! printf '%s\n' "$ZD_LINE"
\if :is_permanent
\set state permanent
\set ended true
\elif :passes
\set rests true
\else
\set state error
\set ended true
\endif
\if :leaves
\if :ended
-- A unique index whose build has failed refuses rows of programs all the same: it goes at once, and not when somebody tries again.
\set leaves false
SELECT o.statement AS leftover, coalesce(o.statement LIKE 'DROP INDEX %', false) AS leaves
  FROM zero_downtime.advance(:'migration', :'goal', :'settings'::jsonb) AS o \gset
\if :leaves
SELECT :'leftover' \gexec
\endif
\endif
\endif
\elif :ends
\set ended true
\else
\set faults 0
\endif
\if :ended
\else
\if :rests
\setenv ZD_PAUSE :pause
\! sleep "$ZD_PAUSE"
\endif
SELECT clock_timestamp() > :'ends_at'::timestamptz AS ended \gset
\if :ended
\set state over
\endif
\endif
\if :ended
\setenv ZD_STATE :state
\! printf '%s' "$ZD_STATE" > "$ZD_WORK/state"
\endif
`;
