import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import type { FoundPerson } from "../api/types-officer";
import { useTranslation } from "../i18n";
import { useSettled } from "../lib/useSettled";
import { Button, ErrorNote, SearchField } from "../ui";
import { findPeople } from "./findPeople";

/** Finds people by name or number, and hands over the ones that are chosen. */
export function PersonPicker({
  label,
  chosen,
  onChoose,
}: {
  label: string;
  /** Ids of people who are chosen already: they are shown, and can't be chosen again. */
  chosen: ReadonlySet<string>;
  onChoose: (person: FoundPerson) => void;
}) {
  const { t } = useTranslation("staff");
  const [words, setWords] = useState("");
  const settled = useSettled(words.trim());
  const found = useQuery({
    queryKey: ["people", "find", settled],
    queryFn: () => findPeople(settled),
    enabled: settled !== "",
    placeholderData: (before) => (settled === "" ? undefined : before),
  });
  return (
    <div className="flex flex-col gap-3">
      <SearchField label={label} value={words} onChange={setWords} autoComplete="off" />
      {found.error && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      <p role="status" className="text-sm text-muted">
        {settled === ""
          ? t("picker.hint")
          : found.data?.items.length === 0
            ? t("picker.none", { words: settled })
            : ""}
      </p>
      {settled !== "" && found.data && found.data.items.length > 0 && (
        <ul aria-label={t("picker.found")} className="flex max-h-72 flex-col overflow-y-auto">
          {found.data.items.map((person) => (
            <li
              key={person.id}
              className="flex items-center justify-between gap-3 border-b border-line py-1.5 last:border-0"
            >
              <span className="min-w-0">
                <span className="block truncate font-medium">{person.display_name}</span>
                <span className="block truncate text-sm text-muted">
                  {[person.number, person.username].filter(Boolean).join(" · ")}
                </span>
              </span>
              <Button
                size="sm"
                icon={<UserPlus aria-hidden />}
                disabled={chosen.has(person.id)}
                onClick={() => onChoose(person)}
                aria-label={t("picker.add", { name: person.display_name })}
              >
                {chosen.has(person.id) ? t("picker.chosen") : t("picker.choose")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
