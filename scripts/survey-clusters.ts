import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { join, relative } from 'path';
import { parse } from 'yaml';
import { clusterOf } from '../src/cluster/cluster';
import { groupOf, objectText } from '../src/cluster/identity';
import { readPaths } from '../src/reading/expand-paths';
import { KUSTOMIZATION_NAMES, partialFilesOf } from '../src/reading/kustomize-partials';

/** Files that are taken to be applied together. */
export interface SurveyedFiles {
  /** Relative to the folder of all sets. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** The files of every folder below one, as clusters: alternatives of each other are never in the same. */
export function clustersBelow(root: string): readonly SurveyedFiles[] {
  return foldersOf(root).flatMap((folder) => apart(manifestFilesOf(folder)).map((files) => ({ folder: relative(root, folder), files })));
}

/** The sets of manifests: the folders right below one. */
export function setOf({ folder }: SurveyedFiles): string {
  return folder.split('/')[0];
}

function foldersOf(folder: string): string[] {
  const paths = readdirSync(folder).sort().map((name) => join(folder, name));
  return [folder, ...paths.filter((path) => statSync(path).isDirectory()).flatMap(foldersOf)];
}

/** The YAML of a folder, without what only patches others; what a kustomization lists comes first, because that is meant to be together. */
function manifestFilesOf(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort();
  const texts = KUSTOMIZATION_NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8'));
  const partial = new Set(texts.flatMap(partialFilesOf));
  const listed = texts.flatMap((text): readonly string[] => parse(text)?.resources ?? []);
  const place = (name: string) => listed.includes(name) ? 0 : 1;
  return names.filter((name) => !partial.has(name)).sort((one, other) => place(one) - place(other)).map((name) => join(folder, name));
}

/** Puts each file with the first that name none of the objects which it names. */
function apart(files: readonly string[]): readonly (readonly string[])[] {
  const clusters: { files: string[]; names: Set<string> }[] = [];
  for (const file of files) {
    const names = namesIn(file);
    const fitting = clusters.find((cluster) => !names.some((name) => cluster.names.has(name)));
    if (fitting) {
      fitting.files.push(file);
      names.forEach((name) => fitting.names.add(name));
    } else {
      clusters.push({ files: [file], names: new Set(names) });
    }
  }
  return clusters.map((cluster) => cluster.files);
}

function namesIn(file: string): readonly string[] {
  const { cluster } = clusterOf(readPaths([file], { stdin: () => '' }).objects);
  return cluster.objects.filter(({ name }) => name !== '').map((object) => `${groupOf(object)} ${objectText(object)}`);
}
