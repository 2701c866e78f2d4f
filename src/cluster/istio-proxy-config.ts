import { parse } from 'yaml';
import type { PodTemplate } from './pod-template';
import { Field } from '../reading/field';

/** What `proxy.istio.io/config` says about the end of a sidecar. */
export interface ProxyConfig {
  /** The annotation. */
  readonly field: Field;
  readonly terminationDrainSeconds?: number;
  readonly drainSeconds?: number;
  readonly holdsApplication?: boolean;
  /** Envoy waits until no connection is left instead of for terminationDrainDuration. */
  readonly exitsOnZeroConnections: boolean;
  readonly minimumDrainSeconds: number;
}

/** The annotation that configures a pod's sidecar. */
export const PROXY_CONFIG = 'proxy.istio.io/config';
/** The annotation that asks for, or refuses, a native sidecar. */
export const NATIVE_SIDECAR = 'sidecar.istio.io/nativeSidecar';
/** Istio's default of terminationDrainDuration. */
export const DEFAULT_TERMINATION_DRAIN_SECONDS = 5;
/** Istio's default of drainDuration, after which Envoy closes its listeners. */
export const DEFAULT_DRAIN_SECONDS = 45;
const DEFAULT_MINIMUM_DRAIN_SECONDS = 5;
const REMEDY = '; write it as "terminationDrainDuration: 30s"';

/** Reads a pod's proxy configuration. Defaults where nothing is written; a text that is no YAML is refused at its place. */
export function proxyConfigOf(template: PodTemplate): ProxyConfig {
  const annotation = template.field.get('metadata', 'annotations', PROXY_CONFIG);
  const text = annotation.string();
  const value = text === undefined ? {} : parsed(annotation, text);
  const config = Field.of({ value, source: { name: annotation.object.source.name, position: () => annotation.position } });
  const metadata = config.get('proxyMetadata');
  return {
    field: annotation,
    terminationDrainSeconds: config.get('terminationDrainDuration').seconds(),
    drainSeconds: config.get('drainDuration').seconds(),
    holdsApplication: config.get('holdApplicationUntilProxyStarts').boolean(),
    exitsOnZeroConnections: metadata.get('EXIT_ON_ZERO_ACTIVE_CONNECTIONS').string() === 'true',
    minimumDrainSeconds: metadata.get('MINIMUM_DRAIN_DURATION').seconds() ?? DEFAULT_MINIMUM_DRAIN_SECONDS,
  };
}

function parsed(annotation: Field, text: string): Readonly<Record<string, unknown>> {
  const value = yamlOf(annotation, text) ?? {};
  return typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : annotation.refuse(`must be a map${REMEDY}`);
}

function yamlOf(annotation: Field, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch {
    return annotation.refuse(`must be YAML without aliases and repeated keys${REMEDY}`);
  }
}

/** Whether the pod's annotation says that its sidecar is a native one; nothing where it says nothing. */
export function saysNativeSidecar({ annotations, sidecars, containers }: PodTemplate): boolean | undefined {
  const said = annotations.get(NATIVE_SIDECAR);
  if (said === 'true' || sidecars.some(({ name }) => name === 'istio-proxy')) {
    return true;
  }
  return said === 'false' || containers.some(({ name }) => name === 'istio-proxy') ? false : undefined;
}
