import { refuseIf } from '../declaration-error';
import { dnsSubdomainProblem } from '../names';
import { oneOf, settingsOf } from '../values';

/** How Prometheus is asked for entry. */
export enum PrometheusAuthentication {
  /** By a bearer token: the Secret holds `token`. */
  BEARER = 'BEARER',
  /**
   * By a user and a password: the Secret holds `username` and `password`, and for Argo Rollouts `basic` as well, which is
   * the base64 encoding of `username:password`.
   */
  BASIC = 'BASIC',
}

/** Credentials for Prometheus, by reference: what they are is read where they are used, and never written to a manifest. */
export interface PrometheusCredentials {
  /** The name of the Secret, in the service's namespace: that of a Kubernetes object, or it is refused. Nothing here makes it. */
  readonly secretName: string;

  /**
   * How Prometheus is asked for entry, and so what the Secret holds.
   * @default PrometheusAuthentication.BEARER
   */
  readonly authentication?: PrometheusAuthentication;
}

/** The same, checked. */
export type CredentialsSpec = Required<PrometheusCredentials>;

/** Reads them. */
export function credentialsOf(field: string, credentials: PrometheusCredentials | undefined): CredentialsSpec | undefined {
  if (credentials === undefined) {
    return undefined;
  }
  const { secretName, authentication = PrometheusAuthentication.BEARER } = settingsOf(field, credentials);
  refuseIf(dnsSubdomainProblem(`${field} secretName`, secretName));
  return { secretName, authentication: oneOf(`${field} authentication`, authentication, 'PrometheusAuthentication', PrometheusAuthentication) };
}
