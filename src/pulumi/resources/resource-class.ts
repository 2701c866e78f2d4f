import { CustomResource } from '@pulumi/kubernetes/apiextensions';
import { Deployment } from '@pulumi/kubernetes/apps/v1';
import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2';
import { CronJob, Job } from '@pulumi/kubernetes/batch/v1';
import { ConfigMap, Service, ServiceAccount } from '@pulumi/kubernetes/core/v1';
import { Ingress, NetworkPolicy } from '@pulumi/kubernetes/networking/v1';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1';
import type * as pulumi from '@pulumi/pulumi';
import type { Manifest } from '../../manifests/manifest';

/** Makes the resource of one object. */
type Create = (name: string, manifest: Manifest, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

type Class = new (name: string, args: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** The classes of Kubernetes' own kinds. Pulumi awaits what it knows by its class. */
const TYPED: Readonly<Record<string, Class>> = {
  'apps/v1/Deployment': Deployment,
  'autoscaling/v2/HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'batch/v1/CronJob': CronJob,
  'batch/v1/Job': Job,
  'networking.k8s.io/v1/Ingress': Ingress,
  'networking.k8s.io/v1/NetworkPolicy': NetworkPolicy,
  'policy/v1/PodDisruptionBudget': PodDisruptionBudget,
  'v1/ConfigMap': ConfigMap,
  'v1/Service': Service,
  'v1/ServiceAccount': ServiceAccount,
};

/** Makes the typed resource of an object, or a CustomResource where its kind is not Kubernetes' own. */
export const createResource: Create = (name, manifest, options) => {
  const { apiVersion, kind, ...fields } = manifest;
  const typed = TYPED[`${apiVersion}/${kind}`];
  return typed ? new typed(name, fields as never, options) : new CustomResource(name, { apiVersion, kind, ...fields }, options);
};
