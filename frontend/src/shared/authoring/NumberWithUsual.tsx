import { type ComponentProps, useState } from "react";
import { NumberField } from "../ui";

/**
 * A number that is never missing: emptied, the field stays empty while it is written in, and what is usual stands in it
 * once it is left.
 */
export function NumberWithUsual({
  value,
  usual,
  onChange,
  ...field
}: Omit<ComponentProps<typeof NumberField>, "value" | "onChange"> & {
  value: number;
  usual: number;
  onChange: (value: number) => void;
}) {
  const [emptied, setEmptied] = useState(false);
  return (
    <NumberField
      {...field}
      value={emptied ? null : value}
      onChange={(number) => {
        setEmptied(number === null);
        onChange(number ?? usual);
      }}
      onBlur={(event) => {
        setEmptied(false);
        field.onBlur?.(event);
      }}
    />
  );
}
