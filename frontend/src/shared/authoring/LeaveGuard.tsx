import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "../i18n";
import { Button, Dialog } from "../ui";

/** Asks before a page with unsaved work is left, by a link, the back button or by closing the tab. */
export function LeaveGuard({
  unsaved,
  wholeAddress = false,
}: {
  unsaved: () => boolean;
  /** Whether what stands behind the question mark makes another page too. */
  wholeAddress?: boolean;
}) {
  const { t } = useTranslation("author");
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      unsaved() &&
      (current.pathname !== next.pathname ||
        (wholeAddress && JSON.stringify(current.search) !== JSON.stringify(next.search))),
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  return (
    <Dialog
      open={blocker.status === "blocked"}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title={t("leave.title")}
      description={t("leave.lead")}
      width="sm"
      actions={
        <>
          <Button onClick={() => blocker.proceed?.()}>{t("leave.leave")}</Button>
          <Button look="primary" onClick={() => blocker.reset?.()}>
            {t("leave.stay")}
          </Button>
        </>
      }
    />
  );
}
