import type { Construct } from 'constructs';
import type { ZeroDowntimeService } from './zero-downtime-service';
import type { ReleaseFacts } from '../pipeline/release-facts';
import { refuse } from '../spec/declaration-error';

/** What is known of the services whose manifests a GitOps tool applies, and the first of them that a pipeline releases step by step. */
export function appliedServices({ node }: Construct, services: readonly ZeroDowntimeService[]): { facts: ReleaseFacts[]; native?: ReleaseFacts } {
  const facts = services.map((service) => service._releaseFacts);
  if (facts.length === 0) {
    refuse(`[${node.path}] services must hold at least one service`);
  }
  return { facts, native: facts.find(({ engine }) => engine === 'native') };
}
