import { Duration } from 'cdk8s';
import {
  AbTestOptions, Analysis, ArgoRolloutsOptions, BlueGreenOptions, CanaryOptions, Rollout, RolloutEngine, Traffic, ZeroDowntimeServiceProps,
} from 'zero-downtime';
import { synthesize, Synthesized } from '../../synthesized';

type Props = Partial<ZeroDowntimeServiceProps>;

/** What a test says of Argo Rollouts besides the strategy. */
export interface Released extends Props {
  readonly argo?: ArgoRolloutsOptions;
}

/** One way in of each kind that can split traffic between versions. */
export const WAYS = {
  istio: () => Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] }),
  alb: () => Traffic.awsLoadBalancer({ hosts: ['pay.example.com'] }),
  nginx: () => Traffic.ingressNginx({ hosts: ['n.example.com'] }),
  httpRoute: () => Traffic.httpRoute({ gateways: [{ name: 'public', namespace: 'gateways' }], hosts: ['r.example.com'] }),
  grpcRoute: () => Traffic.grpcRoute({ gateways: [{ name: 'public', namespace: 'gateways' }] }),
} as const;
export type Way = keyof typeof WAYS;

export const HEADER = { name: 'x-canary', value: 'true' };

/** Takes 150 seconds to the first measurement, 210 to the last, and may take 240. */
export function analysis(): Analysis {
  return Analysis.prometheus({
    address: 'http://prometheus.monitoring:9090',
    queries: [{ name: 'errors', query: 'sum(rate(errors_total{$canary}[$window])) > 0 or vector(0)', max: 0 }],
    scrapeInterval: Duration.seconds(15),
    window: Duration.seconds(60),
    initialDelay: Duration.seconds(150),
    interval: Duration.seconds(30),
    measurements: 3,
  });
}

/** By Istio unless told otherwise. */
export function canary(options: CanaryOptions = {}, { argo, ...props }: Released = {}): Synthesized {
  return synthesize({ rollout: Rollout.canary({ ...options, engine: RolloutEngine.argoRollouts(argo) }), traffic: [WAYS.istio()], ...props });
}

export function abTest(options: Partial<AbTestOptions> = {}, { argo, ...props }: Released = {}): Synthesized {
  return synthesize({ rollout: Rollout.abTest({ header: HEADER, ...options, engine: RolloutEngine.argoRollouts(argo) }), ...props });
}

export function blueGreen(options: BlueGreenOptions = {}, { argo, ...props }: Released = {}): Synthesized {
  return synthesize({ rollout: Rollout.blueGreen({ ...options, engine: RolloutEngine.argoRollouts(argo) }), ...props });
}

/** `strategy.canary` of the Rollout. */
export function canaryOf(synthesized: Synthesized): any {
  return synthesized.find('Rollout').spec.strategy.canary;
}
