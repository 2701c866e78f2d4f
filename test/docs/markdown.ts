import { readFileSync } from 'fs';

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
}

/** Reads the fenced blocks of a Markdown file, in order. */
export function blocksOf(file: string): Block[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const blocks: Block[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  lines.forEach((line, index) => {
    const fence = /^```(\w*)\s*$/.exec(line);
    if (!fence) {
      open?.lines.push(line);
    } else if (open) {
      blocks.push({ language: open.language, text: open.lines.join('\n'), line: open.line });
      open = undefined;
    } else {
      open = { language: fence[1], line: index + 1, lines: [] };
    }
  });
  return blocks;
}
