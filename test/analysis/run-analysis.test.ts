import fc from 'fast-check';
import { documentWith } from './documents';
import type { AnalysisDocument } from '../../src/analysis/analysis-document';
import type { Answer } from '../../src/analysis/answer';
import { worstOf, type Phase } from '../../src/analysis/phase';
import { asSingleLook, runAnalysis, type AnalysisRun } from '../../src/analysis/run-analysis';

const GOOD: Answer = { kind: 'value', value: 0, written: '0', warnings: [] };
const BAD: Answer = { kind: 'value', value: 9, written: '9', warnings: [] };
const NONE: Answer = { kind: 'no data', warnings: [] };
const ERROR: Answer = { kind: 'error', message: 'gone' };
const REFUSED: Answer = { kind: 'refused', what: 'query', message: 'is wrong' };
const ANSWERS: Readonly<Record<string, Answer>> = { S: GOOD, F: BAD, I: NONE, E: ERROR, R: REFUSED };

interface Course {
  readonly run: AnalysisRun;
  /** When each question was put, in seconds from the start. */
  readonly asked: readonly (readonly [string, number])[];
  readonly waits: readonly number[];
}

/** Runs an analysis whose answers are letters, the last of which holds on; `seconds` is how long each takes. */
async function course(
  document: AnalysisDocument, answers: Readonly<Record<string, string>>, { seconds = 0, interruptAt = Infinity } = {},
): Promise<Course> {
  const interruption = new AbortController();
  const asked: (readonly [string, number])[] = [];
  const waits: number[] = [];
  let now = 1_000_000;
  const pass = (milliseconds: number) => {
    now += milliseconds;
    if (now - 1_000_000 >= interruptAt * 1000) {
      interruption.abort();
    }
  };
  const run = await runAnalysis(document, {
    now: () => now,
    sleep: (milliseconds) => {
      pass(milliseconds);
      return Promise.resolve();
    },
    signal: interruption.signal,
    ask: (query) => {
      const before = asked.filter(([one]) => one === query).length;
      asked.push([query, (now - 1_000_000) / 1000]);
      // All are asked at once, so that only the first takes time.
      if (query === document.metrics[0].query) {
        pass(seconds * 1000);
      }
      const letters = answers[query] ?? 'S';
      return Promise.resolve(ANSWERS[letters[Math.min(before, letters.length - 1)]]);
    },
    onMeasured: () => undefined,
    onWaiting: (milliseconds) => waits.push(milliseconds / 1000),
  });
  return { run, asked, waits };
}

const WITHOUT_PATIENCE = { initialDelaySeconds: 0, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 0 };
const document = (changes: object = {}) => documentWith({ ...WITHOUT_PATIENCE, ...changes });
const phasesOf = ({ results }: AnalysisRun) => results.map(({ phase }) => phase);

describe('when it measures', () => {
  test('is after the delay, and then after each interval', async () => {
    const { asked, waits } = await course(document({ initialDelaySeconds: 90, intervalSeconds: 60, count: 3 }), {});
    expect(asked.filter(([query]) => query === 'errors').map(([, at]) => at)).toEqual([0, 90, 150, 210]);
    expect(waits).toEqual([90, 60, 60]);
  });

  test('begins at once without a delay', async () => {
    expect((await course(document({ count: 2 }), {})).asked.filter(([query]) => query === 'errors').map(([, at]) => at)).toEqual([0, 60]);
  });

  test('moves with how long the measurements take, of which the first counts towards the delay', async () => {
    const { asked } = await course(document({ initialDelaySeconds: 90, intervalSeconds: 60, count: 2 }), {}, { seconds: 5 });
    expect(asked.filter(([query]) => query === 'errors').map(([, at]) => at)).toEqual([0, 90, 155]);
  });

  test('is longer where errors are made up for', async () => {
    const { run, asked } = await course(document({ count: 2, consecutiveErrorLimit: 1 }), { errors: 'ESES' });
    expect([asked.filter(([query]) => query === 'errors').length, asked.filter(([query]) => query === 'latency').length, run.phase]).toEqual([4, 2, 'Successful']);
  });
});

