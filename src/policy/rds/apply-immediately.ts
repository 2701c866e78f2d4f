import { SOURCES, type RdsRule } from './rds-rule';

/** A change of a database that restarts it does not come at any time of the day. */
export const RDS_APPLY_IMMEDIATELY: RdsRule = {
  id: 'rds-apply-immediately',
  severity: 'warning',
  title: 'A change of a database that restarts it does not come at any time of the day.',
  why: 'With applyImmediately a change that restarts the instance is made at the moment of the release, together with all changes '
    + 'that wait for the maintenance window. A blue/green update is not concerned: it changes the copy.',
  sources: [SOURCES.immediately],
  check: (instance) => instance.appliesImmediately && !instance.isUpdatedBlueGreen
    ? 'applyImmediately is true without blueGreenUpdate, so that a release may restart the database; fix: enable blueGreenUpdate, or remove applyImmediately' : undefined,
};
