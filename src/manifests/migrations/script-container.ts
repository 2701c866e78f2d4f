import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import type { PlannedConfigMap } from '../../plan/config-maps';
import type { ContainerSpec } from '../../spec/container-spec';
import { Env } from '../../spec/env';
import { Security } from '../../spec/security';
import { Volume } from '../../spec/volume';

const FOLDER = '/zero-downtime';

/** What a container that runs one of the scripts is made of. */
export interface ScriptContainer {
  readonly name: string;
  readonly service: string;
  readonly image: string;
  readonly url: Env;
  readonly configMap: PlannedConfigMap;
  readonly script: string;
  readonly args: readonly string[];
}

/**
 * A container of the stock image that runs one of the scripts.
 *
 * Its user is the one of Istio's proxy: what that one sends does not go through the proxy, which has not been started while a pod's init
 * containers run.
 */
export function scriptContainer({ name, service, image, url, configMap, script, args }: ScriptContainer): ContainerSpec {
  return {
    name,
    image,
    command: ['sh', `${FOLDER}/${script}`],
    args,
    env: { PGAPPNAME: Env.value(`${service}-migration`), DATABASE_URL: url },
    envFrom: [],
    volumes: { [FOLDER]: Volume.config(configMap.name) },
    resources: { cpu: Cpu.millis(50), memory: Size.mebibytes(64) },
    security: Security.restricted({ user: 1337, group: 1337 }),
    ports: {},
  };
}
