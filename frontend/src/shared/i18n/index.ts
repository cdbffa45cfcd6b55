export { Trans, useTranslation } from "react-i18next";
export {
  chooseLanguage,
  currentLanguage,
  LANGUAGE_NAMES,
  LANGUAGES,
  type Language,
  loadTexts,
  prefetchOtherLanguages,
  startI18n,
} from "./i18n";
