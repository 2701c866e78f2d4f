import type { SwitchSpec } from './plan-switch';
import { routersOf } from './routers';
import type { AbTestSpec } from '../../spec/rollout/ab-test';
import { type BlueGreenSpec, Promotion } from '../../spec/rollout/blue-green';
import type { CanarySpec } from '../../spec/rollout/canary';
import { type ArgoRolloutsSpec, type FlaggerSpec, IstioSplit, type NativeSpec, StableScale, TakeOver } from '../../spec/rollout/rollout-engine';
import type { ServiceSpec } from '../../spec/service-spec';
import { quoted } from '../../spec/values';
import type { Ledger } from '../ledger';

/** Notes what of a declared release does not go together, beyond what its engine can do through a way in. */
export function checkRelations(service: ServiceSpec, rollout: SwitchSpec, ledger: Ledger): void {
  const { engine } = rollout;
  switch (engine.kind) {
    case 'argoRollouts': checkArgoRollouts(service, rollout, engine, ledger); break;
    case 'flagger': checkFlagger(service, rollout, engine, ledger); break;
    case 'native': checkNative(service, rollout, engine, ledger); break;
  }
  if (rollout.kind === 'blueGreen') {
    checkComparisons(rollout, ledger);
  } else {
    checkHeader(service, rollout, ledger);
  }
}

/** Of a header that a load balancer matches. */
const LONGEST_ALB_HEADER = 40;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html */
function checkHeader(service: ServiceSpec, { kind, header, engine }: CanarySpec | AbTestSpec, ledger: Ledger): void {
  if (header === undefined || !routersOf(service).includes('awsLoadBalancer')) {
    return;
  }
  const { name, value } = header;
  if (name.length > LONGEST_ALB_HEADER) {
    ledger.problem(`Rollout.${kind} header name ${quoted(name)} has ${name.length} characters, and Traffic.awsLoadBalancer matches names of at most `
      + `${LONGEST_ALB_HEADER}; give it a shorter one`);
  }
  checkHeaderPath(service, { kind, header, engine }, ledger);
  if (/[*?]/.test(value)) {
    ledger.problem(`Rollout.${kind} header value ${quoted(value)} must hold neither '*' nor '?' with Traffic.awsLoadBalancer, which matches any characters by them; `
      + 'give it another value');
  }
}

/** The path of the rule that Argo Rollouts adds to the Ingress for a header is its own: `/*`, whatever the Ingress routes. */
function checkHeaderPath(service: ServiceSpec, { kind, header, engine }: Pick<CanarySpec | AbTestSpec, 'kind' | 'header' | 'engine'>, ledger: Ledger): void {
  const way = service.traffic.find((each) => each.kind === 'awsLoadBalancer');
  const path = way?.kind === 'awsLoadBalancer' ? way.options.path ?? '/' : '/';
  if (header !== undefined && engine.kind === 'argoRollouts' && path !== '/') {
    ledger.problem(`Rollout.${kind} header ${quoted(header.name)} cannot be given with RolloutEngine.argoRollouts and Traffic.awsLoadBalancer path ${quoted(path)}, because `
      + 'the rule that it adds for a header takes matching requests of every path, those of other services too; leave path out, or use RolloutEngine.native');
  }
}

