import { type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * Why the files of an App would not be named by its charts alone, or nothing: where one chart depends on another, cdk8s puts a number of
 * its own before each name, and the index would tell of files that do not exist.
 */
export function fileNameProblem(app: App): string | undefined {
  for (const construct of app.node.findAll()) {
    const chart = chartOf(construct);
    const outer = construct === chart ? construct.node.scope && chartOf(construct.node.scope) : undefined;
    if (outer) {
      return `chart ${construct.node.path} stands in chart ${outer.node.path}, and cdk8s then numbers all files anew; make it a construct, or a chart of another App`;
    }
    const other = construct.node.dependencies.find((target) => chartOf(target) !== chart);
    if (other) {
      return `${construct.node.path} depends on ${other.node.path} of another chart, and cdk8s then numbers all files anew; leave the dependency out: `
        + 'the index has the order';
    }
  }
  return undefined;
}

function chartOf(construct: IConstruct): Chart | undefined {
  return [...construct.node.scopes].reverse().find(Chart.isChart);
}
