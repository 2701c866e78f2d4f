import { SOURCES, type RdsRule } from './rds-rule';

/** An update of a database is made on a copy that is then switched to. */
export const RDS_BLUE_GREEN_UPDATE: RdsRule = {
  id: 'rds-blue-green-update',
  severity: 'warning',
  title: 'An update of a database is made on a copy that is then switched to.',
  why: 'RDS changes an instance in place by default: a new engine version or instance class restarts the database, and every service '
    + 'that uses it fails meanwhile. With blueGreenUpdate the provider changes a copy that follows the original, and switches to it, '
    + 'typically within a minute.',
  sources: [SOURCES.overview, SOURCES.instance],
  check: (instance) => !instance.isBlueGreenPossible || instance.isUpdatedBlueGreen ? undefined
    : 'blueGreenUpdate.enabled is not true, so that an update changes the instance in place and restarts it; fix: blueGreenUpdate: { enabled: true }',
};
