/** `to` comes no earlier than `atLeast` and no later than `atMost` after `from`. The limits may be infinite. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  readonly atLeast: number;
  readonly atMost: number;
  /** What the limits are called in an explanation. Absent where they only say what comes first. */
  readonly name?: string;
}

/** Events and the differences between them. No event comes before the origin, which is at second 0. */
export interface System {
  readonly origin: string;
  readonly differences: readonly Difference[];
}

/** A limit by which a difference is bounded: a least one (`atLeast`), or a most one (`atMost`). */
export interface Term {
  readonly name?: string;
  readonly seconds: number;
  readonly limit: 'atLeast' | 'atMost';
}

/** A second for each event. */
export type Times = Readonly<Record<string, number>>;

/** `to` comes at most `seconds` after `from`. */
interface Edge extends Term {
  readonly from: number;
  readonly to: number;
  /** The term's seconds, counted against for a least one. */
  readonly weight: number;
  /** How little it explains: of ways of the same length the one is shown in which this adds up to least. */
  readonly unexplained: number;
}

interface Graph {
  readonly events: readonly string[];
  readonly edges: readonly Edge[];
}

function graphOf({ origin, differences }: System): Graph {
  const events = [...new Set([origin, ...differences.flatMap(({ from, to }) => [from, to])])];
  const index = new Map(events.map((event, at) => [event, at]));
  const edgesOf = ({ from, to, name, atLeast, atMost }: Difference, unexplained: number): Edge[] => {
    const [first, second] = [index.get(from)!, index.get(to)!];
    return [
      { from: first, to: second, name, seconds: atMost, limit: 'atMost', weight: atMost, unexplained },
      { from: second, to: first, name, seconds: atLeast, limit: 'atLeast', weight: 0 - atLeast, unexplained },
    ];
  };
  const edges = [
    ...differences.flatMap((difference) => edgesOf(difference, difference.name === undefined ? 1 : 0)),
    ...events.flatMap((event) => edgesOf({ from: origin, to: event, atLeast: 0, atMost: Infinity }, 2)),
  ];
  return { events, edges: edges.filter(({ weight }) => weight < Infinity) };
}

/**
 * Bellman and Ford's search: the shortest distance to each event, from distances that are known. Undefined where a circle gets
 * shorter at every turn.
 */
function relaxed({ events, edges }: Graph, distances: readonly number[]): number[] | undefined {
  const at = [...distances];
  for (let round = 0; round <= events.length; round++) {
    let isTightened = false;
    for (const { from, to, weight } of edges) {
      if (at[from] + weight < at[to]) {
        at[to] = at[from] + weight;
        isTightened = true;
      }
    }
    if (!isTightened) {
      return at;
    }
  }
  return undefined;
}

/** Whether all differences can be had at once. */
export function isFeasible(system: System): boolean {
  const graph = graphOf(system);
  return relaxed(graph, graph.events.map(() => 0)) !== undefined;
}

/** The most seconds that `to` can come after `from`: quicker than all bounds where one is of interest. */
export function largestOf(system: System, from: string, to: string): number {
  const graph = graphOf(system);
  const distances = relaxed(graph, graph.events.map((event) => event === from ? 0 : Infinity));
  if (distances === undefined) {
    throw infeasible(graph);
  }
  return distances[graph.events.indexOf(to)];
}

function infeasible({ events }: Graph): Error {
  return new Error(`no times satisfy the differences between ${events.join(', ')}`);
}

/** A way between two events, with what it adds up to. */
interface Way {
  readonly edges: readonly Edge[];
  readonly length: number;
  readonly unexplained: number;
}

/** The tightest bounds between all events of a system that can be had. */
export class TightestBounds {
  /** Solves a system; refuses one that cannot be had. */
  static of(system: System): TightestBounds {
    if (!isFeasible(system)) {
      throw infeasible(graphOf(system));
    }
    return new TightestBounds(graphOf(system));
  }

  /** The shortest way between two events; absent where none leads there. */
  private readonly ways: (Way | undefined)[][];

  private constructor(private readonly graph: Graph) {
    const { events, edges } = graph;
    this.ways = events.map((_, event) => events.map((__, other) => event === other ? { edges: [], length: 0, unexplained: 0 } : undefined));
    for (const edge of edges) {
      this.shorten(edge.from, edge.to, edge.weight, edge.unexplained, () => [edge]);
    }
    for (const over of events.keys()) {
      for (const from of events.keys()) {
        for (const to of events.keys()) {
          this.shortenOver(from, over, to);
        }
      }
    }
  }

  /** The most seconds that `to` can come after `from`. */
  maxOf(from: string, to: string): number {
    return this.wayBetween(from, to)?.length ?? Infinity;
  }

  /** The limits that add up to `maxOf`. */
  termsOf(from: string, to: string): readonly Term[] {
    return (this.wayBetween(from, to)?.edges ?? []).map(({ name, seconds, limit }) => ({ name, seconds, limit }));
  }

  /** The times in which every event comes as early as it can. They satisfy all differences at once. */
  earliest(): Times {
    const [origin] = this.graph.events;
    return Object.fromEntries(this.graph.events.map((event) => [event, 0 - this.maxOf(event, origin)]));
  }

  private wayBetween(from: string, to: string): Way | undefined {
    const { events } = this.graph;
    return this.ways[events.indexOf(from)][events.indexOf(to)];
  }

  private shortenOver(from: number, over: number, to: number): void {
    const [first, second] = [this.ways[from][over], this.ways[over][to]];
    if (first !== undefined && second !== undefined) {
      this.shorten(from, to, first.length + second.length, first.unexplained + second.unexplained, () => [...first.edges, ...second.edges]);
    }
  }

  private shorten(from: number, to: number, length: number, unexplained: number, edges: () => Edge[]): void {
    const known = this.ways[from][to];
    if (known === undefined || length < known.length || (length === known.length && unexplained < known.unexplained)) {
      this.ways[from][to] = { edges: edges(), length, unexplained };
    }
  }
}

/** The earliest times in which `to` comes as long after `from` as it can. */
export function timesOfLargest({ origin, differences }: System, from: string, to: string): Times {
  const largest = largestOf({ origin, differences }, from, to);
  if (largest === Infinity) {
    throw new Error(`nothing bounds how long ${to} comes after ${from}`);
  }
  return TightestBounds.of({ origin, differences: [...differences, { from, to, atLeast: largest, atMost: largest }] }).earliest();
}
