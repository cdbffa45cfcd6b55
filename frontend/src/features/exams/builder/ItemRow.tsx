import { CircleAlert, Ellipsis, FolderInput, Trash2, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { ExamFinding } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { IconButton, Menu, MenuItem, MenuSeparator } from "@/shared/ui";
import { useExamFindingText } from "./findingText";

export interface ItemRowProps {
  path: string;
  handle: ReactNode;
  findings: readonly ExamFinding[];
  /** The other sections, to move the item to. */
  others: readonly { key: string; name: string }[];
  onMoveTo: (section: string) => void;
  onRemove: () => void;
}

/** What a question and a draw have in common as rows of a section. */
export function ItemRow({
  path,
  handle,
  findings,
  others,
  name,
  acts,
  children,
  onMoveTo,
  onRemove,
}: ItemRowProps & { name: string; acts?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation("exams");
  const text = useExamFindingText();
  const wrong = findings.some(({ severity }) => severity === "error");
  return (
    <div
      data-spot={path}
      className={cx("rounded-md border bg-surface", wrong ? "border-danger" : "border-line")}
    >
      <div className="flex items-center gap-2 py-1 pe-1">
        {handle}
        {children}
        <Menu
          label={t("item.acts", { name })}
          trigger={
            <IconButton
              size="sm"
              label={t("item.acts", { name })}
              icon={<Ellipsis aria-hidden />}
              className="text-muted!"
            />
          }
        >
          {acts}
          {others.map((section) => (
            <MenuItem
              key={section.key}
              icon={<FolderInput aria-hidden />}
              onSelect={() => onMoveTo(section.key)}
            >
              {t("item.moveTo", { section: section.name })}
            </MenuItem>
          ))}
          {(acts || others.length > 0) && <MenuSeparator />}
          <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={onRemove}>
            {t("item.remove")}
          </MenuItem>
        </Menu>
      </div>
      {findings.map((finding) => (
        <p
          key={finding.field + finding.code}
          className={cx(
            "flex items-start gap-1.5 px-3 pb-2 text-sm font-medium",
            finding.severity === "error" ? "text-danger" : "text-warn",
          )}
        >
          {finding.severity === "error" ? (
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          ) : (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          )}
          {text(finding)}
        </p>
      ))}
    </div>
  );
}
