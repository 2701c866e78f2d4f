import { Amount, literal, named, product, sum } from '../amount';
import { atLeast, Bound, moreThan } from '../bound';
import type { Capacity } from '../capacity';
import { Context, MARGIN } from '../context';
import { planOutlierEjection } from './outlier-ejection';
import { Path, PodEnd } from './path';
import type { PlannedIstio } from './planned-traffic';
import { FEATURE_SINCE } from '../../spec/kubernetes-features';
import { hostProblem } from '../../spec/names';
import { IstioOptions, IstioRetries, IstioSidecar } from '../../spec/traffic/istio';
import { quoted, secondsOf } from '../../spec/values';

const CUSTOMARY_IDLE_TIMEOUT = 60;
/** Istio's own default, in every release from 1.4. */
const CUSTOMARY_DRAIN_DURATION = 45;
/** Envoy pauses at most 250 ms before each retry: ten times its base interval of 25 ms. */
const PAUSES_BETWEEN_TRIES = named('pauses', 1, 's');

/** Calls through Istio's proxies. */
export class IstioPath extends Path {
  private idleTimeout = 0;
  private proxyDrain?: { readonly terminationDrainDuration: number; readonly drainDuration: number };

  constructor(context: Context, private readonly options: IstioOptions) {
    super(context, 'istio', {
      declared: options.propagation,
      seconds: 15,
      source: 'changes are gathered for up to 10s (PILOT_DEBOUNCE_MAX); 5s for the push are engineering judgement',
    });
  }

  planPodEnd({ preStop, drain }: PodEnd): Bound[] {
    const { terminationDrainDuration, drainDuration } = this.options;
    if (this.options.sidecar === IstioSidecar.NATIVE) {
      this.refuseTogether('IstioSidecar.NATIVE', 'a native sidecar does not read it',
        { 'istio.terminationDrainDuration': terminationDrainDuration, 'istio.drainDuration': drainDuration });
      return [];
    }
    const { ledger } = this.context;
    const end = ledger.decide({
      name: 'istio.terminationDrainDuration',
      unit: 's',
      override: terminationDrainDuration && secondsOf(terminationDrainDuration),
      bounds: [atLeast(sum(preStop, drain), {
        because: 'the proxy ends while the program is still serving, and its requests fail',
        source: 'istio pkg/envoy/agent.go: a plain sidecar ends after terminationDrainDuration whatever the program does',
      })],
    });
    const listeners = ledger.decide({
      name: 'istio.drainDuration',
      unit: 's',
      override: drainDuration && secondsOf(drainDuration),
      preferred: CUSTOMARY_DRAIN_DURATION,
      bounds: [atLeast(end, {
        because: 'the proxy closes its listeners while requests still arrive',
        source: 'Envoy: listeners stop accepting when --drain-time-s is over',
      })],
    });
    this.proxyDrain = { terminationDrainDuration: end.value, drainDuration: listeners.value };
    return [moreThan(end, {
      because: 'the proxy is killed before it has drained', source: 'Kubernetes: every container is killed when the grace period is over',
    })];
  }

  planIdleTimeout(): Amount {
    const { ledger, spec } = this.context;
    const { idleTimeout } = this.options;
    const decided = ledger.decide({
      name: 'istio.idleTimeout',
      unit: 's',
      override: idleTimeout && secondsOf(idleTimeout),
      preferred: Math.min(CUSTOMARY_IDLE_TIMEOUT, (spec.keepAliveSeconds ?? Infinity) - MARGIN.value),
      bounds: [atLeast(literal(1, 's'), {
        because: 'no connection is ever reused', source: 'Istio API: ConnectionPoolSettings.http.idleTimeout (1 hour by default)',
      })],
    });
    this.idleTimeout = decided.value;
    return decided;
  }

