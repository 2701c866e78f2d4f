import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { HOSTILE, expectReadable } from './hostile';
import { Sidecar } from '../../src/spec/companion';
import { millicores } from '../../src/spec/container-spec';
import { Env } from '../../src/spec/env';
import { Resources } from '../../src/spec/resources';
import { Volume } from '../../src/spec/volume';
import { problemsOf, Props } from '../plan/declare';

const withSidecar = (settings: object): Props => ({ sidecars: [{ name: 'logs', image: 'logs:1', ...settings }] });
const withInit = (settings: object): Props => ({ initContainers: [{ name: 'warm', image: 'warm:1', ...settings }] });

/** The same settings in each of the three places, with the words that lead its messages. */
const PLACES: Array<[string, (settings: object) => Props]> = [
  ['', (settings) => settings], ['sidecar "logs" ', withSidecar], ['initContainer "warm" ', withInit],
];

describe.each(PLACES)('%ssettings', (title, place) => {
  test('name a bad image', () => {
    expect(problemsOf(place({ image: 'a b' })))
      .toEqual([`${title}image "a b" must be an image reference such as "registry.example.com/payments:2.1.0"`]);
  });

  test.each(['1A', 'A-B', ''])('name the bad environment variable %j', (name) => {
    expect(problemsOf(place({ env: { [name]: Env.value('x') } })))
      .toEqual([`${title}env ${JSON.stringify(name)} must be letters, digits or '_', not starting with a digit`]);
  });

  test('name an environment variable that the library sets', () => {
    expect(problemsOf(place({ env: { ZERO_DOWNTIME_PORT: Env.value('1') } })))
      .toEqual([`${title}env "ZERO_DOWNTIME_PORT" must not start with ZERO_DOWNTIME_: the library sets those`]);
  });

  test.each(['', 'data', './data', '/a:b', '/a\u0000', '/data/', '//'])('name the bad volume path %j', (path) => {
    expect(problemsOf(place({ volumes: { [path]: Volume.emptyDir() } })))
      .toEqual([`${title}volume path ${JSON.stringify(path)} must be absolute, hold no ':' and not end with '/'`]);
  });

  test.each(['/', '/data', '/data/a', '/a b', '/ä'])('take the volume path %j', (path) => {
    expect(problemsOf(place({ volumes: { [path]: Volume.emptyDir() } }))).toEqual([]);
  });

  test.each<[Resources, string]>([
    [{ cpuLimit: Cpu.millis(99) }, 'cpuLimit 99m must be at least the reserved cpu 100m'],
    [{ cpu: Cpu.units(2), cpuLimit: Cpu.millis(1999) }, 'cpuLimit 1999m must be at least the reserved cpu 2'],
    [{ memoryLimit: Size.mebibytes(127) }, 'memoryLimit 127Mi must be at least the reserved memory 128Mi'],
    [{ memory: Size.gibibytes(1), memoryLimit: Size.mebibytes(1023) }, 'memoryLimit 1023Mi must be at least the reserved memory 1Gi'],
    [{ ephemeralStorage: Size.gibibytes(1), ephemeralStorageLimit: Size.mebibytes(1023) },
      'ephemeralStorageLimit 1023Mi must be at least the reserved ephemeralStorage 1Gi'],
  ])('name a limit below what is reserved', (resources, problem) => {
    expect(problemsOf(place({ resources }))).toEqual([title + problem]);
  });

  test.each<Resources>([
    {}, { cpuLimit: Cpu.millis(100) }, { cpu: Cpu.units(1), cpuLimit: Cpu.millis(1000) }, { memoryLimit: Size.mebibytes(128) },
    { memory: Size.gibibytes(1), memoryLimit: Size.mebibytes(1024) },
    { ephemeralStorage: Size.gibibytes(1), ephemeralStorageLimit: Size.mebibytes(1024) },
  ])('take a limit that equals what is reserved', (resources) => {
    expect(problemsOf(place({ resources }))).toEqual([]);
  });

  test.each<Resources>([{ ephemeralStorage: Size.gibibytes(1) }, { ephemeralStorageLimit: Size.kibibytes(1) }])(
    'take disk space reserved without a limit, or limited without a reservation', (resources) => {
      expect(problemsOf(place({ resources }))).toEqual([]);
    });

  test.each(HOSTILE)('tell of %s in readable lines', (_, text) => {
    const settings = { image: text, env: { [text]: Env.value('x') }, volumes: { [text]: Volume.emptyDir() } };
    const problems = problemsOf(place(settings));
    expect(problems).toHaveLength(3);
    problems.forEach(expectReadable);
  });

  test('never show the value of an environment variable', () => {
    const env = { 'A-B': Env.value('hunter2'), 'ZERO_DOWNTIME_X': Env.value('hunter2') };
    expect(problemsOf(place({ env, image: 'bad image' })).join()).not.toContain('hunter2');
  });
});

