import { Probe } from './probe';

/** The paths at which a program answers about its health. */
export interface HttpHealthOptions {
  /**
   * Answers whether this pod can serve a request now: what it depends on may be asked too. It decides whether
   * traffic is sent here, and must keep answering well while the pod is being drained.
   */
  readonly readiness: string;

  /**
   * Answers whether the process itself is sound, and asks nothing that it depends on: a failing one restarts the pod.
   * @default - the service's port is connected to
   */
  readonly liveness?: string;

  /**
   * Answers whether the program has started. Readiness and liveness are not asked before it does.
   * @default - the liveness path, or the readiness path where there is none
   */
  readonly startup?: string;

  /**
   * The container port that answers, from 1 to 65535.
   * @default - the service's port
   */
  readonly port?: number;

  /**
   * Whether the probes speak TLS.
   * @default false
   */
  readonly tls?: boolean;
}

/** The names under which a program answers the gRPC health protocol. */
export interface GrpcHealthOptions {
  /**
   * The service name of the readiness question.
   * @default - the server's overall health
   */
  readonly readiness?: string;

  /**
   * The service name of the liveness question.
   * @default - the service's port is connected to
   */
  readonly liveness?: string;

  /**
   * The container port that answers, from 1 to 65535.
   * @default - the service's port
   */
  readonly port?: number;
}

/** Any three probes. */
export interface ProbesOptions {
  /** Whether this pod can serve a request now. */
  readonly readiness: Probe;

  /**
   * Whether the process itself is sound.
   * @default - the service's port is connected to
   */
  readonly liveness?: Probe;

  /**
   * Whether the program has started.
   * @default - the liveness probe, or the readiness probe where there is none
   */
  readonly startup?: Probe;
}

/** How the service answers the three questions of the kubelet. */
export class Health {
  /** A program that answers over HTTP. */
  static http(options: HttpHealthOptions): Health {
    const at = (path?: string) => path === undefined ? undefined : Probe.http(path, { port: options.port, tls: options.tls });
    return new Health(at(options.readiness)!, at(options.liveness), at(options.startup));
  }

  /** A program that answers the gRPC health protocol. */
  static grpc(options: GrpcHealthOptions = {}): Health {
    const liveness = options.liveness === undefined
      ? undefined
      : Probe.grpc({ service: options.liveness, port: options.port });
    return new Health(Probe.grpc({ service: options.readiness, port: options.port }), liveness, undefined);
  }

  /** A program that answers in some other way, each question in its own. */
  static probes(options: ProbesOptions): Health {
    return new Health(options.readiness, options.liveness, options.startup);
  }

  /** Whether this pod can serve a request now. */
  readonly readiness: Probe;
  /** Whether the process itself is sound. */
  readonly liveness: Probe;
  /** Whether the program has started. */
  readonly startup: Probe;

  private constructor(readiness: Probe, liveness?: Probe, startup?: Probe) {
    this.readiness = readiness;
    this.liveness = liveness ?? Probe.tcp();
    this.startup = startup ?? liveness ?? readiness;
  }
}
