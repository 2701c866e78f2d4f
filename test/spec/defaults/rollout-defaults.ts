import { expectDefault, manifestsOf, objectOf, Proofs } from './proof';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { Pods } from '../../../src/spec/pods';
import { Promotion } from '../../../src/spec/rollout/blue-green';
import { ArgoRolloutsOptions, Colour, IstioSplit, RolloutEngine, StableScale, TakeOver, VersionAntiAffinity } from '../../../src/spec/rollout/rollout-engine';
import { Props, seconds, valueOf } from '../../plan/declare';
import { abTest, blueGreen, canary, flagger, HEADER, native, plannedAbTest, plannedBlueGreen, plannedCanary, WAYS_IN } from '../../plan/rollout/released';

const analysis = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01, measurements: 20 });
const argo = (options: ArgoRolloutsOptions = {}): Props => canary({ engine: RolloutEngine.argoRollouts(options) });
const strategyOf = (props: Props) => objectOf('Rollout', props).spec.strategy;
const steps = (props: Props) => strategyOf(props).canary.steps;

const CANARY_PROOFS: Proofs = {
  'CanaryOptions.steps': () => expectDefault(canary(), canary({ steps: [5, 25, 50] }), canary({ steps: [5, 25] })),
  'CanaryOptions.stepDuration': () => {
    expectDefault(canary(), canary({ stepDuration: seconds(300) }), canary({ stepDuration: seconds(301) }));
    expect(valueOf('rollout.stepDuration', canary({ analysis }))).toBe(valueOf('analysis.duration', canary({ analysis })));
  },
  'CanaryOptions.approvalAt': () => expectDefault(canary(), canary({ approvalAt: [] }), canary({ approvalAt: [5] })),
  'CanaryOptions.header': () => {
    expect(JSON.stringify(steps(canary()))).not.toContain('setHeaderRoute');
    expect(JSON.stringify(steps(canary({ header: HEADER })))).toContain('setHeaderRoute');
  },
  'CanaryOptions.mirrorPercent': () => {
    expect(JSON.stringify(steps(canary()))).not.toContain('setMirrorRoute');
    expect(JSON.stringify(steps(canary({ mirrorPercent: 5 })))).toContain('setMirrorRoute');
  },
  'CanaryOptions.sessionCookie': () => {
    expect(plannedCanary(canary({ engine: flagger() })).sessionCookie).toBeUndefined();
    expect(objectOf('Canary', canary({ engine: flagger() })).spec.analysis).not.toHaveProperty('sessionAffinity');
  },
  'CanaryOptions.analysis': () => {
    expect(manifestsOf(canary()).map(({ kind }) => kind)).not.toContain('AnalysisTemplate');
    expect(manifestsOf(canary({ analysis })).map(({ kind }) => kind)).toContain('AnalysisTemplate');
  },
  'CanaryOptions.engine': () => expectDefault(canary(), argo(), canary({ engine: flagger() })),
  'SessionCookieOptions.name': () => {
    const named = (name?: string) => canary({ engine: flagger(), sessionCookie: { name } });
    expectDefault(named(), named('payments-canary'), named('other'));
  },
  'SessionCookieOptions.maxAge': () => {
    const lasting = (maxAge?: number) => canary({ engine: flagger(), sessionCookie: { maxAge: maxAge === undefined ? undefined : seconds(maxAge) } });
    expectDefault(lasting(), lasting(86_400), lasting(86_401));
    expect(plannedCanary(canary({ engine: flagger(), sessionCookie: {}, stepDuration: seconds(40_000) })).sessionCookie?.maxAgeSeconds).toBe(120_000);
  },
};

