import type { Field } from '../reading/field';

/** A preStop hook, and how long it holds SIGTERM back as far as that can be read. */
export interface PreStop {
  readonly field: Field;
  readonly kind: 'sleep' | 'exec' | 'httpGet' | 'none';
  /** How long it waits at least; nothing where its length cannot be read (a script, a request). */
  readonly sleepSeconds?: number;
  /** The field that says the length. */
  readonly lengthField: Field;
}

/** Reads `lifecycle.preStop`, or nothing where none is written. */
export function preStopOf(field: Field): PreStop | undefined {
  if (!field.exists) {
    return undefined;
  }
  if (field.get('sleep').exists) {
    const lengthField = field.get('sleep', 'seconds');
    return { field, kind: 'sleep', sleepSeconds: lengthField.integer() ?? 0, lengthField };
  }
  if (field.get('exec').exists) {
    const lengthField = field.get('exec', 'command');
    return { field, kind: 'exec', sleepSeconds: sleepOfCommand(lengthField.items().map((item) => item.string() ?? '')), lengthField };
  }
  return { field, kind: field.get('httpGet').exists ? 'httpGet' : 'none', lengthField: field };
}

const SHELL = /^(?:.*\/)?(?:sh|bash|ash|dash|zsh|busybox)$/;
const SLEEP = /^(?:.*\/)?sleep$/;
const UNITS: Readonly<Record<string, number>> = { '': 1, 's': 1, 'm': 60, 'h': 3600, 'd': 86400 };

/** The seconds that a command sleeps, where that can be read from it with certainty. */
function sleepOfCommand(command: readonly string[]): number | undefined {
  const words = SHELL.test(command[0] ?? '') && (command[0] ?? '').endsWith('busybox') ? command.slice(1) : command;
  if (SLEEP.test(words[0] ?? '')) {
    return sumOfLengths(words.slice(1));
  }
  const script = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return SHELL.test(words[0] ?? '') && script > 0 ? sleepOfScript(words[script + 1] ?? '') : undefined;
}

/** Sleeps in a script are added where it is a plain list of commands; anything that could skip or repeat one is not judged. */
function sleepOfScript(script: string): number | undefined {
  const commands = script.split(/;|&&|\n/).map((text) => text.trim()).filter((text) => text !== '' && !text.startsWith('#'));
  const plain = !/\|\||[`$(){}|]|&(?!&)|\b(?:if|while|for|until|case|exit|exec|kill)\b/.test(script.replace(/&&/g, ';'));
  const sleeps = commands.map((text) => text.split(/\s+/)).filter((words) => SLEEP.test(words[0])).map((words) => sumOfLengths(words.slice(1)));
  return plain && sleeps.length > 0 && !sleeps.includes(undefined) ? sleeps.reduce<number>((sum, length) => sum + (length ?? 0), 0) : undefined;
}

function sumOfLengths(lengths: readonly string[]): number | undefined {
  const seconds = lengths.map((text) => {
    const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text);
    return match ? Number(match[1]) * UNITS[match[2]] : NaN;
  });
  const sum = seconds.reduce((total, length) => total + length, 0);
  return lengths.length > 0 && Number.isFinite(sum) ? Math.floor(sum) : undefined;
}