function checkArgoRollouts(service: ServiceSpec, rollout: SwitchSpec, engine: ArgoRolloutsSpec, ledger: Ledger): void {
  const isDynamic = engine.stableScale === StableScale.DYNAMIC;
  const { scaleDownDelaySeconds, abortScaleDownDelaySeconds } = engine;
  if (isDynamic && rollout.kind === 'blueGreen') {
    ledger.problem('RolloutEngine.argoRollouts stableScale DYNAMIC cannot be given with Rollout.blueGreen, whose old version keeps all of its pods; leave it out');
  }
  if (scaleDownDelaySeconds !== undefined && rollout.kind === 'blueGreen') {
    ledger.problem(`RolloutEngine.argoRollouts scaleDownDelay ${scaleDownDelaySeconds}s cannot be given with Rollout.blueGreen, whose bakeTime is the same; give that`);
  }
  const delays = { scaleDownDelay: scaleDownDelaySeconds, abortScaleDownDelay: abortScaleDownDelaySeconds };
  for (const [name, seconds] of Object.entries(delays).filter(([, given]) => isDynamic && given !== undefined && rollout.kind !== 'blueGreen')) {
    ledger.problem(`RolloutEngine.argoRollouts ${name} ${seconds}s cannot be given with stableScale DYNAMIC, under which pods leave with their traffic; `
      + 'leave one of them out');
  }
  const isSplitByIstio = rollout.kind !== 'blueGreen' && routersOf(service).includes('istio');
  if (engine.istioSplit === IstioSplit.HOSTS && !isSplitByIstio) {
    ledger.problem(`RolloutEngine.argoRollouts istioSplit HOSTS cannot be given ${rollout.kind === 'blueGreen' ? 'with Rollout.blueGreen' : 'without Traffic.istio'}, `
      + 'because Istio splits nothing then; leave it out');
  }
  if (engine.takeOver === TakeOver.ON_SUCCESS && rollout.kind === 'blueGreen' && rollout.analysis) {
    ledger.problem('RolloutEngine.argoRollouts takeOver ON_SUCCESS cannot be given with Rollout.blueGreen and its analysis, because the Deployment would never be '
      + 'scaled down (argo-rollouts issue 4681); use TakeOver.PROGRESSIVELY');
  }
  checkPingPong(service, rollout, engine, ledger);
}

/** The Services of a ping-pong release take the place of those that these routers weigh. */
function checkPingPong(service: ServiceSpec, rollout: SwitchSpec, { istioSplit }: ArgoRolloutsSpec, ledger: Ledger): void {
  const routers = routersOf(service);
  if (rollout.kind === 'blueGreen' || !routers.includes('awsLoadBalancer')) {
    return;
  }
  const weighed = routers.filter((router) => router === 'httpRoute' || router === 'grpcRoute' || (router === 'istio' && istioSplit === IstioSplit.HOSTS));
  for (const router of weighed) {
    ledger.problem(`Traffic.${router}${router === 'istio' ? ' with IstioSplit.HOSTS' : ''} cannot be given with Traffic.awsLoadBalancer and RolloutEngine.argoRollouts, `
      + `because both would weigh the same two Services, of which a load balancer changes the roles; ${router === 'istio' ? 'use IstioSplit.SUBSETS' : 'give one of them'}`);
  }
}

/** The labels by which Flagger tells the pods of the two versions apart, by its own default. */
const FLAGGER_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

