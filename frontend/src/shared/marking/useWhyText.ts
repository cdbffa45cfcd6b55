import type { Why } from "../api";
import { useTranslation } from "../i18n";

/** Puts the reason for a mark into the person's language. */
export function useWhyText(): (why: Why) => string {
  const { t, i18n } = useTranslation("marking");
  const share = (fraction: number) =>
    new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 }).format(
      fraction,
    );
  return (why) => {
    switch (why.code) {
      case "by_marker": {
        const length = why.too_long ? t("tooLong") : why.too_short ? t("tooShort") : "";
        const words = why.words === null ? "" : t("words", { count: why.words });
        return [t("by_marker"), words, length].filter(Boolean).join(" ");
      }
      case "option_worth":
        return t("option_worth", { share: share(why.fraction) });
      case "all_or_nothing":
        return t("all_or_nothing", { right: why.right, right_of: why.right_of, wrong: why.wrong });
      case "balance":
        return t("balance", { right: why.right, right_of: why.right_of, wrong: why.wrong });
      case "weights_sum":
        return why.floored
          ? t("weights_floored")
          : t("weights_sum", { share: share(why.fraction) });
      case "text_accepted":
      case "number_accepted":
        return why.fraction >= 1 ? t("right") : t("accepted_part", { share: share(why.fraction) });
      case "unit_penalty":
        return t("unit_penalty", { share: share(why.penalty) });
      case "right_of":
        return t("right_of", { right: why.right, of: why.of });
      case "pairs_in_order":
        return t("pairs_in_order", { right: why.concordant, of: why.of });
      default:
        return t(why.code);
    }
  };
}
