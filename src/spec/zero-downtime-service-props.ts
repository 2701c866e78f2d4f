import type { Duration } from 'cdk8s';
import type { InitContainer, Sidecar } from './companion';
import type { ContainerSettings } from './container-settings';
import type { Database } from './database';
import type { External } from './external';
import type { Health } from './health';
import type { KubernetesVersion } from './kubernetes-version';
import type { Monitoring } from './monitoring';
import type { NetworkPeer } from './network-peer';
import type { Overrides } from './overrides';
import type { PodSettings } from './pod-settings';
import type { Protocol } from './protocol';
import type { Replicas } from './replicas';
import type { Risk } from './risk';
import type { Rollout } from './rollout/rollout';
import type { Shutdown } from './shutdown';
import type { Spread } from './spread';
import type { Traffic } from './traffic/traffic';

/** What a team knows about its service. Everything that is not said has a safe default. */
export interface ZeroDowntimeServiceProps extends ContainerSettings, PodSettings {
  /** The image, with a tag or a digest. A moving tag such as `latest` is warned of. */
  readonly image: string;

  /** The container port that the program listens on, from 1 to 65535. */
  readonly port: number;

  /** How the program answers about its health. */
  readonly health: Health;

  /**
   * The name of the service and of its objects, at most 52 lower-case letters, digits or `-`.
   * @default - the construct ids below the chart, joined by `-`, without `Default` and `Resource`; the chart's id where none
   * is left
   */
  readonly name?: string;

  /**
   * What the program speaks.
   * @default Protocol.HTTP
   */
  readonly protocol?: Protocol;

  /**
   * The port of the Service, from 1 to 65535.
   * @default 80
   */
  readonly servicePort?: number;

  /**
   * The longest time from the container's start until the program can serve, up to 1 hour. With an autoscaler it stays
   * below one hour together with `minReady` and the grace period.
   * @default Duration.seconds(60)
   */
  readonly startsWithin?: Duration;

  /**
   * The longest time that a request may take and still must not be cut, from 1 second to 1 hour.
   * @default Duration.seconds(30)
   */
  readonly longestRequest?: Duration;

  /**
   * What the program does on SIGTERM.
   * @default Shutdown.drains()
   */
  readonly shutdown?: Shutdown;

  /**
   * How long the program keeps an idle connection open. It must exceed the idle timeout of everything that connects
   * to it, or requests are lost on connections that it has just closed.
   * @default - longer than every path's idle timeout; the program is told in `ZERO_DOWNTIME_KEEP_ALIVE_SECONDS`
   */
  readonly keepAliveTimeout?: Duration;

  /**
   * The longest that one stream or WebSocket lives until the program closes it, at most 1 hour, and at least 2 seconds
   * above the longest request. A pod is given that long to end.
   * @default - requests are short: none lives longer than the longest request
   */
  readonly maxConnectionAge?: Duration;

  /**
   * How many pods serve.
   * @default Replicas.fixed(3)
   */
  readonly replicas?: Replicas;

  /**
   * How the pods are spread over zones and nodes.
   * @default Spread.preferred()
   */
  readonly spread?: Spread;

  /**
   * How a new version takes over.
   * @default Rollout.rolling()
   */
  readonly rollout?: Rollout;

  /**
   * The ways by which requests reach the service, each kind at most once.
   * @default - calls from inside the cluster
   */
  readonly traffic?: Traffic[];

  /**
   * Alerts about its releases, and a dashboard to watch them by.
   * @default - none
   */
  readonly monitoring?: Monitoring;

  /**
   * The database that it holds connections to.
   * @default - none
   */
  readonly database?: Database;

  /**
   * Settings that become environment variables: an immutable ConfigMap with a hash of its content in its name, so that
   * a change rolls the pods and old pods keep the old values.
   * @default - none
   */
  readonly config?: { readonly [name: string]: string };

  /**
   * Further ConfigMaps, by a name of their own, made immutable in the same way. `Env.configKey`, `EnvFrom.config` and
   * `Volume.config` refer to them by that name.
   * @default - none
   */
  readonly configMaps?: { readonly [name: string]: { readonly [key: string]: string } };

  /**
   * Secrets and ConfigMaps that something else creates.
   * @default - none
   */
  readonly externals?: External[];

  /**
   * Containers that run to their end before the service starts, in order.
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * Containers that run beside the service.
   * @default - none
   */
  readonly sidecars?: Sidecar[];

  /**
   * Who may connect to the ports of the service and its sidecars. A NetworkPolicy keeps all others out, so name what
   * the declared traffic comes from as well: gateways, or the subnets of a load balancer.
   * @default - everybody; no NetworkPolicy
   */
  readonly allowFrom?: NetworkPeer[];

  /**
   * Whether the image holds a shell and its usual tools. Before Kubernetes 1.30 the preStop hook needs its `sleep`.
   * @default true
   */
  readonly hasShell?: boolean;

  /**
   * The oldest Kubernetes version that the manifests must work on.
   * @default KubernetesVersion.V1_30
   */
  readonly kubernetesVersion?: KubernetesVersion;

  /**
   * How long the cluster lets a pod end when its node is drained; a longer grace period would be cut there.
   * @default - 10 minutes, the cluster autoscaler's `max-graceful-termination-sec`
   */
  readonly nodeDrainTimeout?: Duration;

  /**
   * Values that replace derived ones, held against the same inequalities.
   * @default - every value is derived
   */
  readonly overrides?: Overrides;

  /**
   * Weaknesses that the team has looked at and accepts.
   * @default - none
   */
  readonly accept?: Risk[];
}
