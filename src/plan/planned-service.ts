import type { Amount } from './amount';
import type { Availability } from './availability';
import type { Capacity } from './capacity';
import type { PlannedConfigMap } from './config-maps';
import type { Warning } from './decision';
import type { KeepAlive } from './keep-alive';
import type { PlannedSchema } from './migrations/planned-schema';
import type { PlannedMonitoring } from './monitoring/planned-monitoring';
import type { Probes } from './probes';
import type { Reference } from './references';
import type { PlannedRollout } from './rollout/planned-rollout';
import type { Termination } from './termination';
import type { PlannedTraffic } from './traffic/planned-traffic';
import type { ServiceSpec } from '../spec/service-spec';

/** Everything that has been decided about one service: all that the manifests are rendered from. */
export interface Planned {
  readonly spec: ServiceSpec;
  readonly capacity: Capacity;
  readonly termination: Termination;
  readonly keepAlive: KeepAlive;
  readonly probes: Probes;
  readonly availability: Availability;
  readonly peakPods: Amount;
  readonly rollout: PlannedRollout;
  readonly monitoring?: PlannedMonitoring;
  readonly paths: ReadonlyArray<{ readonly name: string; readonly propagation: Amount; readonly isGated: boolean }>;
  readonly traffic: readonly PlannedTraffic[];
  readonly configMaps: readonly PlannedConfigMap[];
  readonly schema?: PlannedSchema;
  /** References that neither the service nor a declaration resolves: the app must. */
  readonly openReferences: readonly Reference[];
  readonly warnings: readonly Warning[];
  readonly runtimeFacts: Readonly<Record<string, string>>;
  readonly factAnnotations: Readonly<Record<string, string>>;
}
