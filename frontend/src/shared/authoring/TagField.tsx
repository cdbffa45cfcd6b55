import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "../i18n";
import { Field } from "../ui";

/** Characters of a tag. */
const TAG_CHARS_MAX = 60;

/** Words that a thing is found by. Enter or a comma adds what was typed; known words are offered. */
export function TagField({
  label,
  labelHidden = false,
  hint,
  error,
  tags,
  known = [],
  onChange,
}: {
  label: string;
  labelHidden?: boolean;
  hint?: string;
  error?: string | undefined;
  tags: readonly string[];
  known?: readonly string[];
  onChange: (tags: string[]) => void;
}) {
  const { t } = useTranslation("author");
  const offers = useId();
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const fresh = text
      .split(/[,，、;；]/)
      .map((tag) => tag.trim().slice(0, TAG_CHARS_MAX))
      .filter((tag, place, all) => tag !== "" && !tags.includes(tag) && all.indexOf(tag) === place);
    if (fresh.length > 0) onChange([...tags, ...fresh]);
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter also chooses a word in an input method: that one isn't for us.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      add(typed);
    }
    if (event.key === "Backspace" && typed === "") onChange(tags.slice(0, -1));
  };
  return (
    <Field {...{ label, labelHidden, hint, error }}>
      {(ties) => (
        <div className="flex min-h-10 flex-wrap items-center gap-1.5 rounded-md border border-edge bg-surface px-2 py-1.5 focus-within:outline-2 focus-within:outline-focus">
          {tags.map((tag) => (
            <span
              key={tag}
              className="inline-flex max-w-full items-center gap-0.5 rounded-full bg-accent-soft ps-2.5 pe-1 text-sm font-medium text-accent"
            >
              <span className="truncate">{tag}</span>
              <button
                type="button"
                aria-label={t("tags.remove", { tag })}
                onClick={() => onChange(tags.filter((other) => other !== tag))}
                className="rounded-full p-1 hover:bg-surface"
              >
                <X aria-hidden className="size-3" />
              </button>
            </span>
          ))}
          <input
            {...ties}
            type="text"
            list={offers}
            value={typed}
            autoComplete="off"
            placeholder={tags.length === 0 ? t("tags.placeholder") : undefined}
            onChange={(event) => {
              const { value } = event.target;
              // A word that was picked from the offers comes as a whole.
              const picked = known.includes(value) && value.length > typed.length + 1;
              if (picked || /[,，、;；]$/.test(value)) add(value);
              else setTyped(value);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => add(typed)}
            className="min-h-7 min-w-24 flex-1 bg-transparent px-1 placeholder:text-muted focus-visible:outline-none"
          />
          <datalist id={offers}>
            {known
              .filter((tag) => !tags.includes(tag))
              .map((tag) => (
                <option key={tag} value={tag} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
