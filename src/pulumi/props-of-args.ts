import type * as pulumi from '@pulumi/pulumi';
import type { EnvArgs, InitContainerArgs, SidecarArgs, ZeroDowntimeServiceArgs } from './args';
import { imageOf, isLater, textOf, textsOf } from './inputs/placeholder';
import { Env } from '../spec/env';
import { imageProblem } from '../spec/image';
import { dnsLabelProblem, dnsSubdomainProblem, labelValueProblem } from '../spec/names';
import { quoted } from '../spec/values';
import type { ZeroDowntimeServiceProps } from '../spec/zero-downtime-service-props';

/** The declaration that the plan is made of, with placeholders for what is known later. */
export interface Declared {
  readonly namespace?: string;
  readonly props: ZeroDowntimeServiceProps;
}

/** Replaces what is known later by placeholders. */
export function declaredOf(args: ZeroDowntimeServiceArgs): Declared {
  const { namespace, ...declaration } = args;
  return {
    namespace: namespace === undefined ? undefined : textOf('namespace', namespace, dnsLabelProblem),
    props: present({
      ...declaration,
      ...containerTexts('', declaration),
      labels: textsOf('labels', args.labels, labelValueProblem),
      podAnnotations: textsOf('podAnnotations', args.podAnnotations),
      imagePullSecrets: listOf('imagePullSecrets name', args.imagePullSecrets, dnsSubdomainProblem),
      nodeSelector: textsOf('nodeSelector', args.nodeSelector, labelValueProblem),
      priorityClassName: args.priorityClassName === undefined ? undefined : textOf('priorityClassName', args.priorityClassName, dnsSubdomainProblem),
      config: textsOf('config', args.config),
      configMaps: args.configMaps && Object.fromEntries(Object.entries(args.configMaps).map(([name, data]) => [name, textsOf(`configMaps.${name}`, data)!])),
      initContainers: args.initContainers?.map((container) => companionOf('initContainer', container)),
      sidecars: args.sidecars?.map((container) => companionOf('sidecar', container)),
    }),
  };
}

function companionOf<T extends InitContainerArgs | SidecarArgs>(title: string, container: T) {
  return present({ ...container, ...containerTexts(`${title} ${quoted(container.name)} `, container) });
}

interface Container {
  readonly image: pulumi.Input<string>;
  readonly command?: pulumi.Input<string>[];
  readonly args?: pulumi.Input<string>[];
  readonly env?: EnvArgs;
}

function containerTexts(title: string, { image, command, args, env }: Container) {
  return {
    image: imageOf(`${title}image`, image, imageProblem),
    command: listOf(`${title}command`, command),
    args: listOf(`${title}args`, args),
    env: env && Object.fromEntries(Object.entries(env).map(([name, value]) => [name, envOf(`${title}env ${name}`, value)])),
  };
}

function envOf(field: string, value: pulumi.Input<string> | Env): Env {
  return typeof value === 'string' || isLater(value) ? Env.value(textOf(field, value)) : value;
}

function listOf(field: string, inputs: readonly pulumi.Input<string>[] | undefined, check?: Parameters<typeof textOf>[2]): string[] | undefined {
  return inputs?.map((input) => textOf(field, input, check));
}

/** What was not given stays absent: to a program that asks for a member, undefined is not the same. */
function present<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}
