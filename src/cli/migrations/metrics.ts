import type { MigrationStatus } from './migration-status';
import type { Gauge } from '../../report/prometheus-text';

/** Every phase that the ledger knows, so that each has a value: a migration is in one of them. */
const PHASES = ['expand', 'backfill', 'verify', 'complete', 'ready', 'contract', 'contracted', 'abort', 'aborted'];

type Each = readonly [name: string, help: string, valueOf: (status: MigrationStatus) => number | null];

const EACH: readonly Each[] = [
  ['steps', 'Steps of expand, complete and contract.', ({ units }) => units],
  ['steps_done', 'Those of them that are done.', ({ done }) => done],
  ['walk_rows', 'About how many rows the phase has to look at, while it walks along a table.', ({ rows_total: total }) => total],
  ['walk_rows_done', 'About how many of them it has looked at.', ({ rows_seen: seen }) => seen],
  ['mismatched_rows', 'Rows that verification found wrong, as far as they are listed.', ({ mismatches }) => mismatches],
  ['lock_attempts', 'How often the step that is due has found its lock taken.', ({ attempts }) => attempts],
  ['last_old_write_timestamp_seconds', 'When the old shape was last written.', ({ last_old_write: written }) => written === null ? null : Date.parse(written) / 1000],
];

/** Where each change of the schema stands, in numbers. */
export function migrationMetrics(all: readonly MigrationStatus[]): readonly Gauge[] {
  return [
    { name: 'zero_downtime_migrations', help: 'Changes of the schema that were declared here.', samples: [{ labels: {}, value: all.length }] },
    {
      name: 'zero_downtime_migration_phase',
      help: '1 for the phase that a change of the schema is in, and 0 for each other one.',
      samples: all.flatMap(({ name, phase }) => PHASES.map((each) => ({ labels: { migration: name, phase: each }, value: each === phase ? 1 : 0 }))),
    },
    ...EACH.map(([name, help, valueOf]): Gauge => ({
      name: `zero_downtime_migration_${name}`,
      help,
      samples: all.flatMap((status) => {
        const value = valueOf(status);
        return value === null ? [] : [{ labels: { migration: status.name }, value }];
      }),
    })),
  ];
}
