import { App, Chart } from 'cdk8s';
import { declarationOf, NAMESPACE, serviceName } from './declaration';
import { ZeroDowntimeService } from '../src';

/** A Kubernetes object as a person would write it. */
export interface WrittenObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** By service, the objects that this library makes for it, without having made them: one service is rendered and copied. */
export function sameObjects(services: number): WrittenObject[][] {
  const name = serviceName(0);
  const chart = new Chart(new App(), 'model', { namespace: NAMESPACE });
  const model = JSON.stringify(new ZeroDowntimeService(chart, name, declarationOf(name)).objects.map((object) => object.toJson()));
  return Array.from({ length: services }, (_, index) => JSON.parse(model.replaceAll(name, serviceName(index))));
}
