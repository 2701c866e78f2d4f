import { createHash } from 'crypto';
import { CustomResource } from '@pulumi/kubernetes/apiextensions';
import { Deployment } from '@pulumi/kubernetes/apps/v1';
import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2';
import { ConfigMap, Service, ServiceAccount } from '@pulumi/kubernetes/core/v1';
import { Ingress } from '@pulumi/kubernetes/networking/v1';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1';
import * as pulumi from '@pulumi/pulumi';
import { declarationOf, NAMESPACE, serviceName } from './declaration';
import { Registrar, type RegistrationRequest, type RegistrationSample } from './registration';
import { sameObjects, WrittenObject } from './same-objects';
import { ZeroDowntimeService } from '../src/pulumi';

type Class = new (name: string, args: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

const CLASSES: Readonly<Record<string, Class>> = {
  ConfigMap, Deployment, HorizontalPodAutoscaler, Ingress, PodDisruptionBudget, Service, ServiceAccount,
};

/** Prepares what is not to be timed. */
function declarationFor({ registrar, services }: RegistrationRequest): () => void {
  const names = Array.from({ length: services }, (_, index) => serviceName(index));
  if (registrar === Registrar.OURS) {
    return () => names.forEach((name) => new ZeroDowntimeService(name, { namespace: NAMESPACE, ...declarationOf(name) }));
  }
  const objects = sameObjects(services).map((all) => all.map(withoutAwaiting));
  return () => names.forEach((name, index) => {
    const parent = new pulumi.ComponentResource('bench:index:Service', name, {});
    let dependsOn: pulumi.Resource[] = [];
    objects[index].forEach((object, place) => {
      dependsOn = [register(`${name}-${place}`, object, { parent, dependsOn })];
    });
  });
}

function register(name: string, object: WrittenObject, options: pulumi.CustomResourceOptions): pulumi.CustomResource {
  const { apiVersion, kind, ...fields } = object;
  const typed = CLASSES[kind];
  return typed ? new typed(name, fields as never, options) : new CustomResource(name, object as never, options);
}

/** A person would have to write it too: the pods come after what leads to them. */
function withoutAwaiting(object: WrittenObject): WrittenObject {
  const metadata = object.metadata as { annotations?: object };
  return ['Service', 'Ingress'].includes(object.kind)
    ? { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, 'pulumi.com/skipAwait': 'true' } } } : object;
}

async function measure(request: RegistrationRequest): Promise<RegistrationSample> {
  const inputsOf: string[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ name, custom, inputs }) => {
      if (custom) {
        inputsOf.push(sorted(inputs));
      }
      return { id: name, state: inputs };
    },
    call: ({ inputs }) => inputs,
  });
  const declare = declarationFor(request);
  // What the preparation left behind is not the program's to clean up.
  globalThis.gc?.();
  const start = process.cpuUsage();
  declare();
  await pulumi.runtime.disconnect();
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  const digest = createHash('sha256').update(inputsOf.sort().join('\n')).digest('hex');
  return { milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1024, objects: inputsOf.length, digest };
}

/** Nobody asks for the order of fields. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member) => typeof member !== 'object' || member === null || Array.isArray(member) ? member
    : Object.fromEntries(Object.entries(member).sort(([one], [other]) => one < other ? -1 : 1)));
}

void measure(JSON.parse(process.argv[2])).then((sample) => process.stdout.write(JSON.stringify(sample)));
