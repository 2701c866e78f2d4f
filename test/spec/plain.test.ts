import { Size, Testing } from 'cdk8s';
import { Volume as PlusVolume } from 'cdk8s-plus-27';
import { plainOf } from '../../src/spec/plain';
import { Volume } from '../../src/spec/volume';

class Quantity {
  constructor(readonly value: string | number) {}
}

describe('plain data of cdk8s-plus', () => {
  test.each([undefined, null, 0, 1, '', 'a', true, false])('is %j where it is that', (value) => {
    expect(plainOf(value)).toBe(value);
  });

  test('is what a quantity is around, at any depth', () => {
    expect(plainOf(new Quantity('5Mi'))).toBe('5Mi');
    expect(plainOf({ a: { limits: [new Quantity('1'), { size: new Quantity(2) }] } })).toEqual({ a: { limits: ['1', { size: 2 }] } });
  });

  test('has no field that is not set, and keeps the others', () => {
    expect(Object.keys(plainOf({ a: undefined, b: null, c: 0, d: '' }) as object)).toEqual(['b', 'c', 'd']);
  });

  test('keeps a plain object that has a field of the name value', () => {
    expect(plainOf({ value: 'a', other: 'b' })).toEqual({ value: 'a', other: 'b' });
  });

  test('is a copy', () => {
    const value = { a: [{ b: 1 }] };
    const copy = plainOf(value);
    value.a[0].b = 2;
    expect(copy).toEqual({ a: [{ b: 1 }] });
  });
});

describe('a volume of cdk8s-plus', () => {
  const emptyDir = () => PlusVolume.fromEmptyDir(Testing.chart(), 'volume', 'scratch', { sizeLimit: Size.mebibytes(5) });

  test('is told in plain data, without its name', () => {
    expect(Volume.fromPlus(emptyDir())._source).toMatchObject({ kind: 'raw', volume: { emptyDir: { sizeLimit: '5Mi' } } });
    expect(Volume.fromPlus(emptyDir())._source).not.toHaveProperty('volume.name');
  });

  test('is one volume however often it is given, and another is another', () => {
    const volume = emptyDir();
    const identityOf = (plus: PlusVolume) => {
      const source = Volume.fromPlus(plus)._source;
      return source.kind === 'raw' ? source.identity : undefined;
    };
    expect(identityOf(volume)).toBe(volume);
    expect(identityOf(volume)).not.toBe(identityOf(emptyDir()));
  });
});
