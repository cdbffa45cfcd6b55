import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { Banner, Button, Dialog } from "@/shared/ui";
import { NotCountedList } from "../ending/NotCountedList";
import type { PlayerState } from "../player/state";
import { questionNumbers } from "./questionNumbers";

/** The exam is back, and the other device has answered what was answered here too: both are there to be read. */
export function NotCountedNotice({ state }: { state: PlayerState }) {
  const { t, i18n } = useTranslation("attempt");
  const [open, setOpen] = useState(false);
  const { notCounted } = state;
  if (notCounted.length === 0) return null;
  const questions = questionNumbers(
    state,
    notCounted.map(({ question }) => question),
    i18n.language,
  );
  return (
    <>
      <Banner
        tone="warn"
        title={t("notCounted.overwritten", { count: notCounted.length, questions })}
        actions={
          <Button size="sm" onClick={() => setOpen(true)}>
            {t("notCounted.show")}
          </Button>
        }
      >
        {t("notCounted.overwrittenLead")}
      </Banner>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("notCounted.title", { count: notCounted.length })}
        description={t("notCounted.overwrittenLead")}
        actions={<Button onClick={() => setOpen(false)}>{t("notCounted.close")}</Button>}
      >
        <div className="mt-4">
          <NotCountedList answers={notCounted} />
        </div>
      </Dialog>
    </>
  );
}
