import {
  chooseLanguage,
  currentLanguage,
  LANGUAGE_NAMES,
  LANGUAGES,
  useTranslation,
} from "@/shared/i18n";
import {
  Button,
  Dialog,
  RadioGroup,
  Switch,
  setPreferences,
  TEXT_SIZES,
  THEMES,
  usePreferences,
} from "@/shared/ui";

/** How the exam looks to this candidate: nothing here touches the exam itself. */
export function ViewDialog({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation("attempt");
  const { t: c } = useTranslation("common");
  const { theme, contrast, textSize, clock } = usePreferences();
  return (
    <Dialog
      open={open}
      onOpenChange={(wanted) => !wanted && close()}
      title={t("view.title")}
      description={t("view.lead")}
      width="sm"
      actions={
        <Button look="primary" onClick={close}>
          {t("view.done")}
        </Button>
      }
    >
      <div className="mt-4 flex flex-col gap-6">
        <RadioGroup
          label={c("textSize.label")}
          inline
          value={textSize}
          options={TEXT_SIZES.map((value) => ({ value, label: c(`textSize.${value}`) }))}
          onChange={(value) => setPreferences({ textSize: value })}
        />
        <Switch
          label={c("contrast.more")}
          checked={contrast === "more"}
          onChange={(more) => setPreferences({ contrast: more ? "more" : "normal" })}
        />
        <RadioGroup
          label={c("theme.label")}
          inline
          value={theme}
          options={THEMES.map((value) => ({ value, label: c(`theme.${value}`) }))}
          onChange={(value) => setPreferences({ theme: value })}
        />
        <Switch
          label={t("view.showClock")}
          hint={t("view.showClockHint")}
          checked={clock === "shown"}
          onChange={(shown) => setPreferences({ clock: shown ? "shown" : "hidden" })}
        />
        <RadioGroup
          label={c("language")}
          inline
          value={currentLanguage()}
          options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          onChange={(value) => void chooseLanguage(value)}
        />
      </div>
    </Dialog>
  );
}
