import { BLUE_GREEN_ENGINES } from './instance';
import { SOURCES, type RdsRule } from './rds-rule';
import { quoted } from '../../reading/quoted';

/** An engine whose databases are updated by way of a copy is one that RDS can copy so. */
export const RDS_BLUE_GREEN_ENGINE: RdsRule = {
  id: 'rds-blue-green-engine',
  severity: 'error',
  title: 'An engine whose databases are updated by way of a copy is one that RDS can copy so.',
  why: 'RDS makes blue/green deployments of MariaDB, MySQL and PostgreSQL alone. The provider refuses the option for other engines.',
  sources: [SOURCES.overview, SOURCES.instance],
  check: (instance) => !instance.isUpdatedBlueGreen || instance.engine === undefined || BLUE_GREEN_ENGINES.includes(instance.engine) ? undefined
    : `engine ${quoted(instance.engine)} must be one of ${BLUE_GREEN_ENGINES.join(', ')} for blueGreenUpdate; fix: remove blueGreenUpdate, and update the database while no service uses it`,
};
