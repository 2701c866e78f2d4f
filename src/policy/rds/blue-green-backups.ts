import { SOURCES, type RdsRule } from './rds-rule';

/** A database that is updated by way of a copy has automated backups. */
export const RDS_BLUE_GREEN_BACKUPS: RdsRule = {
  id: 'rds-blue-green-backups',
  severity: 'error',
  title: 'A database that is updated by way of a copy has automated backups.',
  why: 'RDS makes no blue/green deployment of an instance without automated backups. The provider asks for one when the first change '
    + 'comes, and the update fails in the middle of a release.',
  sources: [SOURCES.creating, SOURCES.blueGreen],
  check: (instance) => !instance.isUpdatedBlueGreen || instance.backupRetentionDays >= 1 ? undefined
    : `backupRetentionPeriod is ${instance.backupRetentionDays}, and must be at least 1 for blueGreenUpdate; fix: backupRetentionPeriod: 7`,
};
