import type { Comparison } from './comparison';
import { Layout, Subject } from './measurement';

const MOST_OVER_RAW = 1.3;
const MOST_GROWTH = 1.5;
/** Below it, a process is still compiling what it runs, so that a single service says nothing about the next. */
const FEWEST_SERVICES = 100;

/** What is claimed, and whether this run bears it out. */
export function targetLines(comparisons: readonly Comparison[]): string[] {
  const settled = comparisons.filter(({ services }) => services >= FEWEST_SERVICES);
  return [
    ...settled.filter(({ layout }) => layout === Layout.ONE_CHART).map((comparison) => targetLine(
      `ours/raw <= ${MOST_OVER_RAW} in one chart of ${comparison.services}`, comparison.ratioTo(Subject.RAW), MOST_OVER_RAW)),
    ...[Layout.ONE_CHART, Layout.CHART_PER_SERVICE].flatMap((layout) => growthLines(settled.filter((one) => one.layout === layout))),
  ];
}

/** From every size to the largest: from the smallest on, what a process compiles at first hides a part of the growth. */
function growthLines(ofLayout: readonly Comparison[]): string[] {
  const most = ofLayout[ofLayout.length - 1];
  return ofLayout.slice(0, -1).map((fewer) => {
    const growth = (subject: Subject) => most.perService(subject) / fewer.perService(subject);
    const what = `time per service grows <= ${MOST_GROWTH} x from ${fewer.services} to ${most.services} services, ${most.layout}`;
    return `${targetLine(what, growth(Subject.OURS), MOST_GROWTH)}; raw ${growth(Subject.RAW).toFixed(2)}`;
  });
}

function targetLine(what: string, actual: number, most: number): string {
  return `target ${what}: ${actual.toFixed(2)} (${actual <= most ? 'met' : 'missed'})`;
}
