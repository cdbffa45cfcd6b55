import { KeyRound, MessageSquareText, MessageSquareX, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { RichText } from "@/shared/api";
import { RichTextField } from "@/shared/authoring/RichTextField";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { Button, FieldError, IconButton, NumberField } from "@/shared/ui";
import { Spot, useFinding } from "./findings";

/** What the candidate sees. */
export function QuestionCard({ children }: { children: ReactNode }) {
  const { t } = useTranslation("questions");
  return (
    <section
      aria-labelledby="question-card"
      className="rounded-lg border border-line bg-surface shadow-card"
    >
      <header className="border-b border-line px-5 py-3">
        <h2 id="question-card" className="text-lg font-semibold">
          {t("card.question")}
        </h2>
      </header>
      <div className="flex flex-col gap-6 p-5">{children}</div>
    </section>
  );
}

/** What is right: looks like another kind of paper, so that nobody takes it for part of the question. */
export function KeyCard({ children }: { children: ReactNode }) {
  const { t } = useTranslation("questions");
  return (
    <section
      aria-labelledby="key-card"
      className="overflow-hidden rounded-lg border border-line border-s-4 border-s-accent bg-surface shadow-card"
    >
      <header className="flex flex-wrap items-center gap-x-3 border-b border-line bg-accent-soft px-5 py-3">
        <KeyRound aria-hidden className="size-5 text-accent" />
        <h2 id="key-card" className="text-lg font-semibold">
          {t("card.key")}
        </h2>
        <p className="text-sm text-muted">{t("card.keyLead")}</p>
      </header>
      <div className="flex flex-col gap-6 p-5">{children}</div>
    </section>
  );
}

/** A group of fields under one heading. */
export function Group({
  title,
  lead,
  actions,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">{title}</legend>
      {lead && <p className="mt-0.5 text-sm text-muted">{lead}</p>}
      <div className="mt-2 flex flex-col gap-3">{children}</div>
      {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
    </fieldset>
  );
}

/** What is wrong with a list as a whole. */
export function ListFinding({ path }: { path: string }) {
  const found = useFinding(path);
  return (
    <div data-spot={path} className={found === undefined ? "hidden" : undefined}>
      <FieldError>{found}</FieldError>
    </div>
  );
}

/** The text of an option, prompt, target or item: one line that grows. */
export function PartText({
  path,
  label,
  value,
  onChange,
}: {
  path: string;
  label: string;
  value: RichText;
  onChange: (value: RichText) => void;
}) {
  return (
    <Spot path={path} className="min-w-0 flex-1">
      {(error) => (
        <RichTextField
          compact
          label={label}
          labelHidden
          value={value}
          onChange={onChange}
          error={error}
        />
      )}
    </Spot>
  );
}

export function AddButton({
  children,
  onClick,
  disabled = false,
}: {
  children: ReactNode;
  onClick: () => void;
  disabled?: boolean;
}) {
  return (
    <Button
      size="sm"
      look="quiet"
      icon={<Plus aria-hidden />}
      onClick={onClick}
      disabled={disabled}
    >
      {children}
    </Button>
  );
}

export function RemoveButton({
  label,
  onClick,
  disabled = false,
}: {
  label: string;
  onClick: () => void;
  disabled?: boolean;
}) {
  return (
    <IconButton
      label={label}
      icon={<Trash2 aria-hidden />}
      onClick={onClick}
      disabled={disabled}
      className="text-muted! hover:text-danger!"
    />
  );
}

/** The letter that a part goes by. */
export function Letter({ children }: { children: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className="flex h-10 w-6 shrink-0 items-center justify-center font-semibold text-muted"
    >
      {children}
    </span>
  );
}

/** Digits of a percentage: 33.33333 is a third to the seventh decimal of the share. */
const HUNDRED = 100;
const SHARE_DECIMALS = 1e7;

/** A share of the points, as per cent. */
export function PercentField({
  label,
  labelHidden = true,
  hint,
  path,
  value,
  onChange,
}: {
  label: string;
  labelHidden?: boolean;
  hint?: string;
  path: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  const { t } = useTranslation("author");
  return (
    <Spot path={path} className="w-28 shrink-0">
      {(error) => (
        <NumberField
          label={label}
          labelHidden={labelHidden}
          hint={hint}
          error={error}
          unit="%"
          notANumber={t("notANumber")}
          value={
            value === null ? null : Math.round(value * SHARE_DECIMALS) / (SHARE_DECIMALS / HUNDRED)
          }
          onChange={(percent) =>
            onChange(
              percent === null
                ? null
                : Math.round(percent * (SHARE_DECIMALS / HUNDRED)) / SHARE_DECIMALS,
            )
          }
          controlClassName="text-end"
        />
      )}
    </Spot>
  );
}

/** A button that opens a text about one answer, and the text while it is open. */
export function useFeedback({
  name,
  path,
  value,
  onChange,
}: {
  /** What the feedback is about: “option B”. */
  name: string;
  path: string;
  value: RichText | null | undefined;
  onChange: (value: RichText | null) => void;
}): { button: ReactNode; field: ReactNode } {
  const { t } = useTranslation("questions");
  const [open, setOpen] = useState(value !== null && value !== undefined && value.text !== "");
  const label = open ? t("feedback.remove", { name }) : t("feedback.add", { name });
  return {
    button: (
      <IconButton
        label={label}
        icon={open ? <MessageSquareX aria-hidden /> : <MessageSquareText aria-hidden />}
        aria-expanded={open}
        onClick={() => {
          if (open) onChange(null);
          setOpen(!open);
        }}
        className={cx(!open && "text-muted!")}
      />
    ),
    field: open && (
      <Spot path={`${path}.text`}>
        {(error) => (
          <RichTextField
            compact
            label={t("feedback.label", { name })}
            labelHidden
            placeholder={t("feedback.label", { name })}
            value={value ?? { format: "markdown", text: "" }}
            onChange={onChange}
            error={error}
          />
        )}
      </Spot>
    ),
  };
}

/** The beginning of a text, for speaking of it where it can't be shown whole. */
export function snippet(text: RichText | string): string {
  const SNIPPET_CHARS = 90;
  const source = (typeof text === "string" ? text : text.text).replace(/\s+/g, " ").trim();
  const characters = [...source];
  return characters.length > SNIPPET_CHARS
    ? `${characters.slice(0, SNIPPET_CHARS).join("")}…`
    : source;
}
