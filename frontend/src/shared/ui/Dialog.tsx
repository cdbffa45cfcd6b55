import * as Radix from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "../i18n";
import { cx } from "../lib/cx";
import { IconButton } from "./Button";

const WIDTHS = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-3xl", xl: "max-w-5xl" } as const;

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What the dialog is about, in a sentence: read out when it opens. */
  description?: ReactNode;
  /** The buttons, the main one last. */
  actions?: ReactNode;
  width?: keyof typeof WIDTHS;
  children?: ReactNode;
}

/**
 * A modal dialog: holds the focus, closes with Escape, gives the focus back.
 * The overlay is our own: Radix's would insert a style element to lock scrolling, which our content policy forbids.
 * The page behind it doesn't scroll, because the overlay takes the wheel and the finger.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  actions,
  width = "md",
  children,
}: DialogProps) {
  const { t } = useTranslation("common");
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div className="animate-fade fixed inset-0 z-40 touch-none overflow-hidden overscroll-contain bg-[rgb(10_14_20/0.55)]" />
        <Radix.Content
          onOpenAutoFocus={focusFirstField}
          {...(description === undefined && { "aria-describedby": undefined })}
          className={cx(
            "animate-appear fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-xl bg-surface shadow-dialog",
            "border border-line sm:inset-y-0 sm:my-auto sm:h-fit sm:max-h-[88dvh] sm:w-[calc(100%-3rem)] sm:rounded-xl",
            WIDTHS[width],
          )}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-2 sm:px-6 sm:pt-5">
            <Radix.Title className="text-xl font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton
                label={t("close")}
                icon={<X aria-hidden />}
                size="sm"
                className="-me-1.5"
              />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-4 sm:px-6">
            {description !== undefined && (
              <Radix.Description className="text-muted">{description}</Radix.Description>
            )}
            {children}
          </div>
          {actions && (
            <div className="flex flex-wrap justify-end gap-3 border-t border-line px-5 py-4 sm:px-6">
              {actions}
            </div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The first field to fill in takes the focus, else the dialog itself, so that it is read from its title. */
function focusFirstField(event: Event) {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  event.preventDefault();
  const field = dialog.querySelector<HTMLElement>(
    "input:not([type=radio], [type=checkbox], [type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled)",
  );
  (field ?? dialog).focus();
}
