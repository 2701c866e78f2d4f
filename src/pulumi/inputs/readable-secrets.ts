import * as pulumi from '@pulumi/pulumi';
import { holdsPlaceholder, holdsSecret } from './placeholder';
import type { ContainerSpec } from '../../spec/container-spec';
import type { ServiceSpec } from '../../spec/service-spec';
import { quoted } from '../../spec/values';

/** The risk by which the plan warns of what looks like a secret; this is one. */
const RISK = 'literal-secret';

/** A text, and what messages call it. */
type Told = readonly [field: string, text: string];

/**
 * Warns of secrets that Pulumi keeps and the cluster does not: written as plain text, everybody who may read the object reads them.
 * Names are no secrets there: of images, hosts, Secrets.
 */
export function warnOfReadableSecrets(component: pulumi.Resource, spec: ServiceSpec): void {
  if (spec.risks.some(({ id }) => id === RISK)) {
    return;
  }
  for (const [field, text] of textsOf(spec).filter(([, value]) => holdsPlaceholder(value))) {
    void holdsSecret(text).then((isSecret) => isSecret
      ? pulumi.log.warn(`${field} is a secret, and whoever may read the object in the cluster reads it there; put it into a Secret, and refer to that with Env.secretKey or Volume.secret`, component)
      : undefined);
  }
}

function textsOf({ container, initContainers, sidecars, config, configMaps, pod, traffic }: ServiceSpec): Told[] {
  return [
    ...containerTexts('', container),
    ...initContainers.flatMap((init) => containerTexts(`initContainer ${quoted(init.name)} `, init)),
    ...sidecars.flatMap((sidecar) => containerTexts(`sidecar ${quoted(sidecar.name)} `, sidecar)),
    ...entriesOf('config', config),
    ...Object.entries(configMaps).flatMap(([name, data]) => entriesOf(`configMaps ${quoted(name)}`, data)),
    ...entriesOf('labels', pod.labels),
    ...entriesOf('podAnnotations', pod.podAnnotations),
    ...entriesOf('nodeSelector', pod.nodeSelector),
    ...entriesOf('ServiceAccount.create annotations', pod.serviceAccount.annotations),
    ...traffic.flatMap(({ kind, options }) => 'annotations' in options ? entriesOf(`${kind}.annotations`, options.annotations) : []),
  ];
}

function containerTexts(title: string, { command = [], args = [], env }: ContainerSpec): Told[] {
  return [
    ...command.map((text): Told => [`${title}command`, text]),
    ...args.map((text): Told => [`${title}args`, text]),
    ...Object.entries(env).flatMap(([name, { _source }]): Told[] => _source.kind === 'value' ? [[`${title}env ${name}`, _source.value]] : []),
  ];
}

function entriesOf(field: string, texts: Readonly<Record<string, string>> = {}): Told[] {
  return Object.entries(texts).map(([key, text]): Told => [`${field} ${quoted(key)}`, text]);
}
