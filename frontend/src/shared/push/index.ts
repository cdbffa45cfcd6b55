export { useSittingHints } from "./useSittingHints";
export { watchSitting } from "./watchSitting";
