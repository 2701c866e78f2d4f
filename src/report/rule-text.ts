import type { Rule } from '../checks/rule';

/** A rule explained to people at a terminal. */
export function ruleText(rule: Rule): string {
  return [
    `${rule.id} (${rule.severity})`,
    '',
    wrapped(rule.title),
    '',
    wrapped(rule.why),
    ...rule.inequality === undefined ? [] : ['', `  ${rule.inequality}`],
    '',
    'known from:',
    ...rule.sources.map((source) => `  ${source}`),
    '',
    'fails:',
    indented(rule.failing),
    '',
    'passes:',
    indented(rule.passing),
    '',
    `ignore it with --ignore '${rule.id}=REASON', or on the object with the annotation zero-downtime/accepted.${rule.id}: REASON`,
    '',
  ].join('\n');
}

const WIDTH = 100;

function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.length - 1;
    if (lines[last] !== '' && lines[last].length + 1 + word.length > WIDTH) {
      lines.push(word);
    } else {
      lines[last] = lines[last] === '' ? word : `${lines[last]} ${word}`;
    }
  }
  return lines.join('\n');
}

function indented(text: string): string {
  return text.trim().split('\n').map((line) => line === '' ? '' : `  ${line}`).join('\n');
}
