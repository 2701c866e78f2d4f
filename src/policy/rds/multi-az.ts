import { SOURCES, type RdsRule } from './rds-rule';

/** A database that services depend on has a standby in another zone. */
export const RDS_MULTI_AZ: RdsRule = {
  id: 'rds-multi-az',
  severity: 'warning',
  title: 'A database that services depend on has a standby in another zone.',
  why: 'Maintenance of hardware and operating system makes an instance in a single zone unavailable for minutes, and its loss for '
    + 'much longer. With a standby it takes a failover, of about a minute.',
  sources: [SOURCES.maintenance],
  check: (instance) => instance.isMultiAz || instance.isReplica ? undefined
    : 'multiAz is not true, so that maintenance of AWS makes the database unavailable; fix: multiAz: true',
};
