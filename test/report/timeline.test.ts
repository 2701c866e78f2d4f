import fc from 'fast-check';
import { elements, parseXml, textOf } from './xml';
import { timelineToSvg } from '../../src/report/timeline-svg';
import { timelineText } from '../../src/report/timeline-text';
import { xmlText } from '../../src/report/xml-text';
import type { LaneState, Timeline } from '../../src/verify/timeline';

const LOST: Timeline = {
  title: 'a connection is refused',
  unit: 'seconds',
  lanes: [
    { label: 'old pod', spans: [{ state: 'ready', from: 0, to: 14 }, { state: 'draining', from: 14, to: 28 }] },
    { label: 'proxy → old pod', spans: [{ state: 'routed', from: 0, to: 28 }] },
  ],
  events: [{ at: 0, what: 'old pod is deleted' }, { at: 14, what: 'it is sent SIGTERM' }],
  lost: { at: 15, lane: 'proxy → old pod', why: 'it no longer accepts' },
  remedy: 'wait longer',
};

describe('as text', () => {
  test('a timeline has its events, the loss, a lane for each label, a legend and the remedy', () => {
    expect(timelineText(LOST).split('\n')).toEqual([
      'a connection is refused',
      '     0 s  old pod is deleted',
      '    14 s  it is sent SIGTERM',
      '    15 s  LOST: it no longer accepts',
      '',
      `  old pod         |${'='.repeat(28)}${'~'.repeat(28)}|`,
      `  proxy → old pod |${'#'.repeat(30)}x${'#'.repeat(25)}|`,
      '  = ready, ~ draining, # sent requests, x lost',
      '',
      'remedy: wait longer',
    ]);
  });

  test('a timeline of steps counts them, and one that holds tells of no loss', () => {
    expect(timelineText({ title: 'fine', unit: 'steps', lanes: [], events: [{ at: 1, what: 'a pod is created' }] })).toBe('fine\n  step 1  a pod is created\n\n  ');
  });

  test('the shortest span is a sign wide, and the last moment stays within the lane', () => {
    const lines = timelineText({ ...LOST, lanes: [{ label: 'a', spans: [{ state: 'ready', from: 0, to: 0 }, { state: 'starting', from: 1000, to: 1000 }] }], lost: { at: 1000, lane: 'a', why: '' } }).split('\n');
    expect(lines.find((line) => line.startsWith('  a |'))).toBe(`  a |=${' '.repeat(54)}x|`);
  });
});

const STATES: readonly LaneState[] = ['starting', 'ready', 'terminating', 'draining', 'stopped', 'routed'];
const HOSTILE = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 300 }), fc.constantFrom(
  '<script>alert(1)</script>', '</svg>', '</title>', '&amp;', '&', '"', '\'', ']]>', '<!--', '-->', '<![CDATA[', '\u0000', '\u001b[31m', '\ud800', '\udc00\ud800', '\ufffe', '\r\n', 'x'.repeat(500), ''));
const AT = fc.nat({ max: 5000 });
const SPAN = fc.tuple(fc.constantFrom(...STATES), AT, AT)
  .map(([state, one, other]) => ({ state, from: Math.min(one, other), to: Math.max(one, other) }));
const TIMELINE: fc.Arbitrary<Timeline> = fc.record({
  title: HOSTILE,
  unit: fc.constantFrom('seconds', 'steps'),
  lanes: fc.array(fc.record({
    label: HOSTILE,
    spans: fc.array(SPAN, { maxLength: 4 }),
  }), { maxLength: 6 }),
  events: fc.array(fc.record({ at: AT, what: HOSTILE }), { maxLength: 5 }),
  lost: fc.option(fc.record({ at: AT, lane: HOSTILE, why: HOSTILE }), { nil: undefined }),
  remedy: fc.option(HOSTILE, { nil: undefined }),
});

/** What XML can hold of a text, with its spaces as they are shown. */
const shown = (text: string) => textOf(parseXml(`<a>${xmlText(text)}</a>`));

