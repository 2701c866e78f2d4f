import { Dirent, readFileSync, readdirSync, realpathSync, statSync } from 'fs';
import { basename, extname, join, resolve } from 'path';
import { decoded } from './file-text';
import { alternativesOf, isPattern, nameMatches } from './glob';
import { KUSTOMIZATION_NAMES, partialFilesOf } from './kustomize-partials';
import { DEFAULT_LIMITS, bytesText } from './limits';
import type { ReadObject, Reading } from './read-object';
import { readText } from './read-text';

/** What files, folders, patterns and standard input held. */
export interface PathsReading extends Reading {
  /** Texts that were read, standard input among them. */
  readonly files: number;
}

/**
 * Reads the objects of files, folders, patterns and `-` for standard input.
 *
 * Of folders and patterns only `.yaml`, `.yml` and `.json` files are read, hidden folders and node_modules aside; a file that is named is read whatever its name.
 * Each file is read once, however many paths lead to it.
 */
export function readPaths(paths: readonly string[], io: { stdin(): string }): PathsReading {
  const reader = new PathsReader(io);
  paths.forEach((path) => reader.path(path));
  return reader.reading();
}

const EXTENSIONS: readonly string[] = ['.yaml', '.yml', '.json'];

class PathsReader {
  private readonly objects: ReadObject[] = [];
  private readonly problems: Reading['problems'][number][] = [];
  private readonly seen = new Set<string>();
  private passedOver = 0;
  private files = 0;

  constructor(private readonly io: { stdin(): string }) {}

  reading(): PathsReading {
    const { objects, passedOver, problems, files } = this;
    return { objects, passedOver, problems, files };
  }

  path(path: string): void {
    if (path === '-') {
      this.standardInput();
      return;
    }
    const kind = kindOf(path);
    if (kind === 'folder') {
      this.found(walk(path, (message, folder) => this.problem(folder, message)));
    } else if (kind === 'missing' && isPattern(path)) {
      this.pattern(path);
    } else {
      this.file(path, kind);
    }
  }

  private standardInput(): void {
    if (!this.isNew('-')) {
      return;
    }
    try {
      this.add(readText('<stdin>', this.io.stdin()));
    } catch (error) {
      this.problem('<stdin>', `standard input cannot be read (${reasonOf(error)}); pipe manifests into it`);
    }
  }

  private pattern(pattern: string): void {
    const alternatives = alternativesOf(pattern);
    if (alternatives === undefined) {
      this.problem(pattern, 'the pattern has too many alternatives in braces; write fewer');
      return;
    }
    const files = [...new Set(alternatives.flatMap((alternative) => matches(alternative)))].sort();
    if (files.length === 0) {
      this.problem(pattern, 'the pattern matches no .yaml, .yml or .json file; correct it');
    }
    this.found(files);
  }

  /** Parts of objects that a kustomization patches others with are no objects, and only their folder knows. */
  private found(files: readonly string[]): void {
    const partials = new Set(files.filter(isKustomization).flatMap(partialsOf));
    for (const file of files) {
      const isPartial = partials.has(realPath(file));
      if (isPartial) {
        this.passedOver += 1;
      } else if (isManifestName(file)) {
        this.file(file, kindOf(file));
      }
    }
  }

  private file(path: string, kind: Kind): void {
    if (!this.isNew(realPath(path))) {
      return;
    }
    const message = KIND_PROBLEMS[kind];
    if (message !== undefined) {
      this.problem(path, message);
      return;
    }
    const contents = contentsOf(path);
    if ('message' in contents) {
      this.problem(path, contents.message);
    } else {
      this.add(readText(path, contents.text));
    }
  }

  private isNew(path: string): boolean {
    const isNew = !this.seen.has(path);
    this.seen.add(path);
    return isNew;
  }

  private add({ objects, passedOver, problems }: Reading): void {
    // Not spread as arguments: a text may hold more objects than a call takes.
    objects.forEach((object) => this.objects.push(object));
    problems.forEach((problem) => this.problems.push(problem));
    this.passedOver += passedOver;
    this.files += 1;
  }

  private problem(source: string, message: string): void {
    this.problems.push({ source, message });
  }
}

type Kind = 'file' | 'folder' | 'missing' | 'forbidden' | 'other';