describe('what it comes to', () => {
  test.each([
    ['SSS', 'SSS', 'Successful', ['Successful', 'Successful']], ['SSF', 'S', 'Failed', ['Failed', 'Successful']], ['F', 'S', 'Failed', ['Failed', undefined]],
    ['I', 'F', 'Failed', ['Inconclusive', 'Failed']], ['I', 'E', 'Error', ['Inconclusive', 'Error']], ['SI', 'S', 'Inconclusive', ['Inconclusive', undefined]],
  ])('of %s and %s is %s', async (errors, latency, phase, phases) => {
    const { run } = await course(document({ count: 3 }), { errors, latency });
    expect([run.phase, phasesOf(run)]).toEqual([phase, phases]);
  });

  test('ends with the first metric beyond a limit', async () => {
    const { run, asked } = await course(document({ count: 100, failureLimit: 1 }), { errors: 'SFF' });
    expect([run.phase, asked.length, run.measurements.length]).toEqual(['Failed', 6, 6]);
  });

  test('tells the time of each measurement', async () => {
    const { run } = await course(document({ count: 2 }), {});
    expect(run.measurements.map(({ metric, at }) => [metric, at - run.startedAt])).toEqual([['error-rate', 0], ['p99', 0], ['error-rate', 60_000], ['p99', 60_000]]);
    expect(run.endedAt - run.startedAt).toBe(60_000);
  });
});

describe('what is refused', () => {
  test('ends it before the delay', async () => {
    const { run, waits } = await course(document({ initialDelaySeconds: 90 }), { latency: 'R' });
    expect([run.phase, run.measurements, waits, run.refused.map(({ metric }) => metric.name)]).toEqual([undefined, [], [], ['p99']]);
  });

  test('later on ends it with what was measured until then', async () => {
    const { run } = await course(document(), { latency: 'SR' });
    expect([run.phase, run.measurements.length, run.refused.length, run.isInterrupted]).toEqual([undefined, 2, 1, false]);
  });

  test('is all that counts of what is asked before the delay', async () => {
    const { run } = await course(document({ initialDelaySeconds: 90, count: 1 }), { errors: 'FS', latency: 'ES' });
    expect([run.phase, run.measurements.length]).toEqual(['Successful', 2]);
  });
});

describe('an interruption', () => {
  test.each([[30, 0], [100, 2], [200, 4]])('after %i s leaves what was measured', async (interruptAt, measured) => {
    const { run } = await course(document({ initialDelaySeconds: 90, intervalSeconds: 60, count: 9 }), {}, { interruptAt });
    expect([run.isInterrupted, run.phase, run.measurements.length]).toEqual([true, undefined, measured]);
  });

  test('in the middle of a measurement drops it', async () => {
    const { run } = await course(document({ count: 9 }), { errors: 'E' }, { seconds: 10, interruptAt: 5 });
    expect([run.isInterrupted, run.measurements]).toEqual([true, []]);
  });
});

test('a single look allows nothing that is not good, at once', () => {
  expect(asSingleLook(documentWith())).toMatchObject({ ...WITHOUT_PATIENCE, count: 1, intervalSeconds: 60 });
});

/** What Argo Rollouts does, metric by metric: the earliest round at which each comes to something, and the earliest of a bad end. */
function oracle(letters: readonly string[], settings: Record<'count' | 'failureLimit' | 'inconclusiveLimit' | 'consecutiveErrorLimit', number>): Phase | undefined {
  const ends = letters.map((text) => {
    for (let round = 1; round <= 60; round += 1) {
      const seen = text.padEnd(60, text.at(-1)).slice(0, round);
      const bad = ([['F', 'Failed', settings.failureLimit], ['I', 'Inconclusive', settings.inconclusiveLimit]] as const).find(([letter, , limit]) => seen.split(letter).length - 1 > limit);
      const phase: Phase | undefined = bad?.[1] ?? (seen.endsWith('E'.repeat(settings.consecutiveErrorLimit + 1)) ? 'Error' : seen.replaceAll('E', '').length === settings.count ? 'Successful' : undefined);
      if (phase !== undefined) {
        return { round, phase };
      }
    }
    throw new Error('a metric comes to something within its limits');
  });
  const firstBad = Math.min(...ends.filter(({ phase }) => phase !== 'Successful').map(({ round }) => round));
  return worstOf(ends.filter(({ round }) => round <= firstBad).map(({ phase }) => phase));
}

test('every course of answers ends as it does with Argo Rollouts', async () => {
  const letters = fc.array(fc.constantFrom('S', 'S', 'F', 'I', 'E'), { minLength: 1, maxLength: 8 }).map((list) => list.join(''));
  const limit = fc.nat(2);
  const count = fc.integer({ min: 1, max: 5 });
  const anySettings = fc.record({ count, failureLimit: limit, inconclusiveLimit: limit, consecutiveErrorLimit: limit });
  await fc.assert(fc.asyncProperty(letters, letters, anySettings, async (errors, latency, settings) => {
    const { run } = await course(document(settings), { errors, latency });
    expect(run.phase).toBe(oracle([errors, latency], settings));
  }), { numRuns: 500 });
});
