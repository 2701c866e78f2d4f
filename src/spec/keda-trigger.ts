import { refuse, refuseIf } from './declaration-error';
import { dnsLabelProblem, dnsSubdomainProblem } from './names';
import { httpUrl } from './url';
import { flagOf, nonEmpty, oneOf, quoted, settingsOf, wholeNumber } from './values';

/** What a trigger's target means. */
export enum KedaMetricType {
  /** The value is divided by the number of pods. */
  AVERAGE_VALUE = 'AverageValue',
  /** The value is taken as it is. */
  VALUE = 'Value',
}

/** Credentials of a trigger, by reference to an object of KEDA's. */
export interface KedaAuthenticationRef {
  /** Its name. */
  readonly name: string;

  /**
   * Whether it is a ClusterTriggerAuthentication, which serves every namespace.
   * @default - a TriggerAuthentication of the service's namespace
   */
  readonly clusterWide?: boolean;
}

/** What every trigger may have. */
export interface KedaTriggerOptions {
  /**
   * The trigger's name: at most 63 lower-case letters, digits or `-`.
   * @default - `trigger-1`, `trigger-2` and so on
   */
  readonly name?: string;

  /**
   * What the target means.
   * @default KedaMetricType.AVERAGE_VALUE
   */
  readonly metricType?: KedaMetricType;

  /**
   * Credentials of the source.
   * @default - none are needed
   */
  readonly authenticationRef?: KedaAuthenticationRef;

  /**
   * The `query` for the pods of the old version, which Flagger runs as a copy named `-primary`.
   * @default - under Flagger its own rewriting of `query`: the service's name becomes `NAME-primary` wherever it stands in it
   */
  readonly primaryQuery?: string;
}

/** A query of Prometheus as a trigger. */
export interface KedaPrometheusOptions extends KedaTriggerOptions {
  /** Where Prometheus answers, such as `http://prometheus.monitoring:9090`. */
  readonly serverAddress: string;

  /** The query, with one number as its result. */
  readonly query: string;

  /** The target: with `AverageValue` that of each pod. Above zero. */
  readonly threshold: number;
}

/** A trigger in the form of the ScaledObject. */
export interface KedaTriggerSpec {
  readonly type: string;
  readonly name?: string;
  readonly metricType: 'AverageValue' | 'Value' | 'Utilization';
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: { readonly name: string; readonly kind: string };
  readonly primaryQuery?: string;
}

/** The name of a trigger, by which others refer to it. */
export function triggerNameOf({ name }: KedaTriggerSpec, index: number): string {
  return name ?? `trigger-${index + 1}`;
}

/** What KEDA scales by. With several triggers, the one that wants most replicas decides. */
export class KedaTrigger {
  /**
   * The average CPU use of the pods.
   * @param percent of the reserved CPU, from 1 to 1000
   */
  static cpu(percent: number): KedaTrigger {
    return ofResource('cpu', percent);
  }

  /**
   * The average memory use of the pods.
   * @param percent of the reserved memory, from 1 to 1000
   */
  static memory(percent: number): KedaTrigger {
    return ofResource('memory', percent);
  }

  /** The result of a query of Prometheus, or of anything that answers its queries. */
  static prometheus(options: KedaPrometheusOptions): KedaTrigger {
    const { serverAddress, query, threshold } = settingsOf('KedaTrigger.prometheus options', options);
    if (!Number.isFinite(threshold) || threshold <= 0) {
      refuse(`KedaTrigger.prometheus threshold ${threshold} must be a number above zero`);
    }
    return KedaTrigger.of('prometheus', {
      serverAddress: httpUrl('KedaTrigger.prometheus serverAddress', serverAddress),
      query: nonEmpty('KedaTrigger.prometheus query', query),
      threshold: String(threshold),
    }, options);
  }

  /**
   * A trigger of any other of KEDA's scalers.
   * @param type the scaler's name, such as `aws-sqs-queue`
   * @param metadata its settings, such as `queueURL` and `queueLength`; credentials belong into an object that `authenticationRef` names
   * @param options what every trigger may have
   * @see https://keda.sh/docs/latest/scalers/
   */
  static of(type: string, metadata: { readonly [key: string]: string }, options: KedaTriggerOptions = {}): KedaTrigger {
    refuseIf(dnsLabelProblem('KedaTrigger type', type));
    if (type === 'cpu' || type === 'memory') {
      refuse(`KedaTrigger.of takes no ${quoted(type)}; use KedaTrigger.${type}(percent)`);
    }
    const title = `KedaTrigger ${quoted(type)}`;
    const { name, authenticationRef: ref } = settingsOf(`${title} options`, options);
    settingsOf(`${title} metadata`, metadata);
    refuseIf(name === undefined ? undefined : dnsLabelProblem('KedaTrigger name', name));
    refuseIf(ref && dnsSubdomainProblem('KedaTrigger authenticationRef name', settingsOf(`${title} authenticationRef`, ref).name));
    if (options.primaryQuery !== undefined && metadata.query === undefined) {
      refuse(`${title} has a primaryQuery but no query that it would replace; leave it out`);
    }
    return new KedaTrigger({
      type,
      name,
      metricType: oneOf(`${title} metricType`, options.metricType ?? KedaMetricType.AVERAGE_VALUE, 'KedaMetricType', KedaMetricType),
      metadata: metadataOf(type, metadata),
      authenticationRef: ref && { name: ref.name, kind: flagOf(`${title} authenticationRef clusterWide`, ref.clusterWide, false) ? 'ClusterTriggerAuthentication' : 'TriggerAuthentication' },
      primaryQuery: options.primaryQuery === undefined ? undefined : nonEmpty(`${title} primaryQuery`, options.primaryQuery),
    });
  }

  /** @internal */
  static _of(spec: KedaTriggerSpec): KedaTrigger {
    return new KedaTrigger(spec);
  }

  /** @internal */
  readonly _spec: KedaTriggerSpec;

  private constructor(spec: KedaTriggerSpec) {
    this._spec = spec;
  }
}

function ofResource(type: 'cpu' | 'memory', percent: number): KedaTrigger {
  const value = wholeNumber(`KedaTrigger.${type} percent`, percent, 1, 1000);
  return KedaTrigger._of({ type, metricType: 'Utilization', metadata: { value: String(value) } });
}

const SETTING = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;
/** Settings that hold what must not be read by whoever reads manifests; those that end in FromEnv only name where it is. */
const CREDENTIAL = /(password|passwd|secret|token|api_?-?key|access_?-?key|credentials?|connection(string)?|saskey|privatekey)$/i;
const USER_IN_URL = /:\/\/[^/\s@]*:[^/\s@]*@/;
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f]/;

function metadataOf(type: string, metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const title = `KedaTrigger ${quoted(type)} metadata`;
  if (Object.keys(metadata).length === 0) {
    refuse(`${title} must hold the scaler's settings`);
  }
  for (const [key, value] of Object.entries(metadata)) {
    if (!SETTING.test(key) || key === 'constructor') {
      refuse(`${title} ${quoted(key)} must be at most 63 letters, digits, '-' or '_', starting with a letter`);
    }
    if (typeof value !== 'string' || UNPRINTABLE.test(value)) {
      refuse(`${title} ${quoted(key)} must be a text without control characters`);
    }
    if (CREDENTIAL.test(key) || USER_IN_URL.test(value)) {
      refuse(`${title} ${quoted(key)} may hold a credential, because manifests are read by many; `
        + `give it by authenticationRef, or name a variable of the container with ${quoted(`${key}FromEnv`)}`);
    }
  }
  return { ...metadata };
}
