import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Resources } from 'zero-downtime';
import { synthesize } from './synthesized';

const resourcesOf = (resources?: Resources) => synthesize({ resources }).container.resources;

test('by default a tenth of a CPU and 128Mi are reserved, without limits', () => {
  expect(resourcesOf()).toEqual({ requests: { cpu: '100m', memory: '128Mi' } });
});

test('declared memory is also its limit, so that the pod is never promised what it cannot have', () => {
  expect(resourcesOf({ memory: Size.mebibytes(512) })).toEqual({ requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '512Mi' } });
});

test('declared CPU is no limit: a throttled program answers and drains late', () => {
  expect(resourcesOf({ cpu: Cpu.millis(250) })).toEqual({ requests: { cpu: '250m', memory: '128Mi' } });
});

test('declared limits are written', () => {
  expect(resourcesOf({ cpu: Cpu.units(1), cpuLimit: Cpu.units(2), memory: Size.gibibytes(1), memoryLimit: Size.gibibytes(2) }))
    .toEqual({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } });
});

test('limits may stand above the default reservations', () => {
  expect(resourcesOf({ cpuLimit: Cpu.millis(100), memoryLimit: Size.mebibytes(128) }))
    .toEqual({ requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '100m', memory: '128Mi' } });
});

test('a limit below what is reserved is refused', () => {
  expect(() => resourcesOf({ cpuLimit: Cpu.millis(99) })).toThrow('cpuLimit 99m must be at least the reserved cpu 100m');
  expect(() => resourcesOf({ memory: Size.gibibytes(1), memoryLimit: Size.mebibytes(1023) }))
    .toThrow('memoryLimit 1023Mi must be at least the reserved memory 1Gi');
});

test('a companion has its own', () => {
  const init = { name: 'init', image: 'registry.example.com/init:1', resources: { cpu: Cpu.millis(50) } };
  expect(synthesize({ initContainers: [init] }).podSpec.initContainers[0].resources).toEqual({ requests: { cpu: '50m', memory: '128Mi' } });
});
