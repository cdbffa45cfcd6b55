import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { render } from "../test/render";
import { findSlip, NumberField } from "./NumberField";

function Points({ onChange }: { onChange: (value: number | null) => void }) {
  const [value, setValue] = useState<number | null>(null);
  return (
    <NumberField
      label="Points"
      optional="optional"
      notANumber="This isn't a number."
      value={value}
      onChange={(next) => {
        setValue(next);
        onChange(next);
      }}
    />
  );
}

it("hands no part of a slip on as a number: it says so, and the form waits there", async () => {
  const heard = vi.fn();
  const { user } = render(<Points onChange={heard} />);
  const field = screen.getByRole("textbox", { name: "Points optional" });
  await user.type(field, "1");
  expect(heard).toHaveBeenLastCalledWith(1);
  expect(findSlip()).toBeNull();
  await user.type(field, "o");
  expect(heard).toHaveBeenLastCalledWith(null);
  expect(field).toHaveValue("1o");
  await user.tab();
  expect(field).toHaveValue("1o");
  expect(field).toBeInvalid();
  expect(field).toHaveAccessibleDescription("This isn't a number.");
  expect(findSlip()).toBe(field);
  expect(field).toHaveFocus();
  await user.type(field, "{Backspace}0");
  expect(heard).toHaveBeenLastCalledWith(10);
  expect(findSlip()).toBeNull();
});

it("may be empty: that is no slip", async () => {
  const heard = vi.fn();
  const { user } = render(<Points onChange={heard} />);
  const field = screen.getByRole("textbox", { name: "Points optional" });
  await user.type(field, "2,5");
  expect(heard).toHaveBeenLastCalledWith(2.5);
  await user.clear(field);
  expect(heard).toHaveBeenLastCalledWith(null);
  expect(field).toBeValid();
});
