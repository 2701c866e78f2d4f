import type * as pulumi from '@pulumi/pulumi';
import type { EnvArgs, InitContainerArgs, SidecarArgs, ZeroDowntimeServiceArgs } from './args';
import { type Check, imageOf, isLater, laterProblem, plainListOf, plainMapOf, textListOf, textOf, textsOf } from './inputs/placeholder';
import { refuseIf } from '../spec/declaration-error';
import { Env } from '../spec/env';
import { imageProblem } from '../spec/image';
import { dnsLabelProblem, dnsSubdomainProblem, labelValueProblem } from '../spec/names';
import { instanceProblem, quoted, settingsOf } from '../spec/values';
import type { ZeroDowntimeServiceProps } from '../spec/zero-downtime-service-props';

/** The declaration that the plan is made of, with placeholders for what is known later. */
export interface Declared {
  readonly namespace?: string;
  readonly props: ZeroDowntimeServiceProps;
}

/** Replaces what is known later by placeholders, or throws where it must be plain. */
export function declaredOf(component: string, args: ZeroDowntimeServiceArgs): Declared {
  const { namespace, releaseStep: _releaseStep, ...declaration } = args;
  const texts = new Texts(component);
  return {
    namespace: texts.one('namespace', namespace, dnsLabelProblem),
    props: present({
      ...declaration,
      ...containerTexts(texts, '', declaration),
      labels: texts.map('labels', args.labels, labelValueProblem),
      podAnnotations: texts.map('podAnnotations', args.podAnnotations),
      imagePullSecrets: texts.list('imagePullSecrets', args.imagePullSecrets, 'imagePullSecrets name', dnsSubdomainProblem),
      nodeSelector: texts.map('nodeSelector', args.nodeSelector, labelValueProblem),
      priorityClassName: texts.one('priorityClassName', args.priorityClassName, dnsSubdomainProblem),
      config: texts.map('config', args.config),
      configMaps: args.configMaps && Object.fromEntries(Object.entries(plainMapOf('configMaps', args.configMaps))
        .map(([name, data]) => [name, texts.map(`configMaps ${quoted(name)}`, data)!])),
      initContainers: companionsOf(texts, 'initContainers', 'initContainer', args.initContainers),
      sidecars: companionsOf(texts, 'sidecars', 'sidecar', args.sidecars),
    }),
  };
}

/** Texts of one component's arguments. */
class Texts {
  constructor(private readonly component: string) {}

  one(field: string, input: pulumi.Input<string> | undefined, check?: Check): string | undefined {
    return input === undefined ? undefined : textOf(field, input, check, this.component);
  }

  image(field: string, input: pulumi.Input<string>): string {
    return imageOf(field, input, imageProblem, this.component);
  }

  map<T extends pulumi.Input<string>>(
    field: string, inputs: Readonly<Record<string, T>> | undefined, check?: Check,
  ): Record<string, string> | undefined {
    return textsOf(field, inputs, check, this.component);
  }

  list(field: string, inputs: readonly pulumi.Input<string>[] | undefined, item = field, check?: Check): string[] | undefined {
    return textListOf(field, inputs, item, check, this.component);
  }

  env(field: string, values: EnvArgs | undefined): Record<string, Env> | undefined {
    return values && Object.fromEntries(Object.entries(plainMapOf(field, values))
      .map(([name, value]) => [name, this.envValue(`${field} ${name}`, value)]));
  }

  private envValue(field: string, value: pulumi.Input<string> | Env): Env {
    if (typeof value === 'string' || isLater(value)) {
      return Env.value(textOf(field, value, undefined, this.component));
    }
    refuseIf(instanceProblem(field, value, Env, 'Env.secretKey(…), or a text'));
    return value;
  }
}

function companionsOf<T extends InitContainerArgs | SidecarArgs>(texts: Texts, field: string, title: string, containers: readonly T[] | undefined) {
  return containers && plainListOf(field, containers).map((container, index) => {
    refuseIf(isLater(container) ? laterProblem(`${field}[${index}]`) : undefined);
    const { name } = settingsOf(`${field} ${index + 1}:`, container);
    return present({ ...container, ...containerTexts(texts, `${title} ${quoted(name)} `, container) });
  });
}

interface Container {
  readonly image: pulumi.Input<string>;
  readonly command?: pulumi.Input<string>[];
  readonly args?: pulumi.Input<string>[];
  readonly env?: EnvArgs;
}

function containerTexts(texts: Texts, title: string, { image, command, args, env }: Container) {
  return {
    image: texts.image(`${title}image`, image),
    command: texts.list(`${title}command`, command),
    args: texts.list(`${title}args`, args),
    env: texts.env(`${title}env`, env),
  };
}

/** What was not given stays absent: to a program that asks for a member, undefined is not the same. */
function present<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}
