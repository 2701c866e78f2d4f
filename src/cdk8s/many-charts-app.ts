import { ApiObject, App, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * An App for many charts, whose synthesis takes time in proportion to its objects. It writes the same files.
 *
 * cdk8s' own `App` validates the whole app and resolves all of its dependencies, and then, for every chart that it
 * writes, does both again: its time grows with the square of the charts.
 */
export class ManyChartsApp extends App {
  /** Finds the app that a construct belongs to. */
  static of(construct: IConstruct): App {
    return App.of(construct);
  }

  /**
   * Synthesizes all manifests to the output directory.
   * @throws with every problem that any construct of the app finds; nothing is written then
   */
  synth(): void {
    // Each would validate the app again to render itself. A subclass that renders itself in its own way keeps doing so.
    const charts = this.node.findAll().filter(Chart.isChart).filter((chart) => chart.toJson === Chart.prototype.toJson);
    try {
      charts.forEach((chart) => Object.defineProperty(chart, 'toJson', { value: () => manifestsOf(chart), configurable: true }));
      super.synth();
    } finally {
      charts.forEach((chart) => Reflect.deleteProperty(chart, 'toJson'));
    }
  }
}

/** The objects of a chart alone, not of charts in it, in the order of their dependencies. */
function manifestsOf(chart: Chart): object[] {
  return new DependencyGraph(chart.node).topology()
    .filter((construct) => ApiObject.isApiObject(construct))
    .filter((object) => Chart.of(object) === chart)
    .map((object) => object.toJson());
}
