import { RDS_APPLY_IMMEDIATELY } from './apply-immediately';
import { RDS_AUTO_MINOR_VERSION_UPGRADE } from './auto-minor-version-upgrade';
import { RDS_BLUE_GREEN_BACKUPS } from './blue-green-backups';
import { RDS_BLUE_GREEN_ENGINE } from './blue-green-engine';
import { RDS_BLUE_GREEN_PASSWORD } from './blue-green-password';
import { RDS_BLUE_GREEN_REPLICA } from './blue-green-replica';
import { RDS_BLUE_GREEN_UPDATE } from './blue-green-update';
import { RDS_DELETION_PROTECTION } from './deletion-protection';
import { RDS_LOGICAL_REPLICATION } from './logical-replication';
import { RDS_MULTI_AZ } from './multi-az';
import type { RdsRule } from './rds-rule';

/** Every rule about RDS instances, ordered by id. */
export const RDS_RULES: readonly RdsRule[] = [
  RDS_APPLY_IMMEDIATELY,
  RDS_AUTO_MINOR_VERSION_UPGRADE,
  RDS_BLUE_GREEN_BACKUPS,
  RDS_BLUE_GREEN_ENGINE,
  RDS_BLUE_GREEN_PASSWORD,
  RDS_BLUE_GREEN_REPLICA,
  RDS_BLUE_GREEN_UPDATE,
  RDS_DELETION_PROTECTION,
  RDS_LOGICAL_REPLICATION,
  RDS_MULTI_AZ,
];
