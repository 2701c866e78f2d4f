/* eslint-disable @typescript-eslint/no-require-imports */
/** Each command is loaded where it is asked for: to load all of them takes longer than most of them run. */
export const COMMANDS = {
  analyze: () => require('./analyze-command') as typeof import('./analyze-command'),
  check: () => require('./check-command') as typeof import('./check-command'),
  explain: () => require('./explain-command') as typeof import('./explain-command'),
  migrationsApprove: () => require('./migrations/approve-command') as typeof import('./migrations/approve-command'),
  migrationsCheck: () => require('./migrations/check-command') as typeof import('./migrations/check-command'),
  migrationsPlan: () => require('./migrations/plan-command') as typeof import('./migrations/plan-command'),
  migrationsRun: () => require('./migrations/run-command') as typeof import('./migrations/run-command'),
  migrationsStatus: () => require('./migrations/status-command') as typeof import('./migrations/status-command'),
  promote: () => require('./promote-command') as typeof import('./promote-command'),
  rollback: () => require('./rollback-command') as typeof import('./rollback-command'),
  verify: () => require('./verify-command') as typeof import('./verify-command'),
} as const;
