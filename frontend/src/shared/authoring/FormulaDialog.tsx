import { useId, useRef, useState } from "react";
import { useTranslation } from "../i18n";
import { RichText } from "../rich";
import { Button, Dialog, Switch, TextArea } from "../ui";
import { formulaHtml, SYMBOLS, sample } from "./formula";
import { insertText } from "./insert";

const GROUPS = Object.keys(SYMBOLS) as (keyof typeof SYMBOLS)[];

/** A formula in TeX, with symbols to choose from and a look at what comes out. */
export function FormulaDialog({
  start,
  onInsert,
  onClose,
}: {
  start: { tex: string; display: boolean };
  onInsert: (tex: string, display: boolean) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("author");
  const form = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [tex, setTex] = useState(start.tex);
  const [display, setDisplay] = useState(start.display);
  const choose = (symbol: string) => {
    if (area.current === null) return;
    const at = symbol.indexOf("□");
    const plain = symbol.replace("□", "");
    const caret = at < 0 ? plain.length + 1 : at;
    insertText(area.current, at < 0 ? `${plain} ` : plain, { from: caret, to: caret });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("formula.title")}
      description={t("formula.lead")}
      width="lg"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} disabled={tex.trim() === ""}>
            {t("insert")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="mt-4 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          // Portals bubble through React's tree: the page's own form isn't meant.
          event.stopPropagation();
          if (tex.trim() !== "") onInsert(tex.trim(), display);
        }}
      >
        <TextArea
          ref={area}
          label={t("formula.tex")}
          value={tex}
          onChange={(event) => setTex(event.target.value)}
          rows={3}
          autoFocus
          spellCheck={false}
          placeholder={t("formula.example", { example: "\\frac{a}{b} = \\sqrt{2}" })}
        />
        <div className="flex flex-col gap-2">
          {GROUPS.map((group) => (
            <fieldset key={group} className="flex flex-wrap gap-1">
              <legend className="mb-1 text-sm text-muted">{t(`formula.groups.${group}`)}</legend>
              {SYMBOLS[group].map((symbol) => (
                <button
                  key={symbol}
                  type="button"
                  aria-label={symbol.replaceAll("□", "")}
                  onClick={() => choose(symbol)}
                  className="inline-flex min-h-9 min-w-10 items-center justify-center rounded-md border border-line bg-surface px-2 hover:border-edge hover:bg-sunken"
                >
                  <span aria-hidden="true">
                    <RichText inline html={formulaHtml(sample(symbol))} />
                  </span>
                </button>
              ))}
            </fieldset>
          ))}
        </div>
        <Switch
          label={t("formula.display")}
          checked={display}
          onChange={(checked) => setDisplay(checked)}
        />
        <section aria-label={t("formula.preview")}>
          <p className="mb-1.5 font-medium" aria-hidden="true">
            {t("formula.preview")}
          </p>
          <div className="flex min-h-20 items-center justify-center overflow-x-auto rounded-md border border-line bg-ground p-4 text-lg">
            {tex.trim() === "" ? (
              <span className="text-base text-muted">{t("formula.empty")}</span>
            ) : (
              <RichText key={`${tex}${display}`} html={formulaHtml(tex, display)} />
            )}
          </div>
        </section>
      </form>
    </Dialog>
  );
}
