export {
  chooseLanguage,
  currentLanguage,
  LANGUAGE_NAMES,
  LANGUAGES,
  type Language,
  loadTexts,
  prefetchOtherLanguages,
  startI18n,
  type Translate,
  textIfLoaded,
  useTranslation,
} from "./i18n";