const ENGINE_PROOFS: Proofs = {
  'ArgoRolloutsOptions.istioSplit': () => expectDefault(argo(), argo({ istioSplit: IstioSplit.SUBSETS }), argo({ istioSplit: IstioSplit.HOSTS })),
  'ArgoRolloutsOptions.takeOver': () => {
    expect(manifestsOf(argo()).map(({ kind }) => kind)).not.toContain('Deployment');
    expect(objectOf('Rollout', argo()).spec).toHaveProperty('template');
    expect(manifestsOf(argo({ takeOver: TakeOver.NEVER })).map(({ kind }) => kind)).toContain('Deployment');
  },
  'ArgoRolloutsOptions.antiAffinity': () => {
    expect(strategyOf(argo()).canary).not.toHaveProperty('antiAffinity');
    expect(strategyOf(argo({ antiAffinity: VersionAntiAffinity.PREFERRED })).canary).toHaveProperty('antiAffinity');
  },
  'ArgoRolloutsOptions.stableScale': () => expectDefault(argo(), argo({ stableScale: StableScale.FULL }), argo({ stableScale: StableScale.DYNAMIC })),
  'ArgoRolloutsOptions.scaleDownDelay': () => {
    expectDefault(argo(), argo({ scaleDownDelay: seconds(30) }), argo({ scaleDownDelay: seconds(31) }));
    expect(plannedCanary(canary({}, { traffic: WAYS_IN.awsLoadBalancer() })).scaleDownDelay).toBe(60);
  },
  'ArgoRolloutsOptions.abortScaleDownDelay': () => {
    const scaleDownDelay = seconds(40);
    const aborting = (delay?: number) => argo({ scaleDownDelay, abortScaleDownDelay: delay === undefined ? undefined : seconds(delay) });
    expectDefault(aborting(), aborting(40), aborting(41));
  },
  'ArgoRolloutsOptions.rollbackWindow': () => {
    const within = (rollbackWindow?: number) => blueGreen({ engine: RolloutEngine.argoRollouts({ rollbackWindow }) });
    expect(objectOf('Rollout', within()).spec).not.toHaveProperty('rollbackWindow');
    expect(objectOf('Rollout', within(2)).spec).toHaveProperty('rollbackWindow');
  },
  'NativeOptions.live': () => {
    const live = (colour?: Colour) => blueGreen({ engine: native({ live: colour }) });
    expectDefault(live(), live(Colour.BLUE), live(Colour.GREEN));
  },
};

/** How versions that run side by side take over from each other. */
export const ROLLOUT_PROOFS: Proofs = {
  ...CANARY_PROOFS,
  ...ENGINE_PROOFS,
  'AbTestOptions.duration': () => {
    expectDefault(abTest(), abTest({ duration: seconds(600) }), abTest({ duration: seconds(601) }));
    expect(plannedAbTest(abTest({ analysis })).seconds).toBe(valueOf('analysis.duration', abTest({ analysis })));
  },
  'AbTestOptions.analysis': () => expect(manifestsOf(abTest()).map(({ kind }) => kind)).not.toContain('AnalysisTemplate'),
  'AbTestOptions.engine': () => expectDefault(abTest(), abTest({ engine: RolloutEngine.argoRollouts() }), abTest({ engine: flagger() })),
  'BlueGreenOptions.promotion': () =>
    expectDefault(blueGreen(), blueGreen({ promotion: Promotion.AUTOMATIC }), blueGreen({ promotion: Promotion.AFTER_APPROVAL })),
  'BlueGreenOptions.previewAnalysis': () => expect(strategyOf(blueGreen()).blueGreen).not.toHaveProperty('prePromotionAnalysis'),
  'BlueGreenOptions.analysis': () => expect(strategyOf(blueGreen()).blueGreen).not.toHaveProperty('postPromotionAnalysis'),
  'BlueGreenOptions.bakeTime': () => {
    expectDefault(blueGreen(), blueGreen({ bakeTime: seconds(600) }), blueGreen({ bakeTime: seconds(601) }));
    expect(plannedBlueGreen(blueGreen({ analysis })).scaleDownDelay).toBe(valueOf('analysis.duration', blueGreen({ analysis })));
  },
  'BlueGreenOptions.previewPods': () => {
    expect(strategyOf(blueGreen()).blueGreen).not.toHaveProperty('previewReplicaCount');
    expect(strategyOf(blueGreen({ previewPods: Pods.count(1) })).blueGreen.previewReplicaCount).toBe(1);
  },
  'BlueGreenOptions.engine': () => expectDefault(blueGreen(), blueGreen({ engine: RolloutEngine.argoRollouts() }), blueGreen({ engine: flagger() })),
};
