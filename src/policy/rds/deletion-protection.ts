import { SOURCES, type RdsRule } from './rds-rule';

/** A database is not deleted by mistake. */
export const RDS_DELETION_PROTECTION: RdsRule = {
  id: 'rds-deletion-protection',
  severity: 'warning',
  title: 'A database is not deleted by mistake.',
  why: 'A change of a property that cannot be changed in place replaces the instance, with its data. AWS refuses to delete an '
    + 'instance with deletionProtection, and the update stops instead. A blue/green update takes the protection off the old instance '
    + 'itself.',
  sources: [SOURCES.deleting, SOURCES.blueGreen],
  check: (instance) => instance.isProtected ? undefined
    : 'deletionProtection is not true, so that an update that replaces the instance deletes its data; fix: deletionProtection: true',
};
