import { ANALYSIS, documentText, documentWith, read } from './documents';

const [ERRORS, P99] = ANALYSIS.metrics;

test('an analysis is read with everything it says, and where', () => {
  expect(documentWith()).toEqual({
    address: 'http://127.0.0.1:9090',
    addressPlace: { source: 'a.json', position: { line: 5, column: 5 } },
    metrics: [
      { name: 'error-rate', text: 'requests that fail', unit: '', max: 0.01, query: 'errors', place: { source: 'a.json', position: { line: 13, column: 7 } } },
      { name: 'p99', text: 'the slowest of a hundred', unit: 's', max: 0.5, query: 'latency', place: { source: 'a.json', position: { line: 20, column: 7 } } },
    ],
    initialDelaySeconds: 90,
    intervalSeconds: 60,
    windowSeconds: 60,
    count: 5,
    failureLimit: 1,
    inconclusiveLimit: 2,
    consecutiveErrorLimit: 3,
  });
});

test.each([
  ['both bounds', { ...ERRORS, min: 0, max: 0 }, { min: 0, max: 0 }], ['a lower bound alone', { ...ERRORS, max: undefined, min: 5 }, { min: 5 }],
  ['a bound as JSON writes small numbers', { ...ERRORS, max: 1e-7 }, { max: 1e-7 }], ['no unit and no text', { name: 'a', query: 'b', max: 1 }, { unit: '', text: '' }],
])('a metric may have %s', (_, metric, expected) => {
  expect(documentWith({ metrics: [metric] }).metrics[0]).toMatchObject(expected);
});

test.each([
  ['no delay', { initialDelaySeconds: 0 }], ['a fraction of a second', { initialDelaySeconds: 90.5 }], ['one measurement', { count: 1 }], ['no limits', { failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 0 }],
])('there may be %s', (_, changes) => {
  expect(documentWith(changes)).toMatchObject(changes);
});

test.each([
  ['no version', { version: undefined }, ['a.json:1:1: version must be given']],
  ['a newer version', { version: 2, cout: 5 }, ['a.json:2:3: version 2 must be 1, the version of the format that is known here; use a newer zero-downtime']],
  ['a version that never was', { version: 0 }, ['a.json:2:3: version 0 must be 1, the version of the format that is known here']],
  ['an unknown field', { cout: 5 }, ['a.json:30:3: cout 5 is no field of an analysis; did you mean "count"?']],
  ['an unknown field of a metric', { metrics: [{ ...ERRORS, maxx: 1 }] }, ['a.json:14:7: metrics[0].maxx 1 is no field of a metric; did you mean "max"?']],
  ['an unknown field of the source', { source: { kind: 'prometheus', address: 'http://a', token: 'secret' } }, [expect.stringContaining('is no field of a source')]],
  ['another source', { source: { kind: 'graphite', address: 'http://a' } }, ['a.json:4:5: source.kind "graphite" must be prometheus, the only source that is known here']],
  ['no source', { source: undefined }, ['a.json:1:1: source.kind must be given', 'a.json:1:1: source.address must be given']],
  ['an address of another protocol', { source: { kind: 'prometheus', address: 'ftp://a' } }, ['a.json:5:5: source.address "ftp://a" must be an address that starts with http:// or https://']],
  ['no metrics', { metrics: [] }, ['a.json:7:3: metrics must be a list of 1 to 50 metrics']],
  ['too many metrics', { metrics: Array.from({ length: 51 }, (_, index) => ({ ...ERRORS, name: `a${index}` })) }, ['a.json:7:3: metrics must be a list of 1 to 50 metrics']],
  ['a name given twice', { metrics: [ERRORS, { ...P99, name: 'error-rate' }] }, ['a.json:16:7: metrics[1].name "error-rate" is given twice; give one of them another name']],
  ['a name with an escape of terminals', { metrics: [{ ...ERRORS, name: '\u001b[2J' }] }, [expect.stringContaining('metrics[0].name "\\u001b[2J" must be at most 63 lower-case letters')]],
  ['no bound', { metrics: [{ ...ERRORS, max: undefined }] }, ['a.json:8:5: metrics[0] must have a max, a min or both; without a bound every value is good']],
  ['bounds that no value keeps', { metrics: [{ ...ERRORS, min: 0.02 }] }, ['a.json:14:7: metrics[0].min 0.02 must be at most max 0.01']],
  ['a bound in quotes', { metrics: [{ ...ERRORS, max: '0.01' }] }, ['a.json:12:7: metrics[0].max "0.01" must be a number, not a text; remove the quotes']],
  ['an empty query', { metrics: [{ ...ERRORS, query: ' \n' }] }, ['a.json:13:7: metrics[0].query " \\n" must be given']],
  ['a long unit', { metrics: [{ ...ERRORS, unit: 'x'.repeat(21) }] }, [expect.stringContaining('must be at most 20 characters')]],
  ['no measurement', { count: 0 }, ['a.json:25:3: count 0 must be a whole number from 1 to 10000']],
  ['half a measurement', { count: 1.5 }, ['a.json:25:3: count 1.5 must be a whole number, not a number']],
  ['an interval of nothing', { intervalSeconds: 0 }, ['a.json:24:3: intervalSeconds 0 must be a number of seconds from 1 to 604800']],
  ['a delay that no timer holds', { initialDelaySeconds: 604_801 }, ['a.json:23:3: initialDelaySeconds 604801 must be a number of seconds from 0 to 604800']],
  ['a limit below zero', { failureLimit: -1 }, ['a.json:27:3: failureLimit -1 must be a whole number from 0 to 10000']],
])('%s is refused with its place', (_, changes, problems) => {
  expect(read(documentText(changes))).toEqual(problems);
});

test('everything that is wrong is told at once', () => {
  expect(read(documentText({ count: 0, failureLimit: -1, metrics: [{ ...ERRORS, max: undefined }] }))).toHaveLength(3);
});

test('a password in the address is not repeated', () => {
  const [problem] = read(documentText({ source: { kind: 'prometheus', address: 'http://u:hunter2@a' } })) as string[];
  expect(problem).toBe('a.json:5:5: source.address must hold no user and no password; give them by --username and --password-file, or in the environment');
});

test.each([
  ['a bound that is no number', documentText().replace('0.01', '.nan'), 'a.json:12:14: a value is no finite number'],
  ['an endless bound', documentText().replace('0.01', '.inf'), 'a.json:12:14: a value is no finite number'],
  ['a key given twice', documentText().replace('"count": 5', '"count": 5, "count": 500'), 'key "count" is given twice'],
  ['a list', '[]', 'must hold one map of keys to values'], ['nothing', '', 'must hold one map of keys to values'], ['half of one', documentText().slice(0, 100), 'a.json:'],
  ['metrics that are a map', documentText({ metrics: {} }), 'metrics must be a list, not a map'],
  ['metrics that are texts', documentText({ metrics: ['up'] }), 'metrics[0] "up" must be a map, not a text'],
  ['a bomb of aliases', `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [*a${i === 0 ? '' : i - 1}, *a${i === 0 ? '' : i - 1}]`).join('\n')}`, 'a.json:'],
])('%s is refused', (_, text, problem) => {
  expect((read(text) as string[]).join('\n')).toContain(problem);
});
