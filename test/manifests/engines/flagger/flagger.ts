import { Analysis, type CanaryOptions, FlaggerWebhook, Rollout, RolloutEngine, Traffic, type ZeroDowntimeServiceProps } from 'zero-downtime';
import { type Synthesized, synthesize } from '../../synthesized';

export type Props = Partial<ZeroDowntimeServiceProps>;

export const ISTIO = Traffic.istio({ hosts: ['pay.example.com'], gateways: ['istio-system/public'] });
export const NGINX = Traffic.ingressNginx({ hosts: ['pay.example.com'] });
export const GATEWAY = Traffic.httpRoute({ gateways: [{ name: 'public', namespace: 'infra', sectionName: 'https' }], hosts: ['pay.example.com'], path: '/pay' });

export const ANALYSIS = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01 });
export const LOAD_TEST = FlaggerWebhook.loadTest('load', { url: 'http://flagger-loadtester.test/', metadata: { cmd: 'hey -z 1m http://payments-canary/' } });
export const flagger = (...webhooks: FlaggerWebhook[]) => RolloutEngine.flagger({ webhooks });

/** A service that Flagger releases by growing shares, through Istio unless told otherwise. */
export function canaryOf(options: Partial<CanaryOptions> = {}, props: Props = {}): Synthesized {
  return synthesize({ traffic: [ISTIO], rollout: Rollout.canary({ analysis: ANALYSIS, engine: flagger(), ...options }), ...props });
}

/** The specification of the Canary among the objects of a service. */
export function specOf(synthesized: Synthesized) {
  return synthesized.find('Canary').spec;
}