  plan(capacity: Capacity): PlannedIstio {
    const { options, context } = this;
    this.checkHosts();
    for (const key of ['proxy.istio.io/config', 'sidecar.istio.io/nativeSidecar'].filter((name) => context.spec.pod.podAnnotations?.[name] !== undefined)) {
      context.ledger.problem(`podAnnotations ${quoted(key)} cannot be given with Traffic.istio, because the library decides it; use the options for it`);
    }
    context.ledger.require('cluster', 'Istio is 1.23 or later (the retry condition reset-before-request)');
    if (options.sidecar === IstioSidecar.NATIVE && context.spec.kubernetes.minor < FEATURE_SINCE.nativeSidecars) {
      context.ledger.problem(`istio.sidecar NATIVE needs kubernetesVersion 1.${FEATURE_SINCE.nativeSidecars} or later, not ${context.spec.kubernetes}`);
    }
    return {
      kind: 'istio',
      hosts: options.hosts ?? [],
      gateways: options.gateways ?? [],
      ...this.planRoute(options.retries ?? IstioRetries.safe()),
      idleTimeout: this.idleTimeout,
      outlierEjection: planOutlierEjection(context, capacity, options.outlierEjection ?? {}),
      isNativeSidecarForced: options.sidecar === IstioSidecar.NATIVE,
      proxyDrain: this.proxyDrain,
    };
  }

  /** A stream has no timeout: it would end with the first one, at whatever it is doing. */
  private planRoute(retries: IstioRetries) {
    const { ledger, longestRequest, spec } = this.context;
    const conditions = retries.conditions;
    if (spec.maxConnectionAgeSeconds !== undefined) {
      this.refuseTogether('maxConnectionAge', 'it would end streams as well', { 'istio.timeout': this.options.timeout, 'istio.perTryTimeout': retries._perTryTimeout });
      return { retries: retries.attempts === 0 ? undefined : { attempts: retries.attempts, conditions } };
    }
    const perTry = ledger.decide({
      name: 'istio.perTryTimeout',
      unit: 's',
      override: retries._perTryTimeout && secondsOf(retries._perTryTimeout),
      bounds: [atLeast(sum(longestRequest, MARGIN), {
        because: 'the longest requests are given up, and repeated in vain', source: 'Envoy: per_try_timeout bounds each try',
      })],
    });
    const tries = product(literal(retries.attempts + 1, ''), perTry);
    const timeout = ledger.decide({
      name: 'istio.timeout',
      unit: 's',
      override: this.options.timeout && secondsOf(this.options.timeout),
      bounds: [atLeast(retries.attempts === 0 ? tries : sum(tries, PAUSES_BETWEEN_TRIES), {
        because: 'the last retries never run', source: 'Envoy: the route timeout includes all tries',
      })],
    });
    return {
      timeout: timeout.value,
      retries: retries.attempts === 0 ? undefined : { attempts: retries.attempts, perTryTimeout: perTry.value, conditions },
    };
  }

  private refuseTogether(other: string, because: string, given: Record<string, unknown>): void {
    for (const field of Object.keys(given).filter((name) => given[name] !== undefined)) {
      this.context.ledger.problem(`${field} cannot be given with ${other}, because ${because}; leave it out`);
    }
  }

  private checkHosts(): void {
    const { ledger, spec } = this.context;
    const { hosts = [], gateways = [] } = this.options;
    const all = [...ownHosts(spec.name, spec.namespace), ...hosts];
    for (const [index, host] of all.entries()) {
      const other = all.find((candidate, at) => (at < index && candidate === host) || covers(candidate, host));
      ledger.problem(other === undefined ? undefined : `istio.host ${quoted(host)} is covered by ${quoted(other)} already, and Istio refuses both together`);
    }
    for (const host of hosts) {
      ledger.problem(hostProblem('istio.host', host));
    }
    for (const gateway of gateways) {
      if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/.test(gateway)) {
        ledger.problem(`istio.gateways ${quoted(gateway)} must be a Gateway as "namespace/name" or "name"`);
      }
    }
    if (gateways.length > 0 && hosts.length === 0) {
      ledger.problem('istio.hosts must name the hosts that the gateways route to the service; give at least one beside gateways');
    }
  }
}

/** The names that the service's own host stands for: Istio completes the short one. */
function ownHosts(name: string, namespace?: string): string[] {
  return namespace === undefined ? [name] : [name, ...['', '.svc', '.svc.cluster.local'].map((suffix) => `${name}.${namespace}${suffix}`)];
}

/** Whether a wildcard host matches another host. */
function covers(wildcard: string, host: string): boolean {
  return wildcard.startsWith('*.') && wildcard !== host && host.endsWith(wildcard.slice(1));
}
