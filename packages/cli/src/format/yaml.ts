/** A JSON value as YAML. */
export function toYaml(value: unknown): string {
  return lines(value).join('\n');
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = lines(item);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  if (isMap(value)) return Object.entries(value).flatMap(([key, member]) => entry(key, member));
  return [scalar(value)];
}

function entry(key: string, value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0) return [`${scalar(key)}:`, ...lines(value)];
  if (isMap(value) && Object.keys(value).length > 0) {
    return [`${scalar(key)}:`, ...lines(value).map((line) => `  ${line}`)];
  }
  return [`${scalar(key)}: ${Array.isArray(value) ? '[]' : isMap(value) ? '{}' : scalar(value)}`];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Quoted where plain text would be read as something else. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const plain =
    /^[A-Za-z0-9_/.+-](?:[^#:\n\t\\"']|:(?=\S))*$/.test(value) && !value.endsWith(' ') && !value.includes(' #');
  const other = /^(?:true|false|null|yes|no|on|off|~|[-+]?[\d.][\d._e+-]*|-.*)$/i.test(value);
  return plain && !other ? value : JSON.stringify(value);
}
