import { Duration } from 'cdk8s';
import { KedaTrigger, Replicas, Rollout, RolloutEngine, Traffic, type ZeroDowntimeServiceProps } from '../../../src/index';
import type { Manifest } from '../../../src/manifests/manifest';
import type { ReleaseStep, ReleaseSteps } from '../../../src/manifests/release/release-step';
import { releaseStepsOf } from '../../../src/manifests/release/release-steps';
import { renderService } from '../../../src/manifests/render';
import { planned, type Props } from '../../plan/declare';

/* eslint-disable @typescript-eslint/no-explicit-any */
export type Found = any;

export const HEADER = { name: 'x-canary', value: 'true' };
export const ISTIO = Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] });
export const ALB = Traffic.awsLoadBalancer({ hosts: ['pay.example.com'] });
export const NGINX = Traffic.ingressNginx({ hosts: ['n.example.com'] });
export const HTTP_ROUTE = Traffic.httpRoute({ gateways: [{ name: 'public', namespace: 'gateways' }], hosts: ['r.example.com'] });
export const SCALED = Replicas.autoscaled({ min: 4, max: 20, cpuPercent: 70 });
export const KEDA = Replicas.keda({ min: 4, max: 20, triggers: [KedaTrigger.cpu(70)] });

type CanaryOptions = Parameters<typeof Rollout.canary>[0];
type BlueGreenOptions = Parameters<typeof Rollout.blueGreen>[0];
type NativeOptions = Parameters<typeof RolloutEngine.native>[0];

export function canary(options: CanaryOptions = {}, props: Props = {}): Props {
  return { replicas: Replicas.fixed(10), ...props, rollout: Rollout.canary({ ...options, engine: RolloutEngine.native() }) };
}

export function abTest(props: Props = {}): Props {
  const rollout = Rollout.abTest({ header: HEADER, duration: Duration.minutes(7), engine: RolloutEngine.native() });
  return { replicas: Replicas.fixed(10), ...props, rollout };
}

export function blueGreen(options: BlueGreenOptions = {}, props: Props = {}, native: NativeOptions = {}): Props {
  return { replicas: Replicas.fixed(10), ...props, rollout: Rollout.blueGreen({ ...options, engine: RolloutEngine.native(native) }) };
}

/** What a service is between releases, by the ids of its objects. */
export function steadyOf(props: Partial<ZeroDowntimeServiceProps>): Record<string, Found> {
  return Object.fromEntries(renderService(planned(props).planned).map(({ id, manifest }) => [id, manifest]));
}

export function releaseOf(props: Partial<ZeroDowntimeServiceProps>): ReleaseSteps {
  return releaseStepsOf(planned(props).planned)!;
}

/** A step of a release, forward or back. */
export function stepOf(props: Partial<ZeroDowntimeServiceProps>, id: string): ReleaseStep {
  const { forward, rollback } = releaseOf(props);
  const found = [...forward, ...rollback].find((step) => step.id === id);
  if (!found) {
    throw new Error(`no step ${id} among ${[...forward, ...rollback].map((step) => step.id).join(', ')}`);
  }
  return found;
}

/** The objects of a step by their ids. */
export function objectsOf(step: ReleaseStep): Record<string, Found> {
  return Object.fromEntries(step.manifests.map(({ id, manifest }) => [id, manifest]));
}

/** What is in a cluster: applying an object takes the place of the one of its kind and name. */
export class ClusterState {
  private readonly objects = new Map<string, Manifest>();

  constructor(manifests: readonly Manifest[] = []) {
    manifests.forEach((manifest) => this.apply(manifest));
  }

  get manifests(): Found[] {
    return [...this.objects.values()];
  }

  apply(manifest: Manifest): void {
    this.objects.set(`${manifest.kind}/${manifest.metadata.name}`, manifest);
  }

  applyStep({ manifests }: ReleaseStep): void {
    manifests.forEach(({ manifest }) => this.apply(manifest));
  }

  ofKind(...kinds: string[]): Found[] {
    return this.manifests.filter(({ kind }) => kinds.includes(kind));
  }

  find(kind: string, name: string): Found {
    return this.objects.get(`${kind}/${name}`);
  }
}
