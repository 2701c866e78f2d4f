/** More alternatives than this come from a pattern such as `{a,b}{a,b}…` alone, whose number doubles with each pair. */
const MOST_ALTERNATIVES = 1000;

/** Whether a path that names no file may be a pattern. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** The patterns without braces that a pattern stands for; nothing where they are too many. */
export function alternativesOf(pattern: string): readonly string[] | undefined {
  let open: readonly string[] = [pattern];
  const closed: string[] = [];
  while (open.length > 0) {
    const next: string[] = [];
    for (const each of open) {
      const choice = innermostChoice(each);
      if (choice === undefined) {
        closed.push(each);
      } else {
        next.push(...choice.choices.map((text) => choice.before + text + choice.after));
      }
    }
    if (closed.length + next.length > MOST_ALTERNATIVES) {
      return undefined;
    }
    open = next;
  }
  return [...new Set(closed)];
}

interface Choice {
  readonly before: string;
  readonly choices: readonly string[];
  readonly after: string;
}

function innermostChoice(pattern: string): Choice | undefined {
  const match = /\{([^{},]*(?:,[^{},]*)+)\}/.exec(pattern);
  return match === null ? undefined : {
    before: pattern.slice(0, match.index),
    choices: match[1].split(','),
    after: pattern.slice(match.index + match[0].length),
  };
}

type Token = { readonly kind: 'star' } | { readonly kind: 'one'; takes(character: string): boolean };

/** Whether a name of a file or folder matches one segment of a pattern, in time that is at most their product. */
export function nameMatches(segment: string, name: string): boolean {
  // A hidden name is asked for by its dot.
  if (name.startsWith('.') && !segment.startsWith('.')) {
    return false;
  }
  const tokens = tokensOf(segment);
  const characters = [...name];
  let at = 0;
  let token = 0;
  let star: { readonly token: number; at: number } | undefined;
  while (at < characters.length) {
    const wanted = tokens[token];
    if (wanted?.kind === 'star') {
      star = { token, at };
      token += 1;
    } else if (wanted?.kind === 'one' && wanted.takes(characters[at])) {
      at += 1;
      token += 1;
    } else if (star) {
      // Only the last star need take one more: those before it were satisfied as early as possible.
      star.at += 1;
      at = star.at;
      token = star.token + 1;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'star');
}

function tokensOf(segment: string): Token[] {
  const parts = segment.matchAll(/\*+|\?|\[([!^]?)(\]?[^\]]*)\]|[^]/gu);
  return [...parts].map(([text, negation, members]) => {
    if (text.startsWith('*')) {
      return { kind: 'star' };
    }
    if (text === '?') {
      return { kind: 'one', takes: () => true };
    }
    return members === undefined
      ? { kind: 'one', takes: (character: string) => character === text }
      : { kind: 'one', takes: (character: string) => isMember(members, character) !== (negation !== '') };
  });
}

function isMember(members: string, character: string): boolean {
  return [...members.matchAll(/([^])-([^])|([^])/gu)]
    .some(([, from, to, single]) => single === undefined ? from <= character && character <= to : single === character);
}