describe('the ports of a sidecar', () => {
  const ports = (given: Record<string, number>) => withSidecar({ ports: given });

  test.each(['a', 'http-2', '1a', 'a'.repeat(15)])('may be named %j', (name) => {
    expect(problemsOf(ports({ [name]: 9000 }))).toEqual([]);
  });

  test.each(['', '1', '1-2', 'A', '-a', 'a-', 'a--b', 'a_b', 'a'.repeat(16)])('may not be named %j', (name) => {
    expect(problemsOf(ports({ [name]: 9000 })))
      .toEqual([`sidecar "logs" port name ${JSON.stringify(name)} must be at most 15 lower-case letters, digits or '-', with a letter`]);
  });

  test.each([1, 65_535])('may be %d', (port) => {
    expect(problemsOf(ports({ metrics: port }))).toEqual([]);
  });

  test.each([0, 65_536, 1.5, NaN])('may not be %d', (port) => {
    expect(problemsOf(ports({ metrics: port }))).toEqual([`sidecar "logs" port "metrics" ${port} must be a whole number from 1 to 65535`]);
  });

  test('may not be the service\'s, nor another sidecar\'s', () => {
    expect(problemsOf(ports({ metrics: 3000 })))
      .toEqual(['sidecar "logs" port "metrics" 3000 is also the service\'s port; containers of a pod share its ports, so give one of them another']);
    const sidecars: Sidecar[] = [{ name: 'a', image: 'a:1', ports: { x: 9000 } }, { name: 'b', image: 'b:1', ports: { y: 9000 } }];
    expect(problemsOf({ sidecars }))
      .toEqual(['sidecar "b" port "y" 9000 is also sidecar "a" port "x"; containers of a pod share its ports, so give one of them another']);
  });

  test('may not have the name of the service\'s, nor of another sidecar\'s', () => {
    expect(problemsOf(ports({ http: 9000 })))
      .toEqual(['sidecar "logs" port name "http" is that of the service too; give it another']);
    const sidecars: Sidecar[] = [{ name: 'a', image: 'a:1', ports: { x: 9000 } }, { name: 'b', image: 'b:1', ports: { x: 9001 } }];
    expect(problemsOf({ sidecars })).toEqual(['sidecar "b" port name "x" is that of sidecar "a" too; give it another']);
  });

  test('are told of in readable lines whatever their name is', () => {
    const problems = problemsOf(ports({ ['x\n'.repeat(5000)]: 0 }));
    expect(problems).toHaveLength(2);
    problems.forEach(expectReadable);
  });

  test('are told of in readable lines whatever their name is, where the number is taken', () => {
    problemsOf(ports({ ['x\n'.repeat(5000)]: 3000 })).forEach(expectReadable);
  });
});

test.each([['250m', 250], ['1', 1000], ['0.5', 500], ['2', 2000]])('%s are %d thousandths of a CPU', (amount, thousandths) => {
  expect(millicores(amount)).toBe(thousandths);
});
