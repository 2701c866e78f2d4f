import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ClosedSchemas, describeWithSchemas, schemasFolder } from '../support/closed-schemas';

describe('the schemas folder', () => {
  const configured = process.env.SCHEMAS_DIR;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'schemas-'));
    process.env.SCHEMAS_DIR = folder;
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    if (configured === undefined) {
      delete process.env.SCHEMAS_DIR;
    } else {
      process.env.SCHEMAS_DIR = configured;
    }
    jest.restoreAllMocks();
  });

  test('is where SCHEMAS_DIR points', () => {
    mkdirSync(join(folder, 'kubernetes'));
    mkdirSync(join(folder, 'crds'));
    expect(schemasFolder()).toBe(folder);
  });

  test('is nowhere when SCHEMAS_DIR points to something else', () => {
    expect(schemasFolder()).toBeUndefined();
    expect(() => ClosedSchemas.load('1.30')).toThrow(`no schemas in ${folder}; set SCHEMAS_DIR`);
  });

  test('without it, suites are skipped and one line says so', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const skip = jest.spyOn(describe, 'skip').mockImplementation();
    const body = jest.fn();
    describeWithSchemas('first', body);
    describeWithSchemas('second', body);
    expect(skip.mock.calls.map(([title]) => title)).toEqual(['first', 'second']);
    expect(body).not.toHaveBeenCalled();
    expect(warn.mock.calls).toEqual([[`Schema tests are SKIPPED: no schemas in ${folder}. Set SCHEMAS_DIR to the folder that holds them.`]]);
  });
});
