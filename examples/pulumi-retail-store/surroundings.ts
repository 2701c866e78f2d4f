import { Namespace, Secret } from '@pulumi/kubernetes/core/v1';
import * as pulumi from '@pulumi/pulumi';

/** Makes the namespace of one service, and returns its name. */
export function namespaceOf(service: string, labels: Record<string, string> = {}): pulumi.Output<string> {
  return new Namespace(service, { metadata: { name: service, labels } }).metadata.name;
}

/** Makes a Secret of what a service logs in with, and returns its name. */
export function credentials(name: string, namespace: pulumi.Input<string>, data: Record<string, pulumi.Input<string>>): pulumi.Output<string> {
  return new Secret(name, { metadata: { name, namespace }, stringData: data }).metadata.name;
}