function checkFlagger(service: ServiceSpec, rollout: SwitchSpec, { webhooks }: FlaggerSpec, ledger: Ledger): void {
  const routers = routersOf(service);
  if (routers.length > 1) {
    ledger.problem(`RolloutEngine.flagger moves the traffic of one way in, not of ${routers.map((router) => `Traffic.${router}`).join(' and ')}; `
      + 'give one of them, or use RolloutEngine.argoRollouts');
  }
  const labels = Object.keys(service.selector);
  if (labels.length !== 1 || !FLAGGER_LABELS.includes(labels[0])) {
    ledger.problem(`selector ${labels.map(quoted).join(', ')} must be one of ${FLAGGER_LABELS.map(quoted).join(', ')} with RolloutEngine.flagger, `
      + 'which writes the version to it; leave it out');
  } else if (service.selector[labels[0]] !== service.name) {
    // Which is short enough for the old version's `-primary` behind it: names leave room for 11 characters.
    ledger.problem(`selector ${quoted(labels[0])} ${quoted(service.selector[labels[0]])} must be the service's name ${quoted(service.name)} with RolloutEngine.flagger, `
      + 'which would not spread the old version\'s pods otherwise; leave it out');
  }
  const hooks = new Set(webhooks.map(({ type }) => type));
  const missing = [...neededHooks(rollout)].filter(([type]) => !hooks.has(type));
  for (const [, [asked, hook]] of missing) {
    ledger.problem(`${asked} needs a FlaggerWebhook.${hook} with RolloutEngine.flagger, which asks a webhook for approvals; give one in webhooks`);
  }
  if (rollout.kind === 'blueGreen' && rollout.previewAnalysis && rollout.analysis) {
    ledger.problem('Rollout.blueGreen previewAnalysis cannot be given together with analysis and RolloutEngine.flagger, '
      + 'which judges by the same metrics before and after; give one of them');
  }
  const judged = rollout.kind === 'blueGreen' && (rollout.previewAnalysis ? 'previewAnalysis' : rollout.analysis && 'analysis');
  if (judged && !hooks.has('rollout')) {
    ledger.problem(`Rollout.blueGreen ${judged} needs a FlaggerWebhook.loadTest with RolloutEngine.flagger, which judges the new version before it has any traffic, `
      + 'and gives up where it finds nothing to judge; give one in webhooks');
  }
  for (const [index, { name }] of webhooks.entries()) {
    ledger.problem(webhooks.findIndex((other) => other.name === name) === index ? undefined
      : `FlaggerWebhook ${quoted(name)} is given twice; give one of them another name`);
  }
}

/** The hooks that stand for the approvals of a release: the last share's is the promotion's. */
function neededHooks(rollout: SwitchSpec): Map<string, [asked: string, hook: string]> {
  const needed = new Map<string, [string, string]>();
  if (rollout.kind === 'blueGreen' && rollout.promotion === Promotion.AFTER_APPROVAL) {
    needed.set('confirm-promotion', ['Rollout.blueGreen promotion AFTER_APPROVAL', 'confirmPromotion']);
  }
  if (rollout.kind === 'canary') {
    const last = rollout.steps[rollout.steps.length - 1];
    for (const weight of rollout.approvalAt) {
      const [type, hook] = weight === last ? ['confirm-promotion', 'confirmPromotion'] : ['confirm-traffic-increase', 'confirmTrafficIncrease'];
      needed.set(type, [`Rollout.canary approvalAt ${weight}`, hook]);
    }
  }
  return needed;
}

function checkNative(service: ServiceSpec, rollout: SwitchSpec, { live }: NativeSpec, ledger: Ledger): void {
  if (live !== undefined && rollout.kind !== 'blueGreen') {
    ledger.problem(`RolloutEngine.native live ${live} cannot be given with Rollout.${rollout.kind}, which has no colours; leave it out`);
  }
  const name = rollout.kind === 'canary' ? rollout.sessionCookie?.name : undefined;
  if (name !== undefined && routersOf(service).includes('awsLoadBalancer')) {
    ledger.problem(`Rollout.canary sessionCookie name ${quoted(name)} cannot be given with RolloutEngine.native and Traffic.awsLoadBalancer, `
      + 'because AWS names the cookie; leave the name out');
  }
}

const COMPARISONS: Readonly<Record<string, string>> = { errorRateIncrease: 'maxErrorRateIncrease', p99Ratio: 'maxP99Ratio' };

/** A preview takes requests of tests, and the old version those of users. What follows the switch is a matter of the analysis itself. */
function checkComparisons({ previewAnalysis }: BlueGreenSpec, ledger: Ledger): void {
  for (const { kind, max } of previewAnalysis?._spec.thresholds ?? []) {
    ledger.problem(kind in COMPARISONS ? `Rollout.blueGreen previewAnalysis ${COMPARISONS[kind]} ${max} cannot be given, because a preview takes no requests of users `
      + 'and is no match for the old version; give an absolute threshold' : undefined);
  }
}
