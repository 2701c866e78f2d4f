import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** Everything that a migration does can be told from its text. */
export const OPAQUE_STATEMENT: MigrationRule = {
  id: 'opaque-statement',
  severity: 'error',
  phase: 'never',
  title: 'Everything that a migration does can be told from its text.',
  why: 'A DO that puts together what it runs, a procedure, a query whose results are run (\\gexec) or another file (\\i) may take any lock. '
    + 'What cannot be seen is not passed as safe.',
  sources: [manualOf('plpgsql-statements')],
  given: ORDERS,
  bad: 'DO $$ BEGIN EXECUTE format(\'ALTER TABLE %I ADD COLUMN extra jsonb\', \'orders\'); END $$;',
  good: 'DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = \'extras\') THEN CREATE TABLE extras (id bigint); END IF; END $$;',
  check: (step) => {
    const opaque = step.statement.opaque ?? step.actions.find((action) => action.opaque !== undefined)?.opaque;
    return opaque === undefined ? [] : [{ action: step.actions[0], message: `what it does cannot be told: ${opaque}`, fix: 'write out the statements; where it is harmless, accept this rule with the reason' }];
  },
};
