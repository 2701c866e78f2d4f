import { SOURCES, type RdsRule } from './rds-rule';

/** A PostgreSQL database whose major version may be upgraded by way of a copy has logical replication. */
export const RDS_LOGICAL_REPLICATION: RdsRule = {
  id: 'rds-logical-replication',
  severity: 'warning',
  title: 'A PostgreSQL database whose major version may be upgraded by way of a copy has logical replication.',
  why: 'Between major versions of PostgreSQL a blue/green deployment replicates logically, for which the instance needs a parameter '
    + 'group of its own with rds.logical_replication. The parameter takes effect with a restart, so it is to be set long before the '
    + 'upgrade.',
  sources: [SOURCES.creating, SOURCES.replication],
  check: (instance) => {
    const isUpgraded = instance.isUpdatedBlueGreen && instance.engine === 'postgres' && instance.allowsMajorUpgrade;
    const isDefault = isUpgraded && (instance.parameterGroup ?? 'default.').startsWith('default.');
    return isDefault ? 'parameterGroupName is the default one, which has no logical replication, and a major upgrade by blueGreenUpdate needs it; '
      + 'fix: a ParameterGroup with rds.logical_replication 1, before the upgrade' : undefined;
  },
};
