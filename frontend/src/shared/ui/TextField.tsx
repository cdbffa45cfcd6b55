import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from "react";
import { cx } from "../lib/cx";
import { controlClass, Field, type FieldProps } from "./Field";

type Own<T> = FieldProps & Omit<T, keyof FieldProps | "id">;

export function TextField({
  label,
  labelHidden,
  hint,
  error,
  optional,
  className,
  ref,
  ...input
}: Own<InputHTMLAttributes<HTMLInputElement>> & { ref?: Ref<HTMLInputElement> }) {
  return (
    <Field {...{ label, labelHidden: labelHidden ?? false, hint, error, optional, className }}>
      {(ties) => <input ref={ref} type="text" {...input} {...ties} className={controlClass} />}
    </Field>
  );
}

export function TextArea({
  label,
  labelHidden,
  hint,
  error,
  optional,
  className,
  ref,
  ...area
}: Own<TextareaHTMLAttributes<HTMLTextAreaElement>> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <Field {...{ label, labelHidden: labelHidden ?? false, hint, error, optional, className }}>
      {(ties) => (
        <textarea
          ref={ref}
          rows={4}
          {...area}
          {...ties}
          className={cx(controlClass, "py-2 leading-relaxed")}
        />
      )}
    </Field>
  );
}
