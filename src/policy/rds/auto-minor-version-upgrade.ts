import { SOURCES, type RdsRule } from './rds-rule';

/** A new minor version of an engine comes with a release. */
export const RDS_AUTO_MINOR_VERSION_UPGRADE: RdsRule = {
  id: 'rds-auto-minor-version-upgrade',
  severity: 'warning',
  title: 'A new minor version of an engine comes with a release.',
  why: 'AWS upgrades the engine in the maintenance window, in place, and the database is not available meanwhile. Where engineVersion '
    + 'is raised in the program instead, blueGreenUpdate makes a switch of it.',
  sources: [SOURCES.maintenance],
  check: (instance) => instance.isUpdatedBlueGreen && instance.isUpgradedByAws
    ? 'autoMinorVersionUpgrade is not false, so that AWS upgrades the instance in place in its maintenance window; '
      + 'fix: autoMinorVersionUpgrade: false, and raise engineVersion here' : undefined,
};
