import { useQuery } from "@tanstack/react-query";
import type { AuditEntry } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { unitPathName, unitsQuery } from "@/shared/units";
import { codeKey, factsOf, isDay, isId, isInstant, peopleOf, unitPath } from "./detail";
import { namesQuery } from "./listAudit";

/** One thing said of an act, ready to be read. */
export interface Said {
  readonly name: string;
  readonly value: string;
  /** The value is an id: for whoever looks for it, not to be read. */
  readonly id: boolean;
}

/** Words for what a log's records hold: who acted, and what is said of the act. */
export interface RecordText {
  who: (entry: AuditEntry) => string;
  said: (entry: AuditEntry) => readonly Said[];
}

/** Shown while a name is asked for. */
const ASKED = "…";

export function useRecordText(entries: readonly AuditEntry[]): RecordText {
  const { t, i18n } = useTranslation("audit");
  const people = useQuery(namesQuery(peopleIn(entries)));
  // Archived ones too: the log tells of what was.
  const units = useQuery(unitsQuery(true));
  /** The text of a key that the server's names and codes make: the texts know some of them, so it is checked when it is used. */
  const known = (key: string) => (i18n.exists(key) ? t(key as "system") : null);
  const name = (key: string) => known(`names.${key}`) ?? key;

  const unit = (path: readonly string[]): string | null => {
    const id = path.at(-1);
    if (id === undefined) return t("wholeInstitution");
    if (units.data === undefined) return units.isPending ? ASKED : null;
    return unitPathName(units.data, id) ?? t("goneUnit");
  };

  /** The words for a value, or null where it says nothing to a person. */
  const words = (action: string, key: string, value: unknown): string | null => {
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "number") return new Intl.NumberFormat(i18n.language).format(value);
    if (Array.isArray(value)) {
      if (value.every(isId)) return words(action, key, value.length);
      return value.map((one) => words(action, key, one) ?? "").join(t("separator"));
    }
    if (typeof value === "object" && value !== null)
      return Object.entries(value)
        .flatMap(([part, count]) => (count ? [`${name(part)} ${words(action, part, count)}`] : []))
        .join(t("separator"));
    const text = String(value);
    if (isInstant(text)) return moment(text, i18n.language);
    if (isDay(text)) return moment(text, i18n.language, { style: "date", timeZone: "UTC" });
    const path = unitPath(text);
    if (path !== null) return unit(path);
    if (key === "account") return people.data?.get(text) ?? text;
    if (key === "changed") return known(`names.${text}`) ?? text;
    const code = codeKey(action, key, text);
    return (code === null ? null : known(code)) ?? text;
  };

  const subject = ({ action, subject_kind, subject_id }: AuditEntry): readonly Said[] => {
    if (subject_id === "") return [];
    const path = subject_kind === "unit" && isId(subject_id) ? `/${subject_id}/` : subject_id;
    const value = words(action, subject_kind, path);
    return value === null ? [] : [{ name: name(subject_kind), value, id: value === subject_id }];
  };

  return {
    who: ({ actor_id, actor_kind }) => {
      if (actor_id === null) return t(actor_kind === "anonymous" ? "anonymous" : "system");
      const unnamed = actor_kind === "ticket" ? t("candidate") : t("gone");
      return people.data?.get(actor_id) ?? (people.isPending ? ASKED : unnamed);
    },
    said: (entry) => [
      ...factsOf(entry.detail).flatMap((fact) => {
        // Where a unit lies is said with the unit itself.
        if (fact.name === "path" && entry.subject_kind === "unit") return [];
        const value = words(entry.action, fact.name, fact.value);
        if (value === null) return [];
        return [{ name: fact.name === "" ? "" : name(fact.name), value, id: isId(value) }];
      }),
      ...subject(entry),
    ],
  };
}

/** Who acted and who is named, each once, in an order that doesn't depend on how much was loaded. */
function peopleIn(entries: readonly AuditEntry[]): string[] {
  const ids = entries.flatMap((entry) => [...peopleOf(entry), entry.actor_id ?? []].flat());
  return [...new Set(ids)].sort();
}
