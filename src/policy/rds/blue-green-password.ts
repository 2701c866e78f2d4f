import { SOURCES, type RdsRule } from './rds-rule';

/** A database that is updated by way of a copy has a password that RDS does not manage. */
export const RDS_BLUE_GREEN_PASSWORD: RdsRule = {
  id: 'rds-blue-green-password',
  severity: 'warning',
  title: 'A database that is updated by way of a copy has a password that RDS does not manage.',
  why: 'Blue/green deployments do not support master passwords that RDS keeps in Secrets Manager, so that the update of such an '
    + 'instance fails.',
  sources: [SOURCES.limits],
  check: (instance) => instance.isUpdatedBlueGreen && instance.hasManagedPassword
    ? 'manageMasterUserPassword is true, which blue/green deployments do not support; fix: give password from a Secret of your own, and rotate it yourself' : undefined,
};
