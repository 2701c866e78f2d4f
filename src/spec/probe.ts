import { refuse, refuseIf } from './declaration-error';
import { pathProblem } from './names';
import { flagOf, listProblem, wholeNumber } from './values';

/** What the kubelet does to ask a container one question. */
export type ProbeAction =
  | { readonly kind: 'http'; readonly path: string; readonly port?: number; readonly scheme: 'HTTP' | 'HTTPS' }
  | { readonly kind: 'grpc'; readonly service?: string; readonly port?: number }
  | { readonly kind: 'tcp'; readonly port?: number }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

/** Settings of an HTTP probe. */
export interface HttpProbeOptions {
  /**
   * The container port that answers, from 1 to 65535.
   * @default - the service's port
   */
  readonly port?: number;

  /**
   * Whether the probe speaks TLS (the kubelet does not verify the certificate).
   * @default false
   */
  readonly tls?: boolean;
}

/** Settings of a gRPC probe. */
export interface GrpcProbeOptions {
  /**
   * The container port that answers, from 1 to 65535.
   * @default - the service's port
   */
  readonly port?: number;

  /**
   * The service name sent in the health check request.
   * @default - none: the server's overall health is asked
   */
  readonly service?: string;
}

/** Settings of a TCP probe. */
export interface TcpProbeOptions {
  /**
   * The container port that is connected to, from 1 to 65535.
   * @default - the service's port
   */
  readonly port?: number;
}

/** One question that the kubelet asks the service's container. How often it is asked is derived. */
export class Probe {
  /**
   * Healthy where a GET request is answered with a status from 200 to 399.
   * @throws where the path does not start with `/` or the port is out of range
   */
  static http(path: string, options: HttpProbeOptions = {}): Probe {
    refuseIf(pathProblem('probe path', path));
    return new Probe({ kind: 'http', path, port: portOf(options.port), scheme: flagOf('probe tls', options.tls, false) ? 'HTTPS' : 'HTTP' });
  }

  /**
   * Healthy where the standard gRPC health service answers SERVING.
   * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
   */
  static grpc(options: GrpcProbeOptions = {}): Probe {
    return new Probe({ kind: 'grpc', service: options.service, port: portOf(options.port) });
  }

  /** Healthy where a connection is accepted. Says nothing about what the program can do: unsound for readiness. */
  static tcp(options: TcpProbeOptions = {}): Probe {
    return new Probe({ kind: 'tcp', port: portOf(options.port) });
  }

  /**
   * Healthy where a command in the container exits with 0.
   * @param command the program and its arguments; no shell is involved unless it is named
   * @throws where the command is empty
   */
  static exec(command: string[]): Probe {
    refuseIf(listProblem('probe command', command));
    if (command.length === 0) {
      refuse('probe command must name a program');
    }
    return new Probe({ kind: 'exec', command: [...command] });
  }

  /** @internal */
  readonly _action: ProbeAction;

  private constructor(action: ProbeAction) {
    this._action = action;
  }
}

function portOf(port?: number): number | undefined {
  return port === undefined ? undefined : wholeNumber('probe port', port, 1, 65_535);
}