const KIND_PROBLEMS: Partial<Record<Kind, string>> = {
  missing: 'no such file or folder; correct the path',
  forbidden: 'the path may not be read; give the right to read it',
  other: 'the path is a device, pipe or socket, which is not read; name a file, or - for standard input',
};

function kindOf(path: string): Kind {
  try {
    const found = statSync(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    return reasonOf(error) === 'EACCES' || reasonOf(error) === 'EPERM' ? 'forbidden' : 'missing';
  }
}

function reasonOf(error: unknown): string {
  return (error as { readonly code?: string }).code ?? 'unknown reason';
}

function contentsOf(path: string): { readonly text: string } | { readonly message: string } {
  try {
    const { size } = statSync(path);
    if (size > DEFAULT_LIMITS.bytes) {
      return { message: `the file has ${bytesText(size)}, more than ${bytesText(DEFAULT_LIMITS.bytes)}; split it into several files` };
    }
    return decoded(readFileSync(path));
  } catch (error) {
    return { message: `the file cannot be read (${reasonOf(error)}); give the right to read it` };
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function isManifestName(file: string): boolean {
  return EXTENSIONS.includes(extname(file).toLowerCase());
}

function isKustomization(file: string): boolean {
  return KUSTOMIZATION_NAMES.includes(basename(file)) && kindOf(file) === 'file';
}

function partialsOf(kustomization: string): string[] {
  const contents = contentsOf(kustomization);
  return 'text' in contents ? partialFilesOf(contents.text).map((path) => realPath(resolve(kustomization, '..', path))) : [];
}

/** The manifests and kustomizations below a folder, sorted; a folder that links lead to twice is walked once. */
function walk(root: string, onProblem: (message: string, folder: string) => void): string[] {
  const files: string[] = [];
  const walked = new Set<string>();
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const real = realPath(folder);
    const entries = walked.has(real) ? [] : entriesOf(folder);
    walked.add(real);
    if (entries === undefined) {
      onProblem('the folder cannot be read; give the right to read it', folder);
    }
    for (const entry of entries ?? []) {
      const path = join(folder, entry.name);
      if (isFolder(entry, path)) {
        if (!isSkipped(entry.name)) {
          pending.push(path);
        }
      } else if (isManifestName(path) || KUSTOMIZATION_NAMES.includes(entry.name)) {
        files.push(path);
      }
    }
  }
  return files.sort();
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

function isFolder(entry: Dirent, path: string): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && kindOf(path) === 'folder');
}

function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

/** The manifests that a pattern without braces matches. */
function matches(pattern: string): string[] {
  const segments = pattern.split('/').filter((segment, index) => segment !== '' || index === 0);
  const isAbsolute = segments[0] === '';
  // A set of paths for each segment: however many routes `**` has to a folder, it is looked at once.
  const found = segments.slice(isAbsolute ? 1 : 0).reduce<ReadonlySet<string>>((bases, segment, index, all) => {
    const isLast = index === all.length - 1;
    return new Set([...bases].flatMap((base) => stepsFrom(base, segment, isLast)));
  }, new Set([isAbsolute ? '/' : '']));
  return [...found].filter((path) => kindOf(path) === 'file' && isManifestName(path));
}

function stepsFrom(base: string, segment: string, isLast: boolean): string[] {
  if (segment === '**') {
    return isLast ? foldersBelow(base).flatMap((folder) => namesIn(folder, '*')) : foldersBelow(base);
  }
  if (!isPattern(segment)) {
    const path = join(base, segment);
    return kindOf(path) === 'missing' ? [] : [path];
  }
  return namesIn(base, segment);
}

function namesIn(folder: string, segment: string): string[] {
  return (entriesOf(folder || '.') ?? []).filter(({ name }) => nameMatches(segment, name)).map(({ name }) => join(folder, name));
}

/** A folder and those below it; links are not followed, as they may lead back. */
function foldersBelow(base: string): string[] {
  const folders = [base];
  for (let index = 0; index < folders.length; index += 1) {
    const below = (entriesOf(folders[index] || '.') ?? []).filter((entry) => entry.isDirectory() && !isSkipped(entry.name));
    below.forEach(({ name }) => folders.push(join(folders[index], name)));
  }
  return folders;
}
