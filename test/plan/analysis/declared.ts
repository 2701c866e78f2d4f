import { Duration } from 'cdk8s';
import type { PlannedAnalysis } from '../../../src/plan/analysis/planned-analysis';
import { Analysis } from '../../../src/spec/analysis/analysis';
import type { PrometheusAnalysisOptions } from '../../../src/spec/analysis/prometheus';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { planned, type Props } from '../declare';

/** Every engine that a release can have. */
export const ENGINES = {
  argoRollouts: RolloutEngine.argoRollouts(),
  flagger: RolloutEngine.flagger(),
  native: RolloutEngine.native(),
};

/** Where each way in is an example of itself. */
export const WAYS = {
  istio: Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] }),
  ingressNginx: Traffic.ingressNginx({ hosts: ['api.example.com'] }),
};

export const ADDRESS = 'http://prometheus.monitoring:9090';

/** One threshold of each kind. */
export const EVERY_THRESHOLD = {
  maxErrorRate: 0.01,
  maxErrorRateIncrease: 0.005,
  maxP50: Duration.millis(100),
  maxP95: Duration.millis(300),
  maxP99: Duration.millis(500),
  maxP99Ratio: 1.5,
};

export function prometheus(options: Partial<PrometheusAnalysisOptions> = {}): Analysis {
  return Analysis.prometheus({ address: ADDRESS, maxErrorRate: 0.01, ...options });
}

/** A canary with this analysis. */
export function canary(analysis: Analysis = prometheus(), engine = RolloutEngine.argoRollouts(), props: Props = {}): Props {
  return { traffic: [WAYS.istio], rollout: Rollout.canary({ steps: [5, 50], analysis, engine }), ...props };
}

/** The analysis as it was planned. */
export function analysisOf(props: Props, name?: string): PlannedAnalysis {
  const { rollout } = planned(props, name).planned;
  if (rollout.kind === 'rolling' || !rollout.analysis) {
    throw new Error('no analysis was planned');
  }
  return rollout.analysis;
}
