import axe from "axe-core";
import { expect } from "vitest";

/** Fails when the audit finds something wrong with what is drawn. Colours are audited in a real browser instead. */
export async function expectAccessible(element: Element = document.body): Promise<void> {
  const { violations } = await axe.run(element, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(
    violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => node.html).join("\n")}`,
    ),
  ).toEqual([]);
}
