import {
  Bold,
  Image as ImageIcon,
  Italic,
  List,
  ListOrdered,
  Sigma,
  Table as TableIcon,
} from "lucide-react";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import type { RichText, TextFormat } from "../api";
import { useTranslation } from "../i18n";
import { cx } from "../lib/cx";
import { controlClass, Field, type FieldProps, IconButton, Select } from "../ui";
import { FormulaDialog } from "./FormulaDialog";
import { readFormula, written } from "./formula";
import { ImageDialog } from "./ImageDialog";
import { insertBlock, insertText, markLines, selectedText, wrapSelection } from "./insert";
import { TableDialog } from "./TableDialog";

const FORMATS: readonly TextFormat[] = ["markdown", "plain", "html", "moodle"];

type Asking =
  | { what: "formula"; start: { tex: string; display: boolean } }
  | { what: "table" }
  | { what: "image"; file: File | null };

export interface RichTextFieldProps extends FieldProps {
  value: RichText;
  onChange: (value: RichText) => void;
  /** Lines that the field has when it is empty; it grows with its text. */
  rows?: number;
  /** A line in a list: the tools are few and stand beside the text. */
  compact?: boolean;
  /** Further tools, behind the usual ones. */
  tools?: ReactNode;
  area?: RefObject<HTMLTextAreaElement | null>;
  placeholder?: string;
}

/** A text in Markdown with formulas, tables and images, and the tools to write them. */
export function RichTextField({
  label,
  labelHidden = false,
  hint,
  error,
  optional,
  className,
  value,
  onChange,
  rows = 3,
  compact = false,
  tools,
  area,
  placeholder,
}: RichTextFieldProps) {
  const { t } = useTranslation("author");
  const own = useRef<HTMLTextAreaElement>(null);
  const field = area ?? own;
  const [asking, setAsking] = useState<Asking | null>(null);
  const format = value.format ?? "markdown";
  const markdown = format === "markdown";

  const act = (task: (area: HTMLTextAreaElement) => void) => {
    if (field.current !== null) task(field.current);
  };
  // A dialog gives the focus back to what had it: that shall be the text.
  const ask = (next: Asking) => {
    field.current?.focus();
    setAsking(next);
  };
  const askFormula = () =>
    act((area) =>
      ask({
        what: "formula",
        start: readFormula(selectedText(area)) ?? { tex: selectedText(area), display: false },
      }),
    );
  // Once a dialog has closed, the focus is back in the text and the selection is where it was.
  const closeAnd = (task: (area: HTMLTextAreaElement) => void) => {
    setAsking(null);
    requestAnimationFrame(() => act(task));
  };
  const pickImage = (files: FileList | null | undefined): boolean => {
    const image = [...(files ?? [])].find((file) => file.type.startsWith("image/"));
    if (image === undefined || !markdown) return false;
    ask({ what: "image", file: image });
    return true;
  };

  const size = compact ? "sm" : "md";
  const tool = (name: ToolName, icon: ReactNode, onClick: () => void) => (
    <IconButton
      label={t(`tools.${name}`)}
      icon={icon}
      size={size}
      onClick={onClick}
      className={compact ? "text-muted!" : "h-8 min-h-8 w-8"}
    />
  );
  const formulaTool = tool("formula", <Sigma aria-hidden />, askFormula);
  const imageTool = markdown
    ? tool("image", <ImageIcon aria-hidden />, () => ask({ what: "image", file: null }))
    : null;

  // Only what came from elsewhere is written in another way: then the signs of Markdown are mere text, and it says so.
  const formatChoice = markdown ? null : (
    <Select
      label={t("format.label")}
      labelHidden
      value={format}
      options={FORMATS.map((one) => ({ value: one, label: t(`format.${one}`) }))}
      onChange={(next) => next !== "" && onChange({ ...value, format: next })}
    />
  );

  return (
    <Field {...{ label, labelHidden, hint, error, optional, className }}>
      {(ties) => (
        <div
          className={cx(
            "rounded-md border border-edge bg-surface focus-within:outline-2 focus-within:outline-focus",
            error ? "border-danger ring-1 ring-danger" : undefined,
            compact && "flex items-start",
          )}
        >
          {!compact && (
            <div
              role="toolbar"
              aria-label={t("tools.label")}
              className="flex flex-wrap items-center gap-0.5 border-b border-line px-1 py-0.5"
            >
              {markdown && (
                <>
                  {tool("bold", <Bold aria-hidden />, () =>
                    act((area) => wrapSelection(area, "**", t("tools.sample"))),
                  )}
                  {tool("italic", <Italic aria-hidden />, () =>
                    act((area) => wrapSelection(area, "*", t("tools.sample"))),
                  )}
                  {tool("list", <List aria-hidden />, () =>
                    act((area) => markLines(area, () => "- ")),
                  )}
                  {tool("numbered", <ListOrdered aria-hidden />, () =>
                    act((area) => markLines(area, (place) => `${place + 1}. `)),
                  )}
                </>
              )}
              {formulaTool}
              {markdown && tool("table", <TableIcon aria-hidden />, () => ask({ what: "table" }))}
              {imageTool}
              {tools}
              <span className="flex-1" />
              {formatChoice}
            </div>
          )}
          <textarea
            {...ties}
            ref={field}
            rows={compact ? 1 : rows}
            value={value.text}
            placeholder={placeholder}
            onChange={(event) => onChange({ ...value, text: event.target.value })}
            onKeyDown={(event) => {
              if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
              const shortcut = {
                b: () => wrapSelection(event.currentTarget, "**", t("tools.sample")),
                i: () => wrapSelection(event.currentTarget, "*", t("tools.sample")),
                m: askFormula,
              }[event.key.toLowerCase()];
              if (shortcut === undefined || (!markdown && event.key !== "m")) return;
              event.preventDefault();
              shortcut();
            }}
            onPaste={(event) => {
              if (pickImage(event.clipboardData.files)) event.preventDefault();
            }}
            onDrop={(event) => {
              if (pickImage(event.dataTransfer.files)) event.preventDefault();
            }}
            className={cx(
              controlClass,
              "field-sizing-content max-h-[60dvh] resize-y border-0 bg-transparent py-2 leading-relaxed ring-0! focus-visible:outline-none",
              compact && "resize-none",
            )}
          />
          {compact && (
            <span className="flex shrink-0 items-center p-1">
              {formatChoice}
              {formulaTool}
              {imageTool}
            </span>
          )}
          {asking?.what === "formula" && (
            <FormulaDialog
              start={asking.start}
              onClose={() => setAsking(null)}
              onInsert={(tex, display) =>
                closeAnd((area) => insertText(area, written(tex, display)))
              }
            />
          )}
          {asking?.what === "table" && (
            <TableDialog
              onClose={() => setAsking(null)}
              onInsert={(table) =>
                // The first heading is selected, to be written over.
                closeAnd((area) => insertBlock(area, table, { from: 2, to: table.indexOf(" |") }))
              }
            />
          )}
          {asking?.what === "image" && (
            <ImageDialog
              start={asking.file}
              onClose={() => setAsking(null)}
              onInsert={(image) => closeAnd((area) => insertText(area, image))}
            />
          )}
        </div>
      )}
    </Field>
  );
}

type ToolName = "bold" | "italic" | "list" | "numbered" | "formula" | "table" | "image";
