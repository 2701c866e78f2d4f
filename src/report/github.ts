import type { Position } from '../reading/source';

/** One annotation of a GitHub workflow. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly file: string;
  readonly position?: Position;
  readonly title: string;
  readonly message: string;
}

/** Workflow commands, which GitHub shows beside the lines that they name. */
export function githubAnnotations(annotations: readonly Annotation[]): string {
  return annotations.map(({ level, file, position, title, message }) => {
    const place = position ? [`line=${position.line}`, `col=${position.column}`] : [];
    const properties = [`file=${escapedProperty(file)}`, ...place, `title=${escapedProperty(title)}`].join(',');
    return `::${level} ${properties}::${escaped(message)}\n`;
  }).join('');
}

/** What would end or begin a command is written as GitHub reads it. */
function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
