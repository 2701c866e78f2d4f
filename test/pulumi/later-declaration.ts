import * as pulumi from '@pulumi/pulumi';
import { Env as PlainEnv, EnvFrom as PlainEnvFrom, type Traffic as PlainTraffic, Volume as PlainVolume, type ZeroDowntimeServiceProps } from 'zero-downtime';
import { Database, Env, EnvFrom, type PostgresOptions, ServiceAccount, Traffic, Volume, type ZeroDowntimeServiceArgs } from 'zero-downtime/pulumi';

/** How a text is given. */
export type Give = (text: string) => pulumi.Input<string>;

/** Gives some texts plainly and others as what is known later, the same text always in the same way. */
export function givenBy(seed: number): Give {
  const given = new Map<string, pulumi.Input<string>>();
  return (text) => {
    const found = given.get(text) ?? [text, pulumi.output(text), Promise.resolve(text), pulumi.secret(text)][Math.abs(hashOf(text, seed)) % 4];
    given.set(text, found);
    return found;
  };
}

function hashOf(text: string, seed: number): number {
  return [...text].reduce((hash, character) => Math.imul(hash, 31) + character.charCodeAt(0), seed);
}

interface Declaration {
  readonly namespace?: string;
  readonly props: ZeroDowntimeServiceProps;
  readonly schema?: Partial<PostgresOptions>;
}

/** The same declaration, with each text that decides nothing as it is given. */
export function laterArgsOf({ namespace, props, schema }: Declaration, give: Give): ZeroDowntimeServiceArgs {
  const own = new Set(Object.keys(props.configMaps ?? {}));
  const container = <T extends Container>(settings: T) => ({ ...settings, ...containerArgs(settings, give, own) });
  return {
    ...container(props),
    namespace: namespace === undefined ? undefined : give(namespace),
    labels: props.labels && Object.fromEntries(Object.entries(props.labels)
      // The plan compares it with the selector's.
      .map(([key, value]) => [key, Object.hasOwn(props.selector ?? {}, key) ? value : give(value)])),
    podAnnotations: valuesOf(props.podAnnotations, give),
    imagePullSecrets: props.imagePullSecrets?.map(give),
    nodeSelector: valuesOf(props.nodeSelector, give),
    priorityClassName: props.priorityClassName === undefined ? undefined : give(props.priorityClassName),
    config: valuesOf(props.config, give),
    configMaps: props.configMaps && Object.fromEntries(Object.entries(props.configMaps).map(([name, data]) => [name, valuesOf(data, give)!])),
    initContainers: props.initContainers?.map(container),
    sidecars: props.sidecars?.map(container),
    serviceAccount: props.serviceAccount && accountOf(props.serviceAccount, give),
    traffic: props.traffic?.map((way) => wayOf(way, give)),
    database: schema?.url === undefined || props.database === undefined ? props.database
      : Database.postgres({ ...props.database, ...schema, url: envOf(schema.url, give, give) as Env }),
  };
}

interface Container {
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: { readonly [name: string]: PlainEnv };
  readonly envFrom?: PlainEnvFrom[];
  readonly volumes?: { readonly [path: string]: PlainVolume };
}

function containerArgs({ image, command, args, env, envFrom, volumes }: Container, give: Give, own: ReadonlySet<string>) {
  // What a declaration calls its own ConfigMaps is no object's name.
  const nameOf = (name: string) => own.has(name) ? name : give(name);
  return {
    image: give(image),
    command: command?.map(give),
    args: args?.map(give),
    env: env && Object.fromEntries(Object.entries(env).map(([name, value]) => [name, envOf(value, give, nameOf)])),
    envFrom: envFrom?.map(({ _source: { kind, name, prefix } }) => kind === 'secret' ? EnvFrom.secret(give(name), prefix) : EnvFrom.config(nameOf(name), prefix)),
    volumes: volumes && Object.fromEntries(Object.entries(volumes).map(([path, volume]) => [path, volumeOf(volume, give, nameOf)])),
  };
}

function envOf(value: PlainEnv, give: Give, nameOf: Give): pulumi.Input<string> | Env {
  const source = value._source;
  switch (source.kind) {
    case 'value': return source.value.length % 2 === 0 ? give(source.value) : Env.value(give(source.value));
    case 'secret-key': return Env.secretKey(give(source.name), source.key);
    case 'config-key': return Env.configKey(nameOf(source.name), source.key);
    default: return value;
  }
}

function volumeOf(volume: PlainVolume, give: Give, nameOf: Give): Volume {
  const { _source: source, readOnly, subPath } = volume;
  switch (source.kind) {
    case 'config': return Volume.config(nameOf(source.name), { readOnly, subPath });
    case 'secret': return Volume.secret(give(source.name), { readOnly, subPath });
    case 'claim': return Volume.claim(give(source.name), { readOnly, subPath });
    default: return volume;
  }
}

function accountOf({ existingName, automountToken, annotations }: NonNullable<ZeroDowntimeServiceProps['serviceAccount']>, give: Give): ServiceAccount {
  return existingName !== undefined ? ServiceAccount.existing(give(existingName))
    : ServiceAccount.create({ automountToken, annotations: valuesOf(annotations, give) });
}

function wayOf(way: PlainTraffic, give: Give): Traffic {
  const { _spec } = way;
  switch (_spec.kind) {
    case 'clusterInternal': return way;
    case 'awsLoadBalancer': return Traffic.awsLoadBalancer(loadBalancerArgs(_spec.options, give));
    case 'networkLoadBalancer': return Traffic.networkLoadBalancer(loadBalancerArgs(_spec.options, give));
    case 'istio': return Traffic.istio({ ..._spec.options, hosts: _spec.options.hosts?.map(give) });
    case 'ingressNginx': return Traffic.ingressNginx({
      ..._spec.options,
      hosts: _spec.options.hosts.map(give),
      tlsSecret: _spec.options.tlsSecret === undefined ? undefined : give(_spec.options.tlsSecret),
      annotations: valuesOf(_spec.options.annotations, give),
    });
    case 'httpRoute': return Traffic.httpRoute({ ..._spec.options, hosts: _spec.options.hosts?.map(give) });
    case 'grpcRoute': return Traffic.grpcRoute({ ..._spec.options, hosts: _spec.options.hosts?.map(give) });
  }
}

interface LoadBalancerTexts {
  readonly hosts?: string[];
  readonly certificateArn?: string;
  readonly annotations?: { readonly [key: string]: string };
}

function loadBalancerArgs<T extends LoadBalancerTexts>(options: T, give: Give) {
  return {
    ...options,
    hosts: options.hosts?.map(give),
    certificateArn: options.certificateArn === undefined ? undefined : give(options.certificateArn),
    annotations: valuesOf(options.annotations, give),
  };
}

function valuesOf(texts: { readonly [key: string]: string } | undefined, give: Give): { [key: string]: pulumi.Input<string> } | undefined {
  return texts && Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, give(value)]));
}