describe('as a picture', () => {
  const svg = parseXml(timelineToSvg(LOST));
  const texts = elements(svg, 'text').map(textOf);

  test('a timeline has a title and a text that tells all of it', () => {
    expect([svg.name, svg.attributes.role, svg.attributes['aria-labelledby']]).toEqual(['svg', 'img', 'title description']);
    const named = Object.fromEntries([...elements(svg, 'title'), ...elements(svg, 'desc')].map((element) => [element.attributes.id, textOf(element)]));
    expect([named.title, named.description]).toEqual([LOST.title, timelineText(LOST)]);
  });

  test('every lane, event, loss and remedy is there', () => {
    ['old pod', 'proxy → old pod', '0 s: old pod is deleted', '14 s: it is sent SIGTERM', '15 s: a request is lost: it no longer accepts', 'Remedy: wait longer', 'ready', 'draining', 'sent requests']
      .forEach((text) => expect(texts).toContain(text));
  });

  test('a bar has its state\'s colour, and tells its state and times', () => {
    const bars = elements(svg, 'rect').filter((rect) => rect.children.length > 0);
    expect(bars.map((bar) => [bar.attributes.fill, textOf(bar)])).toEqual([
      ['var(--ready)', 'ready 0–14'], ['var(--draining)', 'draining 14–28'], ['var(--routed)', 'routed 0–28'],
    ]);
  });

  test('the loss is marked in its lane, at its second', () => {
    const [circle] = elements(svg, 'circle');
    const bar = elements(svg, 'rect').filter((rect) => textOf(rect) === 'routed 0–28')[0].attributes;
    expect(Number(circle.attributes.cy)).toBe(Number(bar.y) + Number(bar.height) / 2);
    expect(Number(circle.attributes.cx)).toBeCloseTo(Number(bar.x) + Number(bar.width) * 15 / 28, 0);
  });

  test('a timeline that holds has no mark of a loss, and a loss of no lane is still marked', () => {
    expect(elements(parseXml(timelineToSvg({ ...LOST, lost: undefined })), 'circle')).toEqual([]);
    expect(elements(parseXml(timelineToSvg({ ...LOST, lost: { at: 3, lane: 'nobody', why: 'x' } })), 'circle')).toHaveLength(1);
  });

  test('colours are variables, with values of their own for dark readers', () => {
    const style = textOf(elements(svg, 'style')[0]);
    const [light, dark] = style.split('prefers-color-scheme: dark').map((part) => new Set([...part.matchAll(/(--[a-z]+):/g)].map(([, name]) => name)));
    expect([...dark].sort()).toEqual([...light].sort());
    const used = [...new Set([...timelineToSvg({ ...LOST, lanes: STATES.map((state) => ({ label: state, spans: [{ state, from: 0, to: 1 }] })) }).matchAll(/var\((--[a-z]+)\)/g)].map(([, name]) => name))];
    expect(used.filter((name) => !light.has(name))).toEqual([]);
    expect(timelineToSvg(LOST).replace(/<style>[^]*<\/style>/, '')).not.toMatch(/#[0-9a-f]{3,6}\b/);
  });

  test('whatever it tells, a picture is well-formed, has no script, and shows every label', () => {
    fc.assert(fc.property(TIMELINE, (timeline) => {
      const root = parseXml(timelineToSvg(timeline));
      const known = ['svg', 'title', 'desc', 'style', 'rect', 'text', 'line', 'circle', 'path'];
      expect(known.reduce((sum, name) => sum + elements(root, name).length, 0)).toBe(countOf(root));
      const labels = elements(root, 'text').map(textOf);
      timeline.lanes.forEach(({ label }) => expect(label.length > 44 || labels.includes(shown(label))).toBe(true));
      expect(elements(root, 'rect').length).toBeGreaterThanOrEqual(1 + timeline.lanes.flatMap(({ spans }) => spans).length);
    }), { numRuns: 300 });
  });

  test('whatever it tells, all that is drawn lies within the picture', () => {
    fc.assert(fc.property(TIMELINE, (timeline) => {
      const root = parseXml(timelineToSvg(timeline));
      const [, , width, height] = root.attributes.viewBox.split(' ').map(Number);
      const isWithin = (at: string | undefined, end: number) => Number(at) >= 0 && Number(at) <= end;
      const within = (x: string | undefined, y: string | undefined) => expect([isWithin(x, width), isWithin(y, height)]).toEqual([true, true]);
      elements(root, 'rect').forEach(({ attributes: { x = '0', y = '0', width: wide, height: high } }) => within(String(Number(x) + Number(wide)), String(Number(y) + Number(high))));
      elements(root, 'text').forEach(({ attributes: { x, y } }) => within(x, y));
      elements(root, 'line').forEach(({ attributes: { x1, y1, x2, y2 } }) => { within(x1, y1); within(x2, y2); });
      elements(root, 'circle').forEach(({ attributes: { cx, cy } }) => within(cx, cy));
      elements(root, 'text').forEach((text) => expect([...textOf(text)].length).toBeLessThanOrEqual(114));
    }), { numRuns: 300 });
  });

  function countOf(root: ReturnType<typeof parseXml>): number {
    return 1 + root.children.reduce((sum, child) => sum + (typeof child === 'string' ? 0 : countOf(child)), 0);
  }
});

test.each([
  ['<a href="x">&</a>', '&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;'], ['a\u0000b\u001bc', 'a\ufffdb\ufffdc'], ['\ud83d\ude00', '\ud83d\ude00'], ['\ud83d', '\ufffd'], ['\ude00\ud83d', '\ufffd\ufffd'],
  ['tab\tand\nline', 'tab\tand\nline'], ['\ufffe', '\ufffd'],
])('%j within XML', (text, expected) => {
  expect(xmlText(text)).toBe(expected);
});
