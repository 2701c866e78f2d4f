import { SOURCES, type RdsRule } from './rds-rule';

/** A read replica is not updated by way of a copy of its own. */
export const RDS_BLUE_GREEN_REPLICA: RdsRule = {
  id: 'rds-blue-green-replica',
  severity: 'error',
  title: 'A read replica is not updated by way of a copy of its own.',
  why: 'A read replica is copied and switched together with its source. The provider refuses blueGreenUpdate where replicateSourceDb '
    + 'is set.',
  sources: [SOURCES.instance, SOURCES.limits],
  check: (instance) => instance.isUpdatedBlueGreen && instance.isReplica
    ? 'replicateSourceDb is set, with which blueGreenUpdate is refused; fix: remove blueGreenUpdate here, and enable it for the source' : undefined,
};
