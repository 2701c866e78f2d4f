import { type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { RegionSpec } from '../spec/regions/region-sequence-spec';

/** Marks region charts, because `instanceof` of a Chart asks for any Chart. */
const REGION_CHART = Symbol.for('zero-downtime.RegionChart');

/** The chart of one region: declare the services of the region in it. */
export class RegionChart extends Chart {
  /** Whether something is the chart of a region. */
  static isRegionChart(x: any): x is RegionChart {
    return x !== null && typeof x === 'object' && REGION_CHART in x;
  }

  /** @internal */
  static [Symbol.hasInstance](x: unknown): x is RegionChart {
    return RegionChart.isRegionChart(x);
  }

  /** @internal */
  static _of(scope: App, id: string, region: RegionSpec, namespace: string | undefined): RegionChart {
    return new RegionChart(scope, id, region, namespace);
  }

  /** The region's name. */
  readonly region: string;

  /** The context of the kubeconfig that leads to the region's cluster. */
  readonly context: string;

  private constructor(scope: App, id: string, { name, context }: RegionSpec, namespace: string | undefined) {
    super(scope, id, { namespace });
    Object.defineProperty(this, REGION_CHART, { value: true });
    this.region = name;
    this.context = context;
  }
}

/** The region in whose chart a construct stands, or nothing. */
export function regionOf(construct: IConstruct): RegionChart | undefined {
  for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
    if (RegionChart.isRegionChart(at)) {
      return at;
    }
  }
  return undefined;
}
