/** An element of a document that is well-formed. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Reads what XML 1.0 allows of the little that pictures use, and throws for anything else. */
export function parseXml(text: string): Element {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || Buffer.from(text).toString() !== text) {
    throw new Error('a character that XML does not have');
  }
  const open: { name: string; attributes: Record<string, string>; children: (Element | string)[] }[] = [{ name: '', attributes: {}, children: [] }];
  let at = 0;
  for (const match of text.matchAll(/<(\/?)([a-z]+)((?:\s+[a-zA-Z0-9:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    addText(open[open.length - 1].children, text.slice(at, match.index));
    at = match.index + match[0].length;
    const [, closes, name, attributes, isEmpty] = match;
    if (closes) {
      const closed = open.pop();
      if (closed?.name !== name || open.length === 0) {
        throw new Error(`</${name}> closes ${closed?.name}`);
      }
      open[open.length - 1].children.push(closed);
    } else {
      const element = { name, attributes: Object.fromEntries([...attributes.matchAll(/([a-zA-Z0-9:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, plain(value)])), children: [] };
      if (isEmpty) {
        open[open.length - 1].children.push(element);
      } else {
        open.push(element);
      }
    }
  }
  addText(open[open.length - 1].children, text.slice(at));
  const roots = open[0].children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  if (open.length !== 1 || roots.length !== 1 || typeof roots[0] === 'string') {
    throw new Error('there must be one root, and all must be closed');
  }
  return roots[0];
}

function addText(children: (Element | string)[], text: string): void {
  if (text.includes('<')) {
    throw new Error(`a stray < in ${JSON.stringify(text.slice(0, 60))}`);
  }
  if (text !== '') {
    children.push(plain(text));
  }
}

function plain(text: string): string {
  return text.replace(/&([a-z]*;?)/g, (_, name: string) => {
    const sign = name.endsWith(';') ? ENTITIES[name.slice(0, -1)] : undefined;
    if (sign === undefined) {
      throw new Error(`a stray & before ${name}`);
    }
    return sign;
  });
}

/** All elements of a name, wherever they are. */
export function elements(root: Element, name: string): Element[] {
  return [...root.name === name ? [root] : [], ...root.children.flatMap((child) => typeof child === 'string' ? [] : elements(child, name))];
}

/** The text of an element and what is in it. */
export function textOf(element: Element): string {
  return element.children.map((child) => typeof child === 'string' ? child : textOf(child)).join('');
}
