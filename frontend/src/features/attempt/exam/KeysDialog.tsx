import { useTranslation } from "@/shared/i18n";
import { Button, Dialog } from "@/shared/ui";
import { SHORTCUTS } from "./shortcuts";

/** The keys, where one looks for them. */
export function KeysDialog({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation("attempt");
  return (
    <Dialog
      open={open}
      onOpenChange={(wanted) => !wanted && close()}
      title={t("keys.title")}
      description={t("keys.lead")}
      width="sm"
      actions={
        <Button look="primary" onClick={close}>
          {t("view.done")}
        </Button>
      }
    >
      <dl className="mt-4 grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5">
        {SHORTCUTS.map(({ code, act }) => (
          <div key={code} className="contents">
            <dt className="flex gap-1">
              {["Alt", "Shift", code.slice(-1)].map((key) => (
                <kbd
                  key={key}
                  className="rounded border border-edge bg-sunken px-1.5 py-0.5 font-mono text-sm shadow-card"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`keys.${act}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
