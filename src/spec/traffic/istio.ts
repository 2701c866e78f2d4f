import type { Duration } from 'cdk8s';
import { refuse } from '../declaration-error';
import { quoted, wholeNumber } from '../values';

/** How the proxy container stands in the pod. */
export enum IstioSidecar {
  /** Either way: the settings of a plain sidecar are written, and a native one does not read them. */
  ANY = 'ANY',
  /** A native sidecar (an init container that always restarts): Kubernetes 1.29 and Istio 1.24 at least. */
  NATIVE = 'NATIVE',
  /** A plain container beside the service's. */
  PLAIN = 'PLAIN',
}

/** Conditions under which a request was surely not executed, so that even a POST may be repeated (Istio 1.23). */
const SAFE_CONDITIONS = ['connect-failure', 'refused-stream', 'reset-before-request'];

/** Settings of retries. */
export interface RetryOptions {
  /**
   * Retries after the first try, from 1 to 10.
   * @default 2
   */
  readonly attempts?: number;

  /**
   * The time that one try may take: at least 5 seconds above the longest request. Not with `maxConnectionAge`.
   * @default - 5 seconds above the longest request; none with `maxConnectionAge`
   */
  readonly perTryTimeout?: Duration;
}

/** Settings of retries of idempotent requests. */
export interface IdempotentRetryOptions extends RetryOptions {
  /** Conditions in Envoy's words, such as `5xx` or `gateway-error`, besides the safe ones. */
  readonly on: string[];
}

/** Which failed requests the proxies repeat. */
export class IstioRetries {
  /** Only those that were surely not executed. */
  static safe(options: RetryOptions = {}): IstioRetries {
    return new IstioRetries(options, SAFE_CONDITIONS);
  }

  /**
   * Further ones too. Declares that every request of this service may be executed twice.
   * @throws where no condition is given
   */
  static idempotent(options: IdempotentRetryOptions): IstioRetries {
    if (options.on.length === 0) {
      refuse('IstioRetries.idempotent on must name a condition such as "gateway-error"; IstioRetries.safe() needs none');
    }
    const unknown = options.on.find((condition) => !/^[a-z0-9-]+$/.test(condition));
    if (unknown !== undefined) {
      refuse(`IstioRetries.idempotent on ${quoted(unknown)} must be one of Envoy's conditions, such as "gateway-error"`);
    }
    return new IstioRetries(options, [...new Set([...SAFE_CONDITIONS, ...options.on])]);
  }

  /** None. */
  static none(): IstioRetries {
    return new IstioRetries({}, []);
  }

  /** @internal */
  readonly _perTryTimeout?: Duration;
  /** Retries after the first try. */
  readonly attempts: number;
  /** The conditions under which a request is repeated. */
  readonly conditions: string[];

  private constructor(options: RetryOptions, conditions: readonly string[]) {
    this.attempts = conditions.length === 0 ? 0 : wholeNumber('IstioRetries attempts', options.attempts ?? 2, 1, 10);
    this._perTryTimeout = options.perTryTimeout;
    this.conditions = [...conditions];
  }
}

/** Settings of the ejection of failing pods. */
export interface OutlierEjectionOptions {
  /**
   * Server errors in a row after which a pod is ejected, at least 1.
   * @default 5
   */
  readonly consecutiveErrors?: number;

  /**
   * Time between two looks at the errors, at least 1 second.
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * How long a pod stays out at the first time; each further time adds as much. At least 1 second.
   * @default Duration.seconds(30)
   */
  readonly baseEjectionTime?: Duration;

  /**
   * The share of the pods that may be out at a time, from 0 to 100 percent.
   * @default - the most that leaves one pod with evictions and a release going on, at any number of replicas, at most 50;
   * none where a number of replicas has no pod to spare, since Envoy may eject one whatever the share
   */
  readonly maxEjectionPercent?: number;
}

/** Calls through Istio: its ingress gateways, the mesh, or both. Wants Istio 1.23 or later. */
export interface IstioOptions {
  /**
   * The host names, besides the Service's own.
   * @default - none: calls inside the mesh only
   */
  readonly hosts?: string[];

  /**
   * The gateways, as `namespace/name`, that route the host names to the service. They want `hosts`.
   * @default - none: calls inside the mesh only
   */
  readonly gateways?: string[];

  /**
   * The time within which a request must be answered, retries included. Not with `maxConnectionAge`.
   * @default - every try at its longest, and a second for the pauses between them; none with `maxConnectionAge`
   */
  readonly timeout?: Duration;

  /**
   * Which failed requests the proxies repeat.
   * @default IstioRetries.safe()
   */
  readonly retries?: IstioRetries;

  /**
   * When a failing pod is taken out for a while.
   * @default - five errors in a row, never so many pods that none would be left
   */
  readonly outlierEjection?: OutlierEjectionOptions;

  /**
   * How long a connection to a pod may carry nothing before the proxy closes it, at least 1 second.
   * @default - 60 seconds, or shorter where the program's keep-alive timeout is
   */
  readonly idleTimeout?: Duration;

  /**
   * How the proxy stands in the pod.
   * @default IstioSidecar.ANY
   */
  readonly sidecar?: IstioSidecar;

  /**
   * How long a plain sidecar goes on after SIGTERM before it ends, whether or not the program has.
   * @default - as long as preStop and the drain together
   */
  readonly terminationDrainDuration?: Duration;

  /**
   * How long a plain sidecar accepts connections after SIGTERM.
   * @default - 45 seconds, or as long as the sidecar goes on
   */
  readonly drainDuration?: Duration;

  /**
   * The time from a pod's deletion until no proxy sends it a new request.
   *
   * The control plane gathers changes for up to 10 seconds (`PILOT_DEBOUNCE_MAX`); the rest is engineering judgement
   * for its push.
   * @default Duration.seconds(15)
   */
  readonly propagation?: Duration;
}
