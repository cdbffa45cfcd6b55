import { X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "@/shared/i18n";
import { Button, SearchField, Select } from "@/shared/ui";
import { PARTS, type Part } from "./listAudit";
import { useActText } from "./useActText";

/** What is looked at of the log. */
export interface Look {
  readonly part: Part;
  readonly words: string;
  /** An act as the server names it; empty for any. */
  readonly kind: string;
}

/** Whether anything of a part is left out. */
export const isNarrowed = ({ words, kind }: Look) => words.trim() !== "" || kind !== "";

/** Chooses what is looked at, and says what the list is narrowed by. */
export function Filters({
  look,
  kinds,
  onChange,
}: {
  look: Look;
  kinds: readonly { value: string; label: string }[];
  onChange: (look: Look) => void;
}) {
  const { t } = useTranslation("audit");
  const act = useActText();
  const search = useRef<HTMLInputElement>(null);
  const drop = (change: Partial<Look>) => {
    onChange({ ...look, ...change });
    // The button that was pressed goes away; the keyboard mustn't.
    search.current?.focus();
  };
  const words = look.words.trim();
  return (
    <div className="mb-4 flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-[1fr_minmax(12rem,2fr)_1fr]">
        <Select
          label={t("part")}
          labelHidden
          value={look.part}
          options={PARTS.map((value) => ({ value, label: t(`parts.${value}`) }))}
          // Words may stand in the records of any part; an act is one part's own.
          onChange={(part) => part !== "" && onChange({ ...look, part, kind: "" })}
        />
        <SearchField
          ref={search}
          label={t("search")}
          value={look.words}
          onChange={(next) => onChange({ ...look, words: next })}
        />
        <Select
          label={t("kind")}
          labelHidden
          value={look.kind}
          placeholder={t("anyKind")}
          options={kinds}
          onChange={(kind) => onChange({ ...look, kind })}
        />
      </div>
      {isNarrowed(look) && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted">{t("narrowed")}</span>
          {words !== "" && (
            <Dropper filter={t("byWords", { words })} onDrop={() => drop({ words: "" })} />
          )}
          {look.kind !== "" && (
            <Dropper
              filter={t("byKind", { kind: act(look.kind) })}
              onDrop={() => drop({ kind: "" })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function Dropper({ filter, onDrop }: { filter: string; onDrop: () => void }) {
  const { t } = useTranslation("audit");
  return (
    <Button
      size="sm"
      icon={<X aria-hidden />}
      aria-label={t("dropFilter", { filter })}
      className="max-w-full"
      onClick={onDrop}
    >
      <span className="truncate">{filter}</span>
    </Button>
  );
}
