import type { RdsInstance } from './instance';
import type { Severity } from '../../checks/finding';

/** One thing that must hold of an RDS instance, so that an update of it does not end the requests of the services that use it. */
export interface RdsRule {
  /** Permanent: packs are configured by it. */
  readonly id: string;
  /** `error` only where an update is refused, so that a release stops half-way. */
  readonly severity: Severity;
  /** The invariant as one sentence. */
  readonly title: string;
  /** What happens where it is violated, and why. */
  readonly why: string;
  readonly sources: readonly string[];
  /** What is so and what to write, or nothing. */
  readonly check: (instance: RdsInstance) => string | undefined;
}

/** Where the rules are known from. */
export const SOURCES = {
  instance: 'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/rds/instance.go',
  blueGreen: 'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/rds/blue_green.go',
  overview: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-overview.html',
  creating: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-creating.html',
  limits: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-considerations.html',
  replication: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments-replication-type.html',
  immediately: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.ApplyImmediately.html',
  deleting: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  maintenance: 'https://repost.aws/knowledge-center/rds-required-maintenance',
} as const;
