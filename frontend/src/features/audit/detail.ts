/** What an audit record says of a change: names and values, ready to be read. What isn't readable is shown as it is. */
export function detailOf(json: string): readonly { name: string; value: string }[] {
  let detail: unknown;
  try {
    detail = JSON.parse(json);
  } catch {
    return json.trim() === "" ? [] : [{ name: "", value: json }];
  }
  if (typeof detail !== "object" || detail === null) return [];
  return Object.entries(detail).flatMap(([name, value]) =>
    value === null ? [] : [{ name, value: valueText(value) }],
  );
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return String(value);
}
