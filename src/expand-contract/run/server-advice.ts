/**
 * What to do about what a server cannot do as it is, by SQLSTATE. Its own advice knows nothing of a migration, and `psql` passes none on.
 *
 * Nothing here is lost: what was done is in the ledger, and whoever comes next goes on from there.
 */
export const SERVER_ADVICE: Readonly<Record<string, string>> = {
  '25006': 'this server follows another one, or is set to read only; give the address of the one that takes writes',
  '53100': 'make room on that disk; the next run goes on from where this one ended',
  '53200': 'leave the server more memory; the next run goes on from where this one ended',
  '53300': 'run it again when a session has ended, or raise max_connections',
  '53400': 'raise that limit for the role; the next run goes on from where this one ended',
  '58030': 'look after that disk; the next run goes on from where this one ended',
  '57P03': 'run it again when the server has started',
};

/** What to do when a connection is lost, whatever took it. */
export const LOSS_ADVICE = 'run it again: it goes on from where it was';
