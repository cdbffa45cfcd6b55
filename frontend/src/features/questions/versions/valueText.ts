import { useTranslation } from "@/shared/i18n";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value out of a question or a key, as a person reads it. */
export function useValueText(): (path: string, value: unknown) => string {
  const { t, i18n } = useTranslation("questions");
  const percent = new Intl.NumberFormat(i18n.language, {
    style: "percent",
    maximumFractionDigits: 3,
  });
  const text = (path: string, value: unknown): string => {
    if (value === null || value === undefined) return t("value.none");
    if (typeof value === "boolean") return value ? t("value.yes") : t("value.no");
    if (typeof value === "number")
      return /fractions\.|weights\.|\.fraction$/.test(path) ? percent.format(value) : String(value);
    if (typeof value === "string") {
      const word = `value.${value}`;
      if (/(^|\.)(state|rule|kind|format)$/.test(path) && i18n.exists(word))
        return t(word as "value.none");
      return value === "" ? t("value.none") : value;
    }
    if (Array.isArray(value)) {
      if (value.length === 0) return t("value.none");
      const parts = value.map((one) =>
        typeof one === "string" && /^[a-z]\d*$/.test(one) ? one.toUpperCase() : text(path, one),
      );
      return parts.join(", ");
    }
    if (isRecord(value)) {
      // The text of a text, an option, an answer: what one would point at.
      for (const member of ["text", "pattern", "value"])
        if (value[member] !== undefined) return text(path, value[member]);
      return Object.entries(value)
        .map(([name, one]) => `${name}: ${text(`${path}.${name}`, one)}`)
        .join("; ");
    }
    return String(value);
  };
  return text;
}
