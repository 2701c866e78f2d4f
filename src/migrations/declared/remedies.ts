/**
 * What to declare instead, by the rule that a statement breaks which somebody wrote into a migration: whoever writes files of SQL is told otherwise,
 * as he has no kinds of migrations to choose from.
 */
export const REMEDIES: Readonly<Record<string, string>> = {
  'add-column-constraint': 'add the column with Migration.addColumn and its constraint with Migration.addCheck, addForeignKey or addUnique',
  'add-column-required': 'declare it as Migration.addColumn with notNull, and a value or a defaultValue',
  'add-column-rewrites': 'declare it as Migration.addColumn with a defaultValue, which old rows get in batches',
  'add-constraint-scans': 'declare it as Migration.addCheck or Migration.addForeignKey, which prove it while others write',
  'add-key-builds-index': 'declare it as Migration.addUnique, whose index is built while others write',
  'alter-type-rechecks': 'declare it as Migration.changeColumnType',
  'alter-type-rewrites': 'declare it as Migration.changeColumnType',
  'create-index-blocks-writes': 'declare it as Migration.createIndex, which is built while others write',
  'drop-column': 'drop it in contract, when the old version is gone',
  'drop-default': 'drop it in contract, when the old version is gone',
  'drop-table': 'drop it in contract, when the old version is gone',
  'rename-column': 'declare it as Migration.renameColumn',
  'rename-table': 'declare it as Migration.renameTable',
  'set-not-null-scans': 'declare it as Migration.notNull, which proves it while others write',
  'validate-in-same-transaction': 'put VALIDATE CONSTRAINT into a text of its own, behind this one',
  'whole-table-write': 'declare it as backfill, which is run in batches',
  'work-under-lock': 'put it into a text of its own: each is a transaction',
};
